import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Oms } from './oms.ts';
import { remoteControl, type ThreadControl } from './thread-control.ts';
import type { FromSandboxThread, SandboxThreadOptions, ToSandboxThread } from './worker.ts';

/** A sandbox that runs in a thread of its own. */
export interface SandboxThread {
  baseUrl: string;
  token: string;
  /** OMS, where it was asked for. */
  oms: Pick<Oms, 'baseUrl' | 'token'> | null;
  /** Looks into the sandbox and changes it, as in process; a call rejects when the sandbox refuses it or has ended. */
  control: ThreadControl;
  /** Closes the server and waits until the thread has ended. */
  close(): Promise<void>;
}

/**
 * Starts the sandbox in a worker thread, so that making pages does not slow the caller down. `workerUrl` is the file of
 * worker.ts, or of its bundle. Rejects with the sandbox's own words when it cannot start.
 */
export async function startSandboxThread(
  options: SandboxThreadOptions & { workerUrl: URL | string },
): Promise<SandboxThread> {
  const { workerUrl, ...workerData } = options;
  const worker = new Worker(workerUrl, { workerData });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const [first] = (await once(worker, 'message')) as [FromSandboxThread];
  if (first.type !== 'listening') {
    await ended;
    throw new Error(first.type === 'failed' ? first.message : 'The sandbox thread did not start.');
  }
  return {
    baseUrl: first.baseUrl,
    token: first.token,
    oms: first.oms,
    control: controlOver(worker, ended),
    close: async () => {
      worker.postMessage({ type: 'close' } satisfies ToSandboxThread);
      await ended;
    },
  };
}

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

function controlOver(worker: Worker, ended: Promise<void>): ThreadControl {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let over = false;
  worker.on('message', (message: FromSandboxThread) => {
    if (message.type !== 'done' && message.type !== 'refused') return;
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'done') call?.resolve(message.result);
    else call?.reject(new Error(message.message));
  });
  const gone = () => new Error('The sandbox thread has ended.');
  void ended.then(() => {
    over = true;
    for (const call of waiting.values()) call.reject(gone());
  });
  return remoteControl((method, args) => {
    if (over) return Promise.reject(gone());
    calls += 1;
    const id = calls;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ type: 'call', id, method, args } satisfies ToSandboxThread);
    });
  });
}
