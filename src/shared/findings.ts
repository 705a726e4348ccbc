import { z } from 'zod';
import { amountText, bilingual, currencyCode, instantText, omnitronId, periodSchema } from './primitives.ts';
import { findingStatus, reasonCode } from './queue.ts';

/** The code of a check, like `amount.total`. Every check with its meaning and formula: docs/checks.md. */
export const checkCode = z
  .string()
  .regex(/^[a-z]+\.[a-z-]+$/)
  .max(60);
export type CheckCode = z.infer<typeof checkCode>;

export const severity = z.enum(['error', 'warning']);
export type Severity = z.infer<typeof severity>;

/**
 * What one finding of a check is about. order: one order; row: one row of a statement; data: a row that could not be
 * read, or an order that is gone.
 */
export const checkScope = z.enum(['order', 'row', 'data']);
export type CheckScope = z.infer<typeof checkScope>;

/** Data beside the orders that a check compares with. Where there is none, the check is skipped and counted. */
export const checkSource = z.enum(['orders', 'payments', 'oms', 'erp', 'statements']);
export type CheckSource = z.infer<typeof checkSource>;

/** What the window and the reports say about a check. */
export const checkInfo = z.strictObject({
  code: checkCode,
  severity,
  scope: checkScope,
  source: checkSource,
  title: bilingual,
  /** What it means, in one sentence. */
  help: bilingual,
});
export type CheckInfo = z.infer<typeof checkInfo>;

/** Where a statement row stands: the statement, and the line of its file, the first being 1. */
export const findingRowPlace = z.strictObject({
  id: z.number().int().positive(),
  statement: z.number().int().positive(),
  line: z.number().int().positive(),
});

/**
 * One finding of one check. `subject` is the id of what it is about (see {@link checkScope}): check and subject stay
 * the same from run to run. `actual` is Omnitron's value, `expected` the value worked out or the other side's, and
 * `difference` = expected − actual; all three are null where the check compares no amount.
 */
export const findingSchema = z.strictObject({
  check: checkCode,
  subject: z.number().int().nonnegative(),
  severity,
  /** Null where no held order is concerned. */
  order: z.strictObject({ id: omnitronId, number: z.string() }).nullable(),
  /** The row of a statement that is concerned; null where none is. */
  row: findingRowPlace.nullable(),
  expected: amountText.nullable(),
  actual: amountText.nullable(),
  difference: amountText.nullable(),
  /** Empty where neither order nor row tells. */
  currency: z.union([currencyCode, z.literal('')]),
  text: bilingual,
  /** The status in force: what is decided, as long as it holds. */
  status: findingStatus,
  /** Whole days since it was due, never below 0: docs/queue.md says from when on it counts. */
  age: z.number().int().nonnegative(),
  /** Why it is so, where that was decided and holds. */
  reason: reasonCode.nullable(),
  owner: z.string().nullable(),
  /** The newest note about it. */
  note: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

/** A finding as the window lists it: with the columns of its order that help to decide. */
export const findingRow = findingSchema.extend({
  channel: z.string().nullable(),
  orderStatus: z.string().nullable(),
  /** Of the order, or the day of the row; null where neither tells. */
  date: instantText.nullable(),
  /** True while a correction for this order is queued or has not been applied yet. */
  pending: z.boolean(),
  /** When it was found first. */
  openedAt: instantText,
  /** What was decided, where that does not hold any more; null = nothing was, or it holds. */
  overtaken: findingStatus.nullable(),
});
export type FindingRow = z.infer<typeof findingRow>;

/** Most checks that a filter may name. */
const MOST_CHECKS = 200;

export const findingFilter = z.strictObject({
  period: periodSchema,
  /** Empty = every check. */
  checks: z.array(checkCode).max(MOST_CHECKS),
  /** Looked for in order numbers; folded as {@link foldForSearch} does. */
  text: z.string().max(100),
  /** Not given or empty = every status. */
  statuses: z.array(findingStatus).max(6).optional(),
  /** Whose they are; not given = anybody's and nobody's. */
  owner: z.string().max(60).optional(),
});
export type FindingFilter = z.infer<typeof findingFilter>;

/** The order of a list of findings: by check as lists and reports have them, or what was due first. */
export const findingSort = z.enum(['check', 'oldest']);
export type FindingSort = z.infer<typeof findingSort>;

/** How many findings of a filter a check has and what their differences add up to, per currency. */
export const findingSummary = z.strictObject({
  check: checkCode,
  severity,
  count: z.number().int(),
  /** How many of them are in the queue. */
  open: z.number().int(),
  differences: z.array(z.strictObject({ currency: z.string(), difference: amountText })),
  /** Orders that could not be checked because data is lacking; see {@link checkSource}. */
  skipped: z.number().int(),
  /** When these were counted, where orders were judged since then; null = in the last run of the checks. */
  skippedAsOf: instantText.nullable(),
});
export type FindingSummary = z.infer<typeof findingSummary>;
