import type { Rules } from '../../shared/rules.ts';
import type { Check } from './check.ts';
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
  /** Whether it reads nothing that a run makes, so that any connection sees the same. */
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

/** What a run makes before the checks, or keeps to its connection. */
const MADE = new RegExp(`\\b(temp\\.|(${DERIVED.join('|')})\\b)`);

/**
 * The walks that tell what every check suspects and lacks: over the lines, the orders and the invoice numbers. Of one table
 * there are two where some conditions read what the run makes.
 */
export function walksOf(rules: Rules, timeZone: string): Walk[] {
  return (['line', 'order', 'use'] as const).flatMap((table) => {
    const asked = askedOf(table, rules, timeZone);
    const made = ({ condition }: Asked): boolean => MADE.test(`${TABLES[table].from} ${condition}`);
    const walks = [
      { asked: asked.filter((each) => !made(each)), beside: true },
      { asked: asked.filter(made), beside: false },
    ];
    return walks.flatMap(({ asked, beside }) => (asked.length === 0 ? [] : [walkOver(table, asked, beside)]));
  });
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
  const lacking = CHECKS.map((check) => check.lacking(rules)).filter((each) => typeof each === 'string');
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
