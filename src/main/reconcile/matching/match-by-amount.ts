import type { SqliteFile } from '../../database/open.ts';
import { MOST_CANDIDATES } from './match-by-key.ts';
import type { RuleRun } from './plain-keys.ts';
import { held, notRejected } from './run-tables.ts';
import { reachSql, withinSql } from './tolerance-sql.ts';

const DAY_MS = 86_400_000;
/** Where so many rows have no key, fewer candidates are kept of each. */
const MANY_ROWS = 50_000;
const FEW_CANDIDATES = 3;

/**
 * The rule by amount, date and currency, for rows and orders that no key has brought together. A refund is compared with
 * the order's refund. Only a row and an order that fit nobody else are suggested; nothing is ever confirmed. What a row
 * says of the order's number counts: one that no order carries is no other order's, and of a damaged one the digits that
 * are left must fit.
 */
export function matchByAmount(local: SqliteFile, { kind }: RuleRun, days: number): void {
  const wanted = fillWanted(local, kind);
  if (wanted === 0) return;
  fillTargets(local, kind);
  const exact = local.prepare('SELECT NOT EXISTS (SELECT 1 FROM temp.wanted WHERE low <> high)').pluck().get() === 1;
  fillFits(local, { days, exact, most: wanted > MANY_ROWS ? FEW_CANDIDATES : MOST_CANDIDATES });
  // An order's rows are looked for among all rows: another row's own list may have been cut.
  const reach = reachSql('f.amount', 'f.currency');
  const amount = exact ? 'w.amount = f.amount' : `w.amount BETWEEN f.amount - ${reach} AND f.amount + ${reach}`;
  const alone = `f.n = 1 AND NOT EXISTS (SELECT 1 FROM temp.wanted w WHERE w.currency = f.currency AND ${amount}
      AND w.date_ms BETWEEN f.date_ms - ${(days + 1) * DAY_MS - 1} AND f.date_ms + ${days * DAY_MS} AND w.row_id <> f.row_id
      AND ${withinSql('(w.amount - f.amount)', 'f.amount', 'f.currency')} AND ${notRejected('w.row_id', 'f.order_id')}
      AND ${mayBe('w', 'f.order_id')})`;
  local.exec(`INSERT INTO temp.tentative (row_id, order_id, group_id, rule, state)
    SELECT f.row_id, f.order_id, f.row_id, 'amount-date', iif(${alone}, 'suggested', 'ambiguous')
    FROM (SELECT *, count(*) OVER (PARTITION BY row_id) AS n FROM temp.fits) f`);
}

/** Over `r`: the numbers that the row's order may have. NULL where the row has none; several where a spreadsheet cut it. */
const NUMBERS = `iif(r.damaged IS 'order', ifnull(key_from(r.order_key), r.order_key), r.order_key) AS number_from,
  iif(r.damaged IS 'order', ifnull(key_to(r.order_key), r.order_key), r.order_key) AS number_to`;

/** Whether a row's own number does not speak against an order. */
const mayBe = (
  row: string,
  orderId: string,
): string => `(${row}.number_from IS NULL OR EXISTS (SELECT 1 FROM cache.orders o
    WHERE o.id = ${orderId} AND o.number BETWEEN ${row}.number_from AND ${row}.number_to
      AND length(o.number) = length(${row}.number_from)))`;

/** The rows that may be matched so, with the amounts that they may tie with. */
function fillWanted(local: SqliteFile, kind: string): number {
  const reach = reachSql('r.amount', 'r.currency');
  local.exec(`DELETE FROM temp.wanted; DELETE FROM temp.targets; DELETE FROM temp.fits;
    INSERT INTO temp.wanted SELECT id, currency, amount, date_ms, amount - reach, amount + reach, number_from, number_to
    FROM (SELECT r.id, r.currency, r.amount, r.date_ms, ${reach} AS reach, ${NUMBERS}
      FROM temp.todo t CROSS JOIN main.statement_rows r ON r.id = t.row_id
      WHERE t.kind = '${kind}' AND r.amount <> 0 AND r.date_ms IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM temp.tentative v WHERE v.row_id = r.id)
        AND (r.order_key IS NULL OR r.damaged IS 'order' OR EXISTS (
          SELECT 1 FROM cache.orders o INDEXED BY orders_number WHERE o.number = r.order_key)))`);
  return Number(local.prepare('SELECT count(*) FROM temp.wanted').pluck().get());
}

/** Amounts and refunds (negative) of orders that have no row of this kind for them yet. */
function fillTargets(local: SqliteFile, kind: string): void {
  const free = (sign: '>=' | '<'): string => `NOT EXISTS (SELECT 1 FROM main.matches m
    JOIN main.statement_rows r ON r.id = m.row_id JOIN main.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL
    WHERE m.order_id = o.id AND m.state = 'confirmed' AND s.kind = '${kind}' AND r.amount ${sign} 0)`;
  local.exec(`INSERT OR IGNORE INTO temp.targets SELECT o.currency, o.amount, o.date_placed_ms, o.id
      FROM (SELECT DISTINCT low, high FROM temp.wanted WHERE amount > 0) w
        CROSS JOIN cache.orders o INDEXED BY orders_amount ON o.amount BETWEEN w.low AND w.high
      WHERE o.amount > 0 AND ${held('o.id')} AND ${free('>=')};
    INSERT OR IGNORE INTO temp.targets SELECT o.currency, -o.sort_refund, o.date_placed_ms, o.id
      FROM (SELECT DISTINCT low, high FROM temp.wanted WHERE amount < 0) w
        CROSS JOIN cache.orders o INDEXED BY orders_refund ON o.sort_refund BETWEEN -w.high AND -w.low
      WHERE o.sort_refund > 0 AND ${held('o.id')} AND ${free('<')}`);
}

/** Up to `most` orders for each row, the nearest in time first. */
function fillFits(local: SqliteFile, { days, exact, most }: { days: number; exact: boolean; most: number }): void {
  const amount = exact ? 't.amount = w.amount' : 't.amount BETWEEN w.low AND w.high';
  const window = `t.date_ms BETWEEN w.date_ms - ${days * DAY_MS} AND w.date_ms + ${(days + 1) * DAY_MS - 1}`;
  local.exec(`INSERT INTO temp.fits SELECT w.row_id, t.order_id, t.currency, t.amount, t.date_ms FROM temp.wanted w
    CROSS JOIN temp.targets t ON t.currency = w.currency AND ${amount} AND ${window}
    WHERE t.order_id IN (SELECT t.order_id FROM temp.targets t WHERE t.currency = w.currency AND ${amount} AND ${window}
        AND ${withinSql('(w.amount - t.amount)', 't.amount', 't.currency')} AND ${notRejected('w.row_id', 't.order_id')}
        AND ${mayBe('w', 't.order_id')}
      ORDER BY abs(t.date_ms - w.date_ms), t.order_id LIMIT ${most})`);
}
