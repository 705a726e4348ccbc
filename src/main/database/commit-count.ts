import { closeSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import type { SqliteFile } from './open.ts';

/*
 * How many transactions a file holds is counted in the file's header (`application_id`, which nothing else uses), and
 * noted in a small file beside it after every commit. SQLite copies pages from the WAL to the file before it lets go of
 * the WAL, and only some of them while somebody reads. Should the WAL then lose commits, what it still has and what the
 * file has make a mixture of several states, which no check of SQLite notices. The count does.
 */

/** Where the count stands in the file, as four bytes, big-endian. */
const OFFSET = 68;
const BYTES = 4;

const noteOf = (path: string): string => `${path}.commits`;

/**
 * The least count that the file must show when it is read through its WAL; 0 where nothing is known. Ask before SQLite
 * opens the file.
 */
export function leastCount(path: string): number {
  return Math.max(countInFile(path), notedCount(path));
}

/** The count in the file itself, without its WAL: further than the WAL where that lost commits after they were copied. */
function countInFile(path: string): number {
  const bytes = Buffer.alloc(BYTES);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, bytes, 0, BYTES, OFFSET);
    } finally {
      closeSync(file);
    }
  } catch {
    // SQLite says in its own words why a file cannot be opened.
    return 0;
  }
  return bytes.readInt32BE();
}

function notedCount(path: string): number {
  try {
    return Number(readFileSync(noteOf(path), 'utf8')) || 0;
  } catch {
    return 0;
  }
}

/** The count as SQLite reads it, through the WAL. */
export function countOfCommits(file: SqliteFile): number {
  return Number(file.pragma('application_id', { simple: true }));
}

type Work = Parameters<SqliteFile['transaction']>[0];

/** Lets every transaction of a file that is open for writing count itself. */
export function countCommits(file: SqliteFile, path: string): void {
  const transaction = file.transaction.bind(file);
  const counted =
    (work: Work): Work =>
    (...args) => {
      const result = work(...args);
      file.pragma(`application_id = ${countOfCommits(file) + 1}`);
      return result;
    };
  const note = openNote(path);
  const close = file.close.bind(file);
  file.close = () => {
    note.close();
    return close();
  };
  const noted =
    (run: Work): Work =>
    (...args) => {
      const result = run(...args);
      if (!file.inTransaction) note.write(countOfCommits(file));
      return result;
    };
  const counting = (work: Work): object => {
    const run = transaction(counted(work));
    const { deferred, immediate, exclusive } = run;
    return Object.assign(noted(run), {
      default: noted(run),
      deferred: noted(deferred),
      immediate: noted(immediate),
      exclusive: noted(exclusive),
    });
  };
  file.transaction = counting as SqliteFile['transaction'];
}

/** Digits of a note: enough for any count, so that a new one always covers the old one. */
const DIGITS = 12;

/**
 * The note beside a file, opened with the first commit and kept open: opening it takes longer than a small commit. The
 * commit is done by then: a note that cannot be written must not make it look failed, and an older one does no harm.
 */
function openNote(path: string): { write(count: number): void; close(): void } {
  let note: number | null = null;
  return {
    write(count) {
      try {
        note ??= openSync(noteOf(path), 'w');
        writeSync(note, `${count}`.padStart(DIGITS, '0'), 0);
      } catch {
        return;
      }
    },
    close() {
      if (note !== null) closeSync(note);
      note = null;
    },
  };
}

/** Forgets what was noted of a file that was closed in order. */
export function dropNote(path: string): void {
  rmSync(noteOf(path), { force: true });
}
