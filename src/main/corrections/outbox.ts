import {
  type CorrectionField,
  type CorrectionRow,
  type CorrectionState,
  type FieldValue,
  type NewCorrection,
  PENDING_STATES,
  WITHDRAWABLE_STATES,
} from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import { prepareUnsentOrders } from '../database/corrections-targets.ts';
import type { CorrectionWrites, NewEntry } from '../database/corrections-write.ts';
import type { SqliteFile } from '../database/open.ts';
import { selectLine, selectOrder } from '../database/raw-order.ts';
import { sameValue } from './compare.ts';
import { validateCorrection } from './validate.ts';

/** States that need a person and can be queued again. */
const REQUEUES: readonly CorrectionState[] = ['conflict', 'rejected'];
/** States of a push under way, or of one that a crash cut off. */
const UNDER_WAY: readonly CorrectionState[] = ['checking', 'sending', 'verifying'];

export interface Outbox {
  /**
   * Queues a correction, or takes the pending one back where it sets what Omnitron holds already: the answer then is
   * the pending one, withdrawn.
   * @throws AppError ORDER_UNKNOWN, LINE_UNKNOWN, FIELD_NOT_WRITABLE; VALUE_INVALID, also when there is nothing to
   * correct and nothing to take back; CORRECTION_STATE when what would be taken back is being sent.
   */
  add(correction: NewCorrection, nowMs: number): CorrectionRow;
  markSent(orderIds: readonly number[], nowMs: number): { queued: number; skipped: number; ids: number[] };
  withdraw(ids: readonly number[], nowMs: number): { withdrawn: number };
  requeue(ids: readonly number[], nowMs: number): { queued: number };
}

/** Queueing, withdrawing and requeueing corrections: each call is one transaction in `local.db`. */
export function createOutbox(
  files: { cache: SqliteFile; local: SqliteFile },
  reads: CorrectionReads,
  writes: CorrectionWrites,
): Outbox {
  const unsentOrders = prepareUnsentOrders(files.cache);
  const inTransaction = <A extends unknown[], R>(work: (...args: A) => R): ((...args: A) => R) => {
    const run = files.local.transaction(work);
    return (...args) => run.immediate(...args);
  };

  const add = inTransaction((correction: NewCorrection, nowMs: number): CorrectionRow => {
    const { values, ...target } = heldTarget(files.cache, correction);
    const wanted = validateCorrection(correction, nowMs, values).map(([field, value]) => ({
      field,
      base: values[field] ?? null,
      target: value,
    }));
    const changes = wanted.filter(({ field, base, target: value }) => !sameValue(field, base, value));
    const held = wanted.filter((field) => !changes.includes(field)).map(({ field }) => field);
    const pending = reads.byIds(writes.idsOf(target, WITHDRAWABLE_STATES));
    if (changes.length === 0 && !sets(pending, held)) {
      throw nothingToCorrect(sets(reads.byIds(writes.idsOf(target, UNDER_WAY)), held));
    }
    const fields = takeOver(pending, { changes, held }, nowMs);
    return only(reads.byIds([fields.length > 0 ? writes.insert({ ...target, fields }, nowMs) : newest(pending)]));
  });

  /**
   * One pending correction a target: a newer one takes over the older one's other fields and withdraws it, so that
   * nobody pushes two documents that contradict each other. Fields set to what Omnitron holds are not taken over.
   */
  function takeOver(
    pending: readonly CorrectionRow[],
    { changes, held }: { changes: NewEntry['fields']; held: readonly CorrectionField[] },
    nowMs: number,
  ): NewEntry['fields'] {
    const fields = new Map(changes.map((field) => [field.field, field]));
    for (const older of pending) {
      for (const { field, base, target } of older.fields) {
        if (!fields.has(field) && !held.includes(field)) fields.set(field, { field, base, target });
      }
      writes.setState(older.id, 'withdrawn', nowMs);
    }
    return [...fields.values()];
  }

  const markSent = inTransaction((orderIds: readonly number[], nowMs: number) => {
    const busy = writes.ordersWith(orderIds, PENDING_STATES);
    const fields: NewEntry['fields'] = [{ field: 'is_send', base: false, target: true }];
    const ids = unsentOrders(orderIds)
      .filter(({ id }) => !busy.has(id))
      .map(({ id, number }) => writes.insert({ orderId: id, orderNumber: number, lineId: null, fields }, nowMs));
    return { queued: ids.length, skipped: orderIds.length - ids.length, ids };
  });

  const withdraw = inTransaction((ids: readonly number[], nowMs: number) => {
    const found = existing(ids).filter((row) => WITHDRAWABLE_STATES.includes(row.state));
    for (const row of found) writes.setState(row.id, 'withdrawn', nowMs);
    return { withdrawn: found.length };
  });

  const requeue = inTransaction((ids: readonly number[], nowMs: number) => {
    const found = existing(ids).filter((row) => REQUEUES.includes(row.state));
    for (const row of found) {
      writes.rebase(row.id);
      writes.setState(row.id, 'queued', nowMs);
    }
    return { queued: found.length };
  });

  function existing(ids: readonly number[]): CorrectionRow[] {
    const rows = reads.byIds(ids);
    const found = new Set(rows.map(({ id }) => id));
    const missing = ids.find((id) => !found.has(id));
    if (missing !== undefined) throw new AppError('CORRECTION_UNKNOWN', `Correction ${missing} does not exist.`);
    return rows;
  }

  return { add, markSent, withdraw, requeue };
}

/** The target of a correction and its values as last read from Omnitron. */
function heldTarget(
  cache: SqliteFile,
  { target }: NewCorrection,
): {
  orderId: number;
  orderNumber: string;
  lineId: number | null;
  values: Partial<Record<CorrectionField, FieldValue>>;
} {
  if (target.kind === 'order') {
    const order = selectOrder(cache, target.orderId);
    if (order === undefined)
      throw new AppError('ORDER_UNKNOWN', `Order ${target.orderId} is not in the cache. Sync, then try again.`);
    return { orderId: target.orderId, orderNumber: order.number, lineId: null, values: { is_send: order.sent === 1n } };
  }
  const line = selectLine(cache, target.lineId);
  if (line === undefined)
    throw new AppError('LINE_UNKNOWN', `Line ${target.lineId} is not in the cache. Sync, then try again.`);
  const orderId = Number(line.order_id);
  return {
    orderId,
    orderNumber: selectOrder(cache, orderId)?.number ?? '',
    lineId: target.lineId,
    values: { invoice_number: line.invoice_number, invoice_date: line.invoice_date, e_archive_url: line.e_archive_url },
  };
}

function sets(rows: readonly CorrectionRow[], fields: readonly CorrectionField[]): boolean {
  return rows.some((row) => row.fields.some(({ field }) => fields.includes(field)));
}

function newest(rows: readonly CorrectionRow[]): number {
  return Math.max(...rows.map(({ id }) => id));
}

function nothingToCorrect(isUnderWay: boolean): AppError {
  return isUnderWay
    ? new AppError(
        'CORRECTION_STATE',
        'This correction is being sent and cannot be taken back. Push to the end, then correct what Omnitron holds.',
      )
    : new AppError('VALUE_INVALID', 'Nothing to correct: Omnitron already holds these values, as last read.');
}

function only(rows: CorrectionRow[]): CorrectionRow {
  const [row] = rows;
  if (row === undefined) throw new AppError('INTERNAL', 'The correction was not stored.');
  return row;
}
