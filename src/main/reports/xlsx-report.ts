import type { Finding } from '../../shared/findings.ts';
import { findingColumns, ORDER_COLUMNS } from './columns.ts';
import type { ReportJob } from './report-job.ts';
import type { ReportOrder } from './source.ts';
import { sheetName } from './xlsx-cell-text.ts';
import { loadWorkbookWriter } from './xlsx-library.ts';
import { planSheets, type Table } from './xlsx-plan.ts';
import { writeSummary } from './xlsx-summary.ts';
import { HEADING_ROWS, writeTable } from './xlsx-table.ts';

/** Rows of a sheet in the XLSX format. */
const SHEET_ROWS = 1_048_576;
/** Data rows that one sheet takes; the next ones go to a further sheet. */
export const DATA_ROWS_PER_SHEET = SHEET_ROWS - HEADING_ROWS;

/**
 * Writes the report as a workbook: a summary, then for findings and for orders the sheets of every currency. Sheets are
 * written one after the other straight to the file; nothing but the current slice of rows is held.
 */
export async function writeXlsxReport(job: ReportJob, rowsPerSheet: number): Promise<void> {
  const { source, voice, file } = job;
  const { labels } = voice;
  const taken = new Set<string>();
  const summary = sheetName(labels.sheets.summary, taken);
  const findings: Table<Finding> = {
    title: labels.sheets.findings,
    columns: findingColumns(voice.language),
    chunks: () => source.findings(),
    currencyOf: (finding) => finding.currency,
    notes: true,
  };
  const orders: Table<ReportOrder> = {
    title: labels.sheets.orders,
    columns: ORDER_COLUMNS,
    chunks: () => source.orders(),
    currencyOf: (order) => order.currency,
    notes: false,
  };
  const options = {
    labels,
    rowsPerSheet,
    taken,
    currencies: Object.keys(source.control.totals),
    signal: job.signal,
  };
  const findingSheets = await planSheets(findings, options);
  const orderSheets = await planSheets(orders, options);

  const program = `Mutabakat ${source.header.programVersion}`;
  const Workbook = await loadWorkbookWriter();
  const workbook = new Workbook({
    stream: file.stream,
    useStyles: true,
    useSharedStrings: false,
    creator: program,
    lastModifiedBy: program,
    created: new Date(source.header.runAtMs),
  });
  await writeSummary(workbook, summary, source, orderSheets, voice);
  await writeTable(workbook, findings, findingSheets, job, (finding) => job.tieOut.addFinding(finding));
  await writeTable(workbook, orders, orderSheets, job, (order) => job.tieOut.addOrder(order));
  await workbook.commit();
}
