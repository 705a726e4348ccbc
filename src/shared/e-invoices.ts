/**
 * From this day on a shop that sells in lira issues e-invoices; before it, paper invoices with numbers of any form were
 * common. Epoch milliseconds.
 */
export const E_INVOICES_SINCE_MS = Date.UTC(2020, 0, 1);

/** Three letters or digits, the four-digit year and nine digits: the number of a Turkish e-invoice, as SQLite's GLOB. */
export const E_INVOICE_GLOB = `${'[A-Z0-9]'.repeat(3)}20${'[0-9]'.repeat(11)}`;
/** A glob of plain classes is a pattern of the other kind, too. */
const E_INVOICE = new RegExp(`^${E_INVOICE_GLOB}$`);

/** The year inside an e-invoice's number, like `2026`; null for a number that is not a Turkish e-invoice's. */
export function eInvoiceYear(number: string): string | null {
  return E_INVOICE.test(number) ? number.slice(3, 7) : null;
}

/**
 * Whether an order's invoices must be Turkish e-invoices. Only an order in lira says so by itself: a shop elsewhere
 * numbers its invoices as it likes, and an order in another currency may be such a shop's.
 */
export function expectsEInvoices(order: { currency: string; datePlacedMs: number }): boolean {
  return order.currency === 'try' && order.datePlacedMs >= E_INVOICES_SINCE_MS;
}
