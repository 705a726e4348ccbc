import { statusCode } from '../../shared/statuses.ts';
import { isNone } from '../../shared/text.ts';
import { instantMs } from './instants.ts';
import type { MappedLine, MappedOrder } from './mapped-order.ts';
import type { WireLine, WireOrder } from './wire.ts';

/**
 * Key in a line's `attributes` that holds the units of a merged line. Assumed: its name is a setting of the tenant
 * (contract, section 7.4), and `quantity` is the documented example.
 */
const QUANTITY_KEY = 'quantity';

function quantityOf(attributes: unknown): number | null {
  if (typeof attributes !== 'object' || attributes === null) return null;
  const value: unknown = Reflect.get(attributes, QUANTITY_KEY);
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;
}

/**
 * The archive address under either spelling (contract, section 18, quirk 1), whichever says something; undefined where
 * the answer has neither key.
 */
export function eArchiveUrlOf(wire: {
  e_archive_url?: string | null | undefined;
  e_archieve_url?: string | null | undefined;
}): string | null | undefined {
  if (wire.e_archieve_url === undefined) return wire.e_archive_url;
  return isNone(wire.e_archive_url) && !isNone(wire.e_archieve_url)
    ? wire.e_archieve_url
    : (wire.e_archive_url ?? wire.e_archieve_url);
}

function mapLine(line: WireLine): MappedLine {
  return {
    id: line.id,
    sku: line.product_sku,
    status: statusCode(line.status),
    currency: line.price_currency,
    price: line.price,
    taxRate: line.tax_rate,
    discountAmount: line.discount_amount,
    installmentInterestAmount: line.installment_interest_amount,
    quantity: quantityOf(line.attributes),
    cancelStatus: line.cancel_status ?? null,
    invoiceNumber: line.invoice_number ?? null,
    invoiceDate: line.invoice_date,
    eArchiveUrl: eArchiveUrlOf(line) ?? null,
    trackingNumber: line.tracking_number ?? null,
    shippingCompany: line.shipping_company ?? null,
  };
}

/** Takes the allow-listed fields over, each by name. Texts are kept as they came, blanks included. */
export function mapOrder(order: WireOrder): MappedOrder {
  return {
    id: order.id,
    number: order.number,
    channel: order.channel?.name ?? null,
    status: statusCode(order.status),
    datePlaced: order.date_placed,
    datePlacedMs: instantMs(order.date_placed) ?? 0,
    currency: order.currency,
    amount: order.amount,
    shippingAmount: order.shipping_amount,
    netShippingAmount: order.net_shipping_amount,
    discountAmount: order.discount_amount,
    installmentInterestAmount: order.installment_interest_amount,
    shippingInterestAmount: order.shipping_interest_amount,
    refundAmount: order.refund_amount,
    discountRefundAmount: order.discount_refund_amount,
    shippingRefundAmount: order.shipping_refund_amount,
    sent: order.is_send,
    invoiceNumber: order.invoice_number ?? null,
    invoiceDate: order.invoice_date,
    eArchiveUrl: eArchiveUrlOf(order) ?? null,
    paymentOption: order.payment_option_slug ?? null,
    installmentCount: order.installment_count,
    trackingNumber: order.tracking_number ?? null,
    lines: order.orderitem_set.map(mapLine).sort((a, b) => a.id - b.id),
  };
}
