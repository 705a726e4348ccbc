import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const MEMORY = '/dev/shm';
const NAME = 'mutabakat-test-';
const NEEDED_BYTES = 1024 ** 3;

/**
 * Moves the temporary files of this process and those it starts into memory, where there is a file system for that with
 * room: most of the tests' waiting is for a disk that confirms writes. No test is about a disk that loses what it has
 * confirmed; what SIGKILL leaves behind is the same on either. Compiled code stays where the next run finds it.
 * @returns a function that removes the folder.
 */
export function tempFilesInMemory() {
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'mutabakat-test-compiled');
  if (!hasRoom()) return () => undefined;
  removeAbandoned();
  const folder = join(MEMORY, `${NAME}${process.pid}`);
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch {
    return () => undefined;
  }
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function hasRoom() {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > NEEDED_BYTES;
}

/** Folders of runs that were killed: nothing else would ever free that memory. */
function removeAbandoned() {
  for (const name of readdirSync(MEMORY)) {
    const pid = name.startsWith(NAME) ? Number(name.slice(NAME.length)) : Number.NaN;
    if (Number.isInteger(pid) && !isRunning(pid)) rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch ({ code }) {
    return code === 'EPERM';
  }
}
