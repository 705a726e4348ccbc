import type { WorkbookWriter, WorksheetWriter } from '@cj-tech-master/excelts';
import type { Labels } from './label-types.ts';
import { cellText } from './xlsx-cell-text.ts';
import type { CellStyle } from './xlsx-styles.ts';

const A4 = 9;
/** Height of one line of the standard font, in points. */
const LINE_HEIGHT = 15;
/** Height of a title, in points. */
const TITLE_HEIGHT = 24;

/** A formula with the value it comes to, so that readers that do not calculate show it too. */
export interface FormulaCell {
  formula: string;
  result: number;
}

/** What goes into a cell. Strings are written as strings, whatever they begin with. */
export interface Cell {
  value: string | number | FormulaCell | null;
  style?: CellStyle;
  /** Lines that a wrapped text takes; the row is made as high. Spreadsheets do not all do so by themselves. */
  lines?: number;
}

/** How a sheet looks and prints. */
export interface SheetSetup {
  name: string;
  /** Widths in characters; the style is that of cells that are not written. */
  columns: readonly { width: number; style?: CellStyle }[];
  /** Rows and columns that stay in view; none for the summary. */
  frozen?: { rows: number; columns: number };
  /** Whether the sheet prints on one page; otherwise it is as wide as one page and as long as it needs. */
  onePage?: boolean;
  /** The row that is repeated on every printed page. */
  printTitleRow?: number;
  footer: { left: string; page: Labels['page']; right: string };
}

/** A sheet that is written row by row, top down. */
export class SheetWriter {
  readonly #sheet: WorksheetWriter;
  #row = 0;

  constructor(workbook: WorkbookWriter, setup: SheetSetup) {
    const { footer, frozen, printTitleRow } = setup;
    this.#sheet = workbook.addWorksheet(setup.name, {
      views: [
        frozen === undefined
          ? { state: 'normal', showGridLines: false }
          : { state: 'frozen', xSplit: frozen.columns, ySplit: frozen.rows },
      ],
      pageSetup: {
        paperSize: A4,
        orientation: 'landscape',
        fitToWidth: 1,
        fitToHeight: setup.onePage === true ? 1 : 0,
        margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
        ...(printTitleRow === undefined ? {} : { printTitlesRow: `${printTitleRow}:${printTitleRow}` }),
      },
      headerFooter: {
        oddFooter: `&L${footerText(footer.left)}&C${footer.page}&R${footerText(footer.right)}`,
      },
    });
    this.#sheet.columns = setup.columns.map((column) => ({ ...column }));
  }

  /** Number of the row written last. */
  get row(): number {
    return this.#row;
  }

  /** Writes the next row; null leaves a cell out. */
  write(cells: readonly (Cell | null)[]): void {
    this.#row += 1;
    const row = this.#sheet.getRow(this.#row);
    let lines = 1;
    cells.forEach((cell, index) => {
      if (cell === null) return;
      lines = Math.max(lines, cell.lines ?? 1);
      const target = row.getCell(index + 1);
      target.value = typeof cell.value === 'string' ? cellText(cell.value) || null : cell.value;
      if (cell.style !== undefined) target.style = cell.style;
    });
    if (lines > 1) row.height = LINE_HEIGHT * lines;
    row.commit();
  }

  /** Writes a sheet's title; it runs on over the empty cells beside it. */
  writeTitle(text: string, style: CellStyle): void {
    this.#sheet.getRow(this.#row + 1).height = TITLE_HEIGHT;
    this.write([{ value: text, style }]);
  }

  /** Writes a long text over `columns` cells, in as many lines as it takes. Libraries and Excel do not size merged rows. */
  writeWide(text: string, columns: number, style: CellStyle): void {
    this.#row += 1;
    const row = this.#sheet.getRow(this.#row);
    const width = this.#sheet.columns.slice(0, columns).reduce((sum, column) => sum + (column.width ?? 0), 0);
    row.height = LINE_HEIGHT * linesOf(text, width);
    this.#sheet.mergeCells(this.#row, 1, this.#row, columns);
    const cell = row.getCell(1);
    cell.value = cellText(text);
    cell.style = style;
    row.commit();
  }

  /** Lets people filter `range`, for example `A4:O90`. */
  filter(range: string): void {
    this.#sheet.autoFilter = range;
  }

  /** Stops Excel from marking text that looks like a number, as order numbers do. */
  expectDigitsAsText(range: string): void {
    this.#sheet.ignoredErrors = [{ ref: range, numberStoredAsText: true }];
  }

  /** Guards against slips, without a password: filtering, sorting and widening columns stay possible. */
  async protect(): Promise<void> {
    await this.#sheet.protect(undefined, {
      selectLockedCells: true,
      selectUnlockedCells: true,
      autoFilter: true,
      sort: true,
      formatColumns: true,
      formatRows: true,
    });
  }

  /** Ends the sheet. Nothing can be added afterwards. */
  close(): void {
    this.#sheet.commit();
  }
}

/** How many lines a text takes in `width` characters, broken between words where it can be, and at its own breaks. */
export function linesOf(text: string, width: number): number {
  if (text.length <= width && !text.includes('\n')) return 1;
  let lines = 0;
  for (const part of text.split('\n')) {
    let used = 0;
    lines += 1;
    for (const word of part.split(' ')) {
      const wanted = used === 0 ? word.length : used + 1 + word.length;
      if (wanted <= width) {
        used = wanted;
        continue;
      }
      // The word begins a line of its own, and a word longer than a line is broken.
      lines += (used === 0 ? 0 : 1) + Math.max(0, Math.ceil(word.length / width) - 1);
      used = word.length % width || Math.min(word.length, width);
    }
  }
  return lines;
}

/** `&` begins a code in headers and footers; a digit after a code would be read as a font size. */
function footerText(text: string): string {
  return `&"-,Regular"&8 ${text.replace(/[\r\n]+/g, ' ').replaceAll('&', '&&')}`.slice(0, 120);
}
