import { E_INVOICES_SINCE_MS } from '../../shared/e-invoices.ts';

/** Over `o`: whether its invoices must be Turkish e-invoices; what `expectsEInvoices` answers. */
export const EXPECTS_E_INVOICE = `(+o.currency = 'try' AND +o.date_placed_ms >= ${E_INVOICES_SINCE_MS})`;

/** Over `o`: an invoiced order of which nobody knows whether its invoices are e-invoices. */
export const INVOICED_OTHERWISE = `NOT ${EXPECTS_E_INVOICE} AND EXISTS (SELECT 1 FROM invoice_uses u WHERE u.order_id = o.id)`;

/** Over `o`: placed when links to an e-archive were not the rule yet. */
export const BEFORE_E_ARCHIVE = `+o.date_placed_ms < ${E_INVOICES_SINCE_MS}`;
