import { createRowSplitter } from '../../statements/reading/split-rows.ts';
import { noTable, type PasteColumn, readColumns } from './columns.ts';

/** The most rows of one paste, the heading not counted. */
export const MOST_PASTED = 10_000;

/** A row of a paste: its cells, and the line of the text that it begins on. */
export interface TableRow {
  line: number;
  cells: string[];
}

export interface PastedTable {
  columns: Map<PasteColumn, number>;
  /** How many cells the heading has. */
  width: number;
  /** Headings that name no column of a proposal. */
  ignored: string[];
  /** Rows with at least one cell that is not blank. */
  rows: TableRow[];
}

/**
 * Splits what was copied from a spreadsheet, or the text of a CSV file: tabs, semicolons or commas, cells in quotes with
 * line ends in them. The first row that is not blank is the heading.
 * @throws AppError VALUE_INVALID for no table of proposals, or one of more than 10,000 rows; FIELD_NOT_WRITABLE
 */
export function readTable(text: string): PastedTable {
  const clean = text.replace(/^\uFEFF/, '');
  const rows = split(clean, delimiterOf(clean)).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [heading, ...body] = rows;
  if (heading === undefined) throw noTable('There is nothing to paste. Copy the rows with their heading.');
  const read = readColumns(heading.cells);
  if (body.length > MOST_PASTED) {
    throw noTable(`There are ${body.length} rows; at most ${MOST_PASTED} can be pasted at once. Paste them in parts.`);
  }
  return { ...read, width: heading.cells.length, rows: body };
}

/** A spreadsheet copies tabs. Otherwise the sign that cuts the heading into most cells. */
function delimiterOf(text: string): string {
  const heading = /^[^\r\n]*\S[^\r\n]*$/m.exec(text)?.[0] ?? '';
  if (heading.includes('\t')) return '\t';
  return heading.split(';').length >= heading.split(',').length ? ';' : ',';
}

function split(text: string, delimiter: string): TableRow[] {
  try {
    const splitter = createRowSplitter(delimiter);
    return [...splitter.push(text), ...splitter.end()].map(({ line, cells }) => ({ line, cells }));
  } catch {
    // A cell that begins with a quote and is not closed: then quotes are signs like any other.
    return text.split(/\r\n|\n|\r/).map((line, place) => ({ line: place + 1, cells: line.split(delimiter) }));
  }
}
