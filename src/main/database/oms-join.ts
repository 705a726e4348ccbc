/**
 * SQL over an order `o` for the id of the OMS order that it is; NULL for none. Id and number must both agree, for ids of
 * another environment may be taken. Where OMS names no id, its number must be the only one on both sides. Of several,
 * the newest that is there.
 */
export const OMS_ID_SQL = `ifnull(
  (SELECT m.id FROM oms_orders m WHERE m.number = o.number AND m.omnitron_id = o.id
   ORDER BY m.vanished_ms IS NOT NULL, m.id DESC LIMIT 1),
  (SELECT m.id FROM oms_orders m WHERE m.number = o.number AND m.omnitron_id IS NULL
   AND (SELECT count(*) FROM oms_orders x WHERE x.number = o.number) = 1
   AND (SELECT count(*) FROM orders y WHERE y.number = o.number) = 1))`;
