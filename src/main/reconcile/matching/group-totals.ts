import type { StatementKind } from '../../../shared/statements.ts';
import { totalSql } from '../../database/exact-sum.ts';
import type { SqliteFile } from '../../database/open.ts';
import { PAIRS_OF_GROUP, prepareGroupSums } from '../group-sums.ts';
import { IN_FORCE, orderSums, SEVERAL, VALUE } from '../order-sums.ts';

/** How large a match is, and what it differs by. Rows of withdrawn statements are no part of it. */
export interface GroupTotals {
  rows: number;
  orders: number;
  /** rows − orders, in millionths; null where that cannot be said. */
  difference: bigint | null;
  currency: string | null;
  /** False where currencies differ and a rate is lacking, or there are several. */
  comparable: boolean;
  /** Statements of rows of other groups that the difference counts too, as they belong to the same order or batch. */
  besides: number[];
}

interface Part {
  currency: string;
  difference: bigint | null;
  comparable: boolean;
}

/** The pairs of a group, without those of withdrawn statements. */
export const PAIRS_IN_FORCE = `(SELECT m.*, r.batch_key, s.kind, s.id AS statement_id FROM ${PAIRS_OF_GROUP} m
  CROSS JOIN local.statement_rows r ON r.id = m.row_id ${IN_FORCE})`;

/** Over a pair `m` with its row's `batch_key` and `kind`: a row in force pays out this order in the batch. */
export const STILL_SETTLED = `EXISTS (SELECT 1 FROM local.matches y CROSS JOIN local.statement_rows r ON r.id = y.row_id ${IN_FORCE}
  WHERE y.order_id = m.order_id AND y.state = 'confirmed' AND r.batch_key = m.batch_key
    AND s.kind IN ('gateway', 'marketplace') AND s.kind <> m.kind)`;

