import { LONGEST_ROW, MOST_COLUMNS, type SourceRow } from './source.ts';
import { tooManyColumns, unreadable } from './unreadable.ts';

const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;

/** Splits the text of a file, which comes in pieces, into rows. */
export interface RowSplitter {
  /** The rows that are complete with this piece. @throws AppError STATEMENT_UNREADABLE */
  push(text: string): SourceRow[];
  /** The last row, where the file does not end with a line end. @throws AppError STATEMENT_UNREADABLE */
  end(): SourceRow[];
}

/**
 * Rows as RFC 4180 describes them, with any delimiter: a cell in quotes may hold delimiters, line ends and doubled
 * quotes; a quote inside a cell that does not begin with one is a sign like any other. Rows end with CR LF, LF or CR.
 */
export function createRowSplitter(delimiter: string): RowSplitter {
  const separator = delimiter.charCodeAt(0);
  let rest = '';
  let line = 1;

  /** Without quotes a row is a line, which the engine's own search finds fastest. */
  function plain(text: string, isEnd: boolean, rows: SourceRow[]): string {
    let from = 0;
    for (;;) {
      const feed = text.indexOf('\n', from);
      if (feed < 0) break;
      const to = feed > from && text.charCodeAt(feed - 1) === RETURN ? feed - 1 : feed;
      add(rows, text.slice(from, to).split(delimiter));
      line += 1;
      from = feed + 1;
    }
    if (isEnd && from < text.length) {
      const to = text.charCodeAt(text.length - 1) === RETURN ? text.length - 1 : text.length;
      add(rows, text.slice(from, to).split(delimiter));
      return '';
    }
    return text.slice(from);
  }

  function add(rows: SourceRow[], cells: string[]): void {
    if (cells.length > MOST_COLUMNS) throw tooManyColumns(line, cells.length, MOST_COLUMNS);
    rows.push({ line, cells, kinds: null });
  }

  /** Row by row and cell by cell. Answers the text that does not make a whole row yet. */
  function careful(text: string, isEnd: boolean, rows: SourceRow[]): string {
    let from = 0;
    while (from < text.length) {
      const row = readRow(text, from, isEnd);
      if (row === null) break;
      add(rows, row.cells);
      line += row.lines + 1;
      from = row.next;
    }
    return text.slice(from);
  }

  /** The row that begins at `from`; null = its end is still to come. */
  function readRow(
    text: string,
    from: number,
    isEnd: boolean,
  ): { cells: string[]; next: number; lines: number } | null {
    const cells: string[] = [];
    let lines = 0;
    for (let at = from; ; ) {
      let value = '';
      if (text.charCodeAt(at) === QUOTE) {
        const quoted = readQuoted(text, at, isEnd);
        if (quoted === null) return null;
        value = quoted.value;
        lines += quoted.lines;
        at = quoted.next;
      }
      const end = endOfCell(text, at);
      // After a CR at the end of a piece a LF may follow, which belongs to it.
      if (!isEnd && end + 1 >= text.length && text.charCodeAt(end) !== LINE_FEED) return null;
      cells.push(value === '' ? text.slice(at, end) : value + text.slice(at, end));
      if (text.charCodeAt(end) === separator) {
        at = end + 1;
        continue;
      }
      const isPair = text.charCodeAt(end) === RETURN && text.charCodeAt(end + 1) === LINE_FEED;
      return { cells, next: Math.min(text.length, end + (isPair ? 2 : 1)), lines };
    }
  }

  /** Where the cell that goes on after its closing quote ends: at a delimiter, a line end or the end of the text. */
  function endOfCell(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === separator || code === LINE_FEED || code === RETURN) return at;
    }
    return text.length;
  }

  /** The cell whose opening quote stands at `from`; null = its closing quote is still to come. */
  function readQuoted(
    text: string,
    from: number,
    isEnd: boolean,
  ): { value: string; next: number; lines: number } | null {
    let value = '';
    let at = from + 1;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0 || (quote + 1 === text.length && !isEnd)) {
        if (isEnd) throw unreadable(`A quote that opens in the row of line ${line} is never closed.`, { line });
        return null;
      }
      value += text.slice(at, quote);
      if (text.charCodeAt(quote + 1) !== QUOTE) {
        return { value, next: quote + 1, lines: countLines(value) };
      }
      value += '"';
      at = quote + 2;
    }
  }

  function split(text: string, isEnd: boolean): SourceRow[] {
    const rows: SourceRow[] = [];
    const isPlain = text.indexOf('"') < 0 && !hasLoneReturn(text);
    rest = isPlain ? plain(text, isEnd, rows) : careful(text, isEnd, rows);
    if (rest.length > LONGEST_ROW) {
      throw unreadable(
        `The row that begins on line ${line} does not end within a million signs, so this is no statement, or a quote is missing.`,
        { line },
      );
    }
    return rows;
  }

  return {
    push: (text) => split(rest + text, false),
    end: () => split(rest, true),
  };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** A CR that no LF follows. One at the very end waits for what comes next. */
function hasLoneReturn(text: string): boolean {
  for (let at = text.indexOf('\r'); at >= 0 && at + 1 < text.length; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== LINE_FEED) return true;
  }
  return false;
}
