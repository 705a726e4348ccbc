import { z } from 'zod';
import type { Undone } from '../../../shared/decisions.ts';
import { AppError } from '../../../shared/errors.ts';
import {
  type AuthoredFiles,
  appendJournal,
  type JournalAction,
  type JournalEntry,
  readJournalEntry,
  undoneBy,
  undoneTwice,
} from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { sqlList } from '../check.ts';
import { type DecisionStore, storedDecision } from './decision-store.ts';

/** Entries that hold decisions. */
export const DECIDING: readonly JournalAction[] = ['findings.decide', 'findings.correct'];
/** What a person did to findings, newest of which an undo without an entry takes back. */
const BY_PERSON: readonly JournalAction[] = ['findings.decide', 'findings.note', 'findings.note-remove'];

const decisionsBefore = z.object({ decisions: z.array(storedDecision) });
const decisionsAfter = decisionsBefore.extend({ notes: z.array(z.number().int()) });
const oneNote = z.object({ note: z.number().int() });

/**
 * Takes an entry of the journal back: the findings that it is about have exactly the decisions of before, and its notes
 * go, or come back. `entry` null = the newest that a person made and that is not undone.
 * @throws AppError ENTRY_UNKNOWN; UNDO_REFUSED when it is undone already, or when a later decision about one of its
 * findings stands, which would be lost
 */
export function undoEntry(
  { local, author }: AuthoredFiles,
  store: DecisionStore,
  { entry: id, nowMs }: { entry: number | null; nowMs: number },
): Undone {
  return local
    .transaction(() => {
      const entry = entryToUndo(local, id);
      const findings = takeBack(store, entry, nowMs);
      const undo = appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'findings.undo',
        subject: entry.subject,
        before: null,
        after: null,
        reason: null,
        undoes: entry.id,
      });
      return { entry: undo, undid: entry.id, findings };
    })
    .immediate();
}

function entryToUndo(local: SqliteFile, id: number | null): JournalEntry {
  const wanted = id ?? newestOfPerson(local);
  const entry = wanted === null ? undefined : readJournalEntry(local, 'main', wanted);
  if (entry === undefined || !(DECIDING.includes(entry.action) || BY_PERSON.includes(entry.action))) {
    throw new AppError(
      'ENTRY_UNKNOWN',
      id === null
        ? 'There is nothing to undo.'
        : `Entry ${id} is no decision or note about findings; name one that is.`,
    );
  }
  if (undoneBy(local, entry.id) !== null) throw undoneTwice(entry.id);
  const later = laterDecision(local, entry);
  if (later !== null) {
    throw new AppError(
      'UNDO_REFUSED',
      `Entry ${later} decided later about a finding of entry ${entry.id}; undo entry ${later} first.`,
      { details: { entry: later } },
    );
  }
  return entry;
}

function newestOfPerson(local: SqliteFile): number | null {
  return (
    local
      .prepare<[], number>(
        `SELECT j.id FROM main.journal j WHERE j.action IN (${sqlList(BY_PERSON)})
           AND NOT EXISTS (SELECT 1 FROM main.journal u WHERE u.undoes = j.id) ORDER BY j.id DESC LIMIT 1`,
      )
      .pluck()
      .get() ?? null
  );
}

/** The newest decision in force that is later than an entry and about one of its findings; null = there is none. */
function laterDecision(local: SqliteFile, entry: JournalEntry): number | null {
  if (!DECIDING.includes(entry.action)) return null;
  return (
    local
      .prepare<[number], number | null>(
        `SELECT max(m.entry_id) FROM main.journal_findings e
         CROSS JOIN main.journal_findings m
           ON m.check_code = e.check_code AND m.subject = e.subject AND m.entry_id > e.entry_id
         CROSS JOIN main.journal j ON j.id = m.entry_id
         WHERE e.entry_id = ? AND j.action IN (${sqlList(DECIDING)})
           AND NOT EXISTS (SELECT 1 FROM main.journal u WHERE u.undoes = j.id)`,
      )
      .pluck()
      .get(entry.id) ?? null
  );
}

/** @returns how many findings are concerned */
function takeBack(store: DecisionStore, entry: JournalEntry, nowMs: number): number {
  if (entry.action === 'findings.note') {
    store.setNoteRemoved(oneNote.parse(entry.after).note, nowMs);
    return 1;
  }
  if (entry.action === 'findings.note-remove') {
    store.setNoteRemoved(oneNote.parse(entry.before).note, null);
    return 1;
  }
  const { decisions, notes } = decisionsAfter.parse(entry.after);
  for (const decision of decisions) store.remove(decision);
  for (const decision of decisionsBefore.parse(entry.before).decisions) store.put(decision);
  for (const note of notes) store.setNoteRemoved(note, nowMs);
  return decisions.length;
}
