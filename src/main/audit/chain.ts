import { createHash, createHmac } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { AuditKey } from './keys.ts';

/** What the first entry is chained to. */
export const GENESIS = '0'.repeat(64);

/** An entry as its table has it, without what the chain adds: exactly what its digest covers. */
export interface ChainedColumns {
  id: number;
  at_ms: number;
  who: string;
  host: string;
  profile: string | null;
  action: string;
  subject: string;
  before: string | null;
  after: string | null;
  reason: string | null;
  undoes: number | null;
  /** Names the key that authenticates the entry, so that nobody can pretend that there was none. */
  key_id: string | null;
}

/** Where the chain ends: how many entries it has and the digest of the last, with the key that vouches for both. */
export interface ChainHead {
  entries: number;
  digest: string;
  key_id: string | null;
  mac: string | null;
}

/** Head of a chain without entries. */
export const EMPTY_HEAD: ChainHead = { entries: 0, digest: GENESIS, key_id: null, mac: null };

/**
 * SHA-256, as hex, over the previous digest followed by the canonical JSON of the entry's columns.
 * @throws TypeError where a column holds a number that is no safe integer, which the program never writes
 */
export function entryDigest(previous: string, columns: ChainedColumns): string {
  const { id, at_ms, who, host, profile, action, subject, before, after, reason, undoes, key_id } = columns;
  const text = canonicalJson({ id, at_ms, who, host, profile, action, subject, before, after, reason, undoes, key_id });
  return createHash('sha256').update(previous).update(text).digest('hex');
}

/** HMAC-SHA-256, as hex, of a text. */
export function macOf(key: AuditKey, text: string): string {
  return createHmac('sha256', key.bytes).update(text).digest('hex');
}

/** The head of so many entries that end with this digest. */
export function headOf(entries: number, digest: string, key: AuditKey | null): ChainHead {
  if (key === null) return { entries, digest, key_id: null, mac: null };
  return { entries, digest, key_id: key.id, mac: macOf(key, headText(entries, digest)) };
}

/** What the `mac` of a head covers. */
export function headText(entries: number, digest: string): string {
  return `${entries}:${digest}`;
}
