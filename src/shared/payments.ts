import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';
import { amountText, currencyCode, instantText, omnitronId } from './primitives.ts';

/** The sets in which a detailed order keeps its transactions (contract, section 6.1); the first is the card's. */
export const TRANSACTION_SETS = [
  'transaction_set',
  'fundstransfertransaction_set',
  'payondeliverytransaction_set',
  'loyaltytransaction_set',
  'bextransaction_set',
  'cashregistertransaction_set',
  'ordertransaction_set',
] as const;
export const transactionSet = z.enum(TRANSACTION_SETS);
export type TransactionSet = z.infer<typeof transactionSet>;

/** Types that the contract names. Another one is kept and shown as it came. */
export const TRANSACTION_TYPES = ['purchase', 'refund', 'pre_purchase'] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

/** True for a type that the contract names. */
export function isTransactionType(type: string): type is TransactionType {
  return TRANSACTION_TYPES.some((known) => known === type);
}

/** One attempt to move money. `reference` is the gateway's id of it, by which statements name it. */
export const orderTransaction = z.strictObject({
  id: omnitronId,
  set: transactionSet,
  type: z.string(),
  /** False = a failed attempt, which moved nothing. */
  succeeded: z.boolean(),
  amount: amountText,
  currency: currencyCode,
  createdAt: instantText,
  reference: z.string().nullable(),
});
export type OrderTransaction = z.infer<typeof orderTransaction>;

/** One discount of an order, in the order's currency. `lineIds` = lines that got it; null = the answer does not tell. */
export const discountItem = z.strictObject({
  id: omnitronId,
  name: z.string().nullable(),
  type: z.string().nullable(),
  amount: amountText,
  lineIds: z.array(omnitronId).nullable(),
});
export type DiscountItem = z.infer<typeof discountItem>;

/** One cancellation plan. `type` is `cancel` or `refund`; `refund` is null where the plan names no amount. */
export const cancellationPlan = z.strictObject({
  id: omnitronId,
  type: z.string(),
  status: z.string(),
  refund: amountText.nullable(),
  createdAt: instantText.nullable(),
  modifiedAt: instantText.nullable(),
  lineIds: z.array(omnitronId).nullable(),
});
export type CancellationPlan = z.infer<typeof cancellationPlan>;

/**
 * Why a sum cannot be formed. `unreadable`: a part of the answer could not be read. `currency`: an amount is in another
 * currency than the order. `type`: something succeeded of which it is not known whether it was paid or paid back.
 */
export const sumGap = z.enum(['unreadable', 'currency', 'type']);
export type SumGap = z.infer<typeof sumGap>;

/** A sum beside the order's own amount; `difference` = sum − order's, null where one of the two is not known. */
export const paymentSum = z.strictObject({
  sum: amountText.nullable(),
  gap: sumGap.nullable(),
  order: amountText.nullable(),
  difference: amountText.nullable(),
});
export type PaymentSum = z.infer<typeof paymentSum>;

/** A part of the answers that is not as documented, or was refused: which, where in it, and what is wrong. Never a value. */
export const unreadablePart = z.strictObject({ part: z.string(), path: z.string(), code: z.string() });
export type UnreadablePart = z.infer<typeof unreadablePart>;

/** What is held of an order's payments. */
export const orderPayments = z.strictObject({
  order: z.strictObject({ id: omnitronId, number: z.string() }),
  currency: currencyCode,
  /** Succeeded purchases of all sets beside the order's amount. */
  purchase: paymentSum,
  /** Succeeded refunds of all sets beside the order's refund. */
  refund: paymentSum,
  /** Discount items beside the order's discount. */
  discount: paymentSum,
  /** Oldest first. */
  transactions: z.array(orderTransaction),
  discountItems: z.array(discountItem),
  plans: z.array(cancellationPlan),
  unreadable: z.array(unreadablePart),
});
export type OrderPayments = z.infer<typeof orderPayments>;

/** Why payments could not be read, and when. */
export const paymentsFailure = z.strictObject({ code: z.string(), message: z.string(), at: instantText });
export type PaymentsFailure = z.infer<typeof paymentsFailure>;

/**
 * The payments of an order as asked for: what is held, since when, and why a reading that was asked for failed. `failure` is
 * that of the last reading, whoever asked for it; null = it went well, or there was none.
 */
export const paymentsAnswer = z.strictObject({
  /** Null = never read. */
  payments: orderPayments.nullable(),
  readAt: instantText.nullable(),
  /** Never read, or so long ago that whoever looks at the order had better read them again. */
  stale: z.boolean(),
  problem: z.strictObject({ code: z.enum(ERROR_CODES), message: z.string() }).nullable(),
  failure: paymentsFailure.nullable(),
});
export type PaymentsAnswer = z.infer<typeof paymentsAnswer>;

/** Payments read within this time are shown as they are; older ones are read again when somebody looks at the order. */
export const PAYMENTS_FRESH_MS = 10 * 60_000;
