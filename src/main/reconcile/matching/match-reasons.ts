import type { SqliteFile } from '../../database/open.ts';

/** What explains why a row is matched as it is, besides its match. */
export interface RowReasons {
  /** With how many orders people have rejected a match of the row. */
  rejected: number;
  /** The number of the first of these orders that is held. */
  rejectedNumber: string | null;
  /** Whether an order carries one of the row's keys. */
  carried: boolean;
  /** Whether its match was undone with a whole run, and nobody has asked for a new one. */
  paused: boolean;
  /** Whether the row tells the number of its order, undamaged: then no order with another number is suggested. */
  numbered: boolean;
  /** Whether a spreadsheet has cut the number of its order. */
  cut: boolean;
}

/** Reads the reasons of a row. `file` is `cache.db` with `local.db` attached as `local`. */
export function prepareReasons(file: SqliteFile): (rowId: number | bigint) => RowReasons {
  const read = file.prepare<[number | bigint], Record<keyof RowReasons, number | string | null>>(
    `SELECT (SELECT count(*) FROM local.match_rejections j WHERE j.row_id = r.id) AS rejected,
       (SELECT min(o.number) FROM local.match_rejections j JOIN main.orders o ON o.id = j.order_id WHERE j.row_id = r.id)
         AS rejectedNumber,
       EXISTS (SELECT 1 FROM main.orders o WHERE o.number = r.order_key AND o.vanished_ms IS NULL)
         OR EXISTS (SELECT 1 FROM main.invoice_uses u WHERE u.number = r.invoice_key)
         OR EXISTS (SELECT 1 FROM main.transactions x WHERE x.reference = r.transaction_key AND x.succeeded = 1) AS carried,
       EXISTS (SELECT 1 FROM local.match_paused p WHERE p.row_id = r.id) AS paused,
       r.order_key IS NOT NULL AND r.damaged IS NOT 'order' AS numbered,
       r.damaged IS 'order' AS cut
     FROM local.statement_rows r WHERE r.id = ?`,
  );
  return (rowId) => {
    const found = read.get(rowId);
    return {
      rejected: Number(found?.rejected ?? 0),
      rejectedNumber: found?.rejectedNumber == null ? null : String(found.rejectedNumber),
      carried: found?.carried === 1,
      paused: found?.paused === 1,
      numbered: found?.numbered === 1,
      cut: found?.cut === 1,
    };
  };
}
