import { totalSql } from '../../database/exact-sum.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { RuleRun } from './plain-keys.ts';
import { dropConfirmed, held, notRejected } from './run-tables.ts';
import { withinSql } from './tolerance-sql.ts';

/** A transfer settles at most so many orders, times the rows of its key. */
const MOST_PAIRS = 500_000;

/** What a row pays out: its net amount, or gross less the fee. */
export const NET = 'ifnull(r.net, r.amount - ifnull(r.fee, 0))';

/**
 * The rule by settlement batch: a bank row belongs to the orders of all gateway and marketplace rows that carry its batch
 * key. Certain where what the bank got is what those rows pay out, whether or not each of them has its order.
 */
export function matchByBatch(local: SqliteFile, { kind, run }: RuleRun): void {
  local.exec(`DELETE FROM temp.keyed_rows; DELETE FROM temp.keyed_orders; DELETE FROM temp.ties;
    INSERT INTO temp.keyed_rows SELECT r.batch_key, r.id FROM temp.todo t CROSS JOIN main.statement_rows r ON r.id = t.row_id
      WHERE t.kind = '${kind}' AND r.batch_key IS NOT NULL`);
  const settled = `(SELECT DISTINCT key FROM temp.keyed_rows) k CROSS JOIN main.statement_rows r ON r.batch_key = k.key
    JOIN main.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL AND s.kind IN ('gateway', 'marketplace') AND s.kind <> '${kind}'`;
  local.exec(`INSERT OR IGNORE INTO temp.keyed_orders SELECT k.key, m.order_id FROM ${settled}
      JOIN main.matches m ON m.row_id = r.id AND m.state = 'confirmed';
    DELETE FROM temp.keyed_orders WHERE key IN (SELECT n.key FROM temp.keyed_rows n GROUP BY n.key
      HAVING count(*) * (SELECT count(*) FROM temp.keyed_orders y WHERE y.key = n.key) > ${MOST_PAIRS})`);
  local.exec(`CREATE TEMP TABLE batches AS SELECT k.key, ${totalSql(NET)} AS net, min(r.currency) AS currency,
      count(DISTINCT r.currency) AS currencies FROM ${settled} GROUP BY k.key`);
  // A batch may be paid in parts: rows that were matched before count with those that came now.
  const paying = `SELECT key, row_id FROM temp.keyed_rows UNION SELECT k.key, r.id FROM (SELECT DISTINCT key FROM temp.keyed_rows) k
    CROSS JOIN main.statement_rows r ON r.batch_key = k.key
    JOIN main.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL AND s.kind = '${kind}'
    WHERE EXISTS (SELECT 1 FROM main.matches m WHERE m.row_id = r.id AND m.state = 'confirmed' AND m.rule = 'batch')`;
  const value =
    'CASE WHEN r.currency = b.currency THEN r.amount WHEN r.rate IS NOT NULL THEN converted(r.amount, r.rate, b.currency) END';
  local.exec(`INSERT INTO temp.ties SELECT key, 1 FROM (
      SELECT b.key, b.net, b.currency, ${totalSql('v.value')} AS paid, count(*) = count(v.value) AS whole
      FROM temp.batches b JOIN (SELECT k.key, ${value} AS value FROM (${paying}) k JOIN main.statement_rows r ON r.id = k.row_id
        JOIN temp.batches b ON b.key = k.key) v ON v.key = b.key
      WHERE b.currencies = 1 GROUP BY b.key)
    WHERE whole AND ${withinSql('(paid - net)', 'net', 'currency')}
      AND key NOT IN (SELECT k.key FROM temp.keyed_rows k JOIN main.match_rejections j ON j.row_id = k.row_id
        JOIN temp.keyed_orders o ON o.key = k.key AND o.order_id = j.order_id);
    DROP TABLE temp.batches`);
  const pairs = 'temp.keyed_rows k JOIN temp.keyed_orders o ON o.key = k.key';
  const group = 'min(k.row_id) OVER (PARTITION BY k.key)';
  local
    .prepare(
      `INSERT INTO main.matches (row_id, order_id, group_id, run_id, rule, state, by_person)
       SELECT k.row_id, o.order_id, ${group}, ?, 'batch', 'confirmed', 0 FROM ${pairs} WHERE k.key IN (SELECT key FROM temp.ties)`,
    )
    .run(run);
  local.exec(`INSERT INTO temp.tentative (row_id, order_id, group_id, rule, state)
    SELECT k.row_id, o.order_id, ${group}, 'batch', 'suggested' FROM ${pairs}
    WHERE k.key NOT IN (SELECT key FROM temp.ties) AND ${notRejected('k.row_id', 'o.order_id')}
      AND NOT EXISTS (SELECT 1 FROM temp.tentative v WHERE v.row_id = k.row_id)`);
  dropConfirmed(local);
}

/**
 * Orders whose rows of a batch came after the batch was matched join that match: it is judged against all that the batch
 * pays out. Where a person has picked one order of a batch, it stays alone.
 */
export function joinBatches(local: SqliteFile, { kind, run }: RuleRun, { unasked }: { unasked: boolean }): void {
  const matched = `SELECT r.id AS row_id, r.batch_key AS key, max(m.group_id) AS group_id
    FROM main.statements s CROSS JOIN main.statement_rows r INDEXED BY statement_rows_place ON r.statement_id = s.id
      CROSS JOIN main.matches m ON m.row_id = r.id AND m.state = 'confirmed' AND m.rule = 'batch'
    WHERE s.kind = '${kind}' AND s.withdrawn_ms IS NULL AND r.batch_key IS NOT NULL
      ${unasked ? 'AND NOT EXISTS (SELECT 1 FROM main.match_paused p WHERE p.row_id = r.id)' : ''}
    GROUP BY r.id HAVING max(m.by_person) = 0 OR count(*) > 1`;
  local
    .prepare(
      `INSERT INTO main.matches (row_id, order_id, group_id, run_id, rule, state, by_person)
       SELECT DISTINCT b.row_id, m.order_id, b.group_id, ?, 'batch', 'confirmed', 0 FROM (${matched}) b
         CROSS JOIN main.statement_rows r ON r.batch_key = b.key
         JOIN main.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL AND s.kind IN ('gateway', 'marketplace') AND s.kind <> '${kind}'
         CROSS JOIN main.matches m ON m.row_id = r.id AND m.state = 'confirmed'
       WHERE NOT EXISTS (SELECT 1 FROM main.matches w WHERE w.row_id = b.row_id AND w.order_id = m.order_id)
         AND ${notRejected('b.row_id', 'm.order_id')} AND ${held('m.order_id')}`,
    )
    .run(run);
}
