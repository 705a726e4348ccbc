import { parseAmount } from '../../../shared/money.ts';
import type { Tolerance } from '../../../shared/rules.ts';
import type { SqliteFile } from '../../database/open.ts';

/** Lets {@link withinSql} and {@link reachSql} know the tolerances in force. */
export function setTolerances(file: SqliteFile, tolerances: readonly Tolerance[]): void {
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS match_tolerances (currency TEXT NOT NULL, absolute INTEGER NOT NULL, percent INTEGER NOT NULL);
    DELETE FROM temp.match_tolerances`);
  const insert = file.prepare('INSERT INTO temp.match_tolerances VALUES (?, ?, ?)');
  for (const { currency, absolute, percent } of tolerances) {
    insert.run(currency, parseAmount(absolute), parseAmount(percent));
  }
}

/**
 * SQL for whether a difference is zero, or within a tolerance as {@link isWithin} understands it; false where the
 * difference is NULL. `amount` is Omnitron's.
 */
export function withinSql(difference: string, amount: string, currency: string): string {
  return `ifnull(${difference} = 0 OR EXISTS (SELECT 1 FROM temp.match_tolerances t WHERE t.currency = ${currency}
    AND abs(${difference}) <= max(t.absolute, ifnull(percent_of(${amount}, t.percent), 0))), 0)`;
}

/** SQL for how far an amount may at most be from one that ties with it. Of twice the amount, as the other one counts. */
export function reachSql(amount: string, currency: string): string {
  return `ifnull((SELECT max(max(t.absolute, ifnull(percent_of(2 * ${amount}, t.percent), 0)))
    FROM temp.match_tolerances t WHERE t.currency = ${currency}), 0)`;
}
