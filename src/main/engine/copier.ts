import { parentPort, Worker } from 'node:worker_threads';
import { openSqlite, type SqliteFile } from '../database/open.ts';
import type { WalCopier } from '../database/wal-copying.ts';

/** What the copying thread is started as. `state` is shared with the writer, which does not listen while it works. */
export interface CopierPart {
  role: 'copier';
  path: string;
  state: Int32Array;
}

type Message = 'copy' | 'close';

/** Places in the shared state. */
const BUSY = 0;
const ENDED = 1;
/** A thread that does not end keeps nobody from closing; its connection is closed with the process. */
const END_MS = 2_000;
/** It makes next to no objects. */
const YOUNG_MB = 1;

/** Starts the thread that copies the WAL of the file at `path`; `entry` is that of the engine's threads. */
export function startCopier(entry: URL, path: string): WalCopier {
  const state = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const part: CopierPart = { role: 'copier', path, state };
  const worker = new Worker(entry, { workerData: part, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  // Without it the writer copies by itself.
  worker.on('error', () => Atomics.store(state, ENDED, 1));
  const say = (message: Message): void => worker.postMessage(message);
  return {
    copy() {
      if (Atomics.compareExchange(state, BUSY, 0, 1) === 0) say('copy');
      return Atomics.load(state, ENDED) === 0;
    },
    close() {
      say('close');
      Atomics.wait(state, ENDED, 0, END_MS);
    },
  };
}

/** A round that fails, as on a full disk, is left to the next one, and in the end to the writer, which says so. */
function copyOnce(file: SqliteFile, state: Int32Array): void {
  try {
    file.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    return;
  } finally {
    Atomics.store(state, BUSY, 0);
  }
}

/** The thread itself. */
export function runCopier({ path, state }: CopierPart): void {
  const port = parentPort;
  if (port === null) throw new Error('This runs in a worker thread only.');
  const end = (): void => {
    Atomics.store(state, ENDED, 1);
    Atomics.notify(state, ENDED);
    port.close();
  };
  try {
    const file = openSqlite(path, { readonly: false });
    // Copying reads no pages through the cache.
    file.pragma('cache_size = -1000');
    port.on('message', (message: Message) => {
      if (message === 'copy') copyOnce(file, state);
      else
        try {
          file.close();
        } finally {
          end();
        }
    });
  } catch {
    end();
  }
}
