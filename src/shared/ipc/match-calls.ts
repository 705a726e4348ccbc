import { z } from 'zod';
import {
  backTest,
  matchCandidate,
  matchFilter,
  matchGroup,
  matchRules,
  matchRunResult,
  matchRunRow,
  stateCounts,
  statementMatches,
  versionedMatchRules,
} from '../matches.ts';
import { amountText, currencyCode, omnitronId } from '../primitives.ts';

const nothing = z.undefined();
const count = z.number().int().nonnegative();
const windowOf = { offset: count, limit: z.number().int().min(1).max(500) };
const rowId = z.number().int().positive();
/** Most rows that one request names; "all suggestions" has a call of its own. */
const rowIds = z.array(rowId).min(1).max(10_000);

/** The sum of one side of a match; null where its currencies differ, or it has more than are listed. */
const sideTotal = z.strictObject({ amount: amountText, currency: currencyCode }).nullable();

/**
 * A match as the window lists it: with the sums of both sides, and of rows and orders only the first ones. A window of
 * one match lists them all.
 */
export const matchListRow = matchGroup.extend({ rowsTotal: sideTotal, ordersTotal: sideTotal });
export type MatchListRow = z.infer<typeof matchListRow>;

/** Rows and orders of its matches that a window lists, together; they are shared out evenly. */
export const LISTED_IN_WINDOW = 600;

/** What an action did: the journal's entry under which it can be undone, and how many rows it concerned. */
export const matchChanged = z.strictObject({ entry: z.number().int().positive(), rows: count });
export type MatchChanged = z.infer<typeof matchChanged>;

/** Calls about matches; see `contract.ts`. */
export const MATCH_CALLS = {
  /** Matches the rows that have no confirmed match, by the rules in force. */
  'matches.run': { request: nothing, response: matchRunResult },
  'matches.window': {
    request: z.strictObject({ filter: matchFilter, ...windowOf }),
    response: z.strictObject({ total: count, offset: count, rows: z.array(matchListRow).max(500) }),
  },
  /** Rows by state, of one statement or of all in force. */
  'matches.counts': {
    request: z.strictObject({ statement: z.number().int().positive().nullable() }),
    response: stateCounts.extend({
      rejected: statementMatches.shape.rejected,
      difference: statementMatches.shape.difference,
    }),
  },
  /** The matches of one order, of every state. */
  'matches.ofOrder': { request: z.strictObject({ id: omnitronId }), response: z.array(matchListRow).max(50) },
  /** Confirms suggestions, each with its whole match; an order picks one of an ambiguous row's. */
  'matches.accept': {
    request: z.strictObject({ rows: rowIds, order: omnitronId.nullable() }),
    response: matchChanged,
  },
  /** Confirms every suggestion that the filter lets through; null where there is none. */
  'matches.acceptAll': { request: z.strictObject({ filter: matchFilter }), response: matchChanged.nullable() },
  /** Takes matches away for good: they are never suggested again. */
  'matches.reject': {
    request: z.strictObject({ rows: rowIds, order: omnitronId.nullable() }),
    response: matchChanged,
  },
  'matches.byHand': {
    request: z.strictObject({ rows: rowIds, orders: z.array(omnitronId).min(1).max(500) }),
    response: matchChanged,
  },
  /** Orders that rows could be matched with by hand, the best first. */
  'matches.candidates': {
    request: z.strictObject({ rows: rowIds, text: z.string().max(100) }),
    response: z.array(matchCandidate).max(100),
  },
  /** Takes back what was done last to these rows, each with its whole match. */
  'matches.undo': { request: z.strictObject({ rows: rowIds }), response: matchChanged },
  /** Takes back one action exactly. */
  'matches.undoEntry': { request: z.strictObject({ entry: z.number().int().positive() }), response: matchChanged },
  'matches.runs': {
    request: z.strictObject(windowOf),
    response: z.strictObject({ total: count, offset: count, rows: z.array(matchRunRow).max(500) }),
  },
  /** Takes back a whole run; what people decided stays. */
  'matches.undoRun': {
    request: z.strictObject({ run: z.number().int().positive() }),
    response: z.strictObject({ entry: z.number().int().positive(), run: z.number().int(), removed: count }),
  },
  'matches.rules': { request: nothing, response: versionedMatchRules },
  /** What other rules would do to the stored statements; nothing is stored. */
  'matches.backTest': { request: z.strictObject({ rules: matchRules }), response: backTest },
  /** Puts rules in force and matches by them. */
  'matches.setRules': {
    request: z.strictObject({ rules: matchRules, reason: z.string().min(1).max(200) }),
    response: versionedMatchRules,
  },
} as const;
