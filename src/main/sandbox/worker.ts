import { parentPort, workerData } from 'node:worker_threads';
import type { Oms } from './oms.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './server.ts';
import { type ControlCall, callControl } from './thread-control.ts';

/** What the thread tells and is told. */
export type FromSandboxThread =
  | { type: 'listening'; baseUrl: string; token: string; oms: Pick<Oms, 'baseUrl' | 'token'> | null }
  | { type: 'failed'; message: string }
  | { type: 'done'; id: number; result: unknown }
  | { type: 'refused'; id: number; message: string };
export type ToSandboxThread = { type: 'close' } | ({ type: 'call' } & ControlCall);

/** The options that can travel to a thread. */
export type SandboxThreadOptions = Omit<SandboxOptions, 'now'>;

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Entry of the sandbox's own thread: serves, and does what the control face is asked for, until it is told to close. */
async function run(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('The sandbox worker must be started as a worker thread.');
  const tell = (message: FromSandboxThread) => port.postMessage(message);
  const obey = (sandbox: Sandbox, message: ToSandboxThread) => {
    if (message.type === 'close') {
      port.close();
      void sandbox.close();
      return;
    }
    try {
      tell({ type: 'done', id: message.id, result: callControl(sandbox, message) });
    } catch (error) {
      tell({ type: 'refused', id: message.id, message: words(error) });
    }
  };
  try {
    const sandbox = await startSandbox(workerData as SandboxThreadOptions);
    port.on('message', (message: ToSandboxThread) => obey(sandbox, message));
    const { baseUrl, token, oms } = sandbox;
    tell({ type: 'listening', baseUrl, token, oms: oms && { baseUrl: oms.baseUrl, token: oms.token } });
  } catch (error) {
    tell({ type: 'failed', message: words(error) });
  }
}

void run();
