import type { Rules } from '../../shared/rules.ts';
import type { SqliteFile } from '../database/open.ts';
import type { Check } from './check.ts';
import { orderSource } from './check-scope.ts';
import { CHECKS } from './checks/catalogue.ts';

const SUSPECTING = CHECKS.filter(({ suspect }) => suspect !== undefined);

/** The bit of a check in `temp.suspects`. */
const bitOf = (check: Check): number => 2 ** SUSPECTING.indexOf(check);

/** SQL for the ids of the orders that {@link fillSuspects} found for a check; null = it may have a finding of any order. */
export function suspectsOf(check: Check): string | null {
  return check.suspect === undefined ? null : `(SELECT order_id FROM temp.suspects WHERE checks & ${bitOf(check)})`;
}

/** What is walked, and the id of its order. A line looks at its order anyway, and at whether that vanished last. */
const WALKS = {
  order: { from: `${orderSource(null)} o`, id: 'o.id', also: '1' },
  line: {
    from: 'main.lines l CROSS JOIN main.orders o ON o.id = l.order_id',
    id: 'o.id',
    also: 'o.vanished_ms IS NULL',
  },
  use: { from: 'invoice_uses u', id: 'u.order_id', also: '1' },
} as const;

/**
 * Notes which orders may have findings, in one walk over the orders, one over the lines and one over the invoice numbers: a
 * walk for each check took most of a run's time. `temp.suspects` then has an order's checks as bits. `run` runs a statement
 * with its named values.
 */
export function fillSuspects(
  file: SqliteFile,
  { rules, timeZone }: { rules: Rules; timeZone: string },
  run: (sql: string) => void,
): void {
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS suspects (order_id INTEGER PRIMARY KEY, checks INTEGER NOT NULL);
    DELETE FROM temp.suspects`);
  for (const walk of ['order', 'line', 'use'] as const) {
    const { from, id, also } = WALKS[walk];
    const conditions = SUSPECTING.flatMap((check) => {
      const condition = check.suspect?.(rules, timeZone)[walk];
      return condition === undefined ? [] : [{ condition, bit: bitOf(check) }];
    });
    const any = conditions.map(({ condition }) => `(${condition})`).join(' OR ');
    const bits = conditions.map(({ condition, bit }) => `iif(${condition}, ${bit}, 0)`).join(' | ');
    run(`INSERT INTO temp.suspects SELECT ${id}, ${bits} FROM ${from} WHERE (${any}) AND ${also}
      ON CONFLICT (order_id) DO UPDATE SET checks = checks | excluded.checks`);
  }
}
