import { z } from 'zod';
import {
  type CorrectionField,
  type CorrectionProblem,
  type CorrectionRow,
  type CorrectionState,
  type FieldValue,
  PUSHABLE_STATES,
} from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { CorrectionWrites } from '../database/corrections-write.ts';
import type { SqliteFile } from '../database/open.ts';
import { heldOrder } from '../database/raw-order.ts';
import type { PushDecision, PushItem, ReadingShape } from '../engine/push-service.ts';
import type { MappedOrder, ParsedFields } from '../omnitron/mapped-order.ts';
import { parseLineFields, parseOrder, parseOrderFields } from '../omnitron/parse-page.ts';
import { compareField, wireValue } from './compare.ts';

type Reading = Partial<Record<CorrectionField, FieldValue>>;

export interface PushRecorder {
  items(): PushItem[];
  checking(id: number, nowMs: number): void;
  compare(id: number, shape: ReadingShape, body: Uint8Array, nowMs: number): PushDecision;
  verifying(id: number, httpStatus: number, nowMs: number): void;
  verify(id: number, shape: ReadingShape, body: Uint8Array, nowMs: number): { state: 'applied' | 'conflict' };
  problem(
    id: number,
    state: 'waiting' | 'rejected',
    problem: { code: string; message: string; httpStatus: number | null },
    nowMs: number,
  ): void;
}

/**
 * The writer's half of a push. Every step first puts the server's row into the cache, then moves the outbox entry: a
 * crash between the two leaves an entry that the next push looks at again, never one that is called applied too early.
 */
export function createPushRecorder(
  files: { cache: SqliteFile; local: SqliteFile },
  reads: CorrectionReads,
  writes: CorrectionWrites,
  storeOrder: (order: MappedOrder, nowMs: number) => void,
): PushRecorder {
  function entry(id: number): CorrectionRow {
    const [row] = reads.byIds([id]);
    if (row === undefined) throw new AppError('CORRECTION_UNKNOWN', `Correction ${id} does not exist.`);
    return row;
  }

  /** The corrected fields as the answer shows them; the cache takes over what it says. */
  function readInto(row: CorrectionRow, shape: ReadingShape, body: Uint8Array, nowMs: number): Reading {
    if (shape === 'order') {
      const order = parseOrder(body);
      assertSame(order.id, row.order.id);
      files.cache.transaction(() => storeOrder(order, nowMs)).immediate();
      return readingOf(row, order);
    }
    const parsed = shape === 'line' ? parseLineFields(body) : parseOrderFields(body);
    assertSame(parsed.id, row.lineId ?? row.order.id);
    if (shape === 'line') assertNotMoved(row, body);
    const held = heldOrder(files.cache, row.order.id);
    if (held !== undefined) {
      overlay(held, row.lineId, parsed);
      files.cache.transaction(() => storeOrder(held, nowMs)).immediate();
    }
    const { id: _, ...fields } = parsed;
    return fields;
  }

  function finishCompare(
    row: CorrectionRow,
    reading: Reading,
    step: 'read' | 'read-back',
    nowMs: number,
  ): PushDecision {
    const verdicts = row.fields.map((field) => ({
      ...field,
      verdict: compareField({ ...field, server: reading[field.field] }),
    }));
    writes.setServer(row.id, reading);
    writes.receipt(
      row.id,
      step,
      null,
      Object.fromEntries(row.fields.map(({ field }) => [field, reading[field]])),
      nowMs,
    );
    if (verdicts.every(({ verdict }) => verdict === 'done')) return { action: 'applied' };
    if (verdicts.some(({ verdict }) => verdict === 'conflict')) return { action: 'conflict' };
    const body = Object.fromEntries(
      verdicts
        .filter(({ verdict }) => verdict === 'send')
        .map(({ field, target }) => [field, wireValue(field, target)]),
    );
    return { action: 'send', body };
  }

  const inTransaction = <R>(work: () => R): R => files.local.transaction(work).immediate();

  return {
    items: () =>
      reads
        .list(PUSHABLE_STATES, { offset: 0, limit: 1_000_000 })
        .rows.map(({ id, state, order, lineId }) => ({
          id,
          state,
          orderId: order.id,
          orderNumber: order.number,
          lineId,
        }))
        .reverse(),
    checking: (id, nowMs) => inTransaction(() => writes.setState(id, 'checking', nowMs)),
    compare(id, shape, body, nowMs) {
      const row = entry(id);
      const reading = readInto(row, shape, body, nowMs);
      return inTransaction(() => {
        const decision = finishCompare(row, reading, 'read', nowMs);
        writes.setState(id, decision.action === 'send' ? 'sending' : decision.action, nowMs);
        return decision;
      });
    },
    verifying: (id, httpStatus, nowMs) =>
      inTransaction(() => {
        writes.receipt(id, 'write', httpStatus, null, nowMs);
        writes.setState(id, 'verifying', nowMs);
      }),
    verify(id, shape, body, nowMs) {
      const row = entry(id);
      const reading = readInto(row, shape, body, nowMs);
      return inTransaction(() => {
        const decision = finishCompare(row, reading, 'read-back', nowMs);
        const state = decision.action === 'applied' ? 'applied' : 'conflict';
        writes.setState(id, state, nowMs, decision.action === 'send' ? changeIgnored(decision.body) : null);
        return { state };
      });
    },
    problem: (id, state, { code, message, httpStatus }, nowMs) =>
      inTransaction(() => {
        if (httpStatus !== null) writes.receipt(id, stepOf(entry(id).state), httpStatus, null, nowMs);
        writes.setState(id, state, nowMs, { code, message });
      }),
  };
}

