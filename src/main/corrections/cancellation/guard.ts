import { AppError } from '../../../shared/errors.ts';
import type { AmountFormula } from '../../../shared/rules.ts';
import { isKnownStatus, STATUS_NAMES } from '../../../shared/statuses.ts';
import type { SeenLine, StoredCancellation } from '../../database/cancellations-read.ts';
import type { MappedOrder } from '../../omnitron/mapped-order.ts';
import { workOut } from './work-out.ts';

type LineState = Pick<SeenLine, 'status' | 'cancelStatus'>;

/** The lines of a call. */
export function linesOfCall({ call, seen }: Pick<StoredCancellation, 'call' | 'seen'>): number[] {
  return call.all ? seen.map(({ id }) => id) : call.lines;
}

/**
 * Why the call must not be made over what the server says now; null = it may. Every line must stand as it was seen, no
 * cancellation of the order may be waiting, and what the lines cost must still be the amount that was confirmed.
 */
export function whyNotNow(stored: StoredCancellation, order: MappedOrder, formula: AmountFormula): string | null {
  const { call, seen, amount } = stored;
  const changed = changedLines(stored, order);
  if (changed.length > 0) return `Since this was proposed, ${changed.join('; ')}.`;
  const waiting = order.lines.find(({ cancelStatus }) => cancelStatus === 'waiting');
  if (waiting !== undefined) return `A cancellation of order ${order.number} is waiting already (line ${waiting.id}).`;
  if (call.all && order.lines.some(({ id }) => !seen.some((line) => line.id === id))) {
    return `Since this was proposed, order ${order.number} got further lines.`;
  }
  try {
    const now = workOut(order, call, formula);
    if (now.micros === amount && now.currency === call.currency) return null;
    return `What was confirmed, ${call.amount} ${call.currency}, is worked out as ${now.amount} ${now.currency} now.`;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.message;
    throw thrown;
  }
}

function changedLines(stored: StoredCancellation, order: MappedOrder): string[] {
  const wanted = linesOfCall(stored);
  return stored.seen
    .filter(({ id }) => wanted.includes(id))
    .flatMap((before): string[] => {
      const now = order.lines.find(({ id }) => id === before.id);
      if (now === undefined) return [`line ${before.id} is gone`];
      const same = now.status === before.status && (now.cancelStatus || null) === before.cancelStatus;
      return same ? [] : [`line ${before.id} changed from ${stateText(before)} to ${stateText(now)}`];
    });
}

/** What the lines of a call look like now, in one sentence; lines that the reading does not have are called gone. */
export function linesText(stored: StoredCancellation, order: MappedOrder): string {
  const states = linesOfCall(stored).map((id) => {
    const line = order.lines.find((each) => each.id === id);
    return `line ${id}: ${line === undefined ? 'gone' : stateText(line)}`;
  });
  return `Omnitron now shows ${states.join('; ')}.`;
}

function stateText({ status, cancelStatus }: LineState): string {
  const name = isKnownStatus(status) ? `${status} ${STATUS_NAMES[status]}` : status;
  return `${name}, ${cancelStatus ? `cancellation ${cancelStatus}` : 'no cancellation'}`;
}
