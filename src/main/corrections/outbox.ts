import { type CorrectionRow, isWithdrawable, type NewCorrection, PENDING_STATES } from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import type { AuthoredFiles } from '../audit/journal.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import { prepareTargets } from '../database/corrections-targets.ts';
import type { CorrectionWrites, NewEntry } from '../database/corrections-write.ts';
import { openDraft } from './batches/draft.ts';
import { type JudgedProposal, judgeProposal, pendingOfTarget } from './judge.ts';
import { factsOf, prepareFacts } from './proposal-facts.ts';
import { noteProposals, noteWithdrawal } from './proposal-notes.ts';

/** When something is proposed, and in which time zone business is done. */
export interface Moment {
  nowMs: number;
  timeZone: string;
}

export interface Outbox {
  /**
   * Queues a correction in the draft of the present author, or takes the pending one back where it sets what Omnitron
   * holds already: the answer then is the pending one, withdrawn.
   * @throws AppError ORDER_UNKNOWN, ORDER_VANISHED, LINE_UNKNOWN, FIELD_NOT_WRITABLE; VALUE_INVALID, also when there is nothing to
   * correct and nothing to take back; CORRECTION_STATE when a batch that is no draft sets such a field.
   */
  add(correction: NewCorrection, moment: Moment): CorrectionRow;
  /** Queues what was judged before, within the same transaction. @returns the ids of the new corrections */
  queue(proposals: readonly JudgedProposal[], moment: Moment): number[];
  markSent(orderIds: readonly number[], moment: Moment): { queued: number; skipped: number; ids: number[] };
  /** @throws AppError CORRECTION_UNKNOWN; CORRECTION_STATE for one in a batch that is submitted or approved */
  withdraw(ids: readonly number[], nowMs: number): { withdrawn: number };
}

/** Queueing and withdrawing corrections. Callers hold the transaction in `local.db`, on which everything is read, too. */
export function createOutbox(files: AuthoredFiles, reads: CorrectionReads, writes: CorrectionWrites): Outbox {
  const { local, author } = files;
  const targets = prepareTargets(local);
  const facts = prepareFacts(local, 'main', targets);

  function add({ target, set }: NewCorrection, moment: Moment): CorrectionRow {
    const held = target.kind === 'order' ? targets.orders([target.orderId])[0] : targets.lines([target.lineId])[0];
    if (held === undefined) throw notHeld(target);
    const pending = pendingOfTarget(targets.pending([held.orderId]), held);
    const judged = judgeProposal({ target: held, set }, pending, factsOf(facts(), held, moment));
    const [id] = queue([judged], moment);
    return only(reads.byIds([id ?? newest(judged.older)]));
  }

  function queue(proposals: readonly JudgedProposal[], moment: Moment): number[] {
    const filled = proposals.filter(({ fields }) => fields.length > 0);
    const batchId = filled.length > 0 ? openDraft(files, moment) : 0;
    const made: { id: number; proposal: JudgedProposal }[] = [];
    for (const proposal of proposals) {
      const id = proposal.fields.length > 0 ? writes.insert(entryOf(proposal, batchId), moment.nowMs) : null;
      for (const older of proposal.older) writes.replace(older.id, id, moment.nowMs);
      if (id !== null) made.push({ id, proposal });
    }
    noteProposals(files, batchId, made, moment.nowMs);
    const takenBack = proposals.filter(({ fields }) => fields.length === 0);
    noteWithdrawal(
      files,
      takenBack.flatMap(({ older }) => older.map(({ id }) => id)),
      moment.nowMs,
    );
    return made.map(({ id }) => id);
  }

  function entryOf({ target, fields }: JudgedProposal, batchId: number): NewEntry {
    const { orderId, orderNumber, lineId } = target;
    const maker = author.profile ?? author.who;
    return { orderId, orderNumber, lineId, fields, batchId, maker, profile: author.profile, reverses: null };
  }

  function markSent(orderIds: readonly number[], moment: Moment): { queued: number; skipped: number; ids: number[] } {
    const busy = writes.ordersWith(orderIds, PENDING_STATES);
    const fields: NewEntry['fields'] = [{ field: 'is_send', base: false, target: true }];
    const unsent = targets.unsent(orderIds).filter(({ id }) => !busy.has(id));
    const ids = queue(
      unsent.map(({ id, number }) => ({
        target: { orderId: id, orderNumber: number, lineId: null },
        fields,
        older: [],
      })),
      moment,
    );
    return { queued: ids.length, skipped: orderIds.length - ids.length, ids };
  }

  function withdraw(ids: readonly number[], nowMs: number): { withdrawn: number } {
    const found = existing(ids).filter(isWithdrawable);
    const fixed = targets.fixedAmong(found.map(({ id }) => id));
    if (fixed !== undefined) throw isFixed(fixed);
    for (const row of found) writes.replace(row.id, null, nowMs);
    noteWithdrawal(
      files,
      found.map(({ id }) => id),
      nowMs,
    );
    return { withdrawn: found.length };
  }

  function existing(ids: readonly number[]): CorrectionRow[] {
    const rows = reads.byIds(ids);
    const found = new Set(rows.map(({ id }) => id));
    const missing = ids.find((id) => !found.has(id));
    if (missing !== undefined) throw new AppError('CORRECTION_UNKNOWN', `Correction ${missing} does not exist.`);
    return rows;
  }

  return { add, queue, markSent, withdraw };
}

function notHeld(target: NewCorrection['target']): AppError {
  return target.kind === 'order'
    ? new AppError('ORDER_UNKNOWN', `Order ${target.orderId} is not in the cache. Sync, then try again.`)
    : new AppError('LINE_UNKNOWN', `Line ${target.lineId} is not in the cache. Sync, then try again.`);
}

function isFixed({ id, batch }: { id: number; batch: string }): AppError {
  return new AppError(
    'CORRECTION_STATE',
    `Correction ${id} is in batch ${batch}, which was submitted and cannot be changed. Send the batch back first.`,
    { details: { correction: id, batch } },
  );
}

function newest(rows: readonly { id: number }[]): number {
  return Math.max(...rows.map(({ id }) => id));
}

function only(rows: CorrectionRow[]): CorrectionRow {
  const [row] = rows;
  if (row === undefined) throw new AppError('INTERNAL', 'The correction was not stored.');
  return row;
}
