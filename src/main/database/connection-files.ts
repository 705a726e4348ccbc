import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { takeWriterLock } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import { assertNotNewer, type Migration, migrate, schemaVersion } from './migrate.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from './migrations/schemas.ts';
import { openSqlite, type SqliteFile } from './open.ts';
import { withDataErrors } from './sqlite-errors.ts';

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
    const lock = takeWriterLock(folder);
    const opened: SqliteFile[] = [];
    try {
      const open = (path: string, migrations: readonly Migration[]): SqliteFile => {
        const file = openMigrated(path, migrations);
        opened.push(file);
        return file;
      };
      const local = open(localPath(folder), LOCAL_MIGRATIONS);
      const cache = open(cachePath(folder), CACHE_MIGRATIONS);
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
 * @throws AppError CONNECTION_UNKNOWN when the folder holds no connection, DATA_TOO_NEW, or DATA_LOCKED when the files
 * still need a migration that another program holds up.
 */
export function openReaderFile(folder: string): SqliteFile {
  return withDataErrors(() => {
    if (!existsSync(cachePath(folder)) || !existsSync(localPath(folder))) {
      throw new AppError(
        'CONNECTION_UNKNOWN',
        'There is no such connection on this computer. Make it first with: connect --base-url URL',
      );
    }
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

/** Data of an older program is migrated by a short-lived writer, so that reading works right after an update. */
function migrateIfOld(folder: string): void {
  const isOld = (path: string, migrations: readonly Migration[]): boolean => {
    const file = openSqlite(path, { readonly: true });
    try {
      assertNotNewer(file, migrations);
      return schemaVersion(file) < migrations.length;
    } finally {
      file.close();
    }
  };
  if (isOld(cachePath(folder), CACHE_MIGRATIONS) || isOld(localPath(folder), LOCAL_MIGRATIONS)) {
    openWriterFiles(folder).close();
  }
}

/** True when the folder holds both files of a connection. */
export function holdsConnection(folder: string): boolean {
  return existsSync(localPath(folder)) && existsSync(cachePath(folder));
}
