import type { QuarantinedRow } from '../../shared/runs.ts';
import type { SqliteFile } from './open.ts';

interface RawRow {
  source: 'omnitron' | 'oms';
  list: 'orders' | 'invoices';
  order_id: number | null;
  oms_id: number | null;
  page: number | null;
  path: string;
  code: string;
  seen_ms: number;
  held: number;
}

/** A quarantined order that can be asked for again. */
export interface QuarantinedOrder {
  orderId: number;
  page: number;
  /** Null where no earlier reading is held, which would tell it. */
  number: string | null;
}

/** How many rows of Omnitron are in quarantine. */
export function countQuarantined(file: SqliteFile): number {
  return Number(file.prepare('SELECT count(*) FROM quarantine').pluck().get());
}

const OF_OMNITRON = `SELECT 'omnitron' AS source, 'orders' AS list, order_id, NULL AS oms_id, page, path, code, seen_ms,
  EXISTS (SELECT 1 FROM orders o WHERE o.id = q.order_id) AS held, row_key FROM quarantine q`;

/** Keys of rows of OMS are like `row 7` or `row 7 of 901` where a row has an id, else like `page 3 row 12` (oms-write.ts). */
const OF_OMS = `SELECT 'oms' AS source, q.list, NULL AS order_id, q.id AS oms_id, q.page, q.path, q.code, q.seen_ms,
  EXISTS (SELECT 1 FROM oms_orders m WHERE q.list = 'orders' AND m.id = q.id)
    OR EXISTS (SELECT 1 FROM oms_invoices i WHERE q.list = 'invoices' AND i.id = q.id) AS held, q.row_key
  FROM (SELECT *, iif(row_key LIKE 'row %', CAST(substr(row_key, 5) AS INTEGER), NULL) AS id,
    iif(row_key LIKE 'page %', CAST(substr(row_key, 6) AS INTEGER), NULL) AS page FROM oms_quarantine) q`;

/** Rows of both sources that were put aside, those met last first, and by place where they were met together. */
export function readQuarantine(
  file: SqliteFile,
  { offset, limit }: { offset: number; limit: number },
): { total: number; rows: QuarantinedRow[] } {
  const ofOms = Number(file.prepare('SELECT count(*) FROM oms_quarantine').pluck().get());
  const raws = file
    .prepare<[number, number], RawRow>(
      `SELECT * FROM (${OF_OMNITRON} UNION ALL ${OF_OMS})
       ORDER BY seen_ms DESC, source, list, order_id, oms_id, row_key LIMIT ? OFFSET ?`,
    )
    .all(limit, offset);
  return {
    total: countQuarantined(file) + ofOms,
    rows: raws.map(({ order_id, oms_id, seen_ms, held, source, list, page, path, code }) => ({
      source,
      list,
      orderId: order_id,
      omsId: oms_id,
      page,
      path,
      code,
      seenAt: new Date(seen_ms).toISOString(),
      held: held === 1,
    })),
  };
}

/** Every quarantined order that has an id, ascending. */
export function readQuarantinedOrders(file: SqliteFile): QuarantinedOrder[] {
  return file
    .prepare<[], QuarantinedOrder>(
      `SELECT q.order_id AS orderId, q.page, o.number FROM quarantine q LEFT JOIN orders o ON o.id = q.order_id
       WHERE q.order_id IS NOT NULL ORDER BY q.order_id`,
    )
    .all();
}
