import { formatAmountForPeople, formatInstant } from '../../shared/format.ts';
import type { OrderRow } from '../../shared/orders.ts';
import type { Settings } from '../../shared/settings.ts';
import { guardFormula } from '../reports/csv-text.ts';
import { labelsFor, statusText } from '../reports/labels.ts';

type Style = Pick<Settings, 'language' | 'negativeStyle' | 'timeZone'>;

/**
 * Orders as tab-separated text for a spreadsheet: dates and amounts in the user's way, so that they are read as dates
 * and numbers. No data is an empty cell.
 */
export function ordersAsText(rows: readonly OrderRow[], headers: boolean, style: Style): string {
  const labels = labelsFor(style.language);
  const { columns, values } = labels;
  const amount = (value: string | null): string => formatAmountForPeople(value, style);
  const lines = rows.map((row) => [
    asCell(row.number),
    asCell(row.channel ?? ''),
    asCell(statusText(row.status, labels)),
    formatInstant(row.datePlaced, style.language, style.timeZone),
    asCell(row.currency.toUpperCase()),
    amount(row.amount),
    amount(row.refund),
    amount(row.discount),
    amount(row.shipping),
    row.sent ? values.yes : values.no,
    asCell(row.invoiceNumber ?? ''),
    String(row.findings),
  ]);
  if (headers) {
    lines.unshift([
      columns.number,
      columns.channel,
      columns.status,
      columns.datePlaced,
      columns.currency,
      columns.amount,
      columns.refund,
      columns.discount,
      columns.shipping,
      columns.sent,
      columns.invoiceNumber,
      columns.findings,
    ]);
  }
  return lines.map((line) => line.join('\t')).join('\r\n');
}

/** Text for one cell: no tab or line end that would shift cells, and nothing a spreadsheet would run as a formula. */
function asCell(text: string): string {
  return guardFormula(text.replace(/[\t\r\n]+/g, ' '));
}
