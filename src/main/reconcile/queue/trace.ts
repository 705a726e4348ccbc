import type { FindingKey, FindingNote, FindingTrace, TraceStep } from '../../../shared/decisions.ts';
import { formatMicrosText } from '../../../shared/money.ts';
import type { JournalAction } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { storedDecision } from './decision-store.ts';

interface RawEvent {
  event: 'closed' | 'reopened' | 'changed';
  at_ms: number;
  opened_ms: number;
  expected: string | null;
  actual: string | null;
  difference: string | null;
}

interface RawEntry {
  id: number;
  at_ms: number;
  who: string;
  action: JournalAction;
  decision: string | null;
  note: string | null;
  undone_id: number | null;
  undone_ms: number | null;
  undone_who: string | null;
}

const NOTHING = {
  expected: null,
  actual: null,
  difference: null,
  who: null,
  entry: null,
  isUndone: false,
  status: null,
  reason: null,
  owner: null,
  correction: null,
  note: null,
} satisfies Partial<TraceStep>;

const ACTIONS: Partial<Record<JournalAction, TraceStep['what']>> = {
  'findings.decide': 'decided',
  'findings.correct': 'decided',
  'findings.note': 'noted',
  'findings.note-remove': 'note-removed',
};

const decisionSchema = storedDecision.nullable();

/**
 * Everything that happened to a finding, oldest first, also where it is held no more. `file` is `cache.db` with
 * `local.db` attached as `local`. What the checks saw is only known since `cache.db` was begun.
 */
export function traceFinding(file: SqliteFile, key: FindingKey): Omit<FindingTrace, 'finding'> {
  const steps = [...stepsOfChecks(file, key), ...stepsOfPeople(file, key)];
  // Sorting keeps the order of equals: what the checks saw comes before what was decided about it in the same instant.
  const sorted = steps.sort((a, b) => a.ms - b.ms).map(({ step }) => step);
  return { notes: notesOf(file, key), steps: sorted };
}

interface TimedStep {
  ms: number;
  step: TraceStep;
}

function timed(ms: number, step: Pick<TraceStep, 'what'> & Partial<TraceStep>): TimedStep {
  return { ms, step: { ...NOTHING, ...step, at: new Date(ms).toISOString() } };
}

function stepsOfChecks(file: SqliteFile, { check, subject }: FindingKey): TimedStep[] {
  const amounts = `CAST(expected AS TEXT) AS expected, CAST(actual AS TEXT) AS actual, CAST(difference AS TEXT) AS difference`;
  const held = file
    .prepare<[string, number], { opened_ms: number; currency: string }>(
      'SELECT opened_ms, currency FROM findings WHERE check_code = ? AND subject = ?',
    )
    .get(check, subject);
  const events = file
    .prepare<[string, number], RawEvent>(
      `SELECT event, at_ms, opened_ms, ${amounts} FROM finding_events WHERE check_code = ? AND subject = ? ORDER BY id`,
    )
    .all(check, subject);
  const opened = held?.opened_ms ?? events[0]?.opened_ms;
  if (opened === undefined) return [];
  const currency = held?.currency ?? '';
  return [
    timed(opened, { what: 'opened' }),
    ...events.map(({ event, at_ms, expected, actual, difference }) =>
      timed(at_ms, {
        what: event,
        expected: formatMicrosText(expected, currency),
        actual: formatMicrosText(actual, currency),
        difference: formatMicrosText(difference, currency),
      }),
    ),
  ];
}

function stepsOfPeople(file: SqliteFile, { check, subject }: FindingKey): TimedStep[] {
  const entries = file
    .prepare<[string, number, string, number], RawEntry>(
      `SELECT j.id, j.at_ms, j.who, j.action, j.reason AS note, u.id AS undone_id, u.at_ms AS undone_ms, u.who AS undone_who,
         (SELECT e.value FROM json_each(j.after, '$.decisions') e
           WHERE e.value ->> '$.check' = ? AND e.value ->> '$.subject' = ?) AS decision
       FROM local.journal_findings m JOIN local.journal j ON j.id = m.entry_id
         LEFT JOIN local.journal u ON u.undoes = j.id
       WHERE m.check_code = ? AND m.subject = ? ORDER BY j.id`,
    )
    .all(check, subject, check, subject);
  return entries.flatMap((entry) => {
    const what = ACTIONS[entry.action];
    if (what === undefined) return [];
    const { id, at_ms, who, note, undone_id, undone_ms, undone_who } = entry;
    const made = decisionSchema.parse(JSON.parse(entry.decision ?? 'null'));
    const { status = null, reason = null, owner = null, correction = null } = made ?? {};
    const isUndone = undone_ms !== null;
    const step = timed(at_ms, { what, who, entry: id, isUndone, status, reason, owner, correction, note });
    if (!isUndone) return [step];
    return [step, timed(undone_ms, { what: 'undone', who: undone_who, entry: undone_id, status })];
  });
}

function notesOf(file: SqliteFile, { check, subject }: FindingKey): FindingNote[] {
  return file
    .prepare<[string, number], { id: number; text: string; who: string; at_ms: number }>(
      `SELECT id, text, who, at_ms FROM local.finding_notes
       WHERE check_code = ? AND subject = ? AND removed_ms IS NULL ORDER BY id`,
    )
    .all(check, subject)
    .map(({ at_ms, ...note }) => ({ ...note, at: new Date(at_ms).toISOString() }));
}
