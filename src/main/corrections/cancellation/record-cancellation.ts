import { isCancelled } from '../../../shared/cancellations.ts';
import type { JsonValue } from '../../../shared/canonical-json.ts';
import type { CorrectionState } from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import { type StoredCancellation, selectCancellation } from '../../database/cancellations-read.ts';
import { bodyOfCall } from '../../omnitron/cancellation-body.ts';
import type { MappedOrder } from '../../omnitron/mapped-order.ts';
import { readRules } from '../../reconcile/rules.ts';
import { linesOfCall, linesText, whyNotNow } from './guard.ts';
import { assertCancellationsOn } from './propose.ts';
import { type CancellationReading, readOrderNow } from './reading.ts';

/** An answer that could be read was a success: the client hands on no other. */
const READ = 200;

/** How the one call of a cancellation ended, as far as its answer tells. */
export interface CancelAnswer {
  /** accepted: a success. refused: a 4xx. unknown: no answer, or one that leaves open whether it was carried out. */
  outcome: 'accepted' | 'refused' | 'unknown';
  httpStatus: number | null;
  /** Why it was refused or is unknown; null for a success. */
  problem: { code: string; message: string } | null;
}

/** The writer's half of pushing a cancellation. Every step is one transaction in `local.db`. */
export interface CancellationRecorder {
  /**
   * The push takes the cancellation up. `called`: its call has begun, now or before a crash, so only reading is left.
   * @throws AppError CORRECTION_UNKNOWN; CANCELLATION_OFF before the call
   */
  cancelStart(args: { id: number; nowMs: number }): { called: boolean; all: boolean; lines: number[] };
  /**
   * Compares what the server says now with what was seen, before the call; the reading goes to the cache.
   * @throws AppError as `readOrderNow`
   */
  cancelCheck(args: { id: number; reading: CancellationReading; nowMs: number }): { action: 'call' | 'conflict' };
  /** The order cannot be looked at before the call as it would have to be. */
  cancelConflict(args: { id: number; message: string; nowMs: number }): null;
  /**
   * Counts the call before it goes out, and answers what is sent: after this, it never is again.
   * @throws AppError CANCELLATION_OFF; CORRECTION_STATE where it has begun already or its batch is not being pushed
   */
  cancelBegin(args: { id: number; nowMs: number }): { orderId: number; body: Record<string, JsonValue> };
  cancelAnswered(args: { id: number; nowMs: number } & CancelAnswer): null;
  /** What the server says after the call: applied when every line shows the cancellation, otherwise unknown. */
  cancelVerify(args: { id: number; reading: CancellationReading; nowMs: number }): { state: 'applied' | 'unknown' };
  /** The server could not be asked after the call: its outcome stays unknown. */
  cancelUnread(args: { id: number; message: string; nowMs: number }): null;
}

