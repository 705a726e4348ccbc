import { checkTitle } from '../reconcile/checks/catalogue.ts';
import { localAmount } from './amount-text.ts';
import { findingColumns, ORDER_AMOUNTS, ORDER_COLUMNS, type ReportColumn } from './columns.ts';
import { BYTE_ORDER_MARK, csvLine, csvSeparator, guardFormula } from './csv-text.ts';
import {
  checkCounts,
  controlLines,
  type HeaderLine,
  headerLines,
  legendLines,
  type ReportVoice,
} from './header-block.ts';
import { OrderSums } from './order-sums.ts';
import type { ReportJob } from './report-job.ts';
import type { ReportSource } from './source.ts';
import { slices } from './walk.ts';
import { warnings } from './warnings.ts';

/**
 * Writes the report as one CSV file of sections: header block, control totals, findings by check, legend, findings,
 * orders. A section begins with a line that holds its title only, then its column headings where it is a table; a blank
 * line ends it. Orders come last, so that their table runs to the end of the file.
 *
 * Negative amounts have a plain minus whatever the setting says: the file is data for other programs to import, and they
 * do not all read `(1.00)` as a number.
 */
export async function writeCsvReport(job: ReportJob): Promise<void> {
  const { source, voice, file } = job;
  const { labels } = voice;
  // The totals stand above the rows, so the rows are read once before: the source is a snapshot and gives the same again.
  const sums = await OrderSums.of(source.orders(), job.signal);
  file.stream.write(BYTE_ORDER_MARK + frontMatter(source, sums, voice));

  file.stream.write(section(labels.sheets.findings, voice));
  const findingTable = findingColumns(voice.language);
  file.stream.write(line(headings(findingTable, voice), voice));
  for await (const rows of slices(source.findings(), job.signal)) {
    for (const finding of rows) job.tieOut.addFinding(finding);
    await writeRows(job, findingTable, rows);
  }

  file.stream.write(line([], voice) + section(labels.sheets.orders, voice));
  file.stream.write(line(headings(ORDER_COLUMNS, voice), voice));
  for await (const rows of slices(source.orders(), job.signal)) {
    for (const order of rows) job.tieOut.addOrder(order);
    await writeRows(job, ORDER_COLUMNS, rows);
  }
  job.tieOut.verifySums(sums);
}

async function writeRows<Row>(job: ReportJob, columns: readonly ReportColumn<Row>[], rows: Row[]): Promise<void> {
  const text = rows
    .map((row) =>
      line(
        columns.map((column) => field(column, row, job.voice)),
        job.voice,
      ),
    )
    .join('');
  job.file.stream.write(text);
  await job.file.drained();
  job.onRows();
}

function field<Row>(column: ReportColumn<Row>, row: Row, voice: ReportVoice): string {
  const value = column.value(row, voice.labels);
  if (value === null) return '';
  if (typeof value === 'number') {
    return column.kind === 'instant' ? voice.clock.text(value, voice.language) : String(value);
  }
  return column.kind === 'amount' ? localAmount(value, voice.language) : guardFormula(value);
}

/** A line of fields that are safe already. */
function line(fields: readonly string[], voice: ReportVoice): string {
  return csvLine(fields, csvSeparator(voice.language));
}

function section(title: string, voice: ReportVoice): string {
  return line([title], voice);
}

function headings<Row>(columns: readonly ReportColumn<Row>[], voice: ReportVoice): string[] {
  return columns.map((column) => voice.labels.columns[column.id]);
}

function frontMatter(source: ReportSource, sums: OrderSums, voice: ReportVoice): string {
  const { labels } = voice;
  const pairs = (lines: readonly HeaderLine[]): string =>
    lines.map(({ label, text }) => line([label, guardFormula(text)], voice)).join('');
  const signature = (who: string): HeaderLine[] => [
    { label: who, text: '' },
    { label: labels.header.date, text: '' },
  ];
  const blank = line([], voice);
  return [
    section(labels.reportName, voice),
    pairs(warnings(source, voice).map((text) => ({ label: labels.warnings.title, text }))),
    pairs(headerLines(source, voice)),
    pairs([...signature(labels.header.preparedBy), ...signature(labels.header.checkedBy)]),
    blank,
    controlSection(source, sums, voice),
    pairs(controlLines(source, voice)),
    blank,
    checkSection(source, voice),
    blank,
    statusSection(source, voice),
    blank,
    section(labels.legend.title, voice),
    legendLines(labels, 'csv')
      .map((text) => line([text], voice))
      .join(''),
    blank,
  ].join('');
}

function controlSection({ control }: ReportSource, sums: OrderSums, voice: ReportVoice): string {
  const { control: words, columns } = voice.labels;
  const rows = Object.entries(control.totals).map(([currency, total]) => {
    // Amount and refund are the database's own sums, the others those of the rows: the tie-out compares both.
    const amounts = ORDER_AMOUNTS.map((id) =>
      id === 'amount' || id === 'refund' ? total[id] : sums.amount(currency, id),
    );
    const texts = amounts.map((amount) => localAmount(amount, voice.language));
    return line([guardFormula(currency.toUpperCase()), String(total.orders), ...texts], voice);
  });
  return [
    section(words.title, voice),
    line([words.currency, words.orders, ...ORDER_AMOUNTS.map((id) => columns[id])], voice),
    ...rows,
    line([words.allCurrencies, String(control.orders)], voice),
    line([words.findings, String(control.findings)], voice),
  ].join('');
}

/** Count and sums of groups of findings, one line a currency; the first line says which group it is. */
function groupLines(
  start: readonly string[],
  differences: readonly { currency: string; difference: string }[],
  voice: ReportVoice,
): string[] {
  if (differences.length === 0) return [line([...start, '', ''], voice)];
  return differences.map(({ currency, difference }, index) =>
    line(
      [
        ...(index === 0 ? start : start.map(() => '')),
        guardFormula(currency.toUpperCase()),
        localAmount(difference, voice.language),
      ],
      voice,
    ),
  );
}

function checkSection({ control }: ReportSource, voice: ReportVoice): string {
  const words = voice.labels.byCheck;
  const rows = checkCounts(control).flatMap(({ check, count, skipped, differences }) =>
    groupLines([checkTitle(check, voice.language), check, String(count), String(skipped)], differences, voice),
  );
  return [
    section(words.title, voice),
    line([words.check, words.code, words.count, words.skipped, words.currency, words.difference], voice),
    ...rows,
  ].join('');
}

function statusSection({ control }: ReportSource, voice: ReportVoice): string {
  const words = voice.labels.byStatus;
  const rows = control.byStatus.flatMap(({ status, count, differences }) =>
    groupLines([voice.labels.codes.findingStatuses[status], String(count)], differences, voice),
  );
  return [
    section(words.title, voice),
    line([words.status, words.count, words.currency, words.difference], voice),
    ...rows,
  ].join('');
}
