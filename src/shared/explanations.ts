import { z } from 'zod';
import { amountText, bilingual } from './primitives.ts';

/**
 * What a term of an explanation is. Amounts that stand somewhere: `line` … `row`, of which `units` is the price of a merged
 * line for the units beyond the first; amounts worked out from them: `tax` (contained in a price, at the line's rate), `vat-change` (another rate of the same tax), `sign-flip` (an amount that
 * counts against instead of for), `transposed` (two neighbouring digits swapped), `factor` (10, 100 or 1,000 times),
 * `exchange` (a row's rate), `rounding` (up to half of the smallest unit a line).
 */
export const EXPLANATION_CODES = [
  'line',
  'line-discount',
  'line-interest',
  'units',
  'lines',
  'cancelled-lines',
  'refunded-lines',
  'shipping',
  'shipping-interest',
  'discount',
  'discount-item',
  'interest',
  'refund',
  'discount-refund',
  'shipping-refund',
  'refund-transaction',
  'plan-refund',
  'fee',
  'row',
  'tax',
  'vat-change',
  'sign-flip',
  'transposed',
  'factor',
  'exchange',
  'rounding',
] as const;
export const explanationCode = z.enum(EXPLANATION_CODES);
export type ExplanationCode = z.infer<typeof explanationCode>;

/** One term of the arithmetic: sign times amount, which is never negative, and what it is. */
export const explanationTerm = z.strictObject({
  code: explanationCode,
  sign: z.union([z.literal(1), z.literal(-1)]),
  amount: amountText,
  /** What it is, like `line 4711 (SKU-1)`. */
  label: bilingual,
});
export type ExplanationTerm = z.infer<typeof explanationTerm>;

/** One way to arrive at a difference: the terms add up to it exactly. */
export const proposedExplanation = z.strictObject({
  terms: z.array(explanationTerm).min(1).max(12),
  /** The arithmetic in one sentence. */
  text: bilingual,
  /** How many further combinations of as many terms were found for the same difference. */
  others: z.number().int().nonnegative(),
  /** True where so many combinations were possible that one of them would fit by chance. */
  weak: z.boolean(),
});
export type ProposedExplanation = z.infer<typeof proposedExplanation>;

/** The smallest explanation and the next best one. A proposal: nothing is decided by it. */
export const explanation = proposedExplanation.extend({ runnerUp: proposedExplanation.nullable() });
export type Explanation = z.infer<typeof explanation>;
