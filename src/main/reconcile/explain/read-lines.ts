import { totalSql } from '../../database/exact-sum.ts';
import type { SqliteFile } from '../../database/open.ts';
import { prepared } from '../prepared.ts';

/** What of a line a difference may consist of. */
export interface LineAmounts {
  id: bigint;
  sku: string;
  price: bigint;
  taxRate: bigint | null;
  discount: bigint | null;
  interest: bigint | null;
  quantity: bigint | null;
  cancelled: boolean;
  refunded: boolean;
}

/** Some lines of an order together; the sum is null where there are none, or where it is out of all proportion. */
export interface LineGroup {
  count: number;
  sum: bigint | null;
}

/** The lines of an order in one currency. */
export interface OrderLines {
  /** The first of them, by id. */
  lines: LineAmounts[];
  all: LineGroup;
  cancelled: LineGroup;
  refunded: LineGroup;
  /** The tax rate that all have; null where they differ, or where one has none. */
  taxRate: bigint | null;
}

/** Lines beyond these are known by their sums alone. */
const MOST_LINES = 600;
/** Of an order with more lines not even the sums are known: adding them up would take too long. */
const MOST_ADDED_UP = 3_000;

const CANCELLED = `(status = '100' OR ifnull(cancel_status, '') = 'completed')`;
const REFUNDED = `status = '600'`;
const LINES = `SELECT id, sku, price, tax_rate, discount_amount, installment_interest_amount, quantity, ${CANCELLED}, ${REFUNDED}
  FROM lines WHERE order_id = ? AND currency = ? ORDER BY id LIMIT ${MOST_LINES}`;
const GROUPS = `SELECT count(*), ${totalSql('price')}, count(*) FILTER (WHERE ${CANCELLED}), ${totalSql('price', CANCELLED)},
    count(*) FILTER (WHERE ${REFUNDED}), ${totalSql('price', REFUNDED)},
    iif(count(tax_rate) = count(*) AND min(tax_rate) = max(tax_rate), min(tax_rate), NULL)
  FROM lines WHERE order_id = ? AND currency = ?`;

type RawLine = [
  ...[id: bigint, sku: string, price: bigint],
  ...[taxRate: bigint | null, discount: bigint | null, interest: bigint | null, quantity: bigint | null],
  ...[cancelled: bigint, refunded: bigint],
];
type RawGroups = [
  ...[count: bigint, sum: bigint | null],
  ...[cancelled: bigint, cancelledSum: bigint | null],
  ...[refunded: bigint, refundedSum: bigint | null],
  taxRate: bigint | null,
];

/** Reads an order's lines in its currency; `count` is how many it has in any. `file` is `cache.db`. */
export function readLines(file: SqliteFile, order: { orderId: number; currency: string; count: number }): OrderLines {
  const { orderId, currency } = order;
  const lines = prepared(file, LINES).safeIntegers().raw().all(orderId, currency) as RawLine[];
  const groups =
    order.count > MOST_ADDED_UP
      ? ([BigInt(order.count), null, 0n, null, 0n, null, null] as const)
      : (prepared(file, GROUPS).safeIntegers().raw().get(orderId, currency) as RawGroups);
  const [count, sum, cancelled, cancelledSum, refunded, refundedSum, taxRate] = groups;
  return {
    lines: lines.map(lineOf),
    all: { count: Number(count), sum },
    cancelled: { count: Number(cancelled), sum: cancelledSum },
    refunded: { count: Number(refunded), sum: refundedSum },
    taxRate,
  };
}

function lineOf([id, sku, price, taxRate, discount, interest, quantity, cancelled, refunded]: RawLine): LineAmounts {
  return {
    ...{ id, sku, price, taxRate, discount, interest, quantity },
    cancelled: cancelled === 1n,
    refunded: refunded === 1n,
  };
}
