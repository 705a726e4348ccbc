import { invoicedAtMs, placedAtMs, printInstant } from './calendar.ts';
import type { InvoiceReference } from './draft-types.ts';
import { invoiceNumber } from './numbers.ts';
import type { WireLine } from './wire-types.ts';

const DAY_MS = 86_400_000;
/** Later than any clock under which the sandbox runs. */
const FUTURE_MS = Date.UTC(2097, 10, 30);
/** Where an invoice's number has its year. */
const YEAR_FROM = 3;
const YEAR_TO = 7;

/** The invoice fields of an order or a line; null as `invoice` leaves them empty, in one way or the other by `hash`. */
export function writeInvoice(
  seed: number,
  invoice: InvoiceReference | null,
  hash: number,
): Pick<WireLine, 'invoice_number' | 'invoice_date' | 'e_archive_url'> {
  if (invoice === null) {
    const none = hash % 2 === 0 ? '' : null;
    return { invoice_number: none, invoice_date: null, e_archive_url: none };
  }
  const dateMs = dateOf(seed, invoice);
  const number = numberOf(seed, invoice, new Date(dateMs).getUTCFullYear());
  return { invoice_number: number, invoice_date: printInstant(dateMs, 0), e_archive_url: linkOf(invoice, number) };
}

function dateOf(seed: number, { owner, partner = owner, flaw }: InvoiceReference): number {
  if (flaw === 'future') return FUTURE_MS;
  if (flaw === 'early') return Math.floor(placedAtMs(seed, owner) / DAY_MS) * DAY_MS - 2 * DAY_MS;
  return Math.max(invoicedAtMs(seed, owner), invoicedAtMs(seed, partner));
}

/** The number, whose year follows the date also where that is wrong, so that one flaw is one. */
function numberOf(seed: number, { owner, variant, flaw }: InvoiceReference, dateYear: number): string {
  const number = invoiceNumber(seed, owner, variant);
  const year = flaw === 'other-year' ? dateYear + 1 : dateYear;
  const dated = `${number.slice(0, YEAR_FROM)}${year}${number.slice(YEAR_TO)}`;
  if (flaw === 'longer') return `${dated}0`;
  return flaw === 'divided' ? `${dated.slice(0, YEAR_FROM)}-${dated.slice(YEAR_FROM)}` : dated;
}

function linkOf({ flaw }: InvoiceReference, number: string): string | null {
  if (flaw === 'unlinked') return null;
  return `${flaw === 'unencrypted' ? 'http' : 'https'}://earsiv.example.com/fatura/${number}`;
}