/** Reads what matches differ by. `file` is `cache.db` with `local.db` attached as `local`. */
export function prepareGroupTotals(file: SqliteFile): (group: number, rule: string, confirmed: boolean) => GroupTotals {
  const sumOf = prepareGroupSums(file);
  const size = file.prepare<[{ id: number }], { rows: number; orders: number; kind: StatementKind | null }>(
    `SELECT count(DISTINCT row_id) AS rows, count(DISTINCT iif(m.rule = 'batch' AND NOT ${STILL_SETTLED}, NULL, order_id)) AS orders,
       min(kind) AS kind FROM ${PAIRS_IN_FORCE} m`,
  );
  const kept = file.prepare<
    [{ id: number }],
    { several: number; single: number | null; batch: string | null }
  >(`SELECT DISTINCT ${SEVERAL} AS several, iif(${SEVERAL}, NULL, m.order_id) AS single, iif(m.rule = 'batch', m.batch_key, NULL) AS batch
     FROM ${PAIRS_IN_FORCE} m`);
  const ofOrder = file
    .prepare<
      [{ kind: string; order: number }],
      {
        currency: string;
        sales: bigint;
        refunds: bigint;
        open: bigint;
        sale_off: bigint | null;
        refund_off: bigint | null;
      }
    >(
      `SELECT currency, sales, refunds, sales_open + refunds_open AS open, sale_off, refund_off
       FROM (${orderSums(':kind', '(SELECT * FROM local.matches WHERE order_id = :order) m', SEVERAL)})`,
    )
    .safeIntegers();
  const besides = file
    .prepare<[{ id: number; kind: string; orders: string; batches: string }], number>(
      `SELECT s.id FROM json_each(:orders) e CROSS JOIN local.matches m ON m.order_id = e.value AND m.state = 'confirmed' AND NOT ${SEVERAL}
         CROSS JOIN local.statement_rows r ON r.id = m.row_id ${IN_FORCE} AND s.kind = :kind WHERE m.group_id <> :id
       UNION SELECT s.id FROM json_each(:batches) e CROSS JOIN local.statement_rows r ON r.batch_key = e.value ${IN_FORCE} AND s.kind = :kind
         CROSS JOIN local.matches m ON m.row_id = r.id AND m.state = 'confirmed' AND m.rule = 'batch' WHERE m.group_id <> :id ORDER BY 1`,
    )
    .pluck();
  const proposed = file
    .prepare<[{ id: number }], { currency: string; difference: bigint | null; comparable: bigint }>(
      `WITH p AS MATERIALIZED (SELECT * FROM ${PAIRS_IN_FORCE}),
         b AS (SELECT count(DISTINCT currency) AS currencies, min(currency) AS currency, ${totalSql('amount')} AS amount,
           ${totalSql('refund_amount')} AS refund FROM main.orders WHERE id IN (SELECT order_id FROM p)),
         v AS (SELECT count(*) = count(value) AS whole, sum(amount >= 0) AS sales, sum(amount < 0) AS refunds, ${totalSql('value')} AS total
           FROM (SELECT r.amount, ${VALUE} AS value FROM local.statement_rows r, b o WHERE r.id IN (SELECT row_id FROM p)))
       SELECT b.currency, b.currencies = 1 AND v.whole AS comparable, CASE WHEN b.currencies = 1 AND v.whole
           THEN v.total - iif(v.sales > 0, b.amount, 0) + iif(v.refunds > 0, b.refund, 0) END AS difference
       FROM v, b WHERE b.currencies > 0`,
    )
    .safeIntegers();

  function partOfOrder(kind: string, order: number): Part[] {
    const sums = ofOrder.get({ kind, order });
    if (sums === undefined) return [];
    const { sales, refunds, sale_off: sale, refund_off: refund } = sums;
    const known = (sales === 0n || sale !== null) && (refunds === 0n || refund !== null);
    const difference = known ? (sale ?? 0n) + (refund ?? 0n) : null;
    return [{ currency: sums.currency, difference, comparable: sums.open === 0n }];
  }

  function partOfShared(part: Parameters<typeof sumOf>[0]): Part[] {
    const sum = sumOf(part);
    if (sum === undefined) return [];
    const { received, due, currency, why } = sum;
    const difference = received === null || due === null ? null : received - due;
    return [{ currency, difference, comparable: why === null }];
  }

  return (group, rule, confirmed) => {
    const { rows = 0, orders = 0, kind = null } = size.get({ id: group }) ?? {};
    if (kind === null) return { rows: 0, orders: 0, difference: null, currency: null, comparable: true, besides: [] };
    const parts = kept.all({ id: group });
    const singles = parts.flatMap(({ single }) => single ?? []);
    const batches = parts.flatMap(({ batch }) => batch ?? []);
    const found = [
      ...(confirmed ? singles.flatMap((order) => partOfOrder(kind, order)) : []),
      ...batches.flatMap((batch) => partOfShared({ kind, batch, with: group })),
      ...(confirmed && parts.some(({ several, batch }) => several === 1 && batch === null)
        ? partOfShared({ kind, group })
        : []),
    ];
    if (!confirmed && rule !== 'batch') {
      const own = proposed.get({ id: group });
      if (own !== undefined) found.push({ ...own, comparable: own.comparable === 1n });
    }
    const given = { id: group, kind, batches: JSON.stringify(batches) };
    const together = besides.all({ ...given, orders: JSON.stringify(confirmed ? singles : []) });
    return { rows, orders, ...added(found), besides: together };
  };
}

/** The sum of the parts; none where one of them is not known or currencies differ. */
function added(parts: readonly Part[]): Pick<GroupTotals, 'difference' | 'currency' | 'comparable'> {
  const currencies = new Set(parts.map(({ currency }) => currency));
  const [currency = null] = currencies;
  const comparable = parts.every((part) => part.comparable) && currencies.size < 2;
  const known = comparable && parts.length > 0 && parts.every(({ difference }) => difference !== null);
  const difference = known ? parts.reduce((sum, part) => sum + (part.difference ?? 0n), 0n) : null;
  return { difference, currency, comparable };
}
