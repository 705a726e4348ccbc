import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { takeWriterLock } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import { assertNotNewer, type Migration, migrate, schemaVersion } from './migrate.ts';
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

/** Opens both files for writing, creating and migrating them as needed, and holds the folder's write lock. */
export function openWriterFiles(folder: string): WriterFiles {
  return withDataErrors(() => {
    makeFolder(folder);
    const lock = withDataErrors(
      () => takeWriterLock(folder),
      () => 'writer.lock',
    );
    const opened: SqliteFile[] = [];
    try {
      const open = (name: DatabaseFile, migrations: readonly Migration[]): SqliteFile => {
        const file = withDataErrors(
          () => openMigrated(join(folder, name), migrations),
          () => name,
        );
        opened.push(file);
        return file;
      };
      const local = open('local.db', LOCAL_MIGRATIONS);
      const cache = open('cache.db', CACHE_MIGRATIONS);
      return { cache, local, close: () => closeAll(opened, lock) };
    } catch (thrown) {
      closeAll(opened, lock);
      throw thrown;
    }
  });
}

function openMigrated(path: string, migrations: readonly Migration[]): SqliteFile {
  if (existsSync(path)) refuseNewer(path, migrations);
  const file = openSqlite(path, { readonly: false });
  try {
    migrate(file, migrations);
    return file;
  } catch (thrown) {
    file.close();
    throw thrown;
  }
}

/** Looks at the version before anything could change the file: opening for writing may already rewrite its header. */
function refuseNewer(path: string, migrations: readonly Migration[]): void {
  const file = openSqlite(path, { readonly: true });
  try {
    assertNotNewer(file, migrations);
  } finally {
    file.close();
  }
}

function closeAll(files: SqliteFile[], lock: { release(): void }): void {
  for (const file of files.filter(({ open }) => open)) {
    file.pragma('optimize');
    file.close();
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
  const missing = [cachePath(folder), localPath(folder)].filter((path) => !existsSync(path));
  if (missing.length === 0) return;
  const remedy = missing.includes(localPath(folder))
    ? 'Restore local.db, which holds the corrections, from a backup if there is one; then run sync.'
    : 'Run sync to fetch the orders again; the corrections are kept.';
  throw new AppError(
    'DATA_DAMAGED',
    `This connection has no ${missing.map((path) => basename(path)).join(' and no ')} any more. ${remedy}`,
  );
}

/** Data of an older program is migrated by a short-lived writer, so that reading works right after an update. */
function migrateIfOld(folder: string): void {
  const isOld = (name: DatabaseFile, migrations: readonly Migration[]): boolean =>
    withDataErrors(
      () => {
        const file = openSqlite(join(folder, name), { readonly: true });
        try {
          assertNotNewer(file, migrations);
          return schemaVersion(file) < migrations.length;
        } finally {
          file.close();
        }
      },
      () => name,
    );
  if (isOld('cache.db', CACHE_MIGRATIONS) || isOld('local.db', LOCAL_MIGRATIONS)) {
    openWriterFiles(folder).close();
  }
}

/**
 * Which of the two files is damaged, after SQLite said that one is. Only `local.db` is read through for that: it is
 * small, and where it is whole it must be the other.
 */
export function damagedFile(folder: string): DatabaseFile {
  try {
    const file = openSqlite(localPath(folder), { readonly: true });
    try {
      return file.pragma('quick_check(1)', { simple: true }) === 'ok' ? 'cache.db' : 'local.db';
    } finally {
      file.close();
    }
  } catch (thrown) {
    return isDamage(thrown) ? 'local.db' : 'cache.db';
  }
}
