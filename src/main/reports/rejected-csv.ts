import { ROW_PROBLEMS, rowProblem } from '../../shared/labels/row-problems.ts';
import type { RejectedRow } from '../../shared/statements.ts';
import { BYTE_ORDER_MARK, csvLine, csvSeparator, guardFormula } from './csv-text.ts';
import type { Language } from './label-types.ts';
import { OutputFile } from './output-file.ts';

/** Rejected rows asked for at once. */
const PART = 500;

/**
 * Writes the rejected rows of a statement as CSV: line, column, reason in words, the reason's code, what the cell says,
 * and the keys that could be read.
 * @returns the number of rows
 * @throws AppError FILE_NOT_WRITABLE
 */
export async function writeRejectedCsv(
  path: string,
  language: Language,
  read: (window: { offset: number; limit: number }) => Promise<{ rows: readonly RejectedRow[] }>,
): Promise<{ rows: number }> {
  const file = await OutputFile.create(path);
  const separator = csvSeparator(language);
  const { headings, fields } = ROW_PROBLEMS[language];
  try {
    file.stream.write(BYTE_ORDER_MARK + csvLine(headings, separator));
    let written = 0;
    for (;;) {
      const { rows } = await read({ offset: written, limit: PART });
      for (const row of rows) file.stream.write(csvLine(cells(row, language, fields), separator));
      await file.drained();
      written += rows.length;
      if (rows.length < PART) break;
    }
    await file.finish();
    return { rows: written };
  } catch (thrown) {
    await file.discard();
    throw file.explain(thrown);
  }
}

function cells(row: RejectedRow, language: Language, fields: Readonly<Record<string, string>>): string[] {
  return [
    String(row.line),
    fields[row.field] ?? row.field,
    rowProblem(row.code, language),
    row.code,
    ...[row.value, row.order, row.invoice, row.transaction].map((text) => guardFormula(text ?? '')),
  ];
}
