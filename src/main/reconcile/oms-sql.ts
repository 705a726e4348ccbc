import { OMS_SALE_INVOICE } from '../../shared/oms.ts';

/**
 * Over an order `o` and its OMS order `m`: OMS was read after the last change that was seen of the order. Otherwise the two
 * may differ only because OMS has not been asked again.
 */
export const READ_SINCE = '(m.read_ms >= ifnull((SELECT max(c.seen_ms) FROM changes c WHERE c.order_id = o.id), 0))';

/** Over `o`: it has no counterpart in OMS, or OMS has not been read since it changed. */
export const NOT_COMPARABLE = `(o.id NOT IN (SELECT order_id FROM oms_pairs) OR NOT EXISTS (
  SELECT 1 FROM oms_pairs p JOIN oms_orders m ON m.id = p.oms_id WHERE p.order_id = o.id AND ${READ_SINCE}))`;

/** Over an invoice `i` of OMS: see `isReturnInvoice`. */
export const IS_RETURN_INVOICE = `lower(ifnull(nullif(i.type, ''), '${OMS_SALE_INVOICE}')) <> '${OMS_SALE_INVOICE}'`;
