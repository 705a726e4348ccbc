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

/**
 * Notes which orders may have findings, in one walk over the orders and one over the lines: a walk for each check took
 * most of a run's time. `temp.suspects` then has an order's checks as bits. `run` runs a statement with its named values.
 */
export function fillSuspects(
  file: SqliteFile,
  { rules, timeZone }: { rules: Rules; timeZone: string },
  run: (sql: string) => void,
): void {
  const bits = (which: 'order' | 'line'): string =>
    SUSPECTING.flatMap((check) => {
      const condition = check.suspect?.(rules, timeZone)[which];
      return condition === undefined ? [] : [`iif(${condition}, ${bitOf(check)}, 0)`];
    }).join(' | ');
  // The limit keeps SQLite from working out the bits a second time for the condition.
  const insert = (checks: string, from: string): string =>
    `INSERT INTO temp.suspects SELECT * FROM (SELECT o.id, ${checks} AS checks FROM ${from} LIMIT -1) WHERE checks <> 0
     ON CONFLICT (order_id) DO UPDATE SET checks = checks | excluded.checks`;
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS suspects (order_id INTEGER PRIMARY KEY, checks INTEGER NOT NULL);
    DELETE FROM temp.suspects`);
  run(insert(bits('order'), `${orderSource(null)} o`));
  run(insert(bits('line'), 'main.lines l CROSS JOIN main.orders o ON o.id = l.order_id AND o.vanished_ms IS NULL'));
}
