import Database from 'better-sqlite3';
import { assertNodeVersion } from './node-version.ts';
import { addSqlFunctions } from './sql-functions.ts';

/** An open SQLite file. The rest of the program sees the driver only through this type. */
export type SqliteFile = Database.Database;
export type Statement = Database.Statement;

/** How long a statement waits for another process's lock, milliseconds. */
const BUSY_MS = 5_000;
/**
 * Pages in the WAL before they are copied to the file, 16 MB. With SQLite's own 1,000 the pages of the indexes are copied
 * over and over while orders are read: a fifth more is written for the same orders (docs/performance.md).
 */
export const WAL_PAGES = 4_000;

/**
 * Opens a SQLite file: the only place that does. Writers get WAL with `synchronous=FULL`, set explicitly: a commit that
 * was reported survives a power cut if the disk honours fsync.
 */
export function openSqlite(path: string, options: { readonly: boolean }): SqliteFile {
  assertNodeVersion();
  const file = new Database(path, { readonly: options.readonly, fileMustExist: options.readonly, timeout: BUSY_MS });
  try {
    if (!options.readonly) {
      file.pragma('journal_mode = WAL');
      file.pragma('synchronous = FULL');
      file.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
    }
    file.pragma('foreign_keys = ON');
    file.pragma('temp_store = MEMORY');
    // So that what a large run kept can be given back; before there is anything.
    file.pragma('temp.auto_vacuum = INCREMENTAL');
    file.pragma('cache_size = -32000');
    file.pragma('trusted_schema = OFF');
    addSqlFunctions(file);
  } catch (thrown) {
    file.close();
    throw thrown;
  }
  return file;
}
