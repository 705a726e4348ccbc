import type { SourceRow } from '../reading/source.ts';
import { takeApart } from './amounts.ts';
import { readDate } from './dates.ts';
import { namesOtherAmount } from './other-amounts.ts';

/** Of the rows looked at, so many of a hundred must agree about a column. */
const LEAST_SHARE = 80;
const KEY = /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9_/-]{5,39}$/;
/** An amount shows its decimals, or is a workbook's number: whole numbers may be anything. */
const WITH_DECIMALS = /[.,]\d{1,6}\D*$/;

type Look = 'date' | 'amount' | 'order';

/**
 * Which free columns (from 0 on) look like dates, amounts and order numbers, for what the headings leave open. A column
 * that is headed as tax, a discount, shipping or the like is never among the amounts.
 */
export function columnsByValue(
  { headings, rows }: { headings: readonly string[]; rows: readonly SourceRow[] },
  taken: ReadonlySet<number>,
): Record<Look, number[]> {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const found: Record<Look, number[]> = { date: [], amount: [], order: [] };
  for (let column = 0; column < width; column += 1) {
    if (taken.has(column)) continue;
    const look = lookOf(rows, column);
    if (look === null) continue;
    if (look === 'amount' && isHeadedOtherwise(headings[column] ?? '', rows, column)) continue;
    found[look].push(column);
  }
  return found;
}

/** Where no row of headings was recognised, they are the texts above the column's first amount. */
function isHeadedOtherwise(heading: string, rows: readonly SourceRow[], column: number): boolean {
  const texts = rows.map(({ cells }) => (cells[column] ?? '').trim());
  const first = texts.findIndex((text) => takeApart(text) !== null);
  return [heading, ...texts.slice(0, Math.max(0, first))].some(namesOtherAmount);
}

function lookOf(rows: readonly SourceRow[], column: number): Look | null {
  const counts: Record<Look, number> = { date: 0, amount: 0, order: 0 };
  let cells = 0;
  for (const { cells: row, kinds } of rows) {
    const text = (row[column] ?? '').trim();
    if (text === '') continue;
    cells += 1;
    const kind = kinds?.[column] ?? 'text';
    if (kind === 'date') counts.date += 1;
    else if (kind === 'number') counts.amount += 1;
    else {
      const look = lookOfText(text);
      if (look !== null) counts[look] += 1;
    }
  }
  const looks: readonly Look[] = ['date', 'amount', 'order'];
  return looks.find((look) => cells > 0 && counts[look] * 100 >= cells * LEAST_SHARE) ?? null;
}

function lookOfText(text: string): Look | null {
  if (text.length > 60) return null;
  if (!/^\d+$/.test(text) && readDate(text, 'UTC') !== null) return 'date';
  if (WITH_DECIMALS.test(text) && takeApart(text) !== null) return 'amount';
  return KEY.test(text) ? 'order' : null;
}
