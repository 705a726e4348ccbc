import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { openSqlite, type SqliteFile } from './open.ts';

/**
 * Takes the write lock of a connection folder and holds it until `release`. The lock is a write transaction that stays
 * open on a small file of its own, so the operating system gives it back however the process ends.
 * @throws AppError DATA_LOCKED when another window or command holds it.
 */
export function takeWriterLock(folder: string): { release(): void } {
  const file = openSqlite(join(folder, 'writer.lock'), { readonly: false });
  try {
    file.pragma('busy_timeout = 0');
    file.exec('BEGIN IMMEDIATE');
  } catch (thrown) {
    file.close();
    if (isBusy(thrown)) {
      throw new AppError(
        'DATA_LOCKED',
        'This connection is in use by another window or command. Close it, wait for it to end, or try again with --wait.',
        { retryable: true },
      );
    }
    throw thrown;
  }
  return { release: () => releaseLock(file) };
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY');
}

function releaseLock(file: SqliteFile): void {
  if (file.open && file.inTransaction) file.exec('ROLLBACK');
  file.close();
}
