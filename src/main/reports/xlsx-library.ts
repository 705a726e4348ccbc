import type { WorkbookWriter } from '@cj-tech-master/excelts';
import { pause } from './walk.ts';

/**
 * The class that writes workbooks. Its library is large and most runs of the program write no workbook, so it is loaded
 * on first use, in three steps: two of its parts first, then the rest, so that others of this thread get their turn
 * between them instead of waiting for all of it.
 */
export async function loadWorkbookWriter(): Promise<typeof WorkbookWriter> {
  await import('@cj-tech-master/excelts/archive');
  await pause();
  await import('@cj-tech-master/excelts/pdf');
  await pause();
  return (await import('@cj-tech-master/excelts')).WorkbookWriter;
}
