import { Worker } from 'node:worker_threads';
import { AppError, type ErrorShape, fromErrorShape } from '../../shared/errors.ts';
import { keepHeapsSmall, YOUNG_MB } from './heaps.ts';
import { createRpcClient, type RpcClient } from './rpc.ts';
import type { ReaderService, Remote, WriterService } from './services.ts';

/** A running engine thread. */
export interface EngineThread<S> {
  service: Remote<S>;
  /** For calls that can be cancelled or report progress. */
  rpc: RpcClient;
  /** Closes by message and waits for the thread's end; a thread with work in SQLite is never terminated. */
  close(): Promise<void>;
}

/**
 * Starts the writer thread of a connection folder. `auditKey` authenticates what it adds to the audit trail, null = the
 * entries are chained only. @throws AppError DATA_* as opening does
 */
export function startWriter(
  entry: string | URL,
  folder: string,
  auditKey: Uint8Array | null,
): Promise<EngineThread<WriterService>> {
  return startThread<WriterService>(entry, { role: 'writer', folder, auditKey });
}

/** Starts the reader thread of a connection folder. @throws AppError DATA_* as opening does */
export function startReader(entry: string | URL, folder: string): Promise<EngineThread<ReaderService>> {
  return startThread<ReaderService>(entry, { role: 'reader', folder });
}

/** What a thread is started as. */
export type ThreadPart =
  | { role: 'writer'; folder: string; auditKey: Uint8Array | null }
  | { role: 'reader'; folder: string };

type Greeting = { kind: 'ready' } | { kind: 'failed'; error: ErrorShape };

function startThread<S>(entry: string | URL, part: ThreadPart): Promise<EngineThread<S>> {
  keepHeapsSmall();
  const worker = new Worker(entry, {
    workerData: part,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB[part.role] },
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    worker.once('message', (message: Greeting) => {
      if (message.kind === 'failed') reject(fromErrorShape(message.error));
      else resolve(connect<S>(worker, ended));
    });
    worker.once('error', (thrown) => reject(threadLost(thrown)));
    worker.once('exit', () => reject(threadLost(null)));
  });
}

function connect<S>(worker: Worker, ended: Promise<void>): EngineThread<S> {
  const rpc = createRpcClient(worker);
  worker.on('error', (thrown) => rpc.fail(threadLost(thrown)));
  worker.on('exit', () => rpc.fail(threadLost(null)));
  const service = new Proxy(
    {},
    {
      // `then` must stay undefined: an object with it would be taken for a promise.
      get: (_, method) =>
        typeof method === 'string' && method !== 'then'
          ? (args: unknown) => rpc.call(method, args, { transfer: buffersOf(args) })
          : undefined,
    },
  ) as Remote<S>;
  const close = async (): Promise<void> => {
    await rpc.call('close', undefined);
    await ended;
  };
  return { service, rpc, close };
}

/** Bodies of answers move to the thread instead of being copied. */
function buffersOf(args: unknown): ArrayBuffer[] {
  if (typeof args !== 'object' || args === null || !('body' in args)) return [];
  const { body } = args;
  const whole =
    body instanceof Uint8Array && body.buffer instanceof ArrayBuffer && body.byteLength === body.buffer.byteLength;
  return whole ? [body.buffer] : [];
}

function threadLost(thrown: unknown): AppError {
  const why = thrown instanceof Error ? `: ${thrown.message}` : '';
  return new AppError(
    'INTERNAL',
    `The data thread ended unexpectedly${why}. Restart the program; nothing stored is lost.`,
    {
      cause: thrown,
    },
  );
}
