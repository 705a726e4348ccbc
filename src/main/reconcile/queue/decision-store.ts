import { z } from 'zod';
import { findingKey } from '../../../shared/decisions.ts';
import { findingStatus, reasonCode } from '../../../shared/queue.ts';
import type { SqliteFile } from '../../database/open.ts';

/** A stored decision; the journal keeps it in this form too, so that an undo can put it back exactly. */
export const storedDecision = findingKey.extend({
  status: findingStatus,
  reason: reasonCode.nullable(),
  owner: z.string().nullable(),
  /** What the finding's values were: see `findings.basis`. */
  basis: z.string(),
  correction: z.number().int().nullable(),
  decidedMs: z.number().int(),
});
export type StoredDecision = z.infer<typeof storedDecision>;

/** The columns of `finding_decisions d` in the form of {@link StoredDecision}, but for its key. */
export const DECISION_COLUMNS =
  'd.status, d.reason_code AS reason, d.owner, d.basis, d.correction_id AS correction, d.decided_ms AS decidedMs';

/** Writing what is decided and noted; `local` is the writer's connection to `local.db`. */
export interface DecisionStore {
  put(decision: StoredDecision): void;
  remove(key: { check: string; subject: number }): void;
  /** @returns the note's id */
  addNote(note: { check: string; subject: number; text: string; who: string; atMs: number }): number;
  /** Hides a note, or with null shows it again; nothing is erased. */
  setNoteRemoved(id: number, removedMs: number | null): void;
  /** Which finding a note is about; undefined = there is no such note, or it is removed. */
  noteOf(id: number): { check: string; subject: number } | undefined;
  /** Lets an entry of the journal be found by the finding that it is about. */
  mention(key: { check: string; subject: number }, entry: number): void;
}

export function prepareDecisionStore(local: SqliteFile): DecisionStore {
  const put = local.prepare(
    `INSERT OR REPLACE INTO main.finding_decisions (check_code, subject, status, reason_code, owner, basis, correction_id, decided_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = local.prepare('DELETE FROM main.finding_decisions WHERE check_code = ? AND subject = ?');
  const addNote = local.prepare(
    'INSERT INTO main.finding_notes (check_code, subject, text, who, at_ms) VALUES (?, ?, ?, ?, ?)',
  );
  const setRemoved = local.prepare('UPDATE main.finding_notes SET removed_ms = ? WHERE id = ?');
  const noteOf = local.prepare<[number], { check: string; subject: number }>(
    'SELECT check_code AS "check", subject FROM main.finding_notes WHERE id = ? AND removed_ms IS NULL',
  );
  const mention = local.prepare(
    'INSERT OR IGNORE INTO main.journal_findings (check_code, subject, entry_id) VALUES (?, ?, ?)',
  );
  return {
    put({ check, subject, status, reason, owner, basis, correction, decidedMs }) {
      put.run(check, subject, status, reason, owner, basis, correction, decidedMs);
    },
    remove({ check, subject }) {
      remove.run(check, subject);
    },
    addNote({ check, subject, text, who, atMs }) {
      return Number(addNote.run(check, subject, text, who, atMs).lastInsertRowid);
    },
    setNoteRemoved(id, removedMs) {
      setRemoved.run(removedMs, id);
    },
    noteOf: (id) => noteOf.get(id),
    mention({ check, subject }, entry) {
      mention.run(check, subject, entry);
    },
  };
}
