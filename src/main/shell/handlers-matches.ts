import type { MatchChanged, MatchListRow } from '../../shared/ipc/match-calls.ts';
import { LISTED_IN_WINDOW } from '../../shared/ipc/match-calls.ts';
import { MATCH_STATES, type MatchChange, type MatchGroup, type StatementMatches } from '../../shared/matches.ts';
import { formatAmount, parseAmount } from '../../shared/money.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type MatchCalls = Pick<CallHandlers, Extract<keyof CallHandlers, `matches.${string}`>>;

/** Orders that are offered for a match by hand. */
const CANDIDATES = 50;
/** Matches of one order that its panel shows. */
const MOST_OF_ORDER = 50;

/** Matches: listing, deciding, undoing, and the rules. */
export function matchHandlers({ opened, settings }: HandlerParts): MatchCalls {
  const matching = () => opened.require().matching;
  const reader = () => opened.require().reader;
  return {
    'matches.run': () => matching().run(),
    'matches.window': async (request) => {
      const found = await reader().matchesWindow(request);
      const each = Math.max(1, Math.floor(LISTED_IN_WINDOW / Math.max(1, found.rows.length) / 2));
      return { ...found, rows: found.rows.map((group) => listed(group, request.limit === 1 ? Infinity : each)) };
    },
    'matches.counts': async ({ statement }) => {
      const all = await reader().statementMatches();
      return addedUp(statement === null ? all : all.filter((each) => each.statement === statement));
    },
    'matches.ofOrder': async ({ id }) => {
      const groups = (await reader().matchesOfOrder({ id })).slice(0, MOST_OF_ORDER);
      const each = Math.max(1, Math.floor(LISTED_IN_WINDOW / Math.max(1, groups.length) / 2));
      return groups.map((group) => listed(group, each));
    },
    'matches.accept': async (request) => changed(await matching().accept(request)),
    'matches.acceptAll': async ({ filter }) => {
      const change = await matching().acceptAll(filter);
      return change === null ? null : changed(change);
    },
    'matches.reject': async (request) => changed(await matching().reject(request)),
    'matches.byHand': async (request) => changed(await matching().byHand(request)),
    'matches.candidates': ({ rows, text }) =>
      reader().matchCandidates({ rowIds: rows, text, timeZone: settings.get().timeZone, limit: CANDIDATES }),
    'matches.undo': async (request) => changed(await matching().undo(request)),
    'matches.undoEntry': async (request) => changed(await matching().undoEntry(request)),
    'matches.runs': (request) => reader().matchRuns(request),
    'matches.undoRun': (request) => matching().undoRun(request),
    'matches.rules': () => reader().matchRules(),
    'matches.backTest': ({ rules }) => opened.require().writer.backTestMatchRules({ rules }),
    'matches.setRules': (request) => matching().setRules(request),
  };
}

function changed({ entry, rows }: MatchChange): MatchChanged {
  return { entry, rows: rows.length };
}

/** A match with the sums of both sides and the first of its rows and orders. */
function listed(group: MatchGroup, most: number): MatchListRow {
  return {
    ...group,
    rowsTotal: total(group.rows, group.rowCount),
    ordersTotal: total(group.orders, group.orderCount),
    rows: group.rows.slice(0, most),
    orders: group.orders.slice(0, most),
  };
}

function total(parts: MatchGroup['orders'] | MatchGroup['rows'], count: number): MatchListRow['rowsTotal'] {
  const [first] = parts;
  if (first === undefined || parts.length < count || parts.some(({ currency }) => currency !== first.currency)) {
    return null;
  }
  const sum = parts.reduce((micros, { amount }) => micros + parseAmount(amount), 0n);
  return { amount: formatAmount(sum, first.currency), currency: first.currency };
}

function addedUp(all: readonly StatementMatches[]): Omit<StatementMatches, 'statement' | 'rejectedOrders'> {
  const sums: Record<string, bigint> = {};
  for (const { difference } of all) {
    for (const [currency, amount] of Object.entries(difference)) {
      sums[currency] = (sums[currency] ?? 0n) + parseAmount(amount);
    }
  }
  const [confirmed, suggested, ambiguous, unmatched] = MATCH_STATES.map((state) =>
    all.reduce((rows, each) => rows + each[state], 0),
  ) as [number, number, number, number];
  const difference = Object.entries(sums).map(([currency, micros]) => [currency, formatAmount(micros, currency)]);
  const rejected = all.reduce((rows, each) => rows + each.rejected, 0);
  return { confirmed, suggested, ambiguous, unmatched, rejected, difference: Object.fromEntries(difference) };
}
