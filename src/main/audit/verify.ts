import { timingSafeEqual } from 'node:crypto';
import type { AuditVerdict } from '../../shared/audit.ts';
import type { SqliteFile } from '../database/open.ts';
import { type ChainedColumns, type ChainHead, EMPTY_HEAD, entryDigest, headText, macOf } from './chain.ts';
import { HEAD_FILE } from './head.ts';
import type { AuditKey } from './keys.ts';

type Bad = NonNullable<AuditVerdict['bad']>;
type ChainedRow = ChainedColumns & { digest: string | null; mac: string | null };

interface Evidence {
  /** The keys at hand. */
  keys: readonly AuditKey[];
  /** The head that is kept outside the table, read before the table is; null = there is none to compare with. */
  outside: ChainHead | null;
}

/**
 * Recomputes the whole chain and compares its end with where it is written down. `place` is the name under which `file`
 * has `local.db`. Answers the first entry that does not fit; never throws for what somebody did to the table.
 */
export function verifyChain(file: SqliteFile, place: 'main' | 'local', evidence: Evidence): AuditVerdict {
  // One reading: entries that are added meanwhile must not look like a head that is elsewhere.
  return file.transaction(() => verdictOf(file, place, evidence))();
}

function verdictOf(file: SqliteFile, place: 'main' | 'local', { keys, outside }: Evidence): AuditVerdict {
  const known = new Map(keys.map((key) => [key.id, key]));
  const counts = { entries: 0, keyed: 0, uncheckedKeyed: 0, plain: 0 };
  let { digest } = EMPTY_HEAD;
  let lastKey: string | null = null;
  let atOutside = outside?.entries === 0 ? digest : null;
  let bad: Bad | null = null;
  const rows = file.prepare<[], ChainedRow>(
    `SELECT id, at_ms, who, host, profile, action, subject, before, after, reason, undoes, key_id, digest, mac
     FROM ${place}.journal ORDER BY id`,
  );
  for (const row of rows.iterate()) {
    counts.entries += 1;
    if (row.mac === null) counts.plain += 1;
    else if (known.has(row.key_id ?? '')) counts.keyed += 1;
    else counts.uncheckedKeyed += 1;
    bad ??= problemOf(row, counts.entries, digest, known);
    digest = row.digest ?? digest;
    lastKey = row.key_id;
    if (counts.entries === outside?.entries) atOutside = digest;
  }
  const end = { entries: counts.entries, digest, key_id: lastKey };
  bad ??= problemOfHead(headOfTable(file, place), end, known) ?? problemOutside(outside, atOutside, end.entries, known);
  return {
    ok: bad === null,
    ...counts,
    head: counts.entries === 0 ? null : digest,
    outside: outside !== null,
    bad,
  };
}

/** The head in the table, or undefined: somebody may have taken the row away, or the whole table. */
function headOfTable(file: SqliteFile, place: 'main' | 'local'): ChainHead | undefined {
  if (file.prepare(`SELECT 1 FROM ${place}.sqlite_schema WHERE name = 'audit_head'`).get() === undefined)
    return undefined;
  return file.prepare<[], ChainHead>(`SELECT entries, digest, key_id, mac FROM ${place}.audit_head`).get();
}

/** What is wrong with an entry that should be the `nth` and follow `previous`; null = nothing. */
function problemOf(row: ChainedRow, nth: number, previous: string, known: ReadonlyMap<string, AuditKey>): Bad | null {
  const entry = row.id;
  if (entry !== nth) {
    const message =
      entry > nth
        ? `Entry ${entry} follows entry ${nth - 1}: what was between them is not there any more.`
        : `Entry ${entry} has a number that no entry has: it was inserted.`;
    return { entry: Number.isSafeInteger(entry) && entry > 0 ? entry : nth, kind: 'missing', message };
  }
  if (row.digest === null) {
    return { entry, kind: 'changed', message: `Entry ${entry} has no digest: this program did not write it so.` };
  }
  if (row.digest !== digestOf(previous, row)) {
    const message = `Entry ${entry} does not give its digest: it was changed, swapped, or put in another's place.`;
    return { entry, kind: 'changed', message };
  }
  if ((row.mac === null) !== (row.key_id === null) || !isSigned(row.key_id, row.mac, row.digest, known)) {
    const message = `Entry ${entry} is not authenticated by the key that it names: somebody without the key made it so.`;
    return { entry, kind: 'mac', message };
  }
  return null;
}

/** A column that cannot be put into canonical JSON was never written by the program. */
function digestOf(previous: string, row: ChainedColumns): string | null {
  try {
    return entryDigest(previous, row);
  } catch {
    return null;
  }
}

/** Whether a MAC is right, as far as its key is at hand. */
function isSigned(
  keyId: string | null,
  mac: string | null,
  text: string,
  known: ReadonlyMap<string, AuditKey>,
): boolean {
  const key = keyId === null ? undefined : known.get(keyId);
  if (key === undefined || mac === null) return true;
  const [given, right] = [Buffer.from(mac), Buffer.from(macOf(key, text))];
  return given.byteLength === right.byteLength && timingSafeEqual(given, right);
}

function problemOfHead(
  head: ChainHead | undefined,
  end: Pick<ChainHead, 'entries' | 'digest' | 'key_id'>,
  known: ReadonlyMap<string, AuditKey>,
): Bad | null {
  if (head === undefined) {
    return bad(end.entries, 'The table of the head is empty: it says nowhere how many entries there are.');
  }
  if (head.entries > end.entries) {
    return bad(
      end.entries + 1,
      `There were ${head.entries} entries and there are ${end.entries}: the last were removed.`,
    );
  }
  if (head.entries < end.entries) {
    return bad(
      Math.max(head.entries, 0) + 1,
      `There were ${head.entries} entries and there are ${end.entries}: some were added at the end.`,
    );
  }
  const isRight =
    head.digest === end.digest &&
    head.key_id === end.key_id &&
    (head.key_id === null) === (head.mac === null) &&
    isSigned(head.key_id, head.mac, headText(head.entries, head.digest), known);
  return isRight ? null : bad(end.entries, 'The head in the table was changed: it is not that of the last entry.');
}

/** After a crash the head outside the table may lag behind; it never runs ahead. */
function problemOutside(
  outside: ChainHead | null,
  digestThere: string | null,
  entries: number,
  known: ReadonlyMap<string, AuditKey>,
): Bad | null {
  if (outside === null) return null;
  if (outside.entries > entries) {
    return bad(
      entries + 1,
      `${HEAD_FILE} says ${outside.entries} entries and there are ${entries}: the last were removed.`,
    );
  }
  if (outside.digest !== digestThere) {
    return bad(
      outside.entries,
      `Entry ${outside.entries} is not the one that ${HEAD_FILE} says: the chain was made anew.`,
    );
  }
  if (isSigned(outside.key_id, outside.mac, headText(outside.entries, outside.digest), known)) return null;
  return bad(outside.entries, `${HEAD_FILE} is not authenticated by the key that it names.`);
}

function bad(entry: number, message: string): Bad {
  return { entry, kind: 'head', message };
}
