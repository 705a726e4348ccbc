import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../connections/atomic-file.ts';
import type { SqliteFile } from '../database/open.ts';
import type { ChainHead } from './chain.ts';
import { digestOfEntry, hasGrown, headInTable, noteKept } from './trail.ts';

/** Where the head is kept outside the table, in the connection's folder. */
export const HEAD_FILE = 'audit-head.json';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const headSchema = z.strictObject({
  entries: z.number().int().nonnegative(),
  digest: hex(64),
  key_id: hex(16).nullable(),
  mac: hex(64).nullable(),
});

/** The head that is kept beside the files of a connection; null = there is none that can be read. */
export function readHeadFile(folder: string): ChainHead | null {
  try {
    return headSchema.parse(JSON.parse(readFileSync(join(folder, HEAD_FILE), 'utf8')));
  } catch {
    // Absent, or cut off by a power failure: it is no accusation, and whoever verifies is told that it was not there.
    return null;
  }
}

/**
 * Keeps the head outside the table too, after each call that added entries: after a crash it may lag behind, and is
 * never ahead. A file that does not fit the table is evidence and stays as it is.
 * @returns the service, with the head kept after each of its calls
 */
export function keepingHead<S extends object>(service: S, folder: string, local: SqliteFile): S {
  const kept = readHeadFile(folder);
  const fits = kept === null || kept.digest === digestOfEntry(local, kept.entries);
  const keep = (): void => {
    if (!fits || !local.open || local.inTransaction || !hasGrown(local)) return;
    writeHead(folder, local);
  };
  if (fits) writeHead(folder, local);
  return Object.fromEntries(
    Object.entries(service).map(([name, method]: [string, (...args: unknown[]) => unknown]) => [
      name,
      (...args: unknown[]): unknown => {
        const value = method(...args);
        if (value instanceof Promise) return value.finally(keep);
        keep();
        return value;
      },
    ]),
  ) as S;
}

function writeHead(folder: string, local: SqliteFile): void {
  const head = headInTable(local);
  if (head === null) return;
  try {
    writeFileAtomically(join(folder, HEAD_FILE), `${JSON.stringify(head)}\n`, { durable: false });
    noteKept(local);
  } catch {
    // What was decided is stored; the next call that adds an entry tries again.
  }
}
