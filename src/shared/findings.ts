import { z } from 'zod';
import { amountText, bilingual, currencyCode, instantText, omnitronId, periodSchema } from './primitives.ts';

/** Every check, in the order in which lists and reports show them. Meaning and formula: docs/checks.md. */
export const CHECK_CODES = [
  'amount.total',
  'amount.currency',
  'amount.shipping',
  'refund.exceeds-order',
  'refund.missing',
  'invoice.missing',
  'invoice.line-mismatch',
  'invoice.duplicate',
  'erp.not-sent',
] as const;
export const checkCode = z.enum(CHECK_CODES);
export type CheckCode = z.infer<typeof checkCode>;

export const severity = z.enum(['error', 'warning']);
export type Severity = z.infer<typeof severity>;

/**
 * One finding of one check about one order. `actual` is Omnitron's field, `expected` the value worked out and
 * `difference` = expected − actual; all three are null where the check compares no amount.
 */
export const findingSchema = z.strictObject({
  check: checkCode,
  severity,
  order: z.strictObject({ id: omnitronId, number: z.string() }),
  expected: amountText.nullable(),
  actual: amountText.nullable(),
  difference: amountText.nullable(),
  currency: currencyCode,
  text: bilingual,
});
export type Finding = z.infer<typeof findingSchema>;

/** A finding as the window lists it: with the columns of its order that help to decide. */
export const findingRow = findingSchema.extend({
  channel: z.string().nullable(),
  status: z.string(),
  datePlaced: instantText,
  /** True while a correction for this order is queued or has not been applied yet. */
  pending: z.boolean(),
});
export type FindingRow = z.infer<typeof findingRow>;

export const findingFilter = z.strictObject({
  period: periodSchema,
  /** Empty = every check. */
  checks: z.array(checkCode).max(CHECK_CODES.length),
  /** Looked for in order numbers; folded as {@link foldForSearch} does. */
  text: z.string().max(100),
});
export type FindingFilter = z.infer<typeof findingFilter>;

/** How many findings a check has and what their differences add up to, per currency. */
export const findingSummary = z.strictObject({
  check: checkCode,
  severity,
  count: z.number().int(),
  differences: z.array(z.strictObject({ currency: currencyCode, difference: amountText })),
});
export type FindingSummary = z.infer<typeof findingSummary>;
