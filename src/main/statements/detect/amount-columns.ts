import { AppError } from '../../../shared/errors.ts';
import { formatAmount } from '../../../shared/money.ts';
import {
  type ColumnsTaken,
  type DecimalStyle,
  STATEMENT_FIELDS,
  type StatementSpec,
} from '../../../shared/statements.ts';
import type { SourceRow } from '../reading/source.ts';
import { readLiteral, readUnder, takeApart } from './amounts.ts';
import type { Layout } from './layout.ts';

/** A column that could be the amount by its heading or its values, beside the one that was taken, or that one itself. */
export interface AmountColumn {
  /** From 0 on. */
  column: number;
  /** What its cells add up to under each reading; cells that are no amount are left out. */
  sums: Record<DecimalStyle, bigint>;
}

/** Adds up the columns that could be the amount. Nothing is done where there is only one. */
export function createAmountSums({ columns, amountRivals }: Layout): {
  add(row: SourceRow): void;
  sums(): AmountColumn[];
} {
  const amount = columns.amount;
  const candidates = amount === undefined || amountRivals.length === 0 ? [] : [amount, ...amountRivals];
  const found = candidates.map((column) => ({ column, cells: 0, sums: { comma: 0n, point: 0n } }));
  return {
    add({ cells, kinds }) {
      for (const each of found) {
        const text = (cells[each.column] ?? '').trim();
        if (text === '') continue;
        const apart = kinds?.[each.column] === 'number' ? null : takeApart(text);
        const literal = kinds?.[each.column] === 'number' ? readLiteral(text) : null;
        if (apart === null && typeof literal !== 'bigint') continue;
        each.cells += 1;
        for (const style of ['comma', 'point'] as const) {
          const value = apart === null ? literal : readUnder(style, apart);
          if (typeof value === 'bigint') each.sums[style] += value;
        }
      }
    },
    // A column without any amount in it is none.
    sums: () =>
      found.filter(({ cells, column }) => cells > 0 || column === amount).map(({ column, sums }) => ({ column, sums })),
  };
}

/**
 * Refuses a guess among columns that say different things.
 * @throws AppError STATEMENT_COLUMN_UNCLEAR with the columns and their sums
 */
export function assertClearAmounts(
  { headings }: Pick<Layout, 'headings'>,
  rivals: readonly AmountColumn[],
  { spec, decimal }: { spec: StatementSpec; decimal: DecimalStyle },
): void {
  const sums = new Set(rivals.map((each) => each.sums[decimal]));
  if (sums.size <= 1) return;
  const candidates = rivals.map((each) => ({
    column: each.column + 1,
    heading: headings[each.column] ?? '',
    sum: formatAmount(each.sums[decimal], spec.currency ?? ''),
  }));
  const named = candidates.map(({ column, heading, sum }) => `column ${column} "${heading.slice(0, 40)}" (${sum})`);
  throw new AppError(
    'STATEMENT_COLUMN_UNCLEAR',
    `Several columns could be the amount, and their sums differ: ${named.slice(0, 5).join(', ')}. Say which one it is, for example with amount=${candidates[0]?.column}.`,
    { details: { field: 'amount', columns: candidates } },
  );
}

/** Which column was taken for what. */
export function columnsTaken({ columns, headings, dateRivals }: Layout, rivals: readonly AmountColumn[]): ColumnsTaken {
  const taken: ColumnsTaken = {};
  for (const field of STATEMENT_FIELDS) {
    const column = columns[field];
    if (column === undefined) continue;
    const could = field === 'amount' ? rivals.map((each) => each.column) : field === 'date' ? dateRivals : [];
    const others = could.filter((each) => each !== column).map((each) => each + 1);
    taken[field] = {
      column: column + 1,
      heading: (headings[column] ?? '').slice(0, 200) || null,
      ...(others.length > 0 ? { others } : {}),
    };
  }
  return taken;
}
