import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { chainOldEntries } from '../audit/trail.ts';
import { hasContent, inspect, openChecked } from './checked-file.ts';
import { dropNote } from './commit-count.ts';
import { clearSuspicion, isCacheSuspect, putCacheAside, suspectCache } from './damaged-cache.ts';
import { takeWriterLock } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import type { Migration } from './migrate.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from './migrations/schemas.ts';
import { openSqlite, type SqliteFile } from './open.ts';
import { type DatabaseFile, isDamage, withDataErrors } from './sqlite-errors.ts';

/** The two files of a connection as the writer holds them. */
export interface WriterFiles {
  cache: SqliteFile;
  local: SqliteFile;
  close(): void;
}

const cachePath = (folder: string): string => join(folder, 'cache.db');
const localPath = (folder: string): string => join(folder, 'local.db');

/**
 * Opens both files for writing, creating and migrating them as needed, and holds the folder's write lock. A damaged
 * `cache.db` is put aside and begun anew, unless `keepDamaged`; `local.db`, which cannot be fetched again, never is.
 * @throws AppError DATA_LOCKED, DATA_TOO_NEW, DATA_NOT_WRITABLE, DATA_DAMAGED
 */
export function openWriterFiles(folder: string, { keepDamaged = false } = {}): WriterFiles {
  return withDataErrors(() => {
    makeFolder(folder);
    const lock = withDataErrors(
      () => takeWriterLock(folder),
      () => 'writer.lock',
    );
    const opened: SqliteFile[] = [];
    try {
      const local = withDataErrors(
        () => openLocal(folder),
        () => 'local.db',
      );
      opened.push(local);
      const cache = withDataErrors(
        () => openCache(folder, keepDamaged),
        () => 'cache.db',
      );
      opened.push(cache);
      attach(cache, localPath(folder), 'local');
      attach(local, cachePath(folder), 'cache');
      chainOldEntries(local);
      return { cache, local, close: () => closeAll(opened, lock) };
    } catch (thrown) {
      closeAll(opened, lock);
      throw thrown;
    }
  });
}

/** `local.db` is small and cannot be fetched again, so it is read through each time: while there is still a backup. */
function openLocal(folder: string): SqliteFile {
  const path = localPath(folder);
  if (!hasContent(path) && (hasContent(cachePath(folder)) || hasContent(`${path}-wal`))) throw missing(['local.db']);
  return openChecked(path, LOCAL_MIGRATIONS, 'quick_check');
}

/**
 * `cache.db` may be large. It is read through only where its last writer was broken off and left a WAL behind, and more
 * thoroughly where SQLite has met damage.
 */
function openCache(folder: string, keepDamaged: boolean): SqliteFile {
  const path = cachePath(folder);
  const suspect = isCacheSuspect(folder);
  const check = suspect ? 'integrity_check' : hasContent(`${path}-wal`) ? 'quick_check' : null;
  const open = (): SqliteFile => {
    const file = openChecked(path, CACHE_MIGRATIONS, check);
    if (suspect) clearSuspicion(folder);
    return file;
  };
  try {
    return open();
  } catch (thrown) {
    if (keepDamaged || !isDamage(thrown)) throw thrown;
    putCacheAside(folder);
    return open();
  }
}

/**
 * Lets one file's statements read the other. Only its own connection writes to a file: no transaction spans both, and
 * commits are counted there.
 */
function attach(file: SqliteFile, path: string, name: 'local' | 'cache'): void {
  file.prepare(`ATTACH DATABASE ? AS ${name}`).run(path);
}

function closeAll(files: SqliteFile[], lock: { release(): void }): void {
  for (const file of files.filter(({ open }) => open)) {
    try {
      file.pragma('optimize');
    } catch {
      // A hint for later readings. Whatever is wrong with the file, closing comes to its end.
    }
    file.close();
    // With its WAL folded in, a file stands for itself.
    if (!hasContent(`${file.name}-wal`)) dropNote(file.name);
  }
  lock.release();
}

/**
 * Opens `cache.db` read-only with `local.db` attached as `local`.
 * @throws AppError DATA_DAMAGED when one is missing or no database, DATA_TOO_NEW, or DATA_LOCKED when the files still
 * need a migration that another program holds up.
 */
export function openReaderFile(folder: string): SqliteFile {
  return withDataErrors(() => {
    refuseMissing(folder);
    migrateIfOld(folder);
    const file = openSqlite(cachePath(folder), { readonly: true });
    try {
      file.prepare('ATTACH DATABASE ? AS local').run(localPath(folder));
      return file;
    } catch (thrown) {
      file.close();
      throw thrown;
    }
  });
}

/** Only a writer makes files: a reader must not show an empty store where there was a full one. */
function refuseMissing(folder: string): void {
  const names = (['cache.db', 'local.db'] as const).filter((name) => !hasContent(join(folder, name)));
  if (names.length > 0) throw missing(names);
}

function missing(names: readonly DatabaseFile[]): AppError {
  const remedy = names.includes('local.db')
    ? 'Restore local.db, which holds the corrections, from a backup. If there is none, move cache.db away as well and run sync, which then begins without corrections.'
    : 'Run sync to fetch the orders again; the corrections are kept.';
  return new AppError(
    'DATA_DAMAGED',
    `This connection has no ${names.join(' and no ')} any more, or an empty one. ${remedy}`,
  );
}

/** Data of an older program is migrated by a short-lived writer, so that reading works right after an update. */
function migrateIfOld(folder: string): void {
  const isOld = (name: DatabaseFile, migrations: readonly Migration[]): boolean =>
    withDataErrors(
      () => inspect(join(folder, name), migrations, null) < migrations.length,
      () => name,
    );
  if (isOld('cache.db', CACHE_MIGRATIONS) || isOld('local.db', LOCAL_MIGRATIONS)) {
    openWriterFiles(folder, { keepDamaged: true }).close();
  }
}

/**
 * Which of the two files is damaged, after SQLite said that one is. Only `local.db` is read through for that: it is
 * small, and where it is whole it must be the other, which the next writer then reads through.
 */
export function judgeDamage(folder: string): DatabaseFile {
  if (isLocalDamaged(folder)) return 'local.db';
  suspectCache(folder);
  return 'cache.db';
}

function isLocalDamaged(folder: string): boolean {
  try {
    const file = openSqlite(localPath(folder), { readonly: true });
    try {
      return file.pragma('quick_check(1)', { simple: true }) !== 'ok';
    } finally {
      file.close();
    }
  } catch (thrown) {
    return isDamage(thrown);
  }
}
