import { OMS_ID_SQL } from '../database/oms-join.ts';
import type { SqliteFile } from '../database/open.ts';

/** Pairs of orders with those of OMS that are there; `which` limits the orders. */
const pairsOf = (which: string): string => `
  SELECT order_id, oms_id FROM (SELECT o.id AS order_id, ${OMS_ID_SQL} AS oms_id FROM main.orders o
    WHERE EXISTS (SELECT 1 FROM main.oms_orders) AND o.vanished_ms IS NULL AND ${which}) p
  WHERE EXISTS (SELECT 1 FROM main.oms_orders m WHERE m.id = p.oms_id AND m.vanished_ms IS NULL)`;

/**
 * Brings `oms_pairs` up to date: which order is which in OMS, without those that OMS no longer has. A pair by number alone
 * holds while no other order has that number, so orders that share one are touched together.
 */
export function refreshPairs(file: SqliteFile, { all, temporary }: { all: boolean; temporary: boolean }): void {
  if (temporary) {
    file.exec(`CREATE TEMP TABLE oms_pairs (order_id INTEGER PRIMARY KEY, oms_id INTEGER NOT NULL);
      INSERT INTO temp.oms_pairs ${pairsOf('1')}`);
    return;
  }
  if (all) {
    file.exec(`DELETE FROM main.oms_pairs; INSERT INTO main.oms_pairs ${pairsOf('1')}`);
    return;
  }
  file.exec(`INSERT OR IGNORE INTO temp.touched_now SELECT y.id FROM temp.touched_now t
      CROSS JOIN main.orders x ON x.id = t.order_id CROSS JOIN main.orders y ON y.number = x.number
      WHERE EXISTS (SELECT 1 FROM main.oms_orders m WHERE m.number = x.number AND m.omnitron_id IS NULL);
    DELETE FROM main.oms_pairs WHERE order_id IN (SELECT order_id FROM temp.touched_now);
    INSERT INTO main.oms_pairs ${pairsOf('o.id IN (SELECT order_id FROM temp.touched_now)')}`);
}
