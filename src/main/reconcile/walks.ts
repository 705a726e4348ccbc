import type { Rules } from '../../shared/rules.ts';
import type { Check, Lacking } from './check.ts';
import { orderSource } from './check-scope.ts';
import { CHECKS } from './checks/catalogue.ts';
import { DERIVED } from './derived.ts';

/** What a walk finds out in one of its columns: which orders a check suspects, or how many lack what `condition` says. */
export type WalkColumn = { suspectedBy: Check } | { lacking: string };

/** One walk over a table, for the conditions of many checks. */
export interface Walk {
  /** Answers with one row: a JSON list of ids, or a count, for each column. */
  sql: string;
  columns: WalkColumn[];
  /** Whether another connection may walk it. */
  beside: boolean;
}

/** What is walked, and the id of its order. A line looks at its order anyway, and at whether that vanished last. */
const TABLES = {
  line: {
    from: 'main.lines l CROSS JOIN main.orders o ON o.id = l.order_id',
    id: 'o.id',
    also: ' AND o.vanished_ms IS NULL',
  },
  order: { from: `${orderSource(null)} o`, id: 'o.id', also: '' },
  use: { from: 'invoice_uses u', id: 'u.order_id', also: '' },
} as const;
type Table = keyof typeof TABLES;

/**
 * Whether another connection reads the same by this SQL as the one that runs the checks: nothing that is kept there, nor,
 * where the run has made them anew, the tables that checks share.
 */
export function isSeenBeside(sql: string, { made }: { made: boolean }): boolean {
  return !/\btemp\./.test(sql) && !(made && MADE.test(sql));
}
const MADE = new RegExp(`\\b(${DERIVED.join('|')})\\b`);

/**
 * The walks that tell what every check suspects and lacks: over the lines, the orders and the invoice numbers, and then of the
 * few that lack what is asked for by itself. Of one table there are two where `isBeside` does not hold for every condition.
 */
export function walksOf(rules: Rules, timeZone: string, isBeside: (sql: string) => boolean): Walk[] {
  const tables = (['line', 'order', 'use'] as const).flatMap((table) => {
    const asked = askedOf(table, rules, timeZone);
    const besides = Map.groupBy(asked, ({ condition }) => isBeside(`${TABLES[table].from} ${condition}`));
    return [...besides].map(([beside, some]) => walkOver(table, some, beside));
  });
  const lists = CHECKS.flatMap((check) => {
    const lacking = check.lacking(rules, timeZone);
    return isList(lacking) && !lacking.orders.includes('HELD o') ? [lacking.orders] : [];
  });
  const counts = [...new Set(lists)].map((orders) => {
    const sql = countOf(orders);
    return { sql, columns: [{ lacking: orders }], beside: isBeside(sql) };
  });
  return [...tables, ...counts];
}

/** SQL for how many orders a list of ids names. */
export const countOf = (orders: string): string =>
  `WITH lacking (order_id) AS (${orders}) SELECT count(DISTINCT order_id) FROM lacking`;

/** Whether the orders that lack something are given by their ids. */
export function isList(lacking: Lacking): lacking is { orders: string } {
  return typeof lacking === 'object' && lacking !== null;
}

interface Asked {
  column: WalkColumn;
  condition: string;
}

function askedOf(table: Table, rules: Rules, timeZone: string): Asked[] {
  const suspects = CHECKS.flatMap((check) => {
    const condition = check.suspect?.(rules, timeZone)[table];
    return condition === undefined ? [] : [{ column: { suspectedBy: check }, condition }];
  });
  if (table !== 'order') return suspects;
  // Checks of one source lack the same, which is looked for once.
  const lacking = CHECKS.map((check) => check.lacking(rules, timeZone)).filter((each) => typeof each === 'string');
  const counted = [...new Set(lacking)];
  return [...suspects, ...counted.map((condition) => ({ column: { lacking: condition }, condition }))];
}

/** A filter is left at the first thing that decides it; a sum would take every condition to its end. */
function walkOver(table: Table, asked: readonly Asked[], beside: boolean): Walk {
  const { from, id, also } = TABLES[table];
  const selected = asked.map(({ column, condition }, index) => {
    const what = 'lacking' in column ? 'count(*)' : `json_group_array(${id})`;
    return `${what} FILTER (WHERE (${condition})${also}) AS c${index}`;
  });
  return { sql: `SELECT ${selected.join(', ')} FROM ${from}`, columns: asked.map(({ column }) => column), beside };
}
