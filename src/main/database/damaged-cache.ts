import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteFile } from './open.ts';

/** Lies beside `cache.db` once SQLite has met damage in it, until the next writer has read the file through. */
const SUSPICION = 'cache.db.suspect';
const KEPT = /^cache\.db\.damaged-\d{8}T\d{6}Z(-\d+)?$/;

/** Leaves word that `cache.db` seems to be damaged. Where nothing can be written, nothing is lost but this word. */
export function suspectCache(folder: string): void {
  try {
    writeFileSync(join(folder, SUSPICION), '');
  } catch {
    return;
  }
}

export function isCacheSuspect(folder: string): boolean {
  return existsSync(join(folder, SUSPICION));
}

export function clearSuspicion(folder: string): void {
  rmSync(join(folder, SUSPICION), { force: true });
}

/**
 * Puts a damaged `cache.db` aside, with what SQLite keeps beside it, under a name that says when the file was last
 * written (UTC). Nothing of it is changed.
 */
export function putCacheAside(folder: string): void {
  const path = join(folder, 'cache.db');
  const time = statSync(path)
    .mtime.toISOString()
    .replace(/[-:]|\.\d+/g, '');
  const first = join(folder, `cache.db.damaged-${time}`);
  let target = first;
  for (let copy = 2; existsSync(target); copy += 1) target = `${first}-${copy}`;
  for (const suffix of ['', '-wal', '.commits']) {
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${target}${suffix}`);
  }
  // An index of the WAL, which SQLite makes anew.
  rmSync(`${path}-shm`, { force: true });
}

/** The newest damaged `cache.db` that was put aside, until a complete run has fetched everything anew; else null. */
export function damagedCopy(folder: string, cache: SqliteFile): string | null {
  const kept = readdirSync(folder).filter((name) => KEPT.test(name));
  const newest = kept.sort().at(-1);
  if (newest === undefined) return null;
  const fetched = cache.prepare(`SELECT EXISTS (SELECT 1 FROM runs WHERE state = 'complete')`).pluck().get() === 1;
  return fetched ? null : newest;
}
