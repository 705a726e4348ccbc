import type { JsonValue } from '../../shared/canonical-json.ts';
import {
  type ConflictChoice,
  type CorrectionField,
  type CorrectionRow,
  type FieldChoice,
  type FieldValue,
  UNDECIDED_STATES,
} from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import { type AuthoredFiles, appendJournal, type JournalAction } from '../audit/journal.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import { prepareTargets } from '../database/corrections-targets.ts';
import type { CorrectionWrites, NewEntry } from '../database/corrections-write.ts';
import { createCorrecting } from '../reconcile/queue/service.ts';
import { readControl } from '../users/control.ts';
import { openDraft } from './batches/draft.ts';
import { sameValue } from './compare.ts';
import type { Moment } from './outbox.ts';
import { factsOf, prepareFacts } from './proposal-facts.ts';
import { listOf, noted, subjectOf } from './proposal-notes.ts';
import type { CorrectionWriter } from './service.ts';
import { validateSet } from './validate.ts';

const isOpen = ({ state }: CorrectionRow): boolean => UNDECIDED_STATES.some((open) => open === state);

/** So many decisions are written down one by one in an entry of the journal. */
const MOST_DETAILED = 500;

/** What becomes of one correction: the fields of its successor; none = the server's values stay. */
interface Decision {
  row: CorrectionRow;
  fields: NewEntry['fields'];
  /** What the person said, per field. */
  keep: Record<string, FieldChoice['keep']>;
  successor: number | null;
}

/**
 * Deciding conflicts, refusals and unknown outcomes. A correction in its batch never changes: a new proposal takes its
 * place over what Omnitron said last, or nothing does. Each call is one transaction in `local.db`, journalled.
 */
