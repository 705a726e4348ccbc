import type { QuarantinedRow } from '../../shared/runs.ts';
import type { SqliteFile } from './open.ts';

interface RawRow {
  order_id: number | null;
  page: number;
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

/** How many rows are in quarantine. */
export function countQuarantined(file: SqliteFile): number {
  return Number(file.prepare('SELECT count(*) FROM quarantine').pluck().get());
}

/** Rows in quarantine, those met last first, and by place where they were met together. */
export function readQuarantine(
  file: SqliteFile,
  { offset, limit }: { offset: number; limit: number },
): { total: number; rows: QuarantinedRow[] } {
  const total = countQuarantined(file);
  const raws = file
    .prepare<[number, number], RawRow>(
      `SELECT order_id, page, path, code, seen_ms, EXISTS (SELECT 1 FROM orders o WHERE o.id = q.order_id) AS held
       FROM quarantine q ORDER BY seen_ms DESC, order_id, row_key LIMIT ? OFFSET ?`,
    )
    .all(limit, offset);
  return {
    total,
    rows: raws.map(({ order_id, page, path, code, seen_ms, held }) => ({
      orderId: order_id,
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
