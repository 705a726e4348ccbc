import type { StatementKind } from '../../shared/statements.ts';
import { sqlList } from './check.ts';
import { COUNTED_OF_GROUP } from './group-sums.ts';
import { IN_FORCE } from './order-sums.ts';
import { ofKinds } from './sums-key.ts';

/**
 * Over the sums `x`: rows of equal amounts that come several times and are the order's amount (or refund) each time, be
 * it as a whole or in parts. `side` is the total, `one` what it should be once.
 */
function repeated(side: 'sale' | 'refund', one: string): string {
  const [total, sign] = side === 'sale' ? ['x.sale_total', '>= 0'] : ['x.refund_total', '< 0'];
  // At least twice, of the same sign: nothing at all is no multiple of an amount.
  const several = `iif(${one} > 0, ${total} > ${one}, ${total} < ${one})`;
  return `ifnull(${one} <> 0 AND ${several} AND ${total} % ${one} = 0 AND NOT EXISTS (
    SELECT 1 FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id
      JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL AND s.kind = x.kind
    WHERE m.order_id = x.order_id AND m.state = 'confirmed' AND r.amount ${sign}
    GROUP BY r.amount, r.currency HAVING count(*) * ${one} % ${total} <> 0), 0)`;
}

/**
 * SQL for the amounts of rows that are not those of their orders, by side: sales against the amount, refunds against the
 * refund, each where there are such rows, of each kind. Of matches with several orders the sums are compared, at the
 * smallest order. One finding an order: its amounts are those of the side with the greatest difference, and all sides
 * stand in the facts (see amount-sides.ts).
 * @param which `once`: what is not booked several times; `repeated`: what is; `any`: both
 */
export function amountFindings(kinds: readonly StatementKind[], which: 'once' | 'repeated' | 'any'): string {
  const wanted = (side: 'sale' | 'refund', one: string): string => {
    if (which === 'any') return '1';
    return which === 'repeated' ? repeated(side, one) : `NOT ${repeated(side, one)}`;
  };
  const of = (side: 'sale' | 'refund', actual: string): string => {
    const found = `x.${side}_off <> 0 AND ${wanted(side, actual)}`;
    return `SELECT o.id AS order_id, x.kind, '${side}' AS side, 1 AS orders, NULL AS batch, o.currency, 1 AS own,
        x.${side}_total AS expected, ${actual} AS actual, x.${side}_off AS difference, iif(x.${side}s_open > 0, 'rate', NULL) AS why
      FROM odd x CROSS JOIN HELD o ON o.id = x.order_id
      WHERE ${found}${which === 'repeated' ? '' : ` OR x.${side}s_open > 0`}`;
  };
  const groups = `UNION ALL SELECT o.id, g.kind, iif(g.batch IS NULL, 'group', 'batch'), g.orders, g.batch, g.currency, g.currency = o.currency,
        g.expected, g.actual, g.expected - g.actual, g.why
      FROM temp.group_sums g CROSS JOIN HELD o ON o.id = g.order_id
      WHERE g.kind IN (${sqlList(kinds)}) AND (g.expected <> g.actual OR g.why IS NOT NULL)`;
  const text = (column: string): string => `'${column}', CAST(${column} AS TEXT)`;
  const shown = (column: string): string => `max(iif(place = 1 AND own AND why IS NULL, ${column}, NULL)) AS ${column}`;
  return `WITH odd AS MATERIALIZED (SELECT * FROM temp.statement_sums x
        WHERE ${ofKinds(kinds)} AND (sale_off <> 0 OR refund_off <> 0 OR sales_open > 0 OR refunds_open > 0)),
      sides AS (${of('sale', 'o.amount')} UNION ALL ${of('refund', '-o.refund_amount')} ${which === 'repeated' ? '' : groups}),
      placed AS (SELECT *, row_number() OVER (PARTITION BY order_id
        ORDER BY own DESC, abs(difference) DESC NULLS LAST, kind, side, batch, orders, expected, actual) AS place FROM sides)
    SELECT order_id, ${shown('expected')}, ${shown('actual')}, ${shown('difference')},
      json_object('sides', json_group_array(json_object('kind', kind, 'side', side, 'orders', orders, 'batch', batch, 'currency', currency,
        ${text('expected')}, ${text('actual')}, ${text('difference')}, 'why', why) ORDER BY place)) AS facts
    FROM placed GROUP BY order_id`;
}

/**
 * SQL for the orders at which the findings about matches with several orders stand, where such a match has a touched
 * order: at the smallest order that counts for the sum, which may be another one once a touched order comes, goes or
 * vanishes. A batch may also lose a touched row, which has no orders then. A touched order itself is judged anyway.
 */
export const RELATED_BY_GROUP = relatedByGroup();

function relatedByGroup(): string {
  const shared = `FROM touched_now t CROSS JOIN local.matches m ON m.order_id = t.order_id AND m.state = 'confirmed'`;
  const smallest = `min(o.id) AS id`;
  const held = `main.orders o ON o.id = p.order_id AND o.vanished_ms IS NULL AND o.id NOT IN (SELECT order_id FROM touched_now)`;
  const counted = COUNTED_OF_GROUP.replaceAll(':id', 'g.group_id');
  return `SELECT id FROM (
      SELECT (SELECT ${smallest} FROM (${counted}) p CROSS JOIN ${held}) AS id
      FROM (SELECT DISTINCT m.group_id ${shared} WHERE m.rule <> 'batch'
        AND EXISTS (SELECT 1 FROM local.matches y WHERE y.row_id = m.row_id AND y.order_id <> m.order_id)) g
      UNION SELECT ${smallest} FROM (SELECT w.batch_key AS key ${shared} CROSS JOIN local.statement_rows w ON w.id = m.row_id
          WHERE m.rule = 'batch' AND w.batch_key IS NOT NULL
          UNION SELECT w.batch_key FROM touched_rows_now x CROSS JOIN local.statement_rows w ON w.id = x.row_id
          WHERE w.batch_key IS NOT NULL) b
        CROSS JOIN local.statement_rows r ON r.batch_key = b.key ${IN_FORCE}
        CROSS JOIN local.matches p ON p.row_id = r.id AND p.rule = 'batch' AND p.state = 'confirmed' CROSS JOIN ${held}
      GROUP BY b.key, s.kind)
    WHERE id IS NOT NULL`;
}

/** SQL for the orders to which rows of these kinds are matched that cannot be compared, as Omnitron does not say with what. */
export function notComparable(kinds: readonly StatementKind[]): string {
  return `SELECT x.order_id FROM temp.statement_sums x WHERE ${ofKinds(kinds)}
    AND (x.sales > 0 AND x.sales_open = 0 AND x.sale_off IS NULL OR x.refunds > 0 AND x.refunds_open = 0 AND x.refund_off IS NULL)`;
}
