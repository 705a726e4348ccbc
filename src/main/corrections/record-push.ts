import {
  type CorrectionProblem,
  type CorrectionRow,
  type CorrectionState,
  PUSHABLE_STATES,
  WRITTEN_STATES,
} from '../../shared/corrections.ts';
import { AppError } from '../../shared/errors.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { CorrectionWrites } from '../database/corrections-write.ts';
import type { SqliteFile } from '../database/open.ts';
import { preparePushWrites } from '../database/push-write.ts';
import type { PushDecision, PushItem, PushWriter, ReadingShape } from '../engine/push-service.ts';
import type { MappedOrder } from '../omnitron/mapped-order.ts';
import { compareField, isExtraField, wireBody } from './compare.ts';
import { readInto, type ServerValues } from './server-values.ts';

/** An answer that could be read was a success: the client hands on no other. */
const READ = 200;

/**
 * The writer's half of a push. Every step first puts the server's row into the cache, then moves the outbox entry: a
 * crash between the two leaves an entry that the next push looks at again, never one that is called applied too early.
 */
export function createPushRecorder(
  files: { cache: SqliteFile; local: SqliteFile },
  reads: CorrectionReads,
  writes: CorrectionWrites,
  storeOrder: (order: MappedOrder, nowMs: number) => void,
): Omit<PushWriter, 'dryRunUnread'> {
  const receipts = preparePushWrites(files.local);

  function entry(id: number): CorrectionRow {
    const [row] = reads.byIds([id]);
    if (row === undefined) throw new AppError('CORRECTION_UNKNOWN', `Correction ${id} does not exist.`);
    return row;
  }

  const valuesOf = (row: CorrectionRow, shape: ReadingShape, body: Uint8Array, nowMs: number): ServerValues =>
    readInto(files.cache, { row, shape, body }, (order) => storeOrder(order, nowMs));

  function recordReading(row: CorrectionRow, step: 'read' | 'read-back', values: ServerValues, nowMs: number): void {
    writes.setServer(row.id, values);
    receipts.reading(row.id, step, READ, values, nowMs);
  }

  const inTransaction = <R>(work: () => R): R => files.local.transaction(work).immediate();

  return {
    pushItems: ({ batch }) => reads.byIds(reads.idsOfBatch(batch, PUSHABLE_STATES)).map(toItem),
    pushChecking: ({ id, nowMs }) =>
      inTransaction(() => {
        const { state } = entry(id);
        const taken = PUSHABLE_STATES.includes(state);
        if (taken) writes.setState(id, WRITTEN_STATES.includes(state) ? 'verifying' : 'checking', nowMs);
        return { taken };
      }),
    pushCompare({ id, shape, body, maySend, nowMs }) {
      const row = entry(id);
      const values = valuesOf(row, shape, body, nowMs);
      const decision = decide(row, values, maySend);
      return inTransaction(() => {
        recordReading(row, readingStep(row.state), values, nowMs);
        if (decision.action === 'send') receipts.begunWrite(id, decision.body, nowMs);
        writes.setState(id, STATE_AFTER[decision.action], nowMs);
        return decision;
      });
    },
    pushNotWritten: ({ id, httpStatus, nowMs }) =>
      inTransaction(() => {
        if (httpStatus !== null) receipts.answeredWrite(id, httpStatus);
        writes.setState(id, 'checking', nowMs);
        return null;
      }),
    pushVerifying: ({ id, httpStatus, nowMs }) =>
      inTransaction(() => {
        receipts.answeredWrite(id, httpStatus);
        writes.setState(id, 'verifying', nowMs);
        return null;
      }),
    pushVerify({ id, shape, body, nowMs }) {
      const row = entry(id);
      const values = valuesOf(row, shape, body, nowMs);
      const decision = decide(row, values, true);
      return inTransaction(() => {
        recordReading(row, 'read-back', values, nowMs);
        const state = decision.action === 'applied' ? 'applied' : 'conflict';
        writes.setState(id, state, nowMs, decision.action === 'send' ? changeIgnored(decision.body) : null);
        return { state };
      });
    },
    pushProblem: ({ id, state, code, message, httpStatus, nowMs }) =>
      inTransaction(() => {
        const { state: before } = entry(id);
        const after = state === 'waiting' && WRITTEN_STATES.includes(before) ? 'unknown' : state;
        if (httpStatus !== null) {
          if (before === 'sending') receipts.answeredWrite(id, httpStatus);
          else receipts.reading(id, readingStep(before), httpStatus, null, nowMs);
        }
        writes.setState(id, after, nowMs, { code, message });
        return { state: after };
      }),
  };
}

const STATE_AFTER: Readonly<Record<PushDecision['action'], CorrectionState>> = {
  send: 'sending',
  held: 'checking',
  applied: 'applied',
  conflict: 'conflict',
};

function readingStep(state: CorrectionState): 'read' | 'read-back' {
  return WRITTEN_STATES.includes(state) ? 'read-back' : 'read';
}

function toItem({ id, state, order, lineId, fields, cancellation }: CorrectionRow): PushItem {
  const byLine = fields.some(({ field }) => isExtraField(field));
  const kind = cancellation === null ? 'fields' : 'cancellation';
  return { id, state, orderId: order.id, orderNumber: order.number, lineId, byLine, kind };
}

/** The three-way compare of a correction: it is sent only where every field that differs still holds the base. */
function decide(row: CorrectionRow, values: ServerValues, maySend: boolean): PushDecision {
  const verdicts = row.fields.map((field) => ({
    ...field,
    verdict: compareField({ ...field, server: values[field.field] }),
  }));
  if (verdicts.some(({ verdict }) => verdict === 'conflict')) return { action: 'conflict' };
  const wanted = verdicts.filter(({ verdict }) => verdict === 'send');
  if (wanted.length === 0) return { action: 'applied' };
  return maySend ? { action: 'send', body: wireBody(wanted) } : { action: 'held' };
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
