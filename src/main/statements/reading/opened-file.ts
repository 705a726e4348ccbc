import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { unreadable } from './unreadable.ts';

/** The largest file that is read, bytes: ten times a statement of a million rows. */
const LARGEST = 1_073_741_824;

/** A file that is held open while it is read, so that all passes read the same one. */
export interface OpenedFile {
  name: string;
  size: number;
  /** Reads into `into` from `position` on; answers how many bytes, 0 at the end. */
  read(into: Uint8Array, position: number): number;
  /** @throws AppError STATEMENT_UNREADABLE where another program has changed the file since it was opened */
  assertUnchanged(): void;
  close(): void;
}

/** Opens a statement file. @throws AppError FILE_NOT_READABLE; STATEMENT_UNREADABLE where it is empty or too large */
export function openFile(path: string): OpenedFile {
  const name = basename(path);
  const descriptor = tryOpen(path, name);
  try {
    const { size, mtimeMs } = assertReadable(descriptor, name);
    return {
      name,
      size,
      read: (into, position) => readSync(descriptor, into, 0, into.length, position),
      assertUnchanged() {
        const now = fstatSync(descriptor);
        if (now.size !== size || now.mtimeMs !== mtimeMs) {
          throw unreadable(`The file ${name} was changed while it was read. Nothing was stored; import it again.`);
        }
      },
      close: () => closeSync(descriptor),
    };
  } catch (thrown) {
    closeSync(descriptor);
    throw thrown;
  }
}

function tryOpen(path: string, name: string): number {
  try {
    return openSync(path, 'r');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    const why = code === 'ENOENT' ? 'does not exist' : 'cannot be opened';
    throw new AppError('FILE_NOT_READABLE', `The file ${name} ${why}. Check its name and your permission to read it.`, {
      cause: thrown,
    });
  }
}

function assertReadable(descriptor: number, name: string): { size: number; mtimeMs: number } {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) {
    throw new AppError('FILE_NOT_READABLE', `${name} is no file. Name the statement file itself.`);
  }
  if (stats.size === 0) throw unreadable(`The file ${name} is empty. Export the statement again.`);
  if (stats.size > LARGEST) {
    const megabytes = Math.ceil(stats.size / 1_048_576);
    throw unreadable(
      `The file ${name} has ${megabytes} MB; statements of up to 1024 MB are read. Export a shorter period.`,
    );
  }
  return stats;
}
