import { z } from 'zod';
import { instantMs } from './instants.ts';
import { idText, money, optionalMoney, optionalTextAs, textAs } from './wire.ts';

/*
 * Wire shapes of payments (contract, sections 6.6, 9 and 12.4). These answers carry the credentials of shop and gateway,
 * raw gateway messages and bank data: every key that is not named here is dropped unread. The elements of all sets but
 * the first are not documented; they are read as far as they look like the documented ones.
 */

/** A code as a server writes it, like `pre_purchase`. Nothing else is taken for one, so that no other text gets in. */
const code = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/);
export const optionalCode = code.nullish();

/** Printable and without blanks: an id, not a message. */
const reference = z
  .string()
  .regex(/^[\x21-\x7e]{0,128}$/)
  .nullish();

const instant = (text: string): string | null => (instantMs(text) === null ? null : text);
const requiredInstant = textAs('not_instant', instant);
const instantOrNone = optionalTextAs('not_instant', instant);

/** One entry of a set of transactions. */
export const wireTransaction = z.object({
  pk: idText,
  transaction_type: code,
  transaction_id: reference,
  is_succeeded: z.boolean(),
  amount: money,
  currency: z
    .string()
    .regex(/^[A-Za-z]{0,16}$/)
    .nullish(),
  created_date: requiredInstant,
});
export type WireTransaction = z.infer<typeof wireTransaction>;

/** A reference to an order, by its number or with the order itself. */
const orderReference = z.union([idText, z.object({ pk: idText }).transform(({ pk }) => pk)]);

/** One entry of the list of discount items. The elements of `benefitapplicant_set` are not documented. */
export const wireDiscountItem = z.object({
  pk: idText,
  order: orderReference,
  name: z.string().nullish(),
  amount: money,
  offer_type: optionalCode,
  benefitapplicant_set: z.unknown().optional(),
});
export type WireDiscountItem = z.infer<typeof wireDiscountItem>;

/** One entry of the list of cancellation plans. Beyond `pk`, `order` and `plan_type` nothing of it is documented. */
export const wirePlan = z.object({
  pk: idText,
  order: orderReference,
  plan_type: code,
  status: code,
  refund_amount: optionalMoney,
  created_date: instantOrNone,
  modified_date: instantOrNone,
  order_items: z.unknown().optional(),
});
export type WirePlan = z.infer<typeof wirePlan>;

/** The detailed order: whose it is. Its sets are looked at one by one. */
export const wireDetailed = z.looseObject({ pk: idText });

/** A list with or without the envelope: public clients accept both (contract, section 2.1). */
export const wireList = z.union([
  z.array(z.unknown()).transform((results) => ({ results, hasNext: false })),
  z
    .object({ next: z.string().nullish(), results: z.array(z.unknown()) })
    .transform(({ next, results }) => ({ results, hasNext: typeof next === 'string' })),
]);

/** Ids in an element of a list of lines: the id itself, or an object that names the line. */
export const wireLineReference = z.union([idText, z.object({ order_item: idText }).transform((one) => one.order_item)]);
