import { isZip, openWorkbook, refuseOle } from '../xlsx/workbook.ts';
import { openDelimited } from './delimited.ts';
import { readFacts } from './file-facts.ts';
import type { OpenedFile } from './opened-file.ts';
import type { ReadingWatch, RowSource } from './source.ts';
import { unreadable } from './unreadable.ts';

/** A file that was looked at: its hash, and its rows. */
export interface OpenedSource {
  sha256: string;
  rows: RowSource;
}

/**
 * Looks at a whole file and finds out how its rows are read: by its first bytes, never by its name.
 * @throws AppError STATEMENT_UNREADABLE, CANCELLED
 */
export async function openSource(file: OpenedFile, sheet: string | null, watch: ReadingWatch): Promise<OpenedSource> {
  const facts = await readFacts(file, watch);
  refusePdf(file, facts.head);
  refuseOle(file, facts.head);
  const rows = isZip(facts.head) ? await openWorkbook(file, sheet, watch) : openDelimited(file, facts);
  return { sha256: facts.sha256, rows };
}

function refusePdf(file: OpenedFile, head: Uint8Array): void {
  if (!Buffer.from(head.subarray(0, 8)).toString('latin1').trimStart().startsWith('%PDF-')) return;
  throw unreadable(`The file ${file.name} is a PDF, which has no columns. Export the statement as CSV or XLSX.`);
}
