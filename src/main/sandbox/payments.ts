import { microsOf, printMicros } from './calendar.ts';
import { parseAmount, printAmount } from './money-text.ts';
import { CARD, paymentOptionByPk, type TransactionSet } from './payment-options.ts';
import { mix } from './random.ts';
import type { WireOrder } from './wire-types.ts';

const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;
const PURPOSE_SHARE = 10;

/** One attempt to move money. */
export interface Payment {
  set: TransactionSet;
  type: 'pre_purchase' | 'purchase' | 'refund';
  amount: string;
  succeeded: boolean;
  /** When it was made, as the server prints it. */
  at: string;
}

/**
 * Every attempt to pay the order or to pay it back. Over all sets the succeeded purchases make up its `amount` and the
 * succeeded refunds its `refund_amount`; a failed attempt or a pre-authorisation moves nothing.
 */
export function paymentsOf(order: WireOrder): Payment[] {
  const { set } = paymentOptionByPk(order.payment_option);
  const placed = microsOf(order.date_placed) ?? 0;
  const paid = parseAmount(order.amount);
  const refund = parseAmount(order.refund_amount);
  const points = set === CARD.set ? pointsShare(order.id, paid) : { ...paid, units: 0n };
  const payments: Payment[] = [];
  const add = (
    to: TransactionSet,
    type: Payment['type'],
    units: bigint,
    places: number,
    succeeded: boolean,
    delay: number,
  ) => {
    const at = printMicros(placed + delay + payments.length * MINUTE);
    payments.push({ set: to, type, amount: printAmount(units, places), succeeded, at });
  };
  const rest = paid.units - points.units;
  if (order.id % 7 === 0) add(set, 'purchase', rest, paid.places, false, 0);
  if (set !== CARD.set) add(CARD.set, 'purchase', rest, paid.places, false, 0);
  if (set === CARD.set && order.id % 13 === 0) add(set, 'pre_purchase', rest, paid.places, true, 0);
  add(set, 'purchase', rest, paid.places, true, 0);
  if (points.units > 0n) add('loyaltytransaction_set', 'purchase', points.units, paid.places, true, 0);
  if (refund.units > 0n) {
    const excess = refund.units - rest;
    const pointsBack = excess <= 0n ? 0n : excess < points.units ? excess : points.units;
    const back = refund.units - pointsBack;
    if (order.id % 11 === 0) add(set, 'refund', back, refund.places, false, 5 * DAY);
    // Some refunds are made in two goes.
    const first = order.id % 6 === 4 ? wholeUnits(back / 2n, refund.places) : 0n;
    if (first > 0n) add(set, 'refund', first, refund.places, true, 5 * DAY);
    add(set, 'refund', back - first, refund.places, true, 6 * DAY);
    if (pointsBack > 0n) add('loyaltytransaction_set', 'refund', pointsBack, refund.places, true, 6 * DAY);
  }
  return payments;
}

/** What was paid with points, in whole currency units: 10 to 49 % for one card order in twelve, else nothing. */
function pointsShare(
  orderId: number,
  { units, places }: { units: bigint; places: number },
): {
  units: bigint;
  places: number;
} {
  const hash = mix(orderId, orderId, PURPOSE_SHARE);
  const share = hash % 12 === 0 && units > 0n ? (units * BigInt(10 + (hash % 40))) / 100n : 0n;
  return { units: wholeUnits(share, places), places };
}

function wholeUnits(units: bigint, places: number): bigint {
  const one = 10n ** BigInt(places);
  return (units / one) * one;
}
