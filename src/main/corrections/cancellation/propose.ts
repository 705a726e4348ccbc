import { isCancelled, type NewCancellation } from '../../../shared/cancellations.ts';
import { canonicalJson } from '../../../shared/canonical-json.ts';
import { WITHDRAWABLE_STATES } from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import { parseAmount } from '../../../shared/money.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import { type StoredCall, storedCall } from '../../database/cancellations-read.ts';
import type { SqliteFile } from '../../database/open.ts';
import { heldOrder, isVanished } from '../../database/raw-order.ts';
import type { MappedOrder } from '../../omnitron/mapped-order.ts';
import { readRules } from '../../reconcile/rules.ts';
import { readControl } from '../../users/control.ts';
import { openDraft } from '../batches/draft.ts';
import { refusal } from '../validate.ts';
import { chosenLines, workOut } from './work-out.ts';

/** The held order, which must still be at Omnitron. @throws AppError ORDER_UNKNOWN, ORDER_VANISHED */
export function orderToCancel(cache: SqliteFile, orderId: number): MappedOrder {
  const order = heldOrder(cache, orderId);
  if (order === undefined) {
    throw new AppError('ORDER_UNKNOWN', `Order ${orderId} is not in the cache. Sync, then try again.`);
  }
  if (isVanished(cache, orderId)) throw refusal('ORDER_VANISHED', 'order-vanished', { field: 'order' });
  return order;
}

/** @throws AppError CANCELLATION_OFF where the rules of control do not allow cancellation calls */
export function assertCancellationsOn(local: SqliteFile): void {
  if (readControl(local, 'main').rules.cancellationCalls) return;
  throw new AppError(
    'CANCELLATION_OFF',
    'Calls that start a cancellation or refund are switched off. Switch them on in the rules of control first.',
  );
}

/**
 * Proposes a call that starts a cancellation or refund, within one transaction in `local.db`. What was proposed for the
 * same order and has not begun is replaced; so is one whose outcome stays unknown, for that is what a person has looked
 * at before confirming anew.
 * @returns the correction's id
 * @throws AppError CANCELLATION_OFF, ORDER_UNKNOWN, ORDER_VANISHED, LINE_UNKNOWN; CORRECTION_STATE while another call for the order is
 * on its way; VALUE_INVALID, also where the amount typed is not the amount worked out.
 */
export function proposeCancellation(
  files: AuthoredFiles,
  { cancellation, timeZone, nowMs }: { cancellation: NewCancellation; timeZone: string; nowMs: number },
): number {
  const { local, author } = files;
  const { orderId, amount: typed, currency, ...rest } = cancellation;
  assertCancellationsOn(local);
  const order = orderToCancel(files.cache, orderId);
  const call = checkedCall(order, storedCall.parse(rest));
  const worth = workOut(order, call, readRules(local, 'main').rules.formula);
  if (parseAmount(typed) !== worth.micros || currency !== worth.currency) {
    throw new AppError(
      'VALUE_INVALID',
      `The amount confirmed, ${typed} ${currency}, is not what these lines come to: ${worth.amount} ${worth.currency}.`,
      { details: { field: 'amount' } },
    );
  }
  const replaced = replaceable(local, order);
  const batch = openDraft(files, { nowMs, timeZone });
  const { lastInsertRowid } = local
    .prepare(
      `INSERT INTO main.corrections
         (order_id, order_number, line_id, state, created_ms, updated_ms, kind, batch_id, maker, profile)
       VALUES (?, ?, NULL, 'queued', ?, ?, 'cancellation', ?, ?, ?)`,
    )
    .run(orderId, order.number, nowMs, nowMs, batch, author.profile ?? author.who, author.profile);
  const id = Number(lastInsertRowid);
  const seen = order.lines.map((line) => ({
    id: line.id,
    status: line.status,
    cancelStatus: line.cancelStatus || null,
  }));
  local
    .prepare('INSERT INTO main.cancellations (correction_id, body, amount, currency, seen) VALUES (?, ?, ?, ?, ?)')
    .run(id, canonicalJson(call), worth.micros, worth.currency, canonicalJson(seen));
  for (const older of replaced) {
    local
      .prepare(`UPDATE main.corrections SET state = 'withdrawn', successor = ?, updated_ms = ? WHERE id = ?`)
      .run(id, nowMs, older);
  }
  appendJournal(local, {
    ...author,
    atMs: nowMs,
    action: 'correction.propose',
    subject: `correction ${id}`,
    before: replaced.length === 0 ? null : { replaced },
    after: { batch, order: orderId, cancellation: call, amount: worth.amount, currency: worth.currency },
    reason: null,
    undoes: null,
  });
  return id;
}

/** One reason for each chosen line and for no other; no chosen line may have a cancellation already, as held. */
function checkedCall(order: MappedOrder, call: StoredCall): StoredCall {
  const lines = chosenLines(order, call);
  const taken = lines.find(isCancelled);
  if (taken !== undefined) {
    throw invalid(
      `Line ${taken.id} has been cancelled or taken back already, or is about to be. Leave it out.`,
      'lines',
    );
  }
  const reasons = new Map(call.reasons.map(({ line, reason }) => [line, reason]));
  const missing = lines.find(({ id }) => !reasons.has(id));
  if (missing !== undefined) throw invalid(`Line ${missing.id} has no reason. Give the id of one.`, 'reasons');
  if (call.reasons.length !== lines.length) {
    throw invalid('Give one reason for each chosen line, and none for others.', 'reasons');
  }
  const invoice = call.refundInvoiceNumber?.trim() ?? '';
  return {
    ...call,
    lines: call.all ? [] : lines.map(({ id }) => id),
    reasons: lines.map(({ id }) => ({ line: id, reason: reasons.get(id) ?? 0 })),
    refundInvoiceNumber: invoice === '' ? null : invoice,
  };
}

/** Earlier calls for the order that a new one replaces. */
function replaceable(local: SqliteFile, order: MappedOrder): number[] {
  const earlier = local
    .prepare<[number], { id: number; state: string; batch: string | null; calls: number }>(
      `SELECT c.id, c.state, b.state AS batch, x.calls FROM main.corrections c
       JOIN main.cancellations x ON x.correction_id = c.id LEFT JOIN main.batches b ON b.id = c.batch_id
       WHERE c.order_id = ? AND c.state NOT IN ('applied', 'withdrawn') ORDER BY c.id`,
    )
    .all(order.id);
  const busy = earlier.find(({ state, batch }) => !isReplaceable(state, batch));
  if (busy !== undefined) {
    throw new AppError(
      'CORRECTION_STATE',
      `Correction ${busy.id} cancels lines of order ${order.number} and is ${busy.state} in a batch. Push it to its end or withdraw it first.`,
    );
  }
  return earlier.map(({ id }) => id);
}

function isReplaceable(state: string, batch: string | null): boolean {
  if (state === 'unknown' || state === 'conflict' || state === 'rejected') return true;
  return batch === 'draft' && WITHDRAWABLE_STATES.some((each) => each === state);
}

function invalid(message: string, field: string): AppError {
  return new AppError('VALUE_INVALID', message, { details: { field } });
}
