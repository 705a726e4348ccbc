import { AppError } from '../../../shared/errors.ts';
import { STATEMENT_FIELDS, type StatementField, type StatementKind } from '../../../shared/statements.ts';
import type { SourceRow } from '../reading/source.ts';
import { columnsByHeading, foldText, headingCurrency, knownHeadings, paymentDates, rivalsOf } from './headings.ts';
import { columnsByValue } from './values.ts';

/** The columns of a file, from 0 on. */
export type Columns = Partial<Record<StatementField, number>>;

/** Where the table of a file begins and which column is what. */
export interface Layout {
  /** Null = the file has no headings. */
  headerLine: number | null;
  headings: string[];
  /** Columns of the table. */
  width: number;
  columns: Columns;
  /** Columns beside `columns` that could be the amount as well, by the same evidence; none where columns were named. */
  amountRivals: number[];
  /** Columns beside `columns` that could be the day of the row as well, as above. */
  dateRivals: number[];
  /** The currency that the heading of the amounts names, or null. */
  currency: string | null;
}

/** Names of columns as a person or a profile gives them. */
export type ColumnNames = Partial<Record<StatementField, string>>;

const KEYS: readonly StatementField[] = ['order', 'invoice', 'transaction', 'batch'];

/**
 * Finds headings and columns in the first rows of a file. Without `names` the columns are a guess: by the headings, and
 * what they leave open by the values; `kind` decides which of several days is the row's.
 * @throws AppError STATEMENT_COLUMN_MISSING where a named column is not in the file, STATEMENT_COLUMN_UNCLEAR where two
 * columns have that name
 */
export function findLayout(rows: readonly SourceRow[], names: ColumnNames | null, kind?: StatementKind): Layout {
  const header = names === null ? knownHeader(rows) : (namedHeader(rows, names) ?? knownHeader(rows));
  const headings = trimmed(header?.cells ?? []);
  const below = rows.filter(({ line }) => header === null || line > header.line);
  const width = Math.max(headings.length, header === null ? widthOf(below) : 0);
  const { columns, ...rivals } =
    names === null
      ? guess(headings, below, kind)
      : { columns: resolve(headings, width, names), amountRivals: [], dateRivals: [] };
  const summed = columns.amount ?? columns.refund;
  return {
    headerLine: header?.line ?? null,
    headings: headings.length > 0 ? headings : [],
    width,
    columns,
    ...rivals,
    currency: summed === undefined ? null : headingCurrency(headings[summed] ?? ''),
  };
}

/** The row with the most headings that the program knows: at least two. */
function knownHeader(rows: readonly SourceRow[]): SourceRow | null {
  let best: SourceRow | null = null;
  let most = 1;
  for (const row of rows) {
    const known = knownHeadings(row.cells);
    if (known <= most) continue;
    best = row;
    most = known;
  }
  return best;
}

/** The row that has the most of the named headings, where any has one. */
function namedHeader(rows: readonly SourceRow[], names: ColumnNames): SourceRow | null {
  const wanted = new Set(Object.values(names).map(foldText));
  let best: SourceRow | null = null;
  let most = 0;
  for (const row of rows) {
    const met = new Set(row.cells.map(foldText).filter((cell) => cell !== '' && !isNumber(cell) && wanted.has(cell)));
    if (met.size <= most) continue;
    best = row;
    most = met.size;
  }
  return best;
}

function resolve(headings: readonly string[], width: number, names: ColumnNames): Columns {
  const columns: Columns = {};
  for (const field of STATEMENT_FIELDS) {
    const name = names[field];
    if (name === undefined) continue;
    columns[field] = columnOf(headings, width, field, name);
  }
  return columns;
}

function columnOf(headings: readonly string[], width: number, field: StatementField, name: string): number {
  const wanted = foldText(name);
  const exact = placesWhere(headings, (heading) => heading === name.trim());
  const folded = wanted === '' ? [] : placesWhere(headings, (heading) => foldText(heading) === wanted);
  const [first, ...others] = exact.length > 0 ? exact : folded;
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) throw namedTwice(headings, field, { name, places: [first, ...others] });
  const number = isNumber(name.trim()) ? Number(name.trim()) : 0;
  if (number >= 1 && number <= width) return number - 1;
  const has =
    headings.length > 0
      ? `It has: ${headings.filter(Boolean).join(', ').slice(0, 300)}`
      : `It has ${width} columns and no headings`;
  throw new AppError(
    'STATEMENT_COLUMN_MISSING',
    `The file has no column "${name.slice(0, 60)}" for the field ${field}. ${has}.`,
    { details: { field, column: name, headings } },
  );
}

