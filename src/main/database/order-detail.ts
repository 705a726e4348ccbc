import { AppError } from '../../shared/errors.ts';
import { formatAmount } from '../../shared/money.ts';
import type { OrderDetail, OrderLine } from '../../shared/orders.ts';
import type { CorrectionReads } from './corrections-read.ts';
import type { FindingReads } from './findings-read.ts';
import type { SqliteFile } from './open.ts';
import { type RawLine, type RawOrder, selectLines, selectOrder } from './raw-order.ts';

/** Everything the detail of one order shows. @throws AppError ORDER_UNKNOWN */
export function readOrderDetail(
  file: SqliteFile,
  id: number,
  reads: { findings: FindingReads; corrections: CorrectionReads },
): OrderDetail {
  const order = selectOrder(file, id);
  if (order === undefined)
    throw new AppError('ORDER_UNKNOWN', `Order ${id} is not in the cache. Sync, then try again.`);
  const lines = selectLines(file, id);
  const money = (micros: bigint | null): string | null =>
    micros === null ? null : formatAmount(micros, order.currency);
  return {
    id,
    number: order.number,
    channel: order.channel,
    status: order.status,
    datePlaced: order.date_placed,
    currency: order.currency,
    sent: order.sent === 1n,
    invoiceNumber: order.invoice_number,
    invoiceDate: order.invoice_date,
    eArchiveUrl: order.e_archive_url,
    refund: money(order.refund_amount),
    discountRefund: money(order.discount_refund_amount),
    shippingRefund: money(order.shipping_refund_amount),
    netShipping: money(order.net_shipping_amount),
    paymentOption: order.payment_option,
    installmentCount: order.installment_count === null ? null : Number(order.installment_count),
    trackingNumber: order.tracking_number,
    readAt: new Date(Number(order.read_ms)).toISOString(),
    version: Number(order.version),
    vanishedAt: order.vanished_ms === null ? null : new Date(Number(order.vanished_ms)).toISOString(),
    footing: footingOf(order),
    lines: lines.map(toLine),
    findings: reads.findings.ofOrder(id),
    corrections: reads.corrections.ofOrder(id),
  };
}

/** The sum of `amount.total` (docs/checks.md) as the window shows it. */
function footingOf(order: RawOrder): OrderDetail['footing'] {
  const money = (micros: bigint): string => formatAmount(micros, order.currency);
  const { shipping_amount, discount_amount, installment_interest_amount, shipping_interest_amount } = order;
  const parts = [shipping_amount, installment_interest_amount, shipping_interest_amount];
  const known = order.mixed_currency === 0n && discount_amount !== null && parts.every((part) => part !== null);
  const expected = known
    ? parts.reduce<bigint>((sum, part) => sum + (part ?? 0n), order.lines_total - discount_amount)
    : null;
  return {
    linesTotal: money(order.lines_total),
    shipping: shipping_amount === null ? null : money(shipping_amount),
    discount: discount_amount === null ? null : money(discount_amount),
    installmentInterest: installment_interest_amount === null ? null : money(installment_interest_amount),
    shippingInterest: shipping_interest_amount === null ? null : money(shipping_interest_amount),
    expected: expected === null ? null : money(expected),
    amount: money(order.amount),
    difference: expected === null ? null : money(expected - order.amount),
  };
}

function toLine(line: RawLine): OrderLine {
  const money = (micros: bigint | null): string | null =>
    micros === null ? null : formatAmount(micros, line.currency);
  return {
    id: Number(line.id),
    sku: line.sku,
    status: line.status,
    currency: line.currency,
    price: formatAmount(line.price, line.currency),
    taxRate: line.tax_rate === null ? null : formatAmount(line.tax_rate, ''),
    discount: money(line.discount_amount),
    interest: money(line.installment_interest_amount),
    quantity: line.quantity === null ? null : Number(line.quantity),
    cancelStatus: line.cancel_status,
    invoiceNumber: line.invoice_number,
    invoiceDate: line.invoice_date,
    eArchiveUrl: line.e_archive_url,
    trackingNumber: line.tracking_number,
    shippingCompany: line.shipping_company,
  };
}
