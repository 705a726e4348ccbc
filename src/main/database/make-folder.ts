import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/**
 * Makes a folder and those above it; nothing where it is there. Node's own recursive `mkdirSync` never returns where a
 * file system answers ENOENT below a folder that exists, as Linux's /proc does.
 * @param mode of every folder that is made. Errors of the file system are passed on.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
  } catch (thrown) {
    // Another process may have been quicker.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw thrown;
  }
}

/**
 * Checks a path at which a folder is or could be made.
 * @throws AppError DATA_NOT_WRITABLE when a file is there, or in the place of a folder above. Errors of the file system
 * are passed on.
 */
export function refuseFileAsFolder(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) return;
  if (there !== undefined) {
    throw new AppError(
      'DATA_NOT_WRITABLE',
      `${path} is a file where a folder is needed. Move it away, or choose another data folder with --data-dir.`,
    );
  }
  const parent = dirname(path);
  if (parent !== path) refuseFileAsFolder(parent);
}
