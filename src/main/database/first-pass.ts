import { type SqliteFile, WAL_PAGES } from './open.ts';

/** Copies what stands in the WAL of `cache.db` to the file, beside the writer. */
export interface WalCopier {
  /** Asks for one more round; does nothing while the last one is going on. Does not wait. */
  copy(): void;
  /** Returns when its connection to the file is closed. */
  close(): void;
}

/** How pages are committed until a pass over all orders has been complete once (docs/adr/0013). */
export interface FirstPass {
  /** A pass over all orders begins or goes on. */
  begin(): void;
  /** A page of it is committed; `nowMs`: epoch milliseconds. */
  pageStored(nowMs: number): void;
  /** A service whose methods commit to the disk before they return, whatever is going on. */
  durable<S extends object>(service: S): S;
  /** The pass has ended, in whatever way; the next commit takes everything before it to the disk. */
  end(): void;
}

/** Pages of orders between two rounds of copying: about as much as the writer would let gather by itself. */
const COPY_AFTER = 12;
/** Where pages come slowly, what is not on the disk yet is no older than this and the time between two pages. */
const COPY_AFTER_MS = 1_000;
/** Pages in the WAL that gather before the writer copies the rest itself, which lets the WAL begin anew. */
const LONG_WAL_PAGES = 16_000;

/**
 * Makes the first pass quicker: its commits do not wait for the disk, and another thread copies the WAL. Before it is
 * complete the file holds nothing but what the server holds, and a power cut takes back whole pages of orders, from which
 * the next run goes on. `startCopier` null = the writer copies by itself.
 */
export function prepareFirstPass(cache: SqliteFile, startCopier: (() => WalCopier) | null): FirstPass {
  const completed = cache
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM passes WHERE scope = 'all' AND state = 'complete')`)
    .pluck();
  let going = false;
  let pages = 0;
  let roundMs: number | null = null;
  let copier: WalCopier | null = null;

  function setMode(synchronous: 'NORMAL' | 'FULL', walPages: number): void {
    cache.pragma(`synchronous = ${synchronous}`);
    cache.pragma(`wal_autocheckpoint = ${walPages}`);
  }

  function durably<T>(work: () => T): T {
    if (!going) return work();
    cache.pragma('synchronous = FULL');
    try {
      return work();
    } finally {
      cache.pragma('synchronous = NORMAL');
    }
  }

  return {
    begin() {
      if (going || completed.get() === 1) return;
      going = true;
      pages = 0;
      roundMs = null;
      setMode('NORMAL', startCopier === null ? WAL_PAGES : LONG_WAL_PAGES);
    },
    pageStored(nowMs) {
      if (!going || startCopier === null) return;
      pages += 1;
      roundMs ??= nowMs;
      if (pages < COPY_AFTER && Math.abs(nowMs - roundMs) < COPY_AFTER_MS) return;
      pages = 0;
      roundMs = nowMs;
      copier ??= startCopier();
      copier.copy();
    },
    durable: (service) =>
      Object.fromEntries(
        Object.entries(service).map(([name, method]: [string, (...args: unknown[]) => unknown]) => [
          name,
          (...args: unknown[]) => durably(() => method(...args)),
        ]),
      ) as typeof service,
    end() {
      if (!going) return;
      going = false;
      copier?.close();
      copier = null;
      setMode('FULL', WAL_PAGES);
    },
  };
}
