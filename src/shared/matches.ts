import { z } from 'zod';
import { amountText, bilingual, businessDayText, currencyCode, instantText, omnitronId } from './primitives.ts';
import { statementKind } from './statements.ts';

/**
 * What is known of rows and orders. confirmed: they belong together; suggested: a person accepts or rejects; ambiguous:
 * several are equally good and none was picked; unmatched: nothing fits.
 */
export const MATCH_STATES = ['confirmed', 'suggested', 'ambiguous', 'unmatched'] as const;
export const matchState = z.enum(MATCH_STATES);
export type MatchState = z.infer<typeof matchState>;

/** How many rows and orders a match has: orders first, so that one order with several rows is 1:N. */
export const matchShape = z.enum(['1:1', '1:N', 'N:1', 'N:M']);
export type MatchShape = z.infer<typeof matchShape>;

/** What a rule compares: a key that both sides carry, or amount and date. hand = a person's match. */
export const matchKey = z.enum(['order', 'invoice', 'transaction', 'batch', 'amount-date', 'hand']);
export type MatchKey = z.infer<typeof matchKey>;

/** One rule of the ordered list of a kind of statement. */
export const matchRule = z.strictObject({
  key: matchKey.exclude(['hand']),
  /** For amount-date: days before and after; null for keys. */
  days: z.number().int().min(0).max(90).nullable(),
});
export type MatchRule = z.infer<typeof matchRule>;
/** The ordered rules per kind of statement. */
export const matchRules = z.record(statementKind, z.array(matchRule).max(10));
export type MatchRules = z.infer<typeof matchRules>;

/** The first key that stands twice in a list of rules, which nobody may choose: each is tried once, in its place. */
export function repeatedKey(rules: readonly MatchRule[]): MatchRule['key'] | undefined {
  return rules.find(({ key }, place) => rules.findIndex((rule) => rule.key === key) < place)?.key;
}

const byKey = (key: z.infer<typeof matchKey> & MatchRule['key']): MatchRule => ({ key, days: null });

/** The rules of a connection for which nobody has chosen any. */
export const DEFAULT_MATCH_RULES: MatchRules = {
  erp: [byKey('order'), byKey('invoice'), byKey('transaction'), { key: 'amount-date', days: 3 }],
  gateway: [byKey('order'), byKey('invoice'), byKey('transaction'), { key: 'amount-date', days: 3 }],
  marketplace: [byKey('order'), byKey('invoice'), byKey('transaction'), { key: 'amount-date', days: 3 }],
  bank: [byKey('order'), byKey('invoice'), byKey('transaction'), byKey('batch'), { key: 'amount-date', days: 5 }],
};

/** Rules with the number under which they were chosen; 0 = nobody has chosen any. */
export const versionedMatchRules = z.strictObject({ version: z.number().int().nonnegative(), rules: matchRules });
export type VersionedMatchRules = z.infer<typeof versionedMatchRules>;

/** Most rows and orders that one match lists; `rowCount` and `orderCount` tell how many there are. */
export const MOST_LISTED = 500;

const matchedRow = z.strictObject({
  id: z.number().int().positive(),
  statement: z.number().int().positive(),
  line: z.number().int().positive(),
  /** The key of the rule, or the first that the row carries. */
  key: z.string().nullable(),
  day: z.string().nullable(),
  amount: amountText,
  currency: currencyCode,
});

const matchedOrder = z.strictObject({
  id: omnitronId,
  number: z.string(),
  amount: amountText,
  currency: currencyCode,
});

/** One match, or one row that has none: its rows, its orders, and why. */
export const matchGroup = z.strictObject({
  /** The smallest row of the group. */
  group: z.number().int().positive(),
  state: matchState,
  shape: matchShape.nullable(),
  rule: matchKey.nullable(),
  byPerson: z.boolean(),
  rowCount: z.number().int().positive(),
  orderCount: z.number().int().nonnegative(),
  rows: z.array(matchedRow).max(MOST_LISTED),
  orders: z.array(matchedOrder).max(MOST_LISTED),
  /** rows − orders, null where there is nothing to compare, or currencies differ and no rate is given. */
  difference: amountText.nullable(),
  /** Why, in a sentence. */
  text: bilingual,
});
export type MatchGroup = z.infer<typeof matchGroup>;

