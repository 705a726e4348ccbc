import { AppError } from '../../shared/errors.ts';
import { formatAmount } from '../../shared/money.ts';
import type { OrderDetail, OrderLine } from '../../shared/orders.ts';
import type { AmountFormula } from '../../shared/rules.ts';
import { expectedAmount, linesAmount } from '../reconcile/expected-amount.ts';
import { readRules } from '../reconcile/rules.ts';
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
    footing: footingOf(file, order),
    lines: lines.map(toLine),
    findings: reads.findings.ofOrder(id),
    corrections: reads.corrections.ofOrder(id),
  };
}

/** The sum of `amount.total` (docs/checks.md) by the formula in force, as the window shows it. */
function footingOf(file: SqliteFile, order: RawOrder): OrderDetail['footing'] {
  const money = (micros: bigint | null): string | null =>
    micros === null ? null : formatAmount(micros, order.currency);
  const { formula } = readRules(file, 'local').rules;
  const { lines, expected } = sumsOf(file, order.id, formula);
  const formed = order.mixed_currency === 0n ? expected : null;
  return {
    formula,
    linesTotal: money(lines),
    shipping: money(order.shipping_amount),
    discount: money(order.discount_amount),
    installmentInterest: money(order.installment_interest_amount),
    shippingInterest: money(order.shipping_interest_amount),
    expected: money(formed),
    amount: formatAmount(order.amount, order.currency),
    difference: money(formed === null ? null : formed - order.amount),
  };
}

/** Worked out by the very SQL of the check, so that both always agree. */
function sumsOf(
  file: SqliteFile,
  id: bigint,
  formula: AmountFormula,
): { lines: bigint | null; expected: bigint | null } {
  const found = file
    .prepare<[bigint], { lines: bigint | null; expected: bigint | null }>(
      `SELECT ${linesAmount(formula)} AS lines, ${expectedAmount(formula)} AS expected FROM orders o WHERE o.id = ?`,
    )
    .safeIntegers()
    .get(id);
  return found ?? { lines: null, expected: null };
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