/** `storeOrder` puts an order that was read by itself into the cache. */
export function createCancellationRecorder(
  files: AuthoredFiles,
  storeOrder: (order: MappedOrder, nowMs: number) => void,
): CancellationRecorder {
  const { cache, local } = files;
  const inTransaction = <R>(work: () => R): R => local.transaction(work).immediate();

  function required(id: number): StoredCancellation {
    const found = selectCancellation(local, id);
    if (found === undefined) throw new AppError('CORRECTION_UNKNOWN', `Cancellation ${id} does not exist.`);
    return found;
  }

  /** The server's order goes to the cache first: a crash in between leaves something that is looked at again. */
  function readInto(stored: StoredCancellation, reading: CancellationReading, nowMs: number): MappedOrder {
    const order = readOrderNow(cache, stored.orderId, reading);
    cache.transaction(() => storeOrder(order, nowMs)).immediate();
    return order;
  }

  function setState(id: number, state: CorrectionState, nowMs: number, problem: CancelAnswer['problem'] = null): void {
    local
      .prepare(
        'UPDATE main.corrections SET state = ?, updated_ms = ?, problem_code = ?, problem_message = ? WHERE id = ?',
      )
      .run(state, nowMs, problem?.code ?? null, problem?.message ?? null, id);
  }

  function receipt(id: number, step: 'read' | 'read-back', reading: JsonValue, nowMs: number): void {
    local
      .prepare('INSERT INTO main.receipts (correction_id, at_ms, step, http_status, reading) VALUES (?, ?, ?, ?, ?)')
      .run(id, nowMs, step, READ, JSON.stringify(reading));
  }

  function journal({ id, orderId, call }: StoredCancellation, after: JsonValue, nowMs: number): void {
    appendJournal(local, {
      ...files.author,
      atMs: nowMs,
      action: 'push.cancellation',
      subject: `correction ${id}`,
      before: { order: orderId, amount: call.amount, currency: call.currency },
      after,
      reason: null,
      undoes: null,
    });
  }

  function unknown(stored: StoredCancellation, nowSays: string, nowMs: number): void {
    const { code, message } = unknownProblem(stored, nowSays);
    setState(stored.id, 'unknown', nowMs, { code, message });
  }

  return {
    cancelStart({ id, nowMs }) {
      return inTransaction(() => {
        const stored = required(id);
        const { called, call, seen } = stored;
        if (!called) {
          assertCancellationsOn(local);
          setState(id, 'checking', nowMs);
        }
        return { called, all: call.all, lines: seen.map((line) => line.id) };
      });
    },
    cancelCheck({ id, reading, nowMs }) {
      const stored = required(id);
      const order = readInto(stored, reading, nowMs);
      return inTransaction(() => {
        const why = whyNotNow(stored, order, readRules(local, 'main').rules.formula);
        receipt(id, 'read', readingOf(stored, order), nowMs);
        if (why === null) return { action: 'call' };
        setState(id, 'conflict', nowMs, { code: 'CANCELLATION_STALE', message: `${why} Propose it anew.` });
        return { action: 'conflict' };
      });
    },
    cancelConflict: ({ id, message, nowMs }) =>
      inTransaction(() => {
        setState(id, 'conflict', nowMs, { code: 'CANCELLATION_STALE', message });
        return null;
      }),
    cancelBegin({ id, nowMs }) {
      return inTransaction(() => {
        assertCancellationsOn(local);
        const begun = local
          .prepare(
            `UPDATE main.cancellations SET calls = 1 WHERE correction_id = ? AND calls = 0
             AND EXISTS (SELECT 1 FROM main.corrections c JOIN main.batches b ON b.id = c.batch_id
                         WHERE c.id = correction_id AND c.state = 'checking' AND b.state = 'pushing')`,
          )
          .run(id);
        if (begun.changes !== 1) throw notAgain(id);
        const stored = required(id);
        const body = bodyOfCall(stored.orderId, stored.call);
        local.prepare('UPDATE main.corrections SET sends = sends + 1 WHERE id = ?').run(id);
        setState(id, 'sending', nowMs);
        local
          .prepare(`INSERT INTO main.receipts (correction_id, at_ms, step, sent) VALUES (?, ?, 'write', ?)`)
          .run(id, nowMs, JSON.stringify(numbersAsText(body)));
        journal(stored, { call: 'begun', sent: body }, nowMs);
        return { orderId: stored.orderId, body };
      });
    },
    cancelAnswered: ({ id, outcome, httpStatus, problem, nowMs }) =>
      inTransaction(() => {
        const stored = required(id);
        // There is one write at most, and what it was answered belongs to it.
        local
          .prepare(`UPDATE main.receipts SET http_status = ? WHERE correction_id = ? AND step = 'write'`)
          .run(httpStatus, id);
        if (outcome === 'accepted') setState(id, 'verifying', nowMs);
        else if (outcome === 'refused') setState(id, 'rejected', nowMs, problem);
        else unknown(stored, problem?.message ?? '', nowMs);
        journal(stored, { call: outcome, httpStatus, problem: problem?.code ?? null }, nowMs);
        return null;
      }),
    cancelVerify({ id, reading, nowMs }) {
      const stored = required(id);
      const order = readInto(stored, reading, nowMs);
      const wanted = linesOfCall(stored);
      const shown = order.lines.filter((line) => wanted.includes(line.id) && isCancelled(line)).length;
      const state = shown === wanted.length ? 'applied' : 'unknown';
      return inTransaction(() => {
        receipt(id, 'read-back', readingOf(stored, order), nowMs);
        if (state === 'applied') setState(id, 'applied', nowMs);
        else unknown(stored, linesText(stored, order), nowMs);
        journal(stored, { state, linesThatShowIt: shown, lines: wanted.length }, nowMs);
        return { state };
      });
    },
    cancelUnread: ({ id, message, nowMs }) =>
      inTransaction(() => {
        const stored = required(id);
        unknown(stored, `Omnitron could not be asked what became of it: ${message}`, nowMs);
        return null;
      }),
  };
}

/** What the receipt keeps of a reading: state and cancellation of every line of the call, by its id. */
function readingOf(stored: StoredCancellation, order: MappedOrder): JsonValue {
  const wanted = linesOfCall(stored);
  const shown = order.lines.filter(({ id }) => wanted.includes(id));
  return Object.fromEntries(
    shown.map(({ id, status, cancelStatus }) => [`line ${id}`, { status, cancel_status: cancelStatus }]),
  );
}

function unknownProblem({ orderNumber }: StoredCancellation, nowSays: string): { code: string; message: string } {
  return {
    code: 'CANCELLATION_UNKNOWN',
    message:
      `The call for order ${orderNumber} went out once and may have been carried out; it is not sent again. ${nowSays} ` +
      'Look at the order in Omnitron, then withdraw this or propose it anew.',
  };
}

function notAgain(id: number): AppError {
  return new AppError(
    'CORRECTION_STATE',
    `The call of cancellation ${id} cannot be made: it was begun before, or its batch is not being pushed.`,
  );
}

/** Receipts keep numbers as the text of their literal. */
function numbersAsText(value: JsonValue): JsonValue {
  if (typeof value === 'number') return `${value}`;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(numbersAsText);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, numbersAsText(each)]));
}
