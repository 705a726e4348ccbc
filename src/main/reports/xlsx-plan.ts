import { ColumnSums } from './column-sums.ts';
import type { ReportColumn } from './columns.ts';
import type { Labels } from './label-types.ts';
import { slices } from './walk.ts';
import { sheetName } from './xlsx-cell-text.ts';

/** One sheet of a table: one currency, at most as many rows as a sheet holds. */
export interface SheetPlan<Row> {
  name: string;
  /** Null for the sheet that says that there are no rows. */
  currency: string | null;
  sums: ColumnSums<Row>;
}

/** What is needed to plan and write one of the two tables. */
export interface Table<Row> {
  title: string;
  columns: readonly ReportColumn<Row>[];
  chunks(): Iterable<Row[]>;
  currencyOf(row: Row): string;
  /** Whether an empty column for the reader's notes is added. */
  notes: boolean;
}

/**
 * Reads a table once to learn which sheets it needs and what their totals come to: a sheet's totals stand above its
 * rows and are written first. Every currency gets its own sheets, because a filter-following SUBTOTAL cannot tell
 * currencies apart and amounts in different currencies are never added.
 */
export async function planSheets<Row>(
  table: Table<Row>,
  options: {
    labels: Labels;
    rowsPerSheet: number;
    taken: Set<string>;
    currencies: readonly string[];
    signal: AbortSignal;
  },
): Promise<SheetPlan<Row>[]> {
  const parts = new Map<string, ColumnSums<Row>[]>(options.currencies.map((currency) => [currency, []]));
  for await (const rows of slices(table.chunks(), options.signal)) {
    for (const row of rows) {
      const currency = table.currencyOf(row);
      const sheets = parts.get(currency) ?? [];
      parts.set(currency, sheets);
      let current = sheets.at(-1);
      if (current === undefined || current.rows >= options.rowsPerSheet) {
        current = new ColumnSums(table.columns);
        sheets.push(current);
      }
      current.add(row, options.labels);
    }
  }
  const plans = [...parts].flatMap(([currency, sheets]) =>
    sheets.map((sums, index) => {
      const words = [table.title, currency.toUpperCase(), index === 0 ? '' : `${index + 1}`];
      // Findings about no order may have no currency: their sheet's name is the title alone.
      const wanted = words.filter((word) => word !== '').join(' ');
      return { name: sheetName(wanted, options.taken), currency, sums };
    }),
  );
  if (plans.length > 0) return plans;
  return [{ name: sheetName(table.title, options.taken), currency: null, sums: new ColumnSums(table.columns) }];
}
