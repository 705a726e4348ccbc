import type { ReportRequest, ReportResult } from '../../shared/reports.ts';
import type { Settings } from '../../shared/settings.ts';
import { writeCsvReport } from './csv-report.ts';
import type { ReportVoice } from './header-block.ts';
import { labelsFor } from './labels.ts';
import { LocalClock } from './local-clock.ts';
import { OutputFile } from './output-file.ts';
import type { ReportJob } from './report-job.ts';
import type { ReportSource } from './source.ts';
import { TieOut } from './tie-out.ts';
import { throwIfCancelled } from './walk.ts';
import { DATA_ROWS_PER_SHEET, writeXlsxReport } from './xlsx-report.ts';

/** Where a report goes and who hears about it. */
export interface ExportOptions {
  path: string;
  /** How negative amounts are shown in a workbook. A CSV file is data for other programs and always has a plain minus. */
  negativeStyle: Settings['negativeStyle'];
  signal: AbortSignal;
  /** Data rows written so far, of all: orders and findings. */
  onProgress(rows: number, total: number): void;
  /** Data rows on one sheet of a workbook; only tests lower it. */
  rowsPerSheet?: number;
}

/**
 * Writes a report of `source` to `options.path`. The file appears, or replaces an older one, only when it is whole and
 * its totals, added up again from the rows as they were written, equal the control totals.
 * @throws AppError FILE_NOT_WRITABLE, CANCELLED, or INTERNAL when the report does not tie out; the older file then stays
 * and nothing is left behind.
 */
export async function exportReport(
  source: ReportSource,
  request: ReportRequest,
  options: ExportOptions,
): Promise<ReportResult> {
  throwIfCancelled(options.signal);
  const file = await OutputFile.create(options.path);
  try {
    const tieOut = new TieOut();
    const total = source.control.orders + source.control.findings;
    const { language } = request;
    const voice: ReportVoice = {
      language,
      labels: labelsFor(language),
      clock: new LocalClock(source.header.timeZone),
      negativeStyle: options.negativeStyle,
    };
    const job: ReportJob = {
      source,
      voice,
      file,
      tieOut,
      signal: options.signal,
      onRows: () => options.onProgress(tieOut.rows, total),
    };
    if (request.format === 'csv') await writeCsvReport(job);
    else await writeXlsxReport(job, options.rowsPerSheet ?? DATA_ROWS_PER_SHEET);
    tieOut.verify(source.control);
    throwIfCancelled(options.signal);
    const sha256 = await file.finish();
    return { path: file.path, rows: tieOut.rows, totals: tieOut.totals(), sha256 };
  } catch (error) {
    await file.discard();
    throw file.explain(error);
  }
}
