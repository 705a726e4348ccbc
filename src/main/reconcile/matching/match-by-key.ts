import type { StatementKind } from '../../../shared/statements.ts';
import { totalSql } from '../../database/exact-sum.ts';
import type { SqliteFile } from '../../database/open.ts';
import { confirmSingles } from './match-singles.ts';
import { anyWith, KEY_COLUMNS, type PlainKey, type RuleRun, rowsToDo } from './plain-keys.ts';
import { dropConfirmed, held, notRejected } from './run-tables.ts';
import { withinSql } from './tolerance-sql.ts';

/** Keys that stand on so many rows and orders are no keys: what a file writes where it has none. */
const MOST_PAIRS = 10_000;
/** Most orders that are kept for a row to choose from. */
export const MOST_CANDIDATES = 20;

/**
 * One rule by a key, for one kind of statement. A key that one order carries is certain: its rows are confirmed whatever
 * their amounts, unless a rate is lacking. Where several orders carry it the amounts decide: an order number belongs to
 * one order, any other key to all of its orders together.
 */
export function matchByKey(local: SqliteFile, key: PlainKey, run: RuleRun): void {
  if (!anyWith(local, key, run.kind)) return;
  if (key !== 'order') fillOrders(local, key, run.kind);
  confirmSingles(local, key, run);
  if (!anyWith(local, key, run.kind)) return;
  fillPairs(local, key, run.kind);
  if (key === 'order') decideNumbers(local, run.run);
  else decideTogether(local, key, run.run);
  dropConfirmed(local);
}

/** The held orders of the keys of the rows to match, in `temp.keyed_orders`. */
function fillOrders(local: SqliteFile, key: PlainKey, kind: StatementKind): void {
  const rows = rowsToDo(key, kind);
  const insert = `INSERT OR IGNORE INTO temp.keyed_orders`;
  local.exec('DELETE FROM temp.keyed_orders');
  if (key === 'order') {
    local.exec(`${insert} SELECT o.number, o.id FROM (SELECT DISTINCT r.order_key AS key FROM ${rows}) k
      CROSS JOIN cache.orders o INDEXED BY orders_number ON o.number = k.key WHERE ${held('o.id')}`);
  } else if (key === 'transaction') {
    local.exec(`${insert} SELECT x.reference, x.order_id FROM (SELECT DISTINCT r.transaction_key AS key FROM ${rows}) k
      CROSS JOIN cache.transactions x ON x.reference = k.key WHERE x.succeeded = 1 AND ${held('x.order_id')}`);
  } else {
    fillUses(local);
    local.exec(`${insert} SELECT u.number, u.order_id FROM (SELECT DISTINCT r.invoice_key AS key FROM ${rows}) k
        CROSS JOIN cache.invoice_uses u ON u.number = k.key
        WHERE u.order_id NOT IN (SELECT order_id FROM cache.touched_orders) AND ${held('u.order_id')};
      ${insert} SELECT u.number, u.order_id FROM (SELECT DISTINCT r.invoice_key AS key FROM ${rows}) k
        CROSS JOIN temp.uses u ON u.number = k.key`);
  }
}

/** `invoice_uses` is as old as the last run of the checks: what orders say that changed since is read from them. */
function fillUses(local: SqliteFile): void {
  const wasRun = local.prepare('SELECT EXISTS (SELECT 1 FROM cache.check_run)').pluck().get() === 1;
  const orders = wasRun ? 'cache.touched_orders x CROSS JOIN cache.orders o ON o.id = x.order_id' : 'cache.orders o';
  local.exec(`INSERT OR IGNORE INTO temp.uses SELECT o.invoice_number, o.id FROM ${orders}
      WHERE ifnull(o.invoice_number, '') <> '' AND o.vanished_ms IS NULL;
    INSERT OR IGNORE INTO temp.uses SELECT l.invoice_number, o.id FROM ${orders} CROSS JOIN cache.lines l ON l.order_id = o.id
      WHERE ifnull(l.invoice_number, '') <> '' AND o.vanished_ms IS NULL`);
}

