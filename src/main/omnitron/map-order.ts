import { DOCUMENTED_QUANTITY_KEY } from '../../shared/rules.ts';
import { statusCode } from '../../shared/statuses.ts';
import { isNone } from '../../shared/text.ts';
import { instantMs } from './instants.ts';
import type { MappedLine, MappedOrder } from './mapped-order.ts';
import type { WireLine, WireOrder } from './wire.ts';

/** How a line's `attributes`, which may hold anything, are looked at. */
export interface LineReading {
  /** The attribute that holds the units of a merged line: its name is a setting of the tenant (contract, section 7.4). */
  quantityKey: string;
  /** Takes the names of attributes that look like a quantity, and nothing else of them; absent = nobody asks. */
  alike?: Set<string>;
}

/** The contract's own example of a merged line. */
export const DOCUMENTED_READING: LineReading = { quantityKey: DOCUMENTED_QUANTITY_KEY };

/** More names than these help nobody to find the one that is meant. */
export const MOST_ALIKE = 50;

/** A whole number from 2 to 9,999: one says nothing, and a greater one is rather a number of something. */
const ALIKE = /^(?:[2-9]|[1-9]\d{1,3})$/;
/** What a program calls something: it begins with a letter. A number, an address or a sentence is no such name. */
const ALIKE_NAME = /^\p{L}[\p{L}\p{N}_.-]{0,63}$/u;

function quantityOf(attributes: unknown, { quantityKey, alike }: LineReading): number | null {
  if (typeof attributes !== 'object' || attributes === null) return null;
  if (alike !== undefined) noteAlike(attributes, alike);
  if (!Object.hasOwn(attributes, quantityKey)) return null;
  const value: unknown = Reflect.get(attributes, quantityKey);
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;
}

function noteAlike(attributes: object, alike: Set<string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== 'string' || !ALIKE.test(value) || alike.has(name)) continue;
    if (alike.size < MOST_ALIKE && ALIKE_NAME.test(name)) alike.add(name);
  }
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

function mapLine(line: WireLine, reading: LineReading): MappedLine {
  return {
    id: line.id,
    sku: line.product_sku,
    status: statusCode(line.status),
    currency: line.price_currency,
    price: line.price,
    taxRate: line.tax_rate,
    discountAmount: line.discount_amount,
    installmentInterestAmount: line.installment_interest_amount,
    quantity: quantityOf(line.attributes, reading),
    cancelStatus: line.cancel_status ?? null,
    invoiceNumber: line.invoice_number ?? null,
    invoiceDate: line.invoice_date,
    eArchiveUrl: eArchiveUrlOf(line) ?? null,
    trackingNumber: line.tracking_number ?? null,
    shippingCompany: line.shipping_company ?? null,
  };
}

/** Takes the allow-listed fields over, each by name. Texts are kept as they came, blanks included. */
export function mapOrder(order: WireOrder, reading: LineReading): MappedOrder {
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
    lines: order.orderitem_set.map((line) => mapLine(line, reading)).sort((a, b) => a.id - b.id),
  };
}
