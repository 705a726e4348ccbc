/**
 * From this day on a shop that sells in lira issues e-invoices; before it, paper invoices with numbers of any form were
 * common. Epoch milliseconds.
 */
const SINCE_MS = Date.UTC(2020, 0, 1);

/**
 * Over `o`: whether its invoices must be Turkish e-invoices. Only an order in lira says so by itself: a shop elsewhere
 * numbers its invoices as it likes, and an order in another currency may be such a shop's.
 */
export const EXPECTS_E_INVOICE = `(+o.currency = 'try' AND +o.date_placed_ms >= ${SINCE_MS})`;

/** Over `o`: an invoiced order of which nobody knows whether its invoices are e-invoices. */
export const INVOICED_OTHERWISE = `NOT ${EXPECTS_E_INVOICE} AND EXISTS (SELECT 1 FROM invoice_uses u WHERE u.order_id = o.id)`;

/** Over `o`: placed when links to an e-archive were not the rule yet. */
export const BEFORE_E_ARCHIVE = `+o.date_placed_ms < ${SINCE_MS}`;
