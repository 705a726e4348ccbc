import { foldForSearch } from '../../shared/text.ts';
import type { MappedLine, MappedOrder } from '../omnitron/mapped-order.ts';

export type Bound = string | number | bigint | null;

/** Columns of `orders` that a reading fills, in the order of {@link orderValues}. */
export const READ_COLUMNS = [
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
] as const;

/** Columns of `lines`, in the order of {@link lineValues}. */
export const LINE_COLUMNS = [
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

export function orderValues(order: MappedOrder): Bound[] {
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

export function lineValues(line: MappedLine, orderId: number): Bound[] {
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

/** What the search field of the window looks through: numbers, channel and article numbers, folded. */
export function searchText(order: MappedOrder): string {
  const texts = new Set<string>([order.number, order.channel ?? '', order.invoiceNumber ?? '']);
  for (const line of order.lines) {
    texts.add(line.sku);
    if (line.invoiceNumber !== null) texts.add(line.invoiceNumber);
  }
  return foldForSearch([...texts].join(' '));
}
