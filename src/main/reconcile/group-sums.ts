import type { StatementKind } from '../../shared/statements.ts';
import { totalSql } from '../database/exact-sum.ts';
import type { SqliteFile } from '../database/open.ts';
import { NET } from './matching/match-by-batch.ts';
import { IN_FORCE, SEVERAL, VALUE } from './order-sums.ts';
import { prepared } from './prepared.ts';

/** What the rows of a match with several orders, or of a batch, bring against what they should. Amounts in millionths. */
export interface GroupSum {
  /** Its smallest row in force. */
  first: bigint;
  /** Its smallest order that Omnitron still has; null for none. */
  order: bigint | null;
  orders: bigint;
  currency: string;
  received: bigint | null;
  due: bigint | null;
  /** Why the amounts cannot be compared; null where they can, or are not given. */
  why: 'rate' | 'currencies' | null;
}

/** A match with several orders by its group, or a batch by its key; `with`: a group that counts though it is not confirmed. */
export type SharedPart = { kind: StatementKind } & ({ group: number } | { batch: string; with?: number });

/** The pairs of a group, by searches: those of its first row by the key, the others by their index. */
export const PAIRS_OF_GROUP = `(SELECT m.* FROM local.matches m WHERE m.row_id = :id AND m.group_id = :id
  UNION ALL SELECT m.* FROM local.matches m WHERE m.group_id = :id AND m.group_id <> m.row_id)`;

const WHY = (currencies: string): string =>
  `CASE WHEN ${currencies} > 1 THEN 'currencies' WHEN NOT v.whole THEN 'rate' END`;
/** The values of the rows in `p` in the one currency of `o`. */
const valuesIn = (one: string): string => `v AS (SELECT count(*) = count(value) AS whole, sum(amount >= 0) AS sales,
    sum(amount < 0) AS refunds, ${totalSql('value')} AS total
  FROM (SELECT r.amount, ${VALUE} AS value FROM local.statement_rows r, ${one} o WHERE r.id IN (SELECT row_id FROM p)))`;

/** Those pairs of a group that count for its sum: confirmed ones of rows in force that are of several orders. */
export const COUNTED_OF_GROUP = `SELECT m.row_id, m.order_id FROM ${PAIRS_OF_GROUP} m
  CROSS JOIN local.statement_rows r ON r.id = m.row_id ${IN_FORCE} WHERE m.state = 'confirmed' AND ${SEVERAL}`;

const BY_ORDERS = `WITH p AS MATERIALIZED (${COUNTED_OF_GROUP}),
    k AS (SELECT min(row_id) AS first, count(DISTINCT order_id) AS orders FROM p),
    b AS (SELECT count(DISTINCT currency) AS currencies, min(currency) AS currency, min(id) FILTER (WHERE vanished_ms IS NULL) AS held,
      ${totalSql('amount')} AS amount, ${totalSql('refund_amount')} AS refund FROM main.orders WHERE id IN (SELECT order_id FROM p)),
    ${valuesIn('b')}
  SELECT k.first, b.held AS "order", k.orders, b.currency, iif(b.currencies = 1 AND v.whole, v.total, NULL) AS received,
    iif(b.currencies = 1, iif(v.sales > 0, b.amount, 0) - iif(v.refunds > 0, b.refund, 0), NULL) AS due, ${WHY('b.currencies')} AS why
  FROM k, b, v WHERE k.first IS NOT NULL`;

/** Rows in force that are matched as this batch, whatever group they are in: several transfers may pay for one. */
const BY_BATCH = `WITH p AS MATERIALIZED (SELECT m.row_id, m.order_id FROM local.statement_rows r ${IN_FORCE} AND s.kind = :kind
      CROSS JOIN local.matches m ON m.row_id = r.id AND m.rule = 'batch' AND (m.state = 'confirmed' OR m.group_id = :with) WHERE r.batch_key = :batch),
    k AS (SELECT min(row_id) AS first, count(DISTINCT order_id) AS orders FROM p),
    h AS (SELECT min(o.id) AS held FROM main.orders o WHERE o.id IN (SELECT order_id FROM p) AND o.vanished_ms IS NULL),
    n AS (SELECT ${totalSql(NET)} AS net, min(r.currency) AS currency, count(DISTINCT r.currency) AS currencies
      FROM local.statement_rows r ${IN_FORCE} AND s.kind IN ('gateway', 'marketplace') AND s.kind <> :kind WHERE r.batch_key = :batch),
    ${valuesIn('n')}
  SELECT k.first, h.held AS "order", k.orders, n.currency, iif(n.currencies = 1 AND v.whole, v.total, NULL) AS received,
    iif(n.currencies = 1, n.net, NULL) AS due, ${WHY('n.currencies')} AS why
  FROM k, h, n, v WHERE k.first IS NOT NULL AND n.currencies > 0`;

/** Over a row `r` of a batch: rows in force pay it out. */
export const BATCH_IN_FORCE = `EXISTS (SELECT 1 FROM local.statement_rows y JOIN local.statements z ON z.id = y.statement_id
  AND z.withdrawn_ms IS NULL AND z.kind IN ('gateway', 'marketplace') WHERE y.batch_key = r.batch_key)`;

/** Reads what matches with several orders bring. `file` is `cache.db` with `local.db` attached as `local`. */
export function prepareGroupSums(file: SqliteFile): (part: SharedPart) => GroupSum | undefined {
  const byOrders = file.prepare<[{ id: number }], GroupSum>(BY_ORDERS).safeIntegers();
  const byBatch = file.prepare<[{ kind: string; batch: string; with: number }], GroupSum>(BY_BATCH).safeIntegers();
  return (part) =>
    'group' in part
      ? byOrders.get({ id: part.group })
      : byBatch.get({ kind: part.kind, batch: part.batch, with: part.with ?? 0 });
}

/** The matches with several orders and the batches of the rows in `temp.shared_rows`. */
export function sharedParts(file: SqliteFile): SharedPart[] {
  if (prepared(file, 'SELECT 1 FROM temp.shared_rows').get() === undefined) return [];
  const from = `FROM temp.shared_rows x CROSS JOIN local.statement_rows r ON r.id = x.row_id ${IN_FORCE}
    CROSS JOIN local.matches m ON m.row_id = r.id AND m.state = 'confirmed'`;
  const groups = file
    .prepare<[], { kind: StatementKind; group: number }>(
      `SELECT DISTINCT s.kind, m.group_id AS "group" ${from} WHERE m.rule <> 'batch' ORDER BY 2`,
    )
    .all();
  const batches = file
    .prepare<[], { kind: StatementKind; batch: string }>(
      `SELECT DISTINCT s.kind, r.batch_key AS batch ${from} WHERE m.rule = 'batch' AND r.batch_key IS NOT NULL ORDER BY 1, 2`,
    )
    .all();
  return [...groups, ...batches];
}
