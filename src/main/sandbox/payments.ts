import { microsOf, printMicros } from './calendar.ts';
import { parseAmount, printAmount } from './money-text.ts';
import { CARD, paymentOptionByPk, type TransactionSet } from './payment-options.ts';
import type { PaymentTwist } from './plants/plant-kind.ts';
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

/** An attempt before it is written out; money in whole numbers of the last printed place. */
interface Attempt {
  set: TransactionSet;
  type: Payment['type'];
  units: bigint;
  succeeded: boolean;
  /** After the order was placed, in microseconds. */
  delay: number;
}

/**
 * Every attempt to pay the order or to pay it back. Over all sets the succeeded purchases make up its `amount` and the
 * succeeded refunds its `refund_amount`, unless something else is planted; a failed attempt or a pre-authorisation moves
 * nothing.
 */
export function paymentsOf(order: WireOrder, twist: PaymentTwist | null = null): Payment[] {
  const { set } = paymentOptionByPk(order.payment_option);
  const placed = microsOf(order.date_placed) ?? 0;
  const paid = parseAmount(order.amount);
  const refund = parseAmount(order.refund_amount);
  const points = set === CARD.set ? pointsShare(order.id, paid) : 0n;
  const purchases = purchasesOf(order.id, set, { rest: paid.units - points, points }, twist);
  const refunds = refundsOf(order.id, set, { refund, rest: paid.units - points, points }, twist);
  return [
    ...purchases.map((attempt) => ({ ...attempt, places: paid.places })),
    ...refunds.map((attempt) => ({ ...attempt, places: refund.places })),
  ].map(({ set: to, type, units, places, succeeded, delay }, place) => ({
    set: to,
    type,
    amount: printAmount(units, places),
    succeeded,
    at: printMicros(placed + delay + place * MINUTE),
  }));
}

function purchasesOf(
  orderId: number,
  set: TransactionSet,
  { rest, points }: { rest: bigint; points: bigint },
  twist: PaymentTwist | null,
): Attempt[] {
  const attempt = { set, type: 'purchase', units: rest, succeeded: true, delay: 0 } as const;
  const attempts: Attempt[] = [];
  if (orderId % 7 === 0) attempts.push({ ...attempt, succeeded: false });
  if (set !== CARD.set) attempts.push({ ...attempt, set: CARD.set, succeeded: false });
  if (set === CARD.set && orderId % 13 === 0) attempts.push({ ...attempt, type: 'pre_purchase' });
  attempts.push(twist === 'captured-less' ? { ...attempt, units: rest - 1n } : attempt);
  if (twist === 'captured-twice') attempts.push(attempt);
  if (points > 0n) attempts.push({ ...attempt, set: 'loyaltytransaction_set', units: points });
  return attempts;
}

function refundsOf(
  orderId: number,
  set: TransactionSet,
  { refund, rest, points }: { refund: { units: bigint; places: number }; rest: bigint; points: bigint },
  twist: PaymentTwist | null,
): Attempt[] {
  if (refund.units <= 0n) return [];
  const excess = refund.units - rest;
  const pointsBack = excess <= 0n ? 0n : excess < points ? excess : points;
  const back = refund.units - pointsBack;
  const attempt = { set, type: 'refund', units: back, succeeded: true, delay: 6 * DAY } as const;
  const attempts: Attempt[] = orderId % 11 === 0 ? [{ ...attempt, succeeded: false, delay: 5 * DAY }] : [];
  // What is planted pays nothing back in points.
  const whole = { ...attempt, units: refund.units };
  switch (twist) {
    case 'refund-absent':
      return [...attempts, { ...whole, succeeded: false }];
    case 'refund-less':
      return [...attempts, { ...whole, units: whole.units - 1n }];
    case 'refund-in-halves':
      return [...attempts, { ...whole, units: whole.units / 2n }, { ...whole, units: whole.units - whole.units / 2n }];
    case 'refund-twice':
      return [...attempts, whole, whole];
    default:
      break;
  }
  const first = orderId % 6 === 4 ? unevenShare(back, refund.places) : 0n;
  if (first > 0n) attempts.push({ ...attempt, units: first, delay: 5 * DAY });
  attempts.push({ ...attempt, units: back - first });
  if (pointsBack > 0n) attempts.push({ ...attempt, set: 'loyaltytransaction_set', units: pointsBack });
  return attempts;
}

/** Some refunds are made in two goes, never in two equal ones: those would look like one made twice. */
function unevenShare(back: bigint, places: number): bigint {
  const half = wholeUnits(back / 2n, places);
  return half * 2n === back ? half - 10n ** BigInt(places) : half;
}

/** What was paid with points, in whole currency units: 10 to 49 % for one card order in twelve, else nothing. */
function pointsShare(orderId: number, { units, places }: { units: bigint; places: number }): bigint {
  const hash = mix(orderId, orderId, PURPOSE_SHARE);
  const share = hash % 12 === 0 && units > 0n ? (units * BigInt(10 + (hash % 40))) / 100n : 0n;
  return wholeUnits(share, places);
}

function wholeUnits(units: bigint, places: number): bigint {
  const one = 10n ** BigInt(places);
  return (units / one) * one;
}
