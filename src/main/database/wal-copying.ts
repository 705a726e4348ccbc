import { type SqliteFile, WAL_PAGES } from './open.ts';

/** Copies what stands in the WAL of a file to the file, beside the writer. */
export interface WalCopier {
  /** Asks for one more round, without waiting; nothing happens while the last one is going on. @returns false once it has failed. */
  copy(): boolean;
  /** Returns when its connection to the file is closed. */
  close(): void;
}

/** When the WAL of `cache.db` is copied by another thread: until a pass over all orders has been complete once (docs/adr/0013). */
export interface WalCopying {
  /** A pass over all orders begins or goes on. */
  begin(): void;
  /** A page of it is committed. */
  pageStored(): void;
  /** The pass has ended, in whatever way; the writer copies by itself again. */
  end(): void;
}

/** Pages of orders between two rounds: the more, the oftener a page of an index has changed twice and is copied once. */
export const PAGES_A_ROUND = 48;
/** Pages in the WAL that gather before the writer copies the rest itself, which lets the WAL begin anew: 256 MB. */
const LONG_WAL_PAGES = 64_000;

/** Lets a first pass go on while its WAL is copied; later passes change little. Commits wait for the disk as ever. */
export function prepareWalCopying(cache: SqliteFile, startCopier: () => WalCopier): WalCopying {
  const completed = cache
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM passes WHERE scope = 'all' AND state = 'complete')`)
    .pluck();
  let going = false;
  let pages = 0;
  let copier: WalCopier | null = null;

  function end(): void {
    going = false;
    if (copier === null) return;
    cache.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
    copier.close();
    copier = null;
  }

  return {
    begin() {
      if (going) return;
      going = completed.get() === 0;
      pages = 0;
    },
    pageStored() {
      if (!going) return;
      pages += 1;
      if (pages % PAGES_A_ROUND !== 0) return;
      if (copier === null) {
        copier = startCopier();
        cache.pragma(`wal_autocheckpoint = ${LONG_WAL_PAGES}`);
      }
      if (!copier.copy()) end();
    },
    end,
  };
}
