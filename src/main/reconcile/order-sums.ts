import { totalSql } from '../database/exact-sum.ts';
import type { SqliteFile } from '../database/open.ts';

/** Joined to `r`, rows of statements: only those of statements in force. */
export const IN_FORCE = 'JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL';

/** A row's amount in the currency of `o`, NULL without a rate. */
export const VALUE =
  'CASE WHEN r.currency = o.currency THEN r.amount WHEN r.rate IS NOT NULL THEN converted(r.amount, r.rate, o.currency) END';

const RATELESS = 'r.currency <> o.currency AND r.rate IS NULL';

/** Over a confirmed pair `m`: its row pays for several orders, or for a batch, of which some may not be known. */
export const SEVERAL = `(m.rule = 'batch' OR EXISTS (SELECT 1 FROM local.matches z
  WHERE z.row_id = m.row_id AND z.order_id <> m.order_id AND z.state = 'confirmed'))`;
/** The same where {@link fillSharedRows} was asked before. */
export const SEVERAL_NOTED = 'm.row_id IN (SELECT row_id FROM temp.shared_rows)';

/**
 * Notes the rows of several orders, or of a batch, in `temp.shared_rows`, in one walk along the key: of all orders, or of
 * those in `temp.summed_orders`.
 */
export function fillSharedRows(file: SqliteFile, { all }: { all: boolean }): void {
  const some = all
    ? ''
    : 'AND row_id IN (SELECT m.row_id FROM temp.summed_orders t CROSS JOIN local.matches m ON m.order_id = t.order_id)';
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS shared_rows (row_id INTEGER PRIMARY KEY);
    DELETE FROM temp.shared_rows;
    INSERT INTO temp.shared_rows SELECT row_id FROM local.matches WHERE state = 'confirmed' ${some}
      GROUP BY row_id HAVING count(*) > 1 OR min(rule) = 'batch'`);
}

/** An order that was never paid for and was cancelled is rightly reversed in the ERP, without a refund. */
const REVERSED = `sale_total + refund_total = 0 AND (status = '100' OR NOT EXISTS (
  SELECT 1 FROM main.lines l WHERE l.order_id = g.order_id AND l.cancel_status IS NOT 'completed'))`;

/**
 * SQL for what the confirmed rows of one kind of statement add up to, of each order that Omnitron still has: the rows of
 * all statements in force that belong to this order alone. The one place that says what an order's rows differ by.
 *
 * `sale_total` and `refund_total` (negative) are in the order's currency, NULL where a row lacks its rate, which
 * `sales_open` and `refunds_open` count; `sale_off` and `refund_off` are what they differ by, NULL where there are no such
 * rows or Omnitron does not say; `first_row` the smallest row; `soonest` and `latest`: milliseconds from the order to its rows.
 * @param kind SQL for the kind
 * @param pairs SQL for the pairs `m`, in the order of their orders, so that nothing needs sorting
 * @param several {@link SEVERAL} or {@link SEVERAL_NOTED}
 */
export function orderSums(kind: string, pairs: string, several: string): string {
  const [sale, refund] = [totalSql(VALUE, 'r.amount >= 0'), totalSql(VALUE, 'r.amount < 0')];
  const open = (sign: string): string => `count(*) FILTER (WHERE r.amount ${sign} AND ${RATELESS})`;
  return `SELECT order_id, currency, first_row, rows, sales, rows - sales AS refunds, sale_total, refund_total, sales_open, refunds_open,
      iif(sales > 0, sale_total - order_amount, NULL) AS sale_off,
      iif(rows > sales, iif(${kind} = 'erp' AND refund_total + order_refund <> 0 AND ${REVERSED}, 0, refund_total + order_refund), NULL) AS refund_off,
      soonest, latest
    FROM (SELECT m.order_id, o.currency, o.status, min(r.id) AS first_row, count(*) AS rows,
        count(*) - count(*) FILTER (WHERE r.amount < 0) AS sales, ${open('>= 0')} AS sales_open, ${open('< 0')} AS refunds_open,
        iif(${open('>= 0')} = 0, ${sale}, NULL) AS sale_total, iif(${open('< 0')} = 0, ${refund}, NULL) AS refund_total,
        o.amount AS order_amount, o.refund_amount AS order_refund,
        min(r.date_ms) - o.date_placed_ms AS soonest, max(r.date_ms) - o.date_placed_ms AS latest
      FROM ${pairs} CROSS JOIN local.statement_rows r ON r.id = m.row_id ${IN_FORCE}
        CROSS JOIN main.orders o ON o.id = m.order_id AND o.vanished_ms IS NULL
      WHERE m.state = 'confirmed' AND s.kind = ${kind} AND NOT ${several} GROUP BY m.order_id) g`;
}
