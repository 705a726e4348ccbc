/**
 * What stands in a cell. text: as written; number: the literal of a workbook's number; date: a workbook's date as
 * `YYYY-MM-DD HH:MM:SS`; formula: one without a kept value; fault: an error value like `#N/A`.
 */
export type CellKind = 'text' | 'number' | 'date' | 'formula' | 'fault';

/** One row of a file. `line` is where it begins, the first being 1; in a workbook the number of its row. */
export interface SourceRow {
  line: number;
  cells: string[];
  /** Kinds of the cells; null = all are text. */
  kinds: CellKind[] | null;
}

/** How a source tells how far it is, and learns that nobody waits any more. */
export interface ReadingWatch {
  /** Bytes of the file that were read since the last call. @throws AppError CANCELLED */
  advance(bytes: number): void;
  /** Lets other work of this thread have its turn. */
  pause(): Promise<void>;
}

/** A file that was opened and looked at, and whose rows can be read several times from the beginning. */
export interface RowSource {
  format: 'delimited' | 'xlsx';
  encoding: string | null;
  delimiter: string | null;
  sheets: string[];
  /** Rows in parts, in order. @throws AppError STATEMENT_UNREADABLE, CANCELLED */
  parts(watch: ReadingWatch): AsyncGenerator<SourceRow[], void, void>;
}

/** The most columns of a row; statements have a few dozen. */
export const MOST_COLUMNS = 500;
/** The longest row, signs; also the longest quoted cell. */
export const LONGEST_ROW = 1_048_576;
