import {
  type CorrectionField,
  type CorrectionRow,
  type CorrectionState,
  type FieldValue,
  type NewCorrection,
  PENDING_STATES,
} from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { CorrectionWrites, NewEntry } from '../database/corrections-write.ts';
import type { SqliteFile } from '../database/open.ts';
import { selectLine, selectOrder } from '../database/raw-order.ts';
import { sameValue } from './compare.ts';
import { validateCorrection } from './validate.ts';

/** States from which a person may take a correction back, or from which a newer one takes its place. */
const TAKES_BACK: readonly CorrectionState[] = ['queued', 'waiting', 'conflict', 'rejected'];
/** States that need a person and can be queued again. */
const REQUEUES: readonly CorrectionState[] = ['conflict', 'rejected'];

export interface Outbox {
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
  const inTransaction = <A extends unknown[], R>(work: (...args: A) => R): ((...args: A) => R) => {
    const run = files.local.transaction(work);
    return (...args) => run.immediate(...args);
  };

  /**
   * One pending correction a target: a newer one takes over the older one's other fields and withdraws it, so that
   * nobody pushes two documents that contradict each other.
   */
  function takeOver(entry: NewEntry, nowMs: number): NewEntry {
    const fields = new Map(entry.fields.map((field) => [field.field, field]));
    for (const older of reads.byIds(writes.idsOf(entry, TAKES_BACK))) {
      for (const field of older.fields) {
        if (!fields.has(field.field))
          fields.set(field.field, { field: field.field, base: field.base, target: field.target });
      }
      writes.setState(older.id, 'withdrawn', nowMs);
    }
    return { ...entry, fields: [...fields.values()] };
  }

  const add = inTransaction((correction: NewCorrection, nowMs: number): CorrectionRow => {
    const wanted = validateCorrection(correction);
    const held = heldTarget(files.cache, correction);
    const fields = wanted.map(([field, target]) => ({ field, base: held.values[field] ?? null, target }));
    if (fields.every(({ field, base, target }) => sameValue(field, base, target))) {
      throw new AppError('VALUE_INVALID', 'Nothing to correct: Omnitron already holds these values, as last read.');
    }
    const entry = takeOver(
      { orderId: held.orderId, orderNumber: held.orderNumber, lineId: held.lineId, fields },
      nowMs,
    );
    return only(reads.byIds([writes.insert(entry, nowMs)]));
  });

  const markSent = inTransaction((orderIds: readonly number[], nowMs: number) => {
    const busy = writes.ordersWith(orderIds, PENDING_STATES);
    const ids: number[] = [];
    for (const orderId of orderIds) {
      const order = busy.has(orderId) ? undefined : selectOrder(files.cache, orderId);
      if (order === undefined || order.sent === 1n) continue;
      const fields: NewEntry['fields'] = [{ field: 'is_send', base: false, target: true }];
      ids.push(writes.insert({ orderId, orderNumber: order.number, lineId: null, fields }, nowMs));
    }
    return { queued: ids.length, skipped: orderIds.length - ids.length, ids };
  });

  const withdraw = inTransaction((ids: readonly number[], nowMs: number) => {
    const found = existing(ids).filter((row) => TAKES_BACK.includes(row.state));
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
    if (rows.length < new Set(ids).size)
      throw new AppError('CORRECTION_UNKNOWN', 'A correction with this number does not exist.');
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

function only(rows: CorrectionRow[]): CorrectionRow {
  const [row] = rows;
  if (row === undefined) throw new AppError('INTERNAL', 'The correction was not stored.');
  return row;
}
