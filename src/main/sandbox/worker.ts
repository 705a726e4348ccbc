import { parentPort, workerData } from 'node:worker_threads';
import { type SandboxOptions, startSandbox } from './server.ts';

/** What the thread tells and is told. */
export type FromSandboxThread =
  | { type: 'listening'; baseUrl: string; token: string }
  | { type: 'failed'; message: string };
export type ToSandboxThread = { type: 'close' };

/** The options that can travel to a thread. */
export type SandboxThreadOptions = Omit<SandboxOptions, 'now'>;

/** Entry of the sandbox's own thread: serves until it is told to close. */
async function run(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('The sandbox worker must be started as a worker thread.');
  const tell = (message: FromSandboxThread) => port.postMessage(message);
  try {
    const sandbox = await startSandbox(workerData as SandboxThreadOptions);
    port.once('message', (_message: ToSandboxThread) => void sandbox.close());
    tell({ type: 'listening', baseUrl: sandbox.baseUrl, token: sandbox.token });
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

void run();
