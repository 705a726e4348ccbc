import type { FindingKey } from '../../../shared/decisions.ts';
import { AppError } from '../../../shared/errors.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import { subjectOf } from './decide.ts';
import type { DecisionStore } from './decision-store.ts';

/** Adds a note to a finding that is held. @throws AppError FINDING_UNKNOWN */
export function addNote(
  { cache, local, author }: AuthoredFiles,
  store: DecisionStore,
  { check, subject, text, nowMs }: FindingKey & { text: string; nowMs: number },
): { note: number; entry: number } {
  const isHeld = cache.prepare('SELECT 1 FROM main.findings WHERE check_code = ? AND subject = ?').get(check, subject);
  if (isHeld === undefined) {
    throw new AppError('FINDING_UNKNOWN', `There is no finding of ${check} about ${subject}. List the findings again.`);
  }
  return local
    .transaction(() => {
      const note = store.addNote({ check, subject, text, who: author.who, atMs: nowMs });
      const entry = appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'findings.note',
        subject: subjectOf([{ check, subject }]),
        before: null,
        after: { note },
        reason: text,
        undoes: null,
      });
      store.mention({ check, subject }, entry);
      return { note, entry };
    })
    .immediate();
}

/** Takes a note away; it stays in the journal. @throws AppError ENTRY_UNKNOWN when there is no such note any more */
export function removeNote(
  { local, author }: AuthoredFiles,
  store: DecisionStore,
  { note, nowMs }: { note: number; nowMs: number },
): { entry: number } {
  return local
    .transaction(() => {
      const key = store.noteOf(note);
      if (key === undefined) throw new AppError('ENTRY_UNKNOWN', `There is no note ${note} to remove.`);
      store.setNoteRemoved(note, nowMs);
      const entry = appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'findings.note-remove',
        subject: subjectOf([key]),
        before: { note },
        after: null,
        reason: null,
        undoes: null,
      });
      store.mention(key, entry);
      return { entry };
    })
    .immediate();
}
