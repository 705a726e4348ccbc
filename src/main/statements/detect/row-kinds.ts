import { formatAmount } from '../../../shared/money.ts';
import { STATEMENT_FIELDS, type StatementField } from '../../../shared/statements.ts';
import type { SourceRow } from '../reading/source.ts';
import { type AmountText, readLiteral, takeApart } from './amounts.ts';
import { foldText } from './headings.ts';
import type { Layout } from './layout.ts';
import { namesOtherAmount } from './other-amounts.ts';

/** What a row is: one of the table's own, a total that the file prints, or something to pass over. */
export type RowKind = 'data' | 'total' | 'none';

/** What tells that a row is none of the table's own, though it names an amount. */
const LABELLING: readonly StatementField[] = ['order', 'invoice', 'transaction', 'batch', 'date'];
const TOTAL =
  /^(?:(?:genel|ara|alt|grand|sub|sayfa|rapor|grup) ?)?(?:toplam|toplami|toplamlar|total|totals|yekun|sum|subtotal)\b/;
const SPACE = /^\s*$/;

/** Tells the rows of a file apart. */
export function createRowKinds(layout: Layout): (row: SourceRow) => RowKind {
  const { columns, headings, headerLine } = layout;
  const mapped = STATEMENT_FIELDS.flatMap((field) => columns[field] ?? []);
  const labelling = LABELLING.flatMap((field) => columns[field] ?? []);

  function isHeading(cells: readonly string[]): boolean {
    const [first] = mapped;
    if (headerLine === null || first === undefined || cells[first]?.trim() !== headings[first]) return false;
    return mapped.every((column) => (cells[column] ?? '').replace(/\s+/g, ' ').trim() === headings[column]);
  }

  return ({ line, cells }) => {
    if (headerLine !== null && line <= headerLine) return 'none';
    const first = cells.findIndex((cell) => !isBlank(cell));
    if (first < 0) return 'none';
    // Few rows are totals and every row is asked, so what is cheap to see comes first.
    if (
      labelling.every((column) => column === first || isBlank(cells[column] ?? '')) &&
      isTotalLabel(cells[first] ?? '')
    ) {
      return 'total';
    }
    if (mapped.every((column) => isBlank(cells[column] ?? ''))) return 'none';
    return isHeading(cells) ? 'none' : 'data';
  };
}

function isBlank(cell: string): boolean {
  return cell === '' || SPACE.test(cell);
}

/** Whether a text announces a total: "Toplam", "Genel Toplam:", "Grand total". */
export function isTotalLabel(text: string): boolean {
  return text.length <= 100 && TOTAL.test(foldText(text));
}

/**
 * The amounts that a row with a total prints: that of the amount column where it has one, else all, but for those that a
 * label, a heading or a field calls something else ("Toplam KDV", "Toplam kayıt sayısı", the fees).
 */
export function printedTotals(row: SourceRow, { columns, headings, headerLine }: Layout): AmountText[] {
  const { cells, line } = row;
  const summed = columns.amount ?? columns.refund;
  const own = summed === undefined ? null : printedAmount(row, summed);
  if (own !== null) return [own];
  if (namesOtherAmount(cells.find((cell) => !isBlank(cell)) ?? '')) return [];
  // What stands above the table is none of its columns.
  const isInTable = headerLine === null || line > headerLine;
  const others = new Set([columns.refund, columns.fee, columns.net, columns.rate]);
  return cells.flatMap((cell, column) => {
    if (isInTable && (others.has(column) || namesOtherAmount(headings[column] ?? ''))) return [];
    // Above the table a total often stands in the cell of its label: "Toplam tutar: 1.234,56".
    return printedAmount(row, column) ?? takeApart(cell.replace(/^[^:]*:/, '').trim()) ?? [];
  });
}

function printedAmount({ cells, kinds }: SourceRow, column: number): AmountText | null {
  const text = (cells[column] ?? '').trim();
  const micros = kinds?.[column] === 'number' ? readLiteral(text) : null;
  return takeApart(typeof micros === 'bigint' ? formatAmount(micros, '') : text);
}
