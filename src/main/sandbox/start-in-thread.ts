import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FromSandboxThread, SandboxThreadOptions, ToSandboxThread } from './worker.ts';

/** A sandbox that runs in a thread of its own. */
export interface SandboxThread {
  baseUrl: string;
  token: string;
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
  if (first.type === 'failed') {
    await ended;
    throw new Error(first.message);
  }
  return {
    baseUrl: first.baseUrl,
    token: first.token,
    close: async () => {
      worker.postMessage({ type: 'close' } satisfies ToSandboxThread);
      await ended;
    },
  };
}
