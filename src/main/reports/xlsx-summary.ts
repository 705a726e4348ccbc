import type { WorkbookWriter } from '@cj-tech-master/excelts';
import { checkTitle } from '../reconcile/checks/catalogue.ts';
import { ORDER_COLUMNS } from './columns.ts';
import {
  checkCounts,
  controlLines,
  type HeaderLine,
  headerLines,
  legendLines,
  type ReportVoice,
} from './header-block.ts';
import type { ReportOrder, ReportSource } from './source.ts';
import { warnings } from './warnings.ts';
import { columnLetters, quotedSheet } from './xlsx-cell-text.ts';
import type { SheetPlan } from './xlsx-plan.ts';
import { type Cell, type FormulaCell, SheetWriter } from './xlsx-sheet.ts';
import { amountStyle, STYLES } from './xlsx-styles.ts';
import { ALL_ROWS_ROW, amountCell, toDouble } from './xlsx-table.ts';

const WIDTHS = [34, 26, 20, 20, 32, 32];

/** Writes the first sheet: what the report is, its control totals, its findings by check, and how to read it. */
export async function writeSummary(
  workbook: WorkbookWriter,
  name: string,
  source: ReportSource,
  orderSheets: readonly SheetPlan<ReportOrder>[],
  voice: ReportVoice,
): Promise<void> {
  const { labels } = voice;
  const sheet = new SheetWriter(workbook, {
    name,
    columns: WIDTHS.map((width) => ({ width })),
    onePage: true,
    footer: { left: source.header.company || source.header.connection, page: labels.page, right: labels.reportName },
  });
  await sheet.protect();
  sheet.writeTitle(labels.reportName, STYLES.title);
  for (const text of warnings(source, voice)) {
    sheet.writeWide(`${labels.warnings.title}: ${text}`, WIDTHS.length, STYLES.warning);
  }
  sheet.write([]);
  writePairs(sheet, headerLines(source, voice));
  sheet.write([]);
  for (const who of [labels.header.preparedBy, labels.header.checkedBy]) {
    sheet.write([
      { value: who, style: STYLES.label },
      { value: null, style: STYLES.input },
      { value: labels.header.date, style: STYLES.label },
      { value: null, style: STYLES.input },
    ]);
  }
  sheet.write([]);
  writeControl(sheet, source, orderSheets, voice);
  sheet.write([]);
  writeChecks(sheet, source, voice);
  sheet.write([]);
  writeStatuses(sheet, source, voice);
  sheet.write([]);
  heading(sheet, labels.legend.title);
  for (const text of legendLines(labels, 'xlsx')) sheet.writeWide(text, WIDTHS.length, STYLES.wrapped);
  sheet.close();
}

function heading(sheet: SheetWriter, title: string): void {
  sheet.write(WIDTHS.map((_, index) => ({ value: index === 0 ? title : null, style: STYLES.heading })));
}

function columnHeadings(sheet: SheetWriter, titles: readonly string[], firstNumber: readonly number[]): void {
  sheet.write(
    titles.map((value, index) => ({
      value,
      style: firstNumber.includes(index) ? STYLES.numberHeading : STYLES.columnHeading,
    })),
  );
}

function writePairs(sheet: SheetWriter, lines: readonly HeaderLine[]): void {
  for (const { label, text } of lines) {
    sheet.write([
      { value: label, style: STYLES.label },
      { value: text, style: STYLES.text },
    ]);
  }
}

function writeControl(
  sheet: SheetWriter,
  source: ReportSource,
  orderSheets: readonly SheetPlan<ReportOrder>[],
  voice: ReportVoice,
): void {
  const words = voice.labels.control;
  heading(sheet, words.title);
  const titles = [words.currency, words.orders, words.amount, words.refund, words.sheetAmount, words.sheetRefund];
  columnHeadings(sheet, titles, [1, 2, 3, 4, 5]);
  for (const [currency, total] of Object.entries(source.control.totals)) {
    const sheets = orderSheets.filter((plan) => plan.currency === currency);
    sheet.write([
      { value: currency.toUpperCase(), style: STYLES.text },
      { value: total.orders, style: STYLES.count },
      amountCell(total.amount, currency, voice),
      amountCell(total.refund, currency, voice),
      { value: sheetTotal(sheets, 'amount'), style: amountStyle(currency, voice.negativeStyle) },
      { value: sheetTotal(sheets, 'refund'), style: amountStyle(currency, voice.negativeStyle) },
    ]);
  }
  sheet.write([
    { value: words.allCurrencies, style: STYLES.label },
    { value: source.control.orders, style: STYLES.count },
  ]);
  sheet.write([
    { value: words.findings, style: STYLES.label },
    { value: source.control.findings, style: STYLES.count },
  ]);
  writePairs(sheet, controlLines(source, voice));
}

/** What the "all rows" lines of a currency's order sheets add up to, calculated by the spreadsheet from its own cells. */
function sheetTotal(sheets: readonly SheetPlan<ReportOrder>[], column: 'amount' | 'refund'): FormulaCell {
  const cell = `${columnLetters(ORDER_COLUMNS.findIndex(({ id }) => id === column) + 1)}${ALL_ROWS_ROW}`;
  return {
    formula: sheets.map(({ name }) => `${quotedSheet(name)}!${cell}`).join('+') || '0',
    result: toDouble(sheets.reduce((sum, { sums }) => sum + sums.of(column), 0n)),
  };
}

function writeChecks(sheet: SheetWriter, source: ReportSource, voice: ReportVoice): void {
  const words = voice.labels.byCheck;
  heading(sheet, words.title);
  const titles = [words.check, words.code, words.count, words.skipped, words.currency, words.difference];
  columnHeadings(sheet, titles, [2, 3, 5]);
  for (const { check, count, skipped, differences } of checkCounts(source.control)) {
    const start: Cell[] = [
      { value: checkTitle(check, voice.language), style: STYLES.text },
      { value: check, style: STYLES.text },
      { value: count, style: STYLES.count },
      { value: skipped, style: STYLES.count },
    ];
    writeGroup(sheet, start, differences, voice);
  }
}

/** What is decided, status by status: accepted differences are listed and summed, not hidden. */
function writeStatuses(sheet: SheetWriter, source: ReportSource, voice: ReportVoice): void {
  const words = voice.labels.byStatus;
  heading(sheet, words.title);
  columnHeadings(sheet, [words.status, '', words.count, '', words.currency, words.difference], [2, 5]);
  for (const { status, count, differences } of source.control.byStatus) {
    const start: (Cell | null)[] = [
      { value: voice.labels.codes.findingStatuses[status], style: STYLES.text },
      null,
      { value: count, style: STYLES.count },
      null,
    ];
    writeGroup(sheet, start, differences, voice);
  }
}

/** A group of findings, one row a currency; the first row says which group it is. */
function writeGroup(
  sheet: SheetWriter,
  start: readonly (Cell | null)[],
  differences: readonly { currency: string; difference: string }[],
  voice: ReportVoice,
): void {
  if (differences.length === 0) sheet.write([...start]);
  differences.forEach(({ currency, difference }, index) => {
    const amount = amountCell(difference, currency, voice);
    sheet.write([
      ...(index === 0 ? start : start.map(() => null)),
      { value: currency.toUpperCase(), style: STYLES.text },
      amount,
    ]);
  });
}