/** The pairs that are left of a key, each with the row's amount in the order's currency and whether the two tie. */
function fillPairs(local: SqliteFile, key: PlainKey, kind: StatementKind): void {
  fillOrders(local, key, kind);
  const column = KEY_COLUMNS[key];
  const value =
    'CASE WHEN r.currency = o.currency THEN r.amount WHEN r.rate IS NOT NULL THEN converted(r.amount, r.rate, o.currency) END';
  local.exec(`DELETE FROM temp.keyed_rows; DELETE FROM temp.pairs; DELETE FROM temp.ties;
    INSERT INTO temp.keyed_rows SELECT ${column}, r.id FROM ${rowsToDo(key, kind)}
      AND EXISTS (SELECT 1 FROM temp.keyed_orders k WHERE k.key = ${column})`);
  if (key !== 'order') dropTaken(local, kind);
  local.exec(`INSERT INTO temp.pairs SELECT key, row_id, order_id, sale, value,
        ${withinSql('(value - iif(sale, amount, -refund_amount))', 'iif(sale, amount, refund_amount)', 'currency')}
      FROM (SELECT k.key, k.row_id, o.id AS order_id, r.amount >= 0 AS sale, ${value} AS value, o.amount, o.refund_amount, o.currency
        FROM temp.keyed_rows k CROSS JOIN main.statement_rows r ON r.id = k.row_id
          CROSS JOIN temp.keyed_orders d ON d.key = k.key CROSS JOIN cache.orders o ON o.id = d.order_id
        WHERE k.key IN (SELECT n.key FROM temp.keyed_rows n GROUP BY n.key
            HAVING count(*) * (SELECT count(*) FROM temp.keyed_orders y WHERE y.key = n.key) <= ${MOST_PAIRS})
          AND ${notRejected('k.row_id', 'o.id')})`);
}

/** Of the orders of a key that a sale may belong to, those that have their sale already are left out. */
function dropTaken(local: SqliteFile, kind: StatementKind): void {
  const taken = `EXISTS (SELECT 1 FROM main.matches m JOIN main.statement_rows r ON r.id = m.row_id
    JOIN main.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL
    WHERE m.order_id = k.order_id AND m.state = 'confirmed' AND s.kind = '${kind}' AND r.amount >= 0)`;
  local.exec(`CREATE TEMP TABLE taken AS SELECT k.key, k.order_id FROM temp.keyed_orders k WHERE ${taken};
    DELETE FROM temp.keyed_orders WHERE (key, order_id) IN (SELECT key, order_id FROM temp.taken)
      AND key IN (SELECT k.key FROM temp.keyed_rows k JOIN main.statement_rows r ON r.id = k.row_id WHERE r.amount >= 0)
      AND EXISTS (SELECT 1 FROM temp.keyed_orders f WHERE f.key = keyed_orders.key
        AND (f.key, f.order_id) NOT IN (SELECT key, order_id FROM temp.taken));
    DROP TABLE temp.taken`);
}

const CONFIRM = 'INSERT INTO main.matches (row_id, order_id, group_id, run_id, rule, state, by_person)';
const SUGGEST = 'INSERT INTO temp.tentative (row_id, order_id, group_id, rule, state)';
/** Rows without a suggestion of an earlier rule. */
const NO_SUGGESTION = (alias: string): string =>
  `NOT EXISTS (SELECT 1 FROM temp.tentative v WHERE v.row_id = ${alias}.row_id)`;

/** What the pairs `p` of a key add up to: sums of sales and of refunds, and how many of each there are. */
const SUMS = `count(*) AS pairs, count(p.value) = count(*) AS whole, sum(p.sale) AS sales,
  ${totalSql('CASE WHEN p.sale THEN p.value END')} AS sale_total, ${totalSql('CASE WHEN NOT p.sale THEN p.value END')} AS refund_total`;

/** Over such sums beside `amount`, `refund` and `currency`: what there is of sales and refunds ties with the orders. */
const TIES = `whole AND (sales = 0 OR ${withinSql('(sale_total - amount)', 'amount', 'currency')})
  AND (sales = pairs OR ${withinSql('(refund_total + refund)', 'refund', 'currency')})`;

