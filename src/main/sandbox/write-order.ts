import { placedMicros, printMicros, textHash } from './calendar.ts';
import type { DraftLine, DraftOrder } from './draft-types.ts';
import { asJsonNumber, printAmount } from './money-text.ts';
import { channelOf, orderNumber } from './numbers.ts';
import { CARD, paymentOptionOf } from './payment-options.ts';
import { personAt } from './people.ts';
import { FIRST_GENERATED_ID } from './planting.ts';
import { elementAt } from './random.ts';
import type { WireLine, WireOrder } from './wire-types.ts';
import { writeInvoice } from './write-invoice.ts';

const CHANNELS = {
  shop: { name: 'Shop', conf: { server: 'https://shop.example.com/api/v1/' } },
  marketplace: { name: 'Marketplace', conf: { server: 'https://marketplace.example.com/api/v1/' } },
};
const CARD_SLUGS = ['credit_card', 'kredi_karti', 'Credit_Card'] as const;
const CARRIERS = ['aras', 'yurtici', 'other', null] as const;
/** The rates of value added tax in Turkey since 10 July 2023; every generated order is younger. */
const TAX_RATES = ['20.00', '20.00', '10.00', '1.00'] as const;
const SHIPPED = new Set(['500', '510', '520', '540', '550', '600']);

/** Line ids carry their order: line 3 of order 1001 has id 10013, so that a line is found without a search. */
export function lineId(orderId: number, position: number): number {
  return orderId * 10 + position;
}

/** The order of a generated line. */
export function orderIdOfLine(line: number): number {
  return Math.floor(line / 10);
}

/**
 * Writes a decided order out in the shape of `/api/i1/`, with the quirks of contract section 18.
 * @param quantityKey the attribute with the units of a merged line, whose price then is that of one unit; without it the
 * units stand under `quantity` and the price is for the line
 */
export function writeOrder(seed: number, draft: DraftOrder, quantityKey?: string): WireOrder {
  const { index, currency } = draft;
  const { places } = currency;
  const id = FIRST_GENERATED_ID + index;
  const hash = textHash(seed, index);
  const { customer, address } = personAt(hash);
  const tracking = SHIPPED.has(draft.status) ? String(70_000_000 + (hash % 9_000_000)) : null;
  const option = paymentOptionOf(seed, index, draft.interest > 0);
  const byCard = option === CARD;
  return {
    id,
    number: orderNumber(seed, index),
    status: draft.status,
    date_placed: printMicros(placedMicros(seed, index)),
    customer,
    shipping_address: address,
    billing_address: hash % 5 === 0 ? personAt(hash + 1).address : address,
    currency: currency.code,
    amount: printAmount(draft.amount, places),
    shipping_amount: printAmount(draft.shipping, places),
    shipping_tax_rate: hash % 13 === 0 ? '20.00' : null,
    extra_field: hash % 10 === 0 ? { note: `CANARY-EXTRA-${id}` } : {},
    payment_option: option.pk,
    payment_option_slug: byCard ? elementAt(CARD_SLUGS, hash) : option.slug,
    bin_number: hash % 4 === 0 || !byCard ? null : '454360',
    installment: hash % 4 === 0 || !byCard ? null : 22,
    installment_count: draft.interest > 0 ? 2 + (hash % 8) : 1,
    installment_interest_amount: printAmount(draft.interest, places),
    cargo_company: 1,
    ...writeInvoice(seed, draft.invoice, hash),
    refund_amount: printAmount(draft.refundAmount, places),
    discount_refund_amount: printAmount(draft.discountRefund, places),
    shipping_refund_amount: printAmount(draft.shippingRefund, places),
    discount_amount: printAmount(draft.discount, places),
    is_send: draft.isSend,
    net_shipping_amount: writeNetShipping(printAmount(draft.netShipping, places), hash),
    shipping_interest_amount: printAmount(draft.shippingInterest, places),
    tracking_number: tracking,
    carrier_shipping_code: null,
    remote_addr: hash % 3 === 0 ? null : `203.0.113.${hash % 250}`,
    has_gift_box: hash % 20 === 0,
    gift_box_note: hash % 20 === 0 ? `CANARY-GIFT-NOTE-${id} İyi ki doğdun` : null,
    external_status: null,
    orderitem_set: draft.lines.map((line) => ({
      ...writeLine(seed, id, line, tracking, hash + line.position),
      ...(quantityKey === undefined || line.quantity === 1 ? {} : byUnit(line, quantityKey)),
    })),
    channel: CHANNELS[channelOf(seed, index)],
  };
}

/** A merged line of a tenant that gives the price of one unit; one that cannot be divided is left as it is. */
function byUnit({ price, quantity, currency }: DraftLine, quantityKey: string): Partial<WireLine> {
  if (price % quantity !== 0) return { attributes: {} };
  return { price: printAmount(price / quantity, currency.places), attributes: { [quantityKey]: quantity } };
}

/** Two of three times a number (7, 8.5), otherwise the text "8.50". */
function writeNetShipping(amount: string, hash: number): number | string {
  return hash % 3 === 0 ? amount : asJsonNumber(amount);
}

function writeLine(seed: number, orderId: number, line: DraftLine, tracking: string | null, hash: number): WireLine {
  const { places } = line.currency;
  return {
    id: lineId(orderId, line.position),
    order: orderId,
    product_sku: String(1_000_000_000 + ((hash * 7) % 900_000_000)),
    status: line.status,
    price_currency: line.currency.code,
    price: printAmount(line.price, places),
    tax_rate: line.taxRate ?? elementAt(TAX_RATES, hash),
    extra_field: {},
    price_list: 1,
    stock_list: 1,
    cancel_status: line.cancelStatus,
    ...writeInvoice(seed, line.invoice, hash),
    installment_interest_amount: printAmount(line.interest, places),
    tracking_number: tracking,
    carrier_shipping_code: null,
    shipping_company: tracking === null ? null : elementAt(CARRIERS, hash),
    shipment_code: null,
    external_status: null,
    discount_amount: printAmount(line.discount, places),
    retail_price: hash % 3 === 0 ? printAmount(line.price + line.discount, places) : null,
    attributes: line.quantity > 1 ? { quantity: line.quantity } : {},
    attributes_kwargs: {},
    image: null,
  };
}
