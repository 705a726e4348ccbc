import { AppError } from '../../shared/errors.ts';

/** The database files of a connection folder. */
export type DatabaseFile = 'cache.db' | 'local.db' | 'writer.lock';

/** What is to be done about a damaged file; nothing is ever repaired or removed. */
const DAMAGE_REMEDY: Readonly<Record<DatabaseFile, string>> = {
  'cache.db':
    'Run sync: it puts the damaged file aside under another name and fetches the orders again; the corrections are kept.',
  'local.db':
    'It holds the corrections and was left as it is. Move every file whose name begins with local.db away; then restore it from a backup.',
  'writer.lock': 'It holds no data; remove it and try again.',
};

/** Damage that the program itself has found in a database file; treated as SQLite's own words for it. */
export class DamageFound extends Error {
  readonly code = 'SQLITE_CORRUPT';
}

/**
 * Runs `work` and turns SQLite's and the file system's errors into errors of the program's list.
 * @param damagedFile names the damaged file; SQLite itself does not say which one it is. Asked only after damage; not
 * needed where `work` opens no database.
 */
export function withDataErrors<T>(work: () => T, damagedFile?: () => DatabaseFile): T {
  try {
    return work();
  } catch (thrown) {
    throw dataError(thrown, damagedFile);
  }
}

/** True for SQLite's words for a file that is no database or whose content contradicts itself. */
export function isDamage(thrown: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(thrown));
}

/** The code of an error of SQLite or the file system; empty for anything else. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}

/** The program's error for one of SQLite or the file system; any other as it is. `damagedFile` as above. */
export function dataError(thrown: unknown, damagedFile: (() => DatabaseFile) | undefined): unknown {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new AppError(
      'DATA_FULL',
      'The disk with the data folder is full. What was stored before is kept; free some space and run this again.',
      { retryable: true, cause: thrown },
    );
  }
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR)/.test(code) || NOT_WRITABLE.has(code)) {
    return new AppError(
      'DATA_NOT_WRITABLE',
      `The data folder cannot be read or written (${code}). What was stored before is kept; check the folder's rights or choose another with --data-dir.`,
      { cause: thrown },
    );
  }
  if (isDamage(thrown) && damagedFile !== undefined) {
    const file = damagedFile();
    return new AppError('DATA_DAMAGED', `A database file, ${file}, is damaged. ${DAMAGE_REMEDY[file]}`, {
      cause: thrown,
    });
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new AppError(
      'DATA_LOCKED',
      'The database is in use by another program. Close it, or try again with --wait.',
      {
        retryable: true,
        cause: thrown,
      },
    );
  }
  return thrown;
}

const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EISDIR']);
