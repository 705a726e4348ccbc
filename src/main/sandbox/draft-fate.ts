import { SHIPPED_STATUSES } from './catalogue.ts';
import type { DraftLine, DraftOrder } from './draft-types.ts';
import type { RandomStream } from './random.ts';

/**
 * Lets an order that carries nothing planted be cancelled or returned, in whole or in part. Wherever a line counts as
 * paid back, money did go back, so that no check finds a refund missing. A cancellation is decided: one under way would
 * be stuck as soon as the clock says so.
 */
export function decideFate(order: DraftOrder, random: RandomStream): void {
  const roll = random.below(100);
  if (order.status === '100') {
    // The others were never paid: cancelled, with nothing to give back.
    if (roll < 60) cancelAll(order, '100');
  } else if (order.status === '600') {
    for (const line of order.lines) giveBack(line, '600', random.chance(50) ? 'completed' : null);
    order.refund = 'all';
  } else if (['400', '450', '544', '545'].includes(order.status)) {
    beforeShipping(order, random, roll);
  } else if (SHIPPED_STATUSES.includes(order.status)) {
    afterShipping(order, random, roll);
  }
}

function beforeShipping(order: DraftOrder, random: RandomStream, roll: number): void {
  const line = random.pick(order.lines);
  if (roll < 6 && order.lines.length > 1) {
    giveBack(line, '100', 'completed');
    order.refund = 'lines';
  } else if (roll < 14) {
    // Every line is cancelled, so the ERP need not know the order although its status asks for it.
    cancelAll(order, order.status);
    order.isSend = false;
  } else if (roll < 18 && order.status === '450') {
    line.status = '500';
  }
}

function afterShipping(order: DraftOrder, random: RandomStream, roll: number): void {
  const line = random.pick(order.lines);
  if (roll < 4) {
    giveBack(line, '600', null);
    order.refund = 'lines';
  } else if (roll < 7) {
    giveBack(line, '600', 'completed');
    order.refund = 'lines';
  } else if (roll < 9) {
    giveBack(line, line.status, 'completed');
    order.refund = 'lines';
  } else if (roll < 13) {
    line.cancelStatus = 'rejected';
  } else if (roll < 15 && order.shipping > 0) {
    order.refund = 'shipping';
  }
}

function cancelAll(order: DraftOrder, lineStatus: string): void {
  for (const line of order.lines) giveBack(line, lineStatus, 'completed');
  order.refund = 'all';
}

function giveBack(line: DraftLine, status: string, cancelStatus: string | null): void {
  line.status = status;
  line.cancelStatus = cancelStatus;
  line.refunded = true;
}
