import { z } from 'zod';
import { amountText, businessDayText, currencyCode, instantText } from './primitives.ts';

/**
 * How a tenant's `amount` is made up (contract, section 13.3, M2): unknown beforehand, chosen by calibration.
 * discount: subtracted from the lines, or already in their prices. interests: added, or already in the prices.
 * price: a line's price is for the whole line, or for one unit of a merged line.
 */
export const amountFormula = z.strictObject({
  discount: z.enum(['subtracted', 'included']),
  interest: z.enum(['added', 'included']),
  shippingInterest: z.enum(['added', 'included']),
  price: z.enum(['line', 'unit']),
});
export type AmountFormula = z.infer<typeof amountFormula>;

/** The name under which the contract's example of a merged line has its units (section 7.4). */
export const DOCUMENTED_QUANTITY_KEY = 'quantity';

/** Differences up to the greater of both bounds are accepted: listed and summed, but not open. */
export const tolerance = z.strictObject({
  currency: currencyCode,
  /** In the currency's unit. */
  absolute: amountText,
  /** Of the amount at Omnitron, in per cent. */
  percent: amountText,
});
export type Tolerance = z.infer<typeof tolerance>;

/** Which holidays a calendar has: the fixed and the religious ones of Turkey, the fixed ones alone, or none. */
export const holidayChoice = z.enum(['turkey', 'fixed', 'none']);

/** On which days somebody works. */
export const workingCalendar = z.strictObject({
  /** Days of the week without work, Sunday being 0; not all seven. */
  weekend: z.array(z.number().int().min(0).max(6)).max(6),
  holidays: holidayChoice,
  /** Single days without work, and single days with work in spite of what stands above. */
  closed: z.array(businessDayText).max(1_000),
  open: z.array(businessDayText).max(1_000),
});
export type WorkingCalendar = z.infer<typeof workingCalendar>;

/** The calendar of one source of statements: of a profile by its name, or of a kind of statement. */
export const sourceCalendar = workingCalendar.extend({ source: z.string().min(1).max(80) });
export type SourceCalendar = z.infer<typeof sourceCalendar>;

/** What decides whether a check finds something. Versioned per connection; every report prints the version. */
export const rulesSchema = z.strictObject({
  formula: amountFormula,
  tolerances: z.array(tolerance).max(50),
  /** Days after which a waiting cancellation or refund is stuck. */
  stuckDays: z.number().int().min(1).max(365),
  /** Hosts that e-archive links may point to, like `earsiv.example.com`; empty = any. */
  archiveHosts: z.array(z.string().min(1).max(253)).max(50),
  /** The last day of the closed periods; null = none is closed. */
  closedUntil: businessDayText.nullable(),
  /** Calendars of sources; one that is not named has Monday to Friday without Turkish public holidays. */
  calendars: z.array(sourceCalendar).max(50).default([]),
  /** The attribute of a line that holds the units of a merged one: its name is a setting of the tenant. */
  quantityKey: z.string().min(1).max(64).default(DOCUMENTED_QUANTITY_KEY),
});
export type Rules = z.infer<typeof rulesSchema>;

/** The rules of a connection for which nobody has chosen any. */
export const DEFAULT_RULES: Rules = {
  formula: { discount: 'subtracted', interest: 'added', shippingInterest: 'added', price: 'line' },
  tolerances: [],
  stuckDays: 14,
  archiveHosts: [],
  closedUntil: null,
  calendars: [],
  quantityKey: DOCUMENTED_QUANTITY_KEY,
};

/**
 * Rules with the number under which they were chosen; 0 = nobody ever has. `assumed`: no choice holds, because there was none
 * or it was taken back altogether, so that these are the rules that hold where nobody has chosen any.
 */
export const versionedRules = z.strictObject({
  version: z.number().int().nonnegative(),
  rules: rulesSchema,
  assumed: z.literal(true).optional(),
});
export type VersionedRules = z.infer<typeof versionedRules>;

/** True where no choice of a person holds. */
export const isUnchosen = ({ assumed }: Pick<VersionedRules, 'assumed'>): boolean => assumed === true;

/** What a person says about why rules are chosen. */
export const ruleReason = z.string().trim().min(1).max(500);

/** One entry of the history of the rules, which is never changed. */
export const chosenRules = versionedRules.extend({ chosenAt: instantText, reason: z.string() });
export type ChosenRules = z.infer<typeof chosenRules>;

/** When periods were closed: the last closed day, and the instant since which the days up to it are closed. */
export interface Closing {
  until: string;
  at: string;
}

/**
 * The closing of the periods that are closed now; null = none is. A version that changes something else, or opens a later
 * period again, leaves the others closed, so that their closing is that of the first version since which they were.
 * @param history the versions of the rules, the newest first
 */
export function closingOf(history: readonly ChosenRules[]): Closing | null {
  const until = history[0]?.rules.closedUntil ?? null;
  if (until === null) return null;
  const opened = history.findIndex(({ rules }) => rules.closedUntil === null || rules.closedUntil < until);
  const first = opened === -1 ? history.at(-1) : history[opened - 1];
  return first === undefined ? null : { until, at: first.chosenAt };
}
