import type { StatementField } from '../../../shared/statements.ts';
import type { ReadingWatch, RowSource, SourceRow } from '../reading/source.ts';
import { type AmountColumn, createAmountSums } from './amount-columns.ts';
import { type AmountText, readLiteral, takeApart } from './amounts.ts';
import { createDateEvidence, type DateEvidence, readDate } from './dates.ts';
import { createDecimalEvidence, type DecimalVerdict } from './decimals.ts';
import { keyOfLiteral, lookOf, readKey } from './keys.ts';
import type { Layout } from './layout.ts';
import { createRowKinds, isTotalLabel, printedTotals } from './row-kinds.ts';
import type { KeyField } from './row-reader.ts';

const AMOUNTS: readonly StatementField[] = ['amount', 'refund', 'fee', 'net', 'rate'];
const KEYS: readonly KeyField[] = ['order', 'invoice', 'transaction', 'batch'];
/** So many texts of dates are not looked at again. */
const MOST_DATES = 10_000;
/** The most totals that are looked at. */
const MOST_TOTALS = 1_000;

/** What all rows of a file together prove. */
export interface Judgement {
  /** Rows of the table. */
  rows: number;
  decimal: DecimalVerdict;
  dates: ReturnType<DateEvidence['judge']>;
  /** The totals that the file prints, as they stand there. */
  printed: string[];
  /** The same, taken apart. */
  totals: AmountText[];
  /** Columns in which every number of more than 15 digits ends with zeros after the fifteenth. */
  cutColumns: ReadonlySet<KeyField>;
  /** The columns that could be the amount, where there are several. */
  rivals: AmountColumn[];
}

/** Reads all rows once for what they prove; nothing is kept of them. @throws AppError STATEMENT_UNREADABLE, CANCELLED */
export async function judgeRows(
  source: RowSource,
  layout: Layout,
  timeZone: string,
  watch: ReadingWatch,
): Promise<Judgement> {
  const kindOf = createRowKinds(layout);
  const { columns } = layout;
  const summed: StatementField = columns.amount === undefined ? 'refund' : 'amount';
  const amountColumns = AMOUNTS.flatMap((field) => {
    const column = columns[field];
    return column === undefined ? [] : [{ column, isSummed: field === summed }];
  });
  const keyColumns = KEYS.flatMap((field) => {
    const column = columns[field];
    return column === undefined ? [] : [{ field, column, zeros: 0, intact: 0 }];
  });
  const decimals = createDecimalEvidence();
  const dates = createDateEvidence();
  const totals: AmountText[] = [];
  const amountSums = createAmountSums(layout);
  let rows = 0;
  const knownDates = new Set<string>();

  function judgeAmounts(row: SourceRow): void {
    for (const { column, isSummed } of amountColumns) {
      const text = (row.cells[column] ?? '').trim();
      if (text === '') continue;
      const kind = row.kinds?.[column] ?? 'text';
      if (kind === 'number') {
        const micros = readLiteral(text);
        if (isSummed && typeof micros === 'bigint') decimals.addExact(micros);
      } else if (kind === 'text') {
        const apart = takeApart(text);
        if (apart === null) continue;
        decimals.add(apart, row.line, isSummed);
      }
    }
  }

  function judgeDate({ cells, kinds, line }: SourceRow): void {
    if (columns.date === undefined || (kinds?.[columns.date] ?? 'text') !== 'text') return;
    const text = cells[columns.date] ?? '';
    if (knownDates.has(text)) return;
    // With times every text is its own; the memory of them stays small.
    if (knownDates.size < MOST_DATES) knownDates.add(text);
    dates.add(readDate(text, timeZone), line);
  }

  function judgeKeys({ cells, kinds }: SourceRow): void {
    for (const each of keyColumns) {
      const text = cells[each.column] ?? '';
      if (text.length < 16 && kinds === null) continue;
      const read = readKey(text);
      if ('problem' in read || read.key === null) continue;
      const look = lookOf(kinds?.[each.column] === 'number' ? keyOfLiteral(read.key) : read.key);
      if (look === 'zeros') each.zeros += 1;
      if (look === 'intact') each.intact += 1;
    }
  }

  function judgeTotal(row: SourceRow): void {
    if (totals.length < MOST_TOTALS) totals.push(...printedTotals(row, layout));
  }

  for await (const part of source.parts(watch)) {
    for (const row of part) {
      const kind = kindOf(row);
      if (kind === 'data') {
        rows += 1;
        judgeAmounts(row);
        amountSums.add(row);
        judgeDate(row);
        judgeKeys(row);
      } else if (kind === 'total' || isTitleTotal(row, layout)) {
        judgeTotal(row);
      }
    }
  }
  return {
    rows,
    decimal: decimals.judge(totals),
    dates: dates.judge(),
    rivals: amountSums.sums(),
    printed: totals.map(({ negative, body }) => (negative ? `-${body}` : body)),
    totals,
    cutColumns: new Set(keyColumns.filter(({ zeros, intact }) => zeros > 0 && intact === 0).map(({ field }) => field)),
  };
}

/** Above the table, "Toplam tutar" with its amount. */
function isTitleTotal({ line, cells }: SourceRow, { headerLine }: Layout): boolean {
  return headerLine !== null && line < headerLine && cells.some(isTotalLabel);
}