function placesWhere(headings: readonly string[], isMeant: (heading: string) => boolean): number[] {
  return headings.flatMap((heading, column) => (isMeant(heading) ? [column] : []));
}

function namedTwice(
  headings: readonly string[],
  field: StatementField,
  { name, places }: { name: string; places: readonly number[] },
): AppError {
  const numbers = places.map((place) => place + 1);
  return new AppError(
    'STATEMENT_COLUMN_UNCLEAR',
    `Several columns are headed "${name.slice(0, 60)}": ${numbers.slice(0, 10).join(', ')}. Name the one for the field ${field} by its number, like ${field}=${numbers[0]}.`,
    { details: { field, columns: numbers.map((column) => ({ column, heading: headings[column - 1] ?? '' })) } },
  );
}

function isNumber(text: string): boolean {
  return /^\d{1,3}$/.test(text);
}

/** What the headings say, and what they leave open by the values; with the columns that could be the same as well. */
function guess(
  headings: readonly string[],
  below: readonly SourceRow[],
  kind: StatementKind | undefined,
): Pick<Layout, 'columns' | 'amountRivals' | 'dateRivals'> {
  const columns: Columns = Object.fromEntries(columnsByHeading(headings));
  const isFilled = (column: number): boolean => below.some(({ cells }) => (cells[column] ?? '').trim() !== '');
  const paid = paymentDates(headings).find(isFilled);
  if (paid !== undefined && countsPayments(kind, columns)) columns.date = paid;
  const hasAmount = columns.amount !== undefined || columns.refund !== undefined;
  const hasKey = KEYS.some((key) => columns[key] !== undefined);
  const taken = new Set(Object.values(columns));
  const named = rivalsOf('amount', headings, taken);
  const dateRivals = rivalsOf('date', headings, taken).filter(isFilled);
  if (hasAmount && hasKey && columns.date !== undefined) return { columns, amountRivals: named, dateRivals };
  const byValue = columnsByValue({ headings, rows: below }, taken);
  const [amount, ...others] = byValue.amount;
  const [order] = byValue.order;
  const [date, ...otherDates] = byValue.date;
  if (!hasAmount && amount !== undefined) columns.amount = amount;
  if (!hasKey && order !== undefined) columns.order = order;
  const hasDate = columns.date !== undefined;
  if (!hasDate && date !== undefined) columns.date = date;
  return { columns, amountRivals: hasAmount ? named : others, dateRivals: hasDate ? dateRivals : otherDates };
}

/**
 * Whether the day of a row is that of the payment: whoever pays is judged by it. Rows without any number are found by
 * amount and date, which is the day of the sale.
 */
function countsPayments(kind: StatementKind | undefined, columns: Columns): boolean {
  return kind !== undefined && kind !== 'erp' && KEYS.some((key) => columns[key] !== undefined);
}

/** @throws AppError STATEMENT_COLUMN_MISSING where a file of that kind cannot be used without one more column */
export function assertUsable({ columns, headings }: Layout, kind: StatementKind | undefined): void {
  const has = headings.length > 0 ? ` The file has: ${headings.filter(Boolean).join(', ').slice(0, 300)}.` : '';
  if (columns.amount === undefined && columns.refund === undefined) {
    throw new AppError(
      'STATEMENT_COLUMN_MISSING',
      `No column of amounts was found. Name it, for example with amount=COLUMN.${has}`,
      { details: { field: 'amount', headings } },
    );
  }
  const isKeyed = KEYS.some((key) => columns[key] !== undefined);
  // The bank knows no orders: its rows are found by amount and date.
  if (isKeyed || (columns.date !== undefined && (kind === 'bank' || kind === undefined))) return;
  throw new AppError(
    'STATEMENT_COLUMN_MISSING',
    `No column of order, invoice, transaction or batch numbers was found. Name one, for example with order=COLUMN.${has}`,
    { details: { field: 'order', headings } },
  );
}

/** The names by which a profile finds the columns again: headings where they are unmistakable, else numbers. */
export function columnNames({ headings, columns }: Pick<Layout, 'headings' | 'columns'>): ColumnNames {
  const names: ColumnNames = {};
  for (const field of STATEMENT_FIELDS) {
    const column = columns[field];
    if (column === undefined) continue;
    const heading = headings[column] ?? '';
    const isClear =
      heading !== '' &&
      heading.length <= 200 &&
      !isNumber(heading) &&
      headings.indexOf(heading) === column &&
      headings.lastIndexOf(heading) === column;
    names[field] = isClear ? heading : String(column + 1);
  }
  return names;
}

function trimmed(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
}

function widthOf(rows: readonly SourceRow[]): number {
  return Math.max(0, ...rows.map(({ cells }) => cells.length));
}
