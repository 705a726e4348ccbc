import { placedMicros } from './calendar.ts';
import { draftOrder } from './draft-order.ts';
import { parseAmount } from './money-text.ts';
import { forcedChannel } from './number-sharing.ts';
import { channelOf, type SandboxChannel } from './numbers.ts';
import { plantAt } from './planting.ts';
import type { WireOrder } from './wire-types.ts';
import { writeOrder } from './write-order.ts';

const DAY_MS = 86_400_000;
/** The business time zone of the generated store: Istanbul has no summer time. */
const OFFSET_MS = 3 * 3_600_000;

/** A generated order as the other side knows it; amounts in whole numbers of the smallest printed unit. */
export interface StatementOrder {
  id: number;
  index: number;
  number: string;
  sent: boolean;
  channel: SandboxChannel;
  currency: string;
  places: number;
  /** The currency has no smaller amount, in units. */
  step: bigint;
  amount: bigint;
  refund: bigint;
  /** The order's invoice, where nothing is planted on the order; else none. */
  invoice: string | null;
  /** The business day on which it was placed, counted from 1970. */
  day: number;
  /** Whether another order carries the same number. */
  shared: boolean;
}

/** The order with this index. */
export function statementOrder(seed: number, index: number): StatementOrder {
  const draft = draftOrder(seed, index);
  const order: WireOrder = writeOrder(seed, draft);
  const { units, places } = parseAmount(order.amount);
  return {
    id: order.id,
    index,
    number: order.number,
    sent: order.is_send,
    channel: channelOf(seed, index),
    currency: order.currency,
    places,
    step: BigInt(draft.currency.step),
    amount: units,
    refund: parseAmount(order.refund_amount).units,
    invoice: plantAt(seed, index) === null && order.invoice_number ? order.invoice_number : null,
    day: Math.floor((placedMicros(seed, index) / 1000 + OFFSET_MS) / DAY_MS),
    shared: forcedChannel(index) !== null,
  };
}

/** A day counted from 1970 as Turkish files write it, like `31.12.2026`. */
export function printDay(day: number): string {
  const [year, month, date] = new Date(day * DAY_MS).toISOString().slice(0, 10).split('-');
  return `${date}.${month}.${year}`;
}
