import type { SqliteFile } from './open.ts';

/** More than there can be. */
const EVERY_PAGE = 2 ** 31 - 1;

/**
 * Gives the memory back that a large piece of work has taken on this connection: emptied pages of temporary tables, and
 * pages of the cache beyond its present size. At a million rows these are tens of MB, which the next work would pile its own upon.
 */
export function giveBackMemory(file: SqliteFile): void {
  file.exec(`PRAGMA temp.incremental_vacuum(${EVERY_PAGE}); PRAGMA shrink_memory`);
}
