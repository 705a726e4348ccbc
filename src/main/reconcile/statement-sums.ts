import type { StatementKind } from '../../shared/statements.ts';
import type { SqliteFile } from '../database/open.ts';
import { prepareGroupSums, sharedParts } from './group-sums.ts';
import { fillSharedRows, IN_FORCE, orderSums, SEVERAL_NOTED } from './order-sums.ts';
import { KIND_OF_SUMS, ORDER_OF_SUMS, sumsOf } from './sums-key.ts';

/**
 * What the rows that are matched to orders add up to, per kind of statement, worked out once for all checks that ask.
 *
 * `statement_sums`: of each order with a confirmed match what {@link orderSums} says. A row that belongs to several orders
 * is none of these: `several` is 1 then. `group_sums`: the same for matches with several orders, at the smallest order; a
 * batch is compared with what the rows in force pay out that it settles, whichever these are by now.
 */
const TABLES = `
CREATE TEMP TABLE IF NOT EXISTS statement_sums (id INTEGER PRIMARY KEY, sales INTEGER NOT NULL,
  refunds INTEGER NOT NULL, sale_total INTEGER, refund_total INTEGER, sale_off INTEGER, refund_off INTEGER,
  sales_open INTEGER NOT NULL, refunds_open INTEGER NOT NULL,
  soonest INTEGER, latest INTEGER, several INTEGER NOT NULL,
  kind TEXT AS (${KIND_OF_SUMS}) VIRTUAL, order_id INTEGER AS (${ORDER_OF_SUMS}) VIRTUAL);
CREATE TEMP TABLE IF NOT EXISTS group_sums (kind TEXT NOT NULL, first_row INTEGER NOT NULL, order_id INTEGER NOT NULL, orders INTEGER NOT NULL,
  batch TEXT, currency TEXT NOT NULL, expected INTEGER, actual INTEGER, why TEXT);
DELETE FROM temp.statement_sums;
DELETE FROM temp.group_sums`;

/**
 * The orders of which a run over what was touched needs the sums: those that it judges, and those of the rows that it
 * judges, as what is said of a row follows from all of its orders.
 */
const SUMMED = `
CREATE TEMP TABLE IF NOT EXISTS summed_orders (order_id INTEGER PRIMARY KEY);
DELETE FROM temp.summed_orders;
INSERT INTO temp.summed_orders SELECT order_id FROM temp.touched_now
  UNION SELECT m.order_id FROM temp.touched_rows_now t CROSS JOIN local.matches m ON m.row_id = t.row_id AND m.state = 'confirmed'`;

/** Fills the sums of every order, or of those on which the touched orders and rows depend. */
export function fillStatementSums(file: SqliteFile, { all }: { all: boolean }): void {
  file.exec(TABLES);
  if (!all) file.exec(SUMMED);
  fillSharedRows(file, { all });
  const kinds = file
    .prepare<[], StatementKind>('SELECT DISTINCT kind FROM local.statements WHERE withdrawn_ms IS NULL ORDER BY 1')
    .pluck()
    .all();
  for (const kind of kinds) fillOrders(file, kind, all);
  fillGroups(file);
}

/** The matches in the order of their orders, so that nothing needs sorting; a sum is only taken of what there is. */
function fillOrders(file: SqliteFile, kind: StatementKind, all: boolean): void {
  const pairs = all
    ? 'local.matches m INDEXED BY matches_order'
    : 'temp.summed_orders t CROSS JOIN local.matches m INDEXED BY matches_order ON m.order_id = t.order_id';
  file.exec(`INSERT INTO temp.statement_sums
    SELECT ${sumsOf(kind, 'order_id')}, sales, refunds, sale_total, refund_total, sale_off, refund_off, sales_open, refunds_open, soonest, latest, 0
    FROM (${orderSums(`'${kind}'`, pairs, SEVERAL_NOTED)});
    INSERT INTO temp.statement_sums
    SELECT ${sumsOf(kind, 'm.order_id')}, 0, 0, NULL, NULL, NULL, NULL, 0, 0, min(r.date_ms) - o.date_placed_ms, max(r.date_ms) - o.date_placed_ms, 1
    FROM temp.shared_rows x CROSS JOIN local.statement_rows r ON r.id = x.row_id ${IN_FORCE} AND s.kind = '${kind}'
      CROSS JOIN local.matches m ON m.row_id = x.row_id AND m.state = 'confirmed'${all ? '' : ' CROSS JOIN temp.summed_orders t ON t.order_id = m.order_id'}
      CROSS JOIN main.orders o ON o.id = m.order_id AND o.vanished_ms IS NULL
    WHERE 1 GROUP BY m.order_id
    ON CONFLICT (id) DO UPDATE SET several = 1, soonest = min(soonest, excluded.soonest), latest = max(latest, excluded.latest)`);
}

function fillGroups(file: SqliteFile): void {
  const parts = sharedParts(file);
  if (parts.length === 0) return;
  const sumOf = prepareGroupSums(file);
  const insert = file.prepare('INSERT INTO temp.group_sums VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const part of parts) {
    const sum = sumOf(part);
    if (sum === undefined || sum.order === null) continue;
    const { first, order, orders, currency, received, due, why } = sum;
    insert.run(part.kind, first, order, orders, 'batch' in part ? part.batch : null, currency, received, due, why);
  }
}
