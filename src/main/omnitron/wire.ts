import { z } from 'zod';
import { isWithinLimit, type Micros, tryParseAmount } from '../../shared/money.ts';
import { instantMs, isInvoiceDate } from './instants.ts';

/*
 * Wire shapes of Omnitron (contract, sections 3, 6, 7 and 8). They see values after `parseJsonLiterals`: every JSON
 * number is the text of its literal, so that a money field, an id and an order number read the same whether the
 * server wrote a string or a number. Keys that are not named here are dropped unread.
 */

/** A text that `read` turns into a value, or refuses with null; `code` then names the fault. */
export function textAs<T>(code: string, read: (text: string) => T | null) {
  return z.string().transform((text, context): T => {
    const value = read(text);
    if (value === null) {
      context.addIssue({ code: 'custom', message: code });
      return z.NEVER;
    }
    return value;
  });
}

/** Omnitron writes "none" as null, as "" or by leaving the key out; `read` is asked about anything else. */
export function optionalTextAs<T>(code: string, read: (text: string) => T | null) {
  return z
    .string()
    .nullish()
    .transform((text, context): T | null => {
      if (text === null || text === undefined || text === '') return null;
      const value = read(text);
      if (value === null) context.addIssue({ code: 'custom', message: code });
      return value;
    });
}

function readId(text: string): number | null {
  if (!/^[1-9]\d{0,15}$/.test(text)) return null;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : null;
}

/** The whole number of a text like `12`, or null; for counts. */
export function readCount(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function readMoney(text: string): Micros | null {
  const amount = tryParseAmount(text);
  return amount !== null && isWithinLimit(amount) ? amount : null;
}

export const requiredText = z.string().min(1);
/** Akinon's own client allows 128 characters (contract, section 3.1): what is far longer is no order number. */
const LONGEST_NUMBER = 255;
const orderNumber = requiredText.refine((text) => text.length <= LONGEST_NUMBER, 'too_long');
const optionalText = z.string().nullish();
export const idText = textAs('not_id', readId);
export const money = textAs('not_amount', readMoney);
export const optionalMoney = optionalTextAs('not_amount', readMoney);
/** Shared primitives allow sixteen letters; the wire writes lower case, which is made sure of here. */
export const currency = z
  .string()
  .min(1)
  .max(16)
  .transform((text) => text.toLowerCase());
const placedAt = textAs('not_instant', (text) => (instantMs(text) === null ? null : text));
const invoiceDate = optionalTextAs('not_instant', (text) => (isInvoiceDate(text) ? text : null));

/** One entry of `orderitem_set` (contract, section 3.2). */
export const wireLine = z.object({
  id: idText,
  product_sku: z.string(),
  status: requiredText,
  price_currency: currency,
  price: money,
  tax_rate: optionalMoney,
  discount_amount: optionalMoney,
  installment_interest_amount: optionalMoney,
  cancel_status: optionalText,
  invoice_number: optionalText,
  invoice_date: invoiceDate,
  e_archive_url: optionalText,
  e_archieve_url: optionalText,
  tracking_number: optionalText,
  shipping_company: optionalText,
  attributes: z.unknown().optional(),
});
export type WireLine = z.infer<typeof wireLine>;

/** An order as `/api/i1/orders/` writes it (contract, section 3.1). */
export const wireOrder = z.object({
  id: idText,
  number: orderNumber,
  channel: z.object({ name: optionalText }).nullish(),
  status: requiredText,
  date_placed: placedAt,
  currency,
  amount: money,
  shipping_amount: optionalMoney,
  net_shipping_amount: optionalMoney,
  discount_amount: optionalMoney,
  installment_interest_amount: optionalMoney,
  shipping_interest_amount: optionalMoney,
  refund_amount: optionalMoney,
  discount_refund_amount: optionalMoney,
  shipping_refund_amount: optionalMoney,
  is_send: z.boolean(),
  invoice_number: optionalText,
  invoice_date: invoiceDate,
  e_archive_url: optionalText,
  e_archieve_url: optionalText,
  payment_option_slug: optionalText,
  installment_count: optionalTextAs('not_count', readCount),
  tracking_number: optionalText,
  orderitem_set: z.array(wireLine),
});
export type WireOrder = z.infer<typeof wireOrder>;

/** A page of `/api/i1/orders/` (contract, section 2.1). Rows are judged one by one, later. */
export const wirePage = z.object({
  count: textAs('not_count', readCount),
  next: z.string().nullable(),
  results: z.array(z.unknown()),
});

/**
 * The correctable fields of an order (i1, flat v1 or detailed), and those a line shares with it; `id` in i1, `pk`
 * elsewhere. Absent keys stay absent. Everything else in these answers, credentials included, is dropped unread.
 */
export const wireFields = z.object({
  id: idText.optional(),
  pk: idText.optional(),
  is_send: z.boolean().optional(),
  invoice_number: optionalText,
  invoice_date: invoiceDate.optional(),
  e_archive_url: optionalText,
  e_archieve_url: optionalText,
});

/** The correctable fields of a flat v1 line. `extra_field` may hold anything: only the keys asked for are taken out of it. */
export const wireLineFields = wireFields.extend({
  tracking_number: optionalText,
  shipping_company: optionalText,
  status: optionalText,
  cancel_status: optionalText,
  extra_field: z.unknown().optional(),
});
