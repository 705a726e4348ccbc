import { hash } from 'node:crypto';
import { foldForSearch } from '../../shared/text.ts';
import type { MappedLine, MappedOrder } from '../omnitron/mapped-order.ts';
import type { SqliteFile } from './open.ts';

/** What storing one order did. `repeat` = this pass had already met the id with the same content. */
export type StoreOutcome = 'created' | 'updated' | 'unchanged' | 'repeat';

export interface OrderStore {
  /** Stores one reading of an order; call inside a transaction. */
  store(order: MappedOrder, passId: number, nowMs: number): { outcome: StoreOutcome; firstSeen: boolean };
}

const ORDER_COLUMNS = [
  'number',
  'channel',
  'status',
  'date_placed',
  'date_placed_ms',
  'currency',
  'amount',
  'shipping_amount',
  'net_shipping_amount',
  'discount_amount',
  'installment_interest_amount',
  'shipping_interest_amount',
  'refund_amount',
  'discount_refund_amount',
  'shipping_refund_amount',
  'sent',
  'invoice_number',
  'invoice_date',
  'e_archive_url',
  'payment_option',
  'installment_count',
  'tracking_number',
  'line_count',
  'lines_total',
  'mixed_currency',
  'search',
  'content_hash',
  'seen_pass',
  'read_ms',
] as const;

const LINE_COLUMNS = [
  'id',
  'order_id',
  'sku',
  'status',
  'currency',
  'price',
  'tax_rate',
  'discount_amount',
  'installment_interest_amount',
  'quantity',
  'cancel_status',
  'invoice_number',
  'invoice_date',
  'e_archive_url',
  'tracking_number',
  'shipping_company',
] as const;

type Bound = string | number | bigint | null;

function orderValues(order: MappedOrder): Bound[] {
  return [
    order.number,
    order.channel,
    order.status,
    order.datePlaced,
    order.datePlacedMs,
    order.currency,
    order.amount,
    order.shippingAmount,
    order.netShippingAmount,
    order.discountAmount,
    order.installmentInterestAmount,
    order.shippingInterestAmount,
    order.refundAmount,
    order.discountRefundAmount,
    order.shippingRefundAmount,
    order.sent ? 1 : 0,
    order.invoiceNumber,
    order.invoiceDate,
    order.eArchiveUrl,
    order.paymentOption,
    order.installmentCount,
    order.trackingNumber,
  ];
}

function lineValues(line: MappedLine, orderId: number): Bound[] {
  return [
    line.id,
    orderId,
    line.sku,
    line.status,
    line.currency,
    line.price,
    line.taxRate,
    line.discountAmount,
    line.installmentInterestAmount,
    line.quantity,
    line.cancelStatus,
    line.invoiceNumber,
    line.invoiceDate,
    line.eArchiveUrl,
    line.trackingNumber,
    line.shippingCompany,
  ];
}

/** Separators that occur in no field, and a mark that keeps null apart from empty text. */
const FIELD = '\u001f';
const ROW = '\u001e';
const join = (values: readonly Bound[]): string =>
  values.map((value) => (value === null ? '\u0000' : value)).join(FIELD);

function searchText(order: MappedOrder): string {
  const texts = new Set<string>([order.number, order.channel ?? '', order.invoiceNumber ?? '']);
  for (const line of order.lines) {
    texts.add(line.sku);
    if (line.invoiceNumber !== null) texts.add(line.invoiceNumber);
  }
  return foldForSearch([...texts].join(' '));
}

/** Prepares the statements that store orders and their lines. */
export function prepareOrderStore(cache: SqliteFile): OrderStore {
  const find = cache.prepare<[number], { content_hash: string; seen_pass: number }>(
    'SELECT content_hash, seen_pass FROM orders WHERE id = ?',
  );
  const touch = cache.prepare('UPDATE orders SET seen_pass = ?, read_ms = ? WHERE id = ?');
  const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
  const insert = cache.prepare(
    `INSERT INTO orders (id, ${ORDER_COLUMNS.join(', ')}, version) VALUES (?, ${marks(ORDER_COLUMNS.length)}, 1)`,
  );
  const update = cache.prepare(
    `UPDATE orders SET ${ORDER_COLUMNS.map((column) => `${column} = ?`).join(', ')}, version = version + 1 WHERE id = ?`,
  );
  const dropLines = cache.prepare('DELETE FROM lines WHERE order_id = ?');
  const insertLine = cache.prepare(
    `INSERT OR REPLACE INTO lines (${LINE_COLUMNS.join(', ')}) VALUES (${marks(LINE_COLUMNS.length)})`,
  );

  function store(order: MappedOrder, passId: number, nowMs: number): { outcome: StoreOutcome; firstSeen: boolean } {
    const values = orderValues(order);
    const lines = order.lines.map((line) => lineValues(line, order.id));
    const content = hash('sha256', [values, ...lines].map(join).join(ROW), 'base64');
    const held = find.get(order.id);
    const firstSeen = held?.seen_pass !== passId;
    if (held !== undefined && held.content_hash === content) {
      if (firstSeen) touch.run(passId, nowMs, order.id);
      return { outcome: firstSeen ? 'unchanged' : 'repeat', firstSeen };
    }
    values.push(
      order.lines.length,
      order.lines.reduce((sum, line) => sum + line.price, 0n),
      order.lines.some((line) => line.currency !== order.currency) ? 1 : 0,
      searchText(order),
      content,
      passId,
      nowMs,
    );
    if (held === undefined) insert.run(order.id, ...values);
    else {
      update.run(...values, order.id);
      dropLines.run(order.id);
    }
    for (const line of lines) insertLine.run(...line);
    return { outcome: held === undefined ? 'created' : 'updated', firstSeen };
  }

  return { store };
}