/** An order number that several channels use: all its rows together belong to one order, or each row to its own. */
function decideNumbers(local: SqliteFile, run: number): void {
  local.exec(`INSERT INTO temp.ties SELECT key, min(order_id) FROM (
      SELECT g.*, o.amount, o.refund_amount AS refund, o.currency,
        (SELECT count(*) FROM temp.keyed_rows k WHERE k.key = g.key) AS rows
      FROM (SELECT p.key, p.order_id, ${SUMS} FROM temp.pairs p GROUP BY p.key, p.order_id) g
        JOIN cache.orders o ON o.id = g.order_id)
    WHERE pairs = rows AND ${TIES} GROUP BY key HAVING count(*) = 1`);
  local
    .prepare(
      `${CONFIRM} SELECT p.row_id, p.order_id, min(p.row_id) OVER (PARTITION BY p.key), ?, 'order', 'confirmed', 0
       FROM temp.ties x JOIN temp.pairs p ON p.key = x.key AND p.order_id = x.tied`,
    )
    .run(run);
  local
    .prepare(
      `${CONFIRM} SELECT row_id, order_id, min(row_id) OVER (PARTITION BY key, order_id), ?, 'order', 'confirmed', 0
       FROM (SELECT p.key, p.row_id, min(p.order_id) AS order_id FROM temp.pairs p
         WHERE p.ties = 1 AND p.key NOT IN (SELECT key FROM temp.ties) GROUP BY p.key, p.row_id HAVING count(*) = 1)`,
    )
    .run(run);
  local.exec(`${SUGGEST} SELECT row_id, order_id, iif(n = 1, min(row_id) OVER (PARTITION BY key, order_id, n = 1), row_id), 'order',
      iif(n = 1, 'suggested', 'ambiguous')
    FROM (SELECT p.key, p.row_id, p.order_id, count(*) OVER (PARTITION BY p.row_id) AS n,
        row_number() OVER (PARTITION BY p.row_id ORDER BY p.order_id) AS place
      FROM temp.pairs p WHERE NOT EXISTS (SELECT 1 FROM main.matches m WHERE m.row_id = p.row_id AND m.state = 'confirmed'))  AS p
    WHERE place <= ${MOST_CANDIDATES} AND ${NO_SUGGESTION('p')}`);
}

/** Any other key belongs to all of its orders together: certain where the sums tie, else for a person to decide. */
function decideTogether(local: SqliteFile, key: PlainKey, run: number): void {
  // The rows' sums are taken over the pairs of one of the orders: with one currency they are the same for each.
  local.exec(`INSERT INTO temp.ties SELECT key, 1 FROM (
      SELECT g.*, d.amount, d.refund, d.currency, d.currencies,
        (SELECT count(*) FROM temp.keyed_rows k WHERE k.key = g.key) * d.orders
          = (SELECT count(*) FROM temp.pairs q WHERE q.key = g.key) AS complete
      FROM (SELECT p.key, ${SUMS} FROM temp.pairs p
          WHERE p.order_id = (SELECT min(y.order_id) FROM temp.keyed_orders y WHERE y.key = p.key) GROUP BY p.key) g
        JOIN (SELECT y.key, count(*) AS orders, count(DISTINCT o.currency) AS currencies, min(o.currency) AS currency,
            ${totalSql('o.amount')} AS amount, ${totalSql('o.refund_amount')} AS refund
          FROM temp.keyed_orders y JOIN cache.orders o ON o.id = y.order_id GROUP BY y.key) d ON d.key = g.key)
    WHERE complete AND currencies = 1 AND ${TIES}`);
  local
    .prepare(
      `${CONFIRM} SELECT p.row_id, p.order_id, min(p.row_id) OVER (PARTITION BY p.key), ?, '${key}', 'confirmed', 0
       FROM temp.ties x JOIN temp.pairs p ON p.key = x.key`,
    )
    .run(run);
  local.exec(`${SUGGEST} SELECT p.row_id, p.order_id, min(p.row_id) OVER (PARTITION BY p.key), '${key}', 'suggested'
    FROM temp.pairs p WHERE p.key NOT IN (SELECT key FROM temp.ties) AND ${NO_SUGGESTION('p')}`);
}
