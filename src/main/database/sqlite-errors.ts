import { AppError } from '../../shared/errors.ts';

/** Runs `work` and turns SQLite's and the file system's errors into errors of the program's list. */
export function withDataErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw dataError(thrown);
  }
}

function dataError(thrown: unknown): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new AppError(
      'DATA_FULL',
      'The disk with the data folder is full. Free some space and try again; nothing was changed.',
      {
        retryable: true,
        cause: thrown,
      },
    );
  }
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR)/.test(code) || NOT_WRITABLE.has(code)) {
    return new AppError(
      'DATA_NOT_WRITABLE',
      `The data folder cannot be read or written (${code}). Check its rights or choose another with --data-dir; nothing was changed.`,
      { cause: thrown },
    );
  }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return new AppError(
      'DATA_DAMAGED',
      'A database file in the data folder is damaged. It was left as it is; restore it from a backup, or move cache.db away to fetch the orders again.',
      { cause: thrown },
    );
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