/**
 * Rows of one statement by state, and what the confirmed ones differ by from their orders, per currency. The four states
 * add up to the accepted rows; together with those that were rejected or are duplicates they are the rows of the file.
 */
export const statementMatches = z.strictObject({
  statement: z.number().int().positive(),
  confirmed: z.number().int(),
  suggested: z.number().int(),
  ambiguous: z.number().int(),
  unmatched: z.number().int(),
  /** Rows of the file that could not be read: they are in no state. */
  rejected: z.number().int(),
  /** Held orders that these rows name: of none of them it is said that the file lacks it. */
  rejectedOrders: z.number().int(),
  difference: z.record(z.string(), amountText),
});
export type StatementMatches = z.infer<typeof statementMatches>;

/** Which matches are listed. */
export const matchFilter = z.strictObject({
  /** Null = those of every statement in force. */
  statement: z.number().int().positive().nullable(),
  /** Null = all. */
  state: matchState.nullable(),
  /** Looked for at the beginning of the rows' keys; empty = all. */
  text: z.string().max(100),
});
export type MatchFilter = z.infer<typeof matchFilter>;

/** Rows by state. */
export const stateCounts = z.strictObject({
  confirmed: z.number().int(),
  suggested: z.number().int(),
  ambiguous: z.number().int(),
  unmatched: z.number().int(),
});
export type StateCounts = z.infer<typeof stateCounts>;

/** What a run did, or would do. */
export const matchRunResult = z.strictObject({
  /** Null where nothing changed, and for a dry run. */
  run: z.number().int().positive().nullable(),
  /** Matches (pairs of row and order) that came and went. */
  added: z.number().int(),
  removed: z.number().int(),
  /** The rows of all statements in force, after the run. */
  rows: stateCounts,
});
export type MatchRunResult = z.infer<typeof matchRunResult>;

/** A run in the list of runs; the counts are of the matches that it added. */
export const matchRunRow = z.strictObject({
  run: z.number().int().positive(),
  at: instantText,
  rulesVersion: z.number().int(),
  confirmed: z.number().int(),
  suggested: z.number().int(),
  ambiguous: z.number().int(),
  undoneAt: instantText.nullable(),
});
export type MatchRunRow = z.infer<typeof matchRunRow>;

/** What a person's action did: the entry of the journal under which it can be undone, and the rows concerned. */
export const matchChange = z.strictObject({
  entry: z.number().int().positive(),
  rows: z.array(z.number().int().positive()),
});
export type MatchChange = z.infer<typeof matchChange>;

/** What other rules would do to the stored statements: rows by state now and with the tried rules, and the rows that would change. */
export const backTest = z.strictObject({
  now: stateCounts,
  tried: stateCounts,
  /** How many rows would have another state or other orders. */
  changed: z.number().int(),
  /** The first of them, by row. */
  rows: z
    .array(
      z.strictObject({
        id: z.number().int().positive(),
        statement: z.number().int().positive(),
        line: z.number().int().positive(),
        key: z.string().nullable(),
        now: matchState,
        tried: matchState,
      }),
    )
    .max(200),
});
export type BackTest = z.infer<typeof backTest>;

/** An order that rows could be matched with by hand, the best first. */
export const matchCandidate = z.strictObject({
  id: omnitronId,
  number: z.string(),
  channel: z.string().nullable(),
  amount: amountText,
  refund: amountText.nullable(),
  currency: currencyCode,
  day: businessDayText,
  /** rows − order; null where the currencies differ. */
  difference: amountText.nullable(),
  /** True where the order has a confirmed match with a row of this kind already. */
  taken: z.boolean(),
});
export type MatchCandidate = z.infer<typeof matchCandidate>;
