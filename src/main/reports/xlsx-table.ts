import type { WorkbookWriter } from '@cj-tech-master/excelts';
import { AppError } from '../../shared/errors.ts';
import { formatAmount, type Micros } from '../../shared/money.ts';
import { fitsSpreadsheet, localAmount } from './amount-text.ts';
import type { ReportColumn } from './columns.ts';
import { periodText, type ReportVoice } from './header-block.ts';
import type { ReportJob } from './report-job.ts';
import { slices } from './walk.ts';
import { warnings } from './warnings.ts';
import { columnLetters } from './xlsx-cell-text.ts';
import type { SheetPlan, Table } from './xlsx-plan.ts';
import { type Cell, linesOf, SheetWriter } from './xlsx-sheet.ts';
import { amountStyle, dateStyle, LONG_AMOUNT, STYLES, totalStyle } from './xlsx-styles.ts';

/** Rows above the data: title, total of all rows, total of the rows shown, column headings. */
export const HEADING_ROWS = 4;
/** The row whose formulas add up all rows of a sheet; the summary refers to it. */
export const ALL_ROWS_ROW = 2;
const NOTE_WIDTH = 24;
/** Room for a heading's indent and filter button, in characters. */
const FILTER_BUTTON = 5;
/** Function numbers of SUBTOTAL that leave hidden rows out: sum, and count of non-empty cells. */
const SUM_SHOWN = 109;
const COUNT_SHOWN = 103;

/** Writes every sheet of a table: one walk through its rows for each currency. */
export async function writeTable<Row>(
  workbook: WorkbookWriter,
  table: Table<Row>,
  plans: readonly SheetPlan<Row>[],
  job: ReportJob,
  onRow: (row: Row) => void,
): Promise<void> {
  for (const currency of new Set(plans.map((plan) => plan.currency))) {
    const sheets = plans.filter((plan) => plan.currency === currency);
    let next = 0;
    let current: { plan: SheetPlan<Row>; sheet: SheetWriter; left: number } | null = null;
    const open = async (): Promise<NonNullable<typeof current>> => {
      const plan = sheets[next];
      if (plan === undefined) throw changedWhileRead();
      next += 1;
      return { plan, sheet: await openSheet(workbook, table, plan, job), left: plan.sums.rows };
    };
    current = await open();
    for await (const rows of slices(table.chunks(), job.signal)) {
      for (const row of rows) {
        if (table.currencyOf(row) !== currency) continue;
        if (current.left === 0) {
          current.sheet.close();
          current = await open();
        }
        current.sheet.write(table.columns.map((column) => dataCell(column, row, currency, job.voice)));
        current.left -= 1;
        onRow(row);
      }
      await job.file.drained();
      job.onRows();
    }
    if (current.left > 0 || next < sheets.length) throw changedWhileRead();
    current.sheet.close();
  }
}

function changedWhileRead(): AppError {
  return new AppError(
    'INTERNAL',
    'The data changed while the report was written, so it was not delivered; run it again.',
  );
}