export function createResolving(
  files: AuthoredFiles,
  reads: CorrectionReads,
  writes: CorrectionWrites,
): Pick<CorrectionWriter, 'requeueCorrections' | 'resolveConflicts'> {
  const { local, author } = files;
  const targets = prepareTargets(local);
  const facts = prepareFacts(local, 'main', targets);
  const correcting = createCorrecting(files);

  function rowsOf(ids: readonly number[]): Map<number, CorrectionRow> {
    const rows = new Map(reads.byIds(ids).map((row) => [row.id, row]));
    const missing = ids.find((id) => !rows.has(id));
    if (missing !== undefined) throw new AppError('CORRECTION_UNKNOWN', `Correction ${missing} does not exist.`);
    return rows;
  }

  /** The value that a person wrote instead, judged like a proposal's. */
  function edited(row: CorrectionRow, field: CorrectionField, value: FieldValue, moment: Moment): FieldValue {
    const takesBackSent = row.reverses !== null && field === 'is_send' && value === false;
    if (takesBackSent && readControl(local, 'main').rules.unsendProven) return value;
    const held = row.lineId === null ? targets.orders([row.order.id])[0] : targets.lines([row.lineId])[0];
    if (held === undefined) {
      throw new AppError(
        'LINE_UNKNOWN',
        `What correction ${row.id} is about is not in the cache. Sync, then try again.`,
      );
    }
    const server = Object.fromEntries(row.fields.map((each) => [each.field, each.server ?? each.base]));
    const judging = { facts: factsOf(facts(), held, moment), held: { ...held.values, ...server }, pending: {} };
    const [entry] = validateSet(row.lineId === null ? 'order' : 'line', { [field]: value }, judging);
    if (entry === undefined) throw new AppError('INTERNAL', 'A judged value is missing.');
    return entry[1];
  }

  function decide(row: CorrectionRow, choices: readonly FieldChoice[], moment: Moment): Decision {
    const chosen = new Map(choices.map((choice) => [choice.field, choice]));
    const unknown = choices.find(({ field }) => !row.fields.some((each) => each.field === field));
    if (unknown !== undefined) {
      throw new AppError('VALUE_INVALID', `Correction ${row.id} does not set ${unknown.field}.`, {
        details: { field: unknown.field },
      });
    }
    const fields = row.fields.flatMap(({ field, base, target, server }): NewEntry['fields'] => {
      const choice = chosen.get(field);
      if (choice === undefined || choice.keep === 'theirs') return [];
      const seen = server ?? base;
      const wanted = choice.keep === 'mine' ? target : edited(row, field, choice.value, moment);
      return sameValue(field, seen, wanted) ? [] : [{ field, base: seen, target: wanted }];
    });
    const keep = Object.fromEntries(row.fields.map(({ field }) => [field, chosen.get(field)?.keep ?? 'theirs']));
    return { row, fields, keep, successor: null };
  }

  /** Puts the successors into the draft of the present author, and withdraws what they take the place of. */
  function carryOut(decisions: readonly Decision[], moment: Moment): Decision[] {
    const isNeeded = decisions.some(({ fields }) => fields.length > 0);
    const batchId = isNeeded ? openDraft(files, moment) : 0;
    return decisions.map((decision) => {
      const { row, fields } = decision;
      const successor = fields.length === 0 ? null : writes.insert(successorOf(row, fields, batchId), moment.nowMs);
      writes.replace(row.id, successor, moment.nowMs);
      return { ...decision, successor };
    });
  }

  function successorOf(row: CorrectionRow, fields: NewEntry['fields'], batchId: number): NewEntry {
    const { order, lineId, reverses } = row;
    const maker = author.profile ?? author.who;
    const place = { orderId: order.id, orderNumber: order.number, lineId };
    return { ...place, fields, batchId, maker, profile: author.profile, reverses };
  }

  function note(action: JournalAction, decisions: readonly Decision[], nowMs: number): void {
    if (decisions.length === 0) return;
    const ids = decisions.map(({ row }) => row.id);
    appendJournal(local, {
      ...author,
      atMs: nowMs,
      action,
      subject: subjectOf(ids),
      before: listOf(ids),
      after: {
        ...listOf(decisions.flatMap(({ successor }) => successor ?? [])),
        ...(decisions.length > MOST_DETAILED ? {} : { decisions: decisions.map(detailOf) }),
      },
      reason: null,
      undoes: null,
    });
  }

  function resolve(choices: readonly ConflictChoice[], moment: Moment): Decision[] {
    const rows = rowsOf(choices.map(({ id }) => id));
    if (rows.size < choices.length) throw new AppError('VALUE_INVALID', 'A correction is decided twice.');
    const decisions = choices.flatMap(({ id, fields }) => {
      const row = rows.get(id);
      if (row === undefined) return [];
      if (!isOpen(row)) throw notOpen(row);
      return [decide(row, fields, moment)];
    });
    const done = carryOut(decisions, moment);
    note('correction.resolve', done, moment.nowMs);
    return done;
  }

  function retry(ids: readonly number[], moment: Moment): Decision[] {
    // A call that moves money is never queued again by itself: it is proposed anew, or it is not.
    const open = [...rowsOf(ids).values()].filter((row) => isOpen(row) && row.cancellation === null);
    const mine = open.map((row) => {
      const choices = row.fields.map(({ field }): FieldChoice => ({ field, keep: 'mine' }));
      return decide(row, choices, moment);
    });
    const done = carryOut(mine, moment);
    note('correction.retry', done, moment.nowMs);
    return done;
  }

  /** One transaction; the findings that the old corrections were for are now corrected by the new ones. */
  function counted(nowMs: number, work: () => Decision[]): { queued: number; withdrawn: number } {
    return correcting(nowMs, () => {
      const decisions = work();
      const ids = decisions.flatMap(({ successor }) => successor ?? []);
      return { result: { queued: ids.length, withdrawn: decisions.length - ids.length }, ids };
    });
  }

  return {
    resolveConflicts: ({ choices, ...moment }) => counted(moment.nowMs, () => resolve(choices, moment)),
    requeueCorrections: ({ ids, ...moment }) => ({ queued: counted(moment.nowMs, () => retry(ids, moment)).queued }),
  };
}

function notOpen({ id, state }: CorrectionRow): AppError {
  return new AppError(
    'CORRECTION_STATE',
    `Correction ${id} is ${state}; only one that is in conflict, rejected or unknown can be decided. Nothing was changed.`,
  );
}

function detailOf({ row, fields, keep, successor }: Decision): JsonValue {
  const set = Object.fromEntries(fields.map((field) => [field.field, noted(field)]));
  return { correction: row.id, state: row.state, keep, successor, set };
}
