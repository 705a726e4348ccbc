import type { ExplanationCode } from '../../../shared/explanations.ts';
import type { Micros } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import type { SqliteFile } from '../../database/open.ts';
import { type RawLine, type RawOrder, selectLines, selectOrder } from '../../database/raw-order.ts';
import type { Component } from './components.ts';
import { amountsOfRows, readRows } from './row-components.ts';
import { withParts, withPartsOfOrder } from './wholes.ts';

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

const ofOrder = (key: string, code: ExplanationCode, amount: Micros | null, label: Bilingual): Component[] =>
  amount === null || amount === 0n ? [] : [{ key, code, amount, label, level: 'order' }];

/** Reads the components of an order; null where it is not held. `file` is `cache.db` with `local.db` attached. */
export function readComponents(file: SqliteFile, orderId: number, exceptRow: number | null): OrderComponents | null {
  const order = selectOrder(file, orderId);
  if (order === undefined) return null;
  const lines = selectLines(file, orderId).filter(({ currency }) => currency === order.currency);
  const rows = readRows(file, orderId);
  const ownRows = rows.filter(({ currency }) => currency === order.currency);
  const payments = readPayments(file, orderId);
  const refunds = payments.filter(({ code }) => code === 'refund-transaction');
  return {
    currency: order.currency,
    components: withPartsOfOrder([
      ...amountsOfOrder(order),
      ...groupsOf(lines),
      ...[...lines.flatMap(amountsOfLine), ...payments].filter((part) => !isWhole(part, order)),
      ...amountsOfRows(ownRows, { amount: order.amount, refund: order.refund_amount, refunds }, exceptRow),
    ]),
    lines: lines.length,
    rates: [...new Set(rows.flatMap(({ rate }) => (rate === null ? [] : [rate])))],
  };
}

function amountsOfOrder(order: RawOrder): Component[] {
  return [
    ...ofOrder('order:shipping', 'shipping', order.shipping_amount, { en: 'shipping', tr: 'kargo' }),
    ...ofOrder('order:shipping-interest', 'shipping-interest', order.shipping_interest_amount, {
      en: 'shipping interest',
      tr: 'kargo vade farkı',
    }),
    ...ofOrder('order:discount', 'discount', order.discount_amount, { en: 'discount', tr: 'indirim' }),
    ...ofOrder('order:interest', 'interest', order.installment_interest_amount, {
      en: 'installment interest',
      tr: 'taksit vade farkı',
    }),
    ...ofOrder('order:refund', 'refund', order.refund_amount, { en: 'refund', tr: 'iade' }),
    ...ofOrder('order:discount-refund', 'discount-refund', order.discount_refund_amount, {
      en: 'discount refund',
      tr: 'indirim iadesi',
    }),
    ...ofOrder('order:shipping-refund', 'shipping-refund', order.shipping_refund_amount, {
      en: 'shipping refund',
      tr: 'kargo iadesi',
    }),
  ];
}

/** A part that is all of its kind says nothing that the order's own amount does not. */
function isWhole({ code, amount }: Component, order: RawOrder): boolean {
  if (code === 'line-discount' || code === 'discount-item') return amount === order.discount_amount;
  if (code === 'line-interest') return amount === order.installment_interest_amount;
  return (code === 'refund-transaction' || code === 'plan-refund') && amount === order.refund_amount;
}

function amountsOfLine(line: RawLine): Component[] {
  const key = `line:${line.id.toString().padStart(16, '0')}`;
  const name = { en: `line ${line.sku} (${line.id})`, tr: `${line.sku} satırı (${line.id})` };
  const of = (suffix: string, code: ExplanationCode, amount: Micros | null, label: Bilingual): Component[] =>
    amount === null || amount === 0n ? [] : [{ key: `${key}${suffix}`, code, amount, label, level: 'line' }];
  const units = line.quantity === null ? 0n : line.quantity - 1n;
  return [
    ...of('', 'line', line.price, name).map((price) =>
      line.tax_rate === null ? price : { ...price, taxRate: line.tax_rate },
    ),
    ...of(':discount', 'line-discount', line.discount_amount, {
      en: `discount of ${name.en}`,
      tr: `${name.tr} indirimi`,
    }),
    ...of(':interest', 'line-interest', line.installment_interest_amount, {
      en: `interest of ${name.en}`,
      tr: `${name.tr} vade farkı`,
    }),
    ...of(':units', 'units', line.price * units, {
      en: `${units} further units of ${name.en}`,
      tr: `${name.tr}: ${units} birim daha`,
    }),
  ];
}

/** Sets of lines that belong together: all of them, those cancelled, those refunded, and their tax at one rate. */
function groupsOf(lines: readonly RawLine[]): Component[] {
  if (lines.length < 2) return [];
  const sum = (some: readonly RawLine[]): Micros => some.reduce((total, { price }) => total + price, 0n);
  const cancelled = lines.filter(({ status, cancel_status }) => status === '100' || cancel_status === 'completed');
  const refunded = lines.filter(({ status }) => status === '600');
  const rates = new Set(lines.map(({ tax_rate }) => tax_rate));
  const [rate] = rates;
  const all = ofOrder('lines', 'lines', sum(lines), { en: 'all lines', tr: 'tüm satırlar' });
  const made = (group: Component, some: readonly RawLine[]): Component =>
    withParts(
      group,
      some.flatMap(amountsOfLine).filter(({ code }) => code === 'line'),
    );
  return [
    ...all.map((group) => ({
      ...made(group, lines),
      ...(rates.size === 1 && rate !== null && rate !== undefined ? { taxRate: rate } : {}),
    })),
    ...(cancelled.length > 1
      ? ofOrder('lines:cancelled', 'cancelled-lines', sum(cancelled), {
          en: `${cancelled.length} cancelled lines`,
          tr: `iptal edilen ${cancelled.length} satır`,
        }).map((group) => made(group, cancelled))
      : []),
    ...(refunded.length > 1
      ? ofOrder('lines:refunded', 'refunded-lines', sum(refunded), {
          en: `${refunded.length} refunded lines`,
          tr: `iade edilen ${refunded.length} satır`,
        }).map((group) => made(group, refunded))
      : []),
  ];
}

function readPayments(file: SqliteFile, orderId: number): Component[] {
  const read = (sql: string): RawPart[] => file.prepare<[number], RawPart>(sql).safeIntegers().all(orderId);
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
      ofOrder(`refund:${id}`, 'refund-transaction', amount, {
        en: `refund transaction ${id}`,
        tr: `iade işlemi ${id}`,
      }),
    ),
    ...items.flatMap(({ id, amount }) =>
      ofOrder(`discount:${id}`, 'discount-item', amount, { en: `discount item ${id}`, tr: `indirim kalemi ${id}` }),
    ),
    ...plans.flatMap(({ id, amount }) =>
      ofOrder(`plan:${id}`, 'plan-refund', amount, { en: `cancellation plan ${id}`, tr: `iptal planı ${id}` }),
    ),
  ];
}
