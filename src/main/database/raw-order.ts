import type { MappedOrder } from '../omnitron/mapped-order.ts';
import type { SqliteFile } from './open.ts';

/** A row of `orders`, every integer as BigInt. */
export interface RawOrder {
  id: bigint;
  number: string;
  channel: string | null;
  status: string;
  date_placed: string;
  date_placed_ms: bigint;
  currency: string;
  amount: bigint;
  shipping_amount: bigint | null;
  net_shipping_amount: bigint | null;
  discount_amount: bigint | null;
  installment_interest_amount: bigint | null;
  shipping_interest_amount: bigint | null;
  refund_amount: bigint | null;
  discount_refund_amount: bigint | null;
  shipping_refund_amount: bigint | null;
  sent: bigint;
  invoice_number: string | null;
  invoice_date: string | null;
  e_archive_url: string | null;
  payment_option: string | null;
  installment_count: bigint | null;
  tracking_number: string | null;
  lines_total: bigint;
  mixed_currency: bigint;
  version: bigint;
  seen_pass: bigint;
  read_ms: bigint;
  vanished_ms: bigint | null;
}

/** A row of `lines`, every integer as BigInt. */
export interface RawLine {
  id: bigint;
  order_id: bigint;
  sku: string;
  status: string;
  currency: string;
  price: bigint;
  tax_rate: bigint | null;
  discount_amount: bigint | null;
  installment_interest_amount: bigint | null;
  quantity: bigint | null;
  cancel_status: string | null;
  invoice_number: string | null;
  invoice_date: string | null;
  e_archive_url: string | null;
  tracking_number: string | null;
  shipping_company: string | null;
}

/** The stored row of an order, or undefined. */
export function selectOrder(file: SqliteFile, id: number): RawOrder | undefined {
  return file.prepare<[number], RawOrder>('SELECT * FROM orders WHERE id = ?').safeIntegers().get(id);
}

/** Whether an order that is held is no longer at Omnitron. */
export function isVanished(file: SqliteFile, id: number): boolean {
  return (
    file.prepare<[number], number>('SELECT vanished_ms IS NOT NULL FROM orders WHERE id = ?').pluck().get(id) === 1
  );
}

/** The stored lines of an order, ascending by id. */
export function selectLines(file: SqliteFile, orderId: number): RawLine[] {
  return file
    .prepare<[number], RawLine>('SELECT * FROM lines WHERE order_id = ? ORDER BY id')
    .safeIntegers()
    .all(orderId);
}

/** The stored line with this id, or undefined. */
export function selectLine(file: SqliteFile, id: number): RawLine | undefined {
  return file.prepare<[number], RawLine>('SELECT * FROM lines WHERE id = ?').safeIntegers().get(id);
}

/** A held order as it once left the parser, so that single fields of it can be replaced and stored again. */
export function heldOrder(file: SqliteFile, id: number): MappedOrder | undefined {
  const row = selectOrder(file, id);
  if (row === undefined) return undefined;
  const whole = (value: bigint | null): number | null => (value === null ? null : Number(value));
  return {
    id,
    number: row.number,
    channel: row.channel,
    status: row.status,
    datePlaced: row.date_placed,
    datePlacedMs: Number(row.date_placed_ms),
    currency: row.currency,
    amount: row.amount,
    shippingAmount: row.shipping_amount,
    netShippingAmount: row.net_shipping_amount,
    discountAmount: row.discount_amount,
    installmentInterestAmount: row.installment_interest_amount,
    shippingInterestAmount: row.shipping_interest_amount,
    refundAmount: row.refund_amount,
    discountRefundAmount: row.discount_refund_amount,
    shippingRefundAmount: row.shipping_refund_amount,
    sent: row.sent === 1n,
    invoiceNumber: row.invoice_number,
    invoiceDate: row.invoice_date,
    eArchiveUrl: row.e_archive_url,
    paymentOption: row.payment_option,
    installmentCount: whole(row.installment_count),
    trackingNumber: row.tracking_number,
    lines: selectLines(file, id).map((line) => ({
      id: Number(line.id),
      sku: line.sku,
      status: line.status,
      currency: line.currency,
      price: line.price,
      taxRate: line.tax_rate,
      discountAmount: line.discount_amount,
      installmentInterestAmount: line.installment_interest_amount,
      quantity: whole(line.quantity),
      cancelStatus: line.cancel_status,
      invoiceNumber: line.invoice_number,
      invoiceDate: line.invoice_date,
      eArchiveUrl: line.e_archive_url,
      trackingNumber: line.tracking_number,
      shippingCompany: line.shipping_company,
    })),
  };
}
