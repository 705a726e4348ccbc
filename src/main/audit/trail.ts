import type { SqliteFile } from '../database/open.ts';
import { type ChainedColumns, type ChainHead, EMPTY_HEAD, entryDigest, headOf, macOf } from './chain.ts';
import type { AuditKey } from './keys.ts';

/** An entry before the chain has it. */
export type NewColumns = Omit<ChainedColumns, 'id' | 'key_id'>;

interface Known {
  key: AuditKey | null;
  /** Whether entries were added since the head was last kept outside the table. */
  grew: boolean;
}
const NOTHING_KNOWN: Known = { key: null, grew: false };

function prepareTrail(local: SqliteFile) {
  return {
    ...NOTHING_KNOWN,
    head: local.prepare<[], ChainHead>('SELECT entries, digest, key_id, mac FROM main.audit_head'),
    insert: local.prepare<[NewColumns & { key_id: string | null }]>(
      `INSERT INTO main.journal (at_ms, who, host, profile, action, subject, before, after, reason, undoes, key_id)
       VALUES (:at_ms, :who, :host, :profile, :action, :subject, :before, :after, :reason, :undoes, :key_id)`,
    ),
    seal: local.prepare<[string, string | null, number]>('UPDATE main.journal SET digest = ?, mac = ? WHERE id = ?'),
    setHead: local.prepare<[ChainHead]>(
      `INSERT OR REPLACE INTO main.audit_head (id, entries, digest, key_id, mac)
       VALUES (1, :entries, :digest, :key_id, :mac)`,
    ),
  };
}

/** What belongs to a connection to `local.db`: statements are prepared once, the key is known for as long as it is open. */
const trails = new WeakMap<SqliteFile, ReturnType<typeof prepareTrail>>();

function trailOf(local: SqliteFile): ReturnType<typeof prepareTrail> {
  const known = trails.get(local);
  if (known !== undefined) return known;
  const trail = prepareTrail(local);
  trails.set(local, trail);
  return trail;
}

/** Entries added through this connection are authenticated with `key` from now on; null = the chain is plain. */
export function setAuditKey(local: SqliteFile, key: AuditKey | null): void {
  trailOf(local).key = key;
}

/** Adds an entry to the chain, within the caller's transaction. @returns its id */
export function appendToChain(local: SqliteFile, columns: NewColumns): number {
  const trail = trailOf(local);
  const { key } = trail;
  const head = trail.head.get() ?? EMPTY_HEAD;
  const key_id = key?.id ?? null;
  const id = Number(trail.insert.run({ ...columns, key_id }).lastInsertRowid);
  const digest = entryDigest(head.digest, { ...columns, id, key_id });
  trail.seal.run(digest, key === null ? null : macOf(key, digest), id);
  trail.setHead.run(headOf(head.entries + 1, digest, key));
  trail.grew = true;
  return id;
}

/**
 * Chains entries that were written before there was a chain, in one transaction; once there is a head, never again: an
 * entry without a digest is then nothing that this program wrote.
 */
export function chainOldEntries(local: SqliteFile): void {
  const { head, seal, setHead } = trailOf(local);
  if (head.get() !== undefined) return;
  // A head that somebody took away is not made anew: that is found when the chain is verified.
  if (local.prepare('SELECT 1 FROM main.journal WHERE digest IS NOT NULL').get() !== undefined) return;
  local
    .transaction(() => {
      const old = local.prepare<[], ChainedColumns>(
        `SELECT id, at_ms, who, host, profile, action, subject, before, after, reason, undoes, key_id
         FROM main.journal ORDER BY id`,
      );
      let { entries, digest } = EMPTY_HEAD;
      // All at once: a statement that is being walked lets no other write.
      for (const columns of old.all()) {
        digest = entryDigest(digest, columns);
        seal.run(digest, null, columns.id);
        entries += 1;
      }
      setHead.run(headOf(entries, digest, null));
    })
    .immediate();
}

/** The head in the table; null before there is a chain. */
export function headInTable(local: SqliteFile): ChainHead | null {
  return trailOf(local).head.get() ?? null;
}

/** The digest with which a chain of so many entries ends; null = the table has no such entry. */
export function digestOfEntry(local: SqliteFile, entries: number): string | null {
  if (entries === 0) return EMPTY_HEAD.digest;
  const found = local.prepare('SELECT digest FROM main.journal WHERE id = ?').pluck().get(entries);
  return typeof found === 'string' ? found : null;
}

/** Whether entries were added since `noteKept`. */
export function hasGrown(local: SqliteFile): boolean {
  return trailOf(local).grew;
}

/** Notes that the head is kept outside the table as it is now. */
export function noteKept(local: SqliteFile): void {
  trailOf(local).grew = false;
}
