import type { CheckCode } from '../../shared/findings.ts';
import type { Period } from '../../shared/period.ts';
import type { Rules } from '../../shared/rules.ts';
import type { SqliteFile } from '../database/open.ts';
import { periodCondition } from '../database/order-filter.ts';
import { orderSource, TOUCHED } from './check-scope.ts';
import { CHECK_CODES, CHECKS } from './checks/catalogue.ts';
import { readRules } from './rules.ts';
import { fillStatementSums } from './statement-sums.ts';
import { isList } from './walks.ts';

/** How many orders a check could not judge, for want of data. */
export interface Skipped {
  check: CheckCode;
  orders: number;
}

/**
 * How many orders of a period each check could not judge, worked out now; of all of them as the last run of the checks
 * counted. `file` is `cache.db`, read-only, with `local.db` attached as `local`.
 */
export function skippedOfPeriod(
  file: SqliteFile,
  { period, timeZone }: { period: Period; timeZone: string },
): Skipped[] {
  if (period.from === null && period.to === null) {
    const held = new Map(file.prepare<[], [string, number]>('SELECT check_code, orders FROM check_skips').raw().all());
    return CHECK_CODES.map((check) => ({ check, orders: held.get(check) ?? 0 }));
  }
  const { sql, values } = periodCondition(period, timeZone);
  return file.transaction(() => {
    file.exec(`CREATE TEMP TABLE IF NOT EXISTS touched_now (order_id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE IF NOT EXISTS touched_rows_now (row_id INTEGER PRIMARY KEY);
      DELETE FROM temp.touched_now; DELETE FROM temp.touched_rows_now`);
    file
      .prepare(`INSERT INTO ${TOUCHED} SELECT o.id FROM main.orders o WHERE o.vanished_ms IS NULL AND ${sql}`)
      .run(...values);
    fillStatementSums(file, { all: false });
    return countTouched(file, readRules(file, 'local').rules, timeZone);
  })();
}

/** Of the orders in `touched_now`, for which `statement_sums` is filled. */
function countTouched(file: SqliteFile, rules: Rules, timeZone: string): Skipped[] {
  const touched = `${orderSource(TOUCHED)} o`;
  const checks = CHECKS.map((check) => ({ check: check.code, lacking: check.lacking(rules, timeZone) }));
  // Checks of one source lack the same, which is looked for once.
  const conditions = [...new Set(checks.map(({ lacking }) => lacking).filter((each) => typeof each === 'string'))];
  const counts = conditions.map((condition, index) => `count(*) FILTER (WHERE ${condition}) AS c${index}`);
  const counted =
    file
      .prepare<[], number[]>(`SELECT ${counts.join(', ')} FROM ${touched}`)
      .raw()
      .get() ?? [];
  const listed = (orders: string): number =>
    Number(
      file
        .prepare(countAmong(orders.replaceAll('HELD o', touched), TOUCHED))
        .pluck()
        .get(),
    );
  return checks.flatMap(({ check, lacking }) => {
    if (lacking === null) return [];
    return [{ check, orders: isList(lacking) ? listed(lacking.orders) : (counted[conditions.indexOf(lacking)] ?? 0) }];
  });
}

const countAmong = (orders: string, among: string): string =>
  `WITH lacking (order_id) AS (${orders}) SELECT count(DISTINCT order_id) FROM lacking
   WHERE order_id IN (SELECT order_id FROM ${among})`;
