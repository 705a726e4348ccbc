import { OMS_SALE_INVOICE } from '../../shared/oms.ts';

/** Over an order `o`: when its last change was seen; 0 = it never changed. */
const LAST_CHANGE = 'ifnull((SELECT max(c.seen_ms) FROM changes c WHERE c.order_id = o.id), 0)';

/**
 * Over an order `o` and its OMS order `m`: OMS was read after the last change that was seen of the order. Otherwise the two
 * may differ only because OMS has not been asked again.
 */
export const READ_SINCE = `(m.read_ms >= ${LAST_CHANGE})`;

/** Over `o` and an invoice `i` of OMS: the invoice itself was read since; not so where its row can no longer be read. */
export const INVOICE_READ_SINCE = `(i.read_ms >= ${LAST_CHANGE})`;

/** Over `o`: it has no counterpart in OMS, or OMS has not been read since it changed. */
export const NOT_COMPARABLE = `(o.id NOT IN (SELECT order_id FROM oms_pairs) OR NOT EXISTS (
  SELECT 1 FROM oms_pairs p JOIN oms_orders m ON m.id = p.oms_id WHERE p.order_id = o.id AND ${READ_SINCE}))`;

/** When the last complete reading of OMS's invoices began; NULL = there was none. */
const INVOICES_READ_MS = "(SELECT max(started_ms) FROM oms_passes WHERE list = 'invoices' AND state = 'complete')";

/**
 * Over `o`: the invoices of OMS were read whole after it was placed and after the last change that was seen of it: 1 or 0.
 * Where nothing has changed since, no order is asked about its changes.
 */
export const INVOICES_READ_SINCE = `ifnull(o.date_placed_ms <= ${INVOICES_READ_MS}
  AND (NOT EXISTS (SELECT 1 FROM changes c WHERE c.seen_ms > ${INVOICES_READ_MS})
    OR NOT EXISTS (SELECT 1 FROM changes c WHERE c.order_id = o.id AND c.seen_ms > ${INVOICES_READ_MS})), 0)`;

/** Over `o`: it has no counterpart in OMS, or the invoices of OMS have not been read whole since it changed. */
export const INVOICES_NOT_COMPARABLE = `(o.id NOT IN (SELECT order_id FROM oms_pairs) OR NOT ${INVOICES_READ_SINCE})`;

/** Over a row `q` set aside: the order that it names, as database/oms-write.ts writes it; 0 for none. */
const NAMED_ORDER =
  "iif(instr(q.row_key, ' of ') = 0, 0, CAST(substr(q.row_key, instr(q.row_key, ' of ') + 4) AS INTEGER))";
/** Over a row `q` set aside: the id of its invoice where it has one, as one that may be held. */
const OWN_ID = "iif(q.row_key LIKE 'row %', CAST(substr(q.row_key, 5) AS INTEGER), NULL)";

/** OMS's ids of the orders of which an invoice could not be read: a row set aside names them, or they had it before. */
const UNREADABLE = `SELECT ${NAMED_ORDER} FROM oms_quarantine q WHERE q.list = 'invoices'
  UNION SELECT i.order_id FROM oms_quarantine q CROSS JOIN oms_invoices i ON i.id = ${OWN_ID} WHERE q.list = 'invoices'`;

/** An invoice could not be read that may be any order's. */
const UNREADABLE_OF_ANY = `EXISTS (SELECT 1 FROM oms_quarantine q WHERE q.list = 'invoices' AND ${NAMED_ORDER} = 0
  AND NOT EXISTS (SELECT 1 FROM oms_invoices i WHERE i.id = ${OWN_ID}))`;

/** Over a pair `p`: an invoice could not be read that is, or may be, the order's, so that none can be said to be missing. */
export const INVOICE_UNREADABLE = `(${UNREADABLE_OF_ANY} OR p.oms_id IN (${UNREADABLE}))`;

/** Over an invoice `i` of OMS: see `isReturnInvoice`. */
export const IS_RETURN_INVOICE = `lower(ifnull(nullif(i.type, ''), '${OMS_SALE_INVOICE}')) <> '${OMS_SALE_INVOICE}'`;