/** Which step of a push a correction in this state is at. */
function stepOf(state: CorrectionState): 'read' | 'write' | 'read-back' {
  if (state === 'sending') return 'write';
  return state === 'verifying' ? 'read-back' : 'read';
}

/** Omnitron answered the write with a success, and some of what was sent still reads as before. */
function changeIgnored(unchanged: Record<string, unknown>): { code: CorrectionProblem; message: string } {
  const fields = Object.keys(unchanged).join(', ');
  return {
    code: 'CHANGE_IGNORED',
    message:
      `Omnitron accepted the change but still shows the old value of ${fields}. ` +
      'Look at the order in Omnitron, then withdraw this correction or queue it again.',
  };
}

/** The order that a line belongs to, as `/api/v1/order_items/{pk}/` names it. */
const wireLineOwner = z.object({ order: z.number().int() });

/** A line read by itself must still belong to the order it was corrected in, where the answer names one. */
function assertNotMoved(row: CorrectionRow, body: Uint8Array): void {
  const owner = wireLineOwner.safeParse(JSON.parse(Buffer.from(body).toString('utf8')));
  if (owner.success && owner.data.order !== row.order.id) throw lineMoved(row, row.order.number);
}

function lineMoved({ lineId }: CorrectionRow, orderNumber: string): AppError {
  return new AppError(
    'LINE_UNKNOWN',
    `Line ${lineId} no longer belongs to order ${orderNumber} at Omnitron. Sync, then correct the line where it is now.`,
  );
}

function assertSame(got: number, wanted: number): void {
  if (got === wanted) return;
  throw new AppError(
    'NOT_FOUND',
    'Omnitron answered with another order or line: its number exists in more than one channel.',
  );
}

function readingOf(row: CorrectionRow, order: MappedOrder): Reading {
  if (row.lineId === null) return { is_send: order.sent };
  const line = order.lines.find(({ id }) => id === row.lineId);
  if (line === undefined) throw lineMoved(row, order.number);
  return { invoice_number: line.invoiceNumber, invoice_date: line.invoiceDate, e_archive_url: line.eArchiveUrl };
}

/** Puts the fields of a partial reading over the held order. */
function overlay(order: MappedOrder, lineId: number | null, parsed: ParsedFields): void {
  if (lineId === null) {
    if (parsed.is_send !== undefined) order.sent = parsed.is_send;
    return;
  }
  const line = order.lines.find(({ id }) => id === lineId);
  if (line === undefined) return;
  if (parsed.invoice_number !== undefined) line.invoiceNumber = parsed.invoice_number;
  if (parsed.invoice_date !== undefined) line.invoiceDate = parsed.invoice_date;
  if (parsed.e_archive_url !== undefined) line.eArchiveUrl = parsed.e_archive_url;
}