async function openSheet<Row>(
  workbook: WorkbookWriter,
  table: Table<Row>,
  plan: SheetPlan<Row>,
  job: ReportJob,
): Promise<SheetWriter> {
  const { voice, source } = job;
  const { labels } = voice;
  const headings = [...table.columns.map((column) => column.id), ...(table.notes ? (['note'] as const) : [])];
  const sheet = new SheetWriter(workbook, {
    name: plan.name,
    columns: headings.map((id, index) => {
      const column = table.columns[index];
      if (column === undefined) return { width: NOTE_WIDTH, style: STYLES.note };
      return { width: widthOf(column.width, labels.columns[id]) };
    }),
    frozen: { rows: HEADING_ROWS, columns: 1 },
    printTitleRow: HEADING_ROWS,
    footer: { left: source.header.company || source.header.connection, page: labels.page, right: labels.reportName },
  });
  await sheet.protect();
  const last = HEADING_ROWS + Math.max(plan.sums.rows, 1);
  sheet.filter(`A${HEADING_ROWS}:${columnLetters(headings.length)}${last}`);
  sheet.expectDigitsAsText(`A1:${columnLetters(headings.length)}${last}`);

  const period = `${periodText(source.header.period, voice)} (${source.header.timeZone})`;
  const mark = warnings(source, voice).length > 0 ? ` · ${labels.warnings.mark}` : '';
  sheet.writeTitle(`${plan.name} · ${period}${mark}`, STYLES.title);
  sheet.write(totalsRow(table, plan, last, voice, labels.totals.all, { sum: 'SUM(', count: 'COUNTA(' }));
  const shown = { sum: `SUBTOTAL(${SUM_SHOWN},`, count: `SUBTOTAL(${COUNT_SHOWN},` };
  sheet.write(totalsRow(table, plan, last, voice, labels.totals.shown, shown));
  sheet.write(
    headings.map((id, index) => {
      const value = labels.columns[id];
      const column = table.columns[index];
      return {
        value,
        style: isNumber(column) ? STYLES.numberHeading : STYLES.columnHeading,
        lines: linesOf(value, widthOf(column?.width ?? NOTE_WIDTH, value) - FILTER_BUTTON),
      };
    }),
  );
  return sheet;
}

/** Wide enough for the longest word of the heading: the words of a heading may stand below each other. */
function widthOf(width: number, heading: string): number {
  return Math.max(width, ...heading.split(' ').map((word) => word.length + FILTER_BUTTON));
}

function isNumber(column: { kind: string } | undefined): boolean {
  return column?.kind === 'amount' || column?.kind === 'count';
}

function totalsRow<Row>(
  table: Table<Row>,
  plan: SheetPlan<Row>,
  last: number,
  voice: ReportVoice,
  label: string,
  call: { sum: string; count: string },
): (Cell | null)[] {
  const range = (index: number): string => {
    const letters = columnLetters(index + 1);
    return `${letters}${HEADING_ROWS + 1}:${letters}${last}`;
  };
  return table.columns.map((column, index) => {
    if (index === 0) return { value: label, style: STYLES.label };
    // The second column holds ids, which every row has: it counts the rows.
    if (index === 1) {
      return {
        value: { formula: `${call.count}${range(index)})`, result: plan.sums.rows },
        style: totalStyle(null, voice.negativeStyle),
      };
    }
    if (!column.totalled) return null;
    const result = toDouble(plan.sums.of(column.id));
    const style = totalStyle(column.kind === 'amount' ? plan.currency : null, voice.negativeStyle);
    return { value: { formula: `${call.sum}${range(index)})`, result }, style };
  });
}

/** The double nearest to an exact sum: what the spreadsheet's formula comes to, but for its own rounding. */
export function toDouble(sum: Micros): number {
  return Number(formatAmount(sum, ''));
}

function dataCell<Row>(column: ReportColumn<Row>, row: Row, currency: string | null, voice: ReportVoice): Cell | null {
  const value = column.value(row, voice.labels);
  if (value === null) return null;
  if (typeof value === 'number') {
    if (column.kind !== 'instant') return { value, style: STYLES.count };
    return { value: voice.clock.serial(value), style: dateStyle(voice.language) };
  }
  if (column.kind === 'amount') return amountCell(value, currency ?? '', voice);
  if (!column.wraps) return { value, style: STYLES.text };
  return { value, style: STYLES.wrapped, lines: linesOf(value, column.width) };
}

/** An amount as a number with the decimals of its currency, or as marked text where a number would lose digits. */
export function amountCell(amount: string, currency: string, voice: ReportVoice): Cell {
  const { language, negativeStyle } = voice;
  if (fitsSpreadsheet(amount)) return { value: Number(amount), style: amountStyle(currency, negativeStyle, amount) };
  const text = localAmount(amount, language);
  const inParentheses = negativeStyle === 'parentheses' && text.startsWith('-');
  return { value: inParentheses ? `(${text.slice(1)})` : text, style: LONG_AMOUNT };
}
