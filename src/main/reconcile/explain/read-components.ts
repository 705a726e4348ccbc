import type { ExplanationCode } from '../../../shared/explanations.ts';
import type { Micros } from '../../../shared/money.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { RawOrder } from '../../database/raw-order.ts';
import { prepared } from '../prepared.ts';
import type { Component, Label } from './components.ts';
import { amountsOfLines, groupsOf } from './line-components.ts';
import { readLines } from './read-lines.ts';
import { amountsOfRows, readRows } from './row-components.ts';
import { withPartsOfOrder } from './wholes.ts';

/** What of an order and its surroundings a difference may consist of. */
export interface OrderComponents {
  /** Of the order, and of every component. */
  currency: string;
  components: Component[];
  lines: number;
  rates: Micros[];
}

interface RawPart {
  id: bigint;
  amount: bigint;
}

/** Parts of payments beyond these are left out: a difference that needs them is no small combination. */
const MOST_PARTS = 50;

const ofOrder = (key: string, code: ExplanationCode, amount: Micros | null, label: Label): Component[] =>
  amount === null || amount === 0n ? [] : [{ key, code, amount, label, level: 'order' }];

type AmountsOfOrder = { line_count: bigint } & Pick<
  RawOrder,
  | 'currency'
  | 'amount'
  | 'shipping_amount'
  | 'shipping_interest_amount'
  | 'discount_amount'
  | 'installment_interest_amount'
  | 'refund_amount'
  | 'discount_refund_amount'
  | 'shipping_refund_amount'
>;
const ORDER = `SELECT line_count, currency, amount, shipping_amount, shipping_interest_amount, discount_amount, installment_interest_amount,
    refund_amount, discount_refund_amount, shipping_refund_amount
  FROM orders WHERE id = ?`;

/** Reads the components of an order; null where it is not held. `file` is `cache.db` with `local.db` attached. */
export function readComponents(file: SqliteFile, orderId: number, exceptRow: number | null): OrderComponents | null {
  const order = prepared(file, ORDER).safeIntegers().get(orderId) as AmountsOfOrder | undefined;
  if (order === undefined) return null;
  const lines = readLines(file, { orderId, currency: order.currency, count: Number(order.line_count) });
  const rows = readRows(file, orderId);
  const ownRows = rows.filter(({ currency }) => currency === order.currency);
  const payments = readPayments(file, orderId);
  const refunds = payments.filter(({ code }) => code === 'refund-transaction');
  return {
    currency: order.currency,
    components: withPartsOfOrder([
      ...amountsOfOrder(order),
      ...groupsOf(lines),
      ...[...amountsOfLines(lines), ...payments].filter((part) => !isWhole(part, order)),
      ...amountsOfRows(ownRows, { amount: order.amount, refund: order.refund_amount, refunds }, exceptRow),
    ]),
    lines: lines.all.count,
    rates: [...new Set(rows.flatMap(({ rate }) => (rate === null ? [] : [rate])))],
  };
}

function amountsOfOrder(order: AmountsOfOrder): Component[] {
  return [
    ...ofOrder('order:shipping', 'shipping', order.shipping_amount, () => ({ en: 'shipping', tr: 'kargo' })),
    ...ofOrder('order:shipping-interest', 'shipping-interest', order.shipping_interest_amount, () => ({
      en: 'shipping interest',
      tr: 'kargo vade farkı',
    })),
    ...ofOrder('order:discount', 'discount', order.discount_amount, () => ({ en: 'discount', tr: 'indirim' })),
    ...ofOrder('order:interest', 'interest', order.installment_interest_amount, () => ({
      en: 'installment interest',
      tr: 'taksit vade farkı',
    })),
    ...ofOrder('order:refund', 'refund', order.refund_amount, () => ({ en: 'refund', tr: 'iade' })),
    ...ofOrder('order:discount-refund', 'discount-refund', order.discount_refund_amount, () => ({
      en: 'discount refund',
      tr: 'indirim iadesi',
    })),
    ...ofOrder('order:shipping-refund', 'shipping-refund', order.shipping_refund_amount, () => ({
      en: 'shipping refund',
      tr: 'kargo iadesi',
    })),
  ];
}

/** A part that is all of its kind says nothing that the order's own amount does not. */
function isWhole({ code, amount }: Component, order: AmountsOfOrder): boolean {
  if (code === 'line-discount' || code === 'discount-item') return amount === order.discount_amount;
  if (code === 'line-interest') return amount === order.installment_interest_amount;
  return (code === 'refund-transaction' || code === 'plan-refund') && amount === order.refund_amount;
}

function readPayments(file: SqliteFile, orderId: number): Component[] {
  const read = (sql: string): RawPart[] => prepared(file, sql).safeIntegers().all(orderId) as RawPart[];
  const refunds = read(
    `SELECT id, amount FROM transactions WHERE order_id = ? AND type = 'refund' AND succeeded = 1 ORDER BY id LIMIT ${MOST_PARTS}`,
  );
  const items = read(`SELECT id, amount FROM discount_items WHERE order_id = ? ORDER BY id LIMIT ${MOST_PARTS}`);
  const plans = read(
    `SELECT id, refund_amount AS amount FROM cancellation_plans WHERE order_id = ? AND refund_amount IS NOT NULL
     ORDER BY id LIMIT ${MOST_PARTS}`,
  );
  return [
    ...refunds.flatMap(({ id, amount }) =>
      ofOrder(`refund:${id}`, 'refund-transaction', amount, () => ({
        en: `refund transaction ${id}`,
        tr: `iade işlemi ${id}`,
      })),
    ),
    ...items.flatMap(({ id, amount }) =>
      ofOrder(`discount:${id}`, 'discount-item', amount, () => ({
        en: `discount item ${id}`,
        tr: `indirim kalemi ${id}`,
      })),
    ),
    ...plans.flatMap(({ id, amount }) =>
      ofOrder(`plan:${id}`, 'plan-refund', amount, () => ({ en: `cancellation plan ${id}`, tr: `iptal planı ${id}` })),
    ),
  ];
}
