import { type CellKind, MOST_COLUMNS, type SourceRow } from '../reading/source.ts';
import { tooManyColumns } from '../reading/unreadable.ts';
import { createXmlReader, unescapeCell, type XmlReader } from './xml-reader.ts';
import { corrupt } from './zip-entries.ts';

/** What the cells of a sheet refer to. */
export interface SheetTables {
  name: string;
  strings: readonly string[];
  dates: readonly boolean[];
  /** Day 0 is 1 January 1904, not 30 December 1899. */
  from1904: boolean;
}

const ATTRIBUTES = /(?:^|\s)(r|s|t)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const DAYS_1904 = 1_462;
const DAY_MS = 86_400_000;
const SERIAL_ZERO = Date.UTC(1899, 11, 30);
/** Days of the years 1900 to 9999. */
const LAST_SERIAL = 2_958_465;

/** Reads the XML of a sheet, which comes in pieces, into rows. Rows and cells that are empty may be left out in it. */
export function createSheetReader(tables: SheetTables): {
  push(text: string): SourceRow[];
  end(): SourceRow[];
} {
  let rows: SourceRow[] = [];
  let row: SourceRow & { kinds: CellKind[] } = { line: 0, cells: [], kinds: [] };
  let column = -1;
  let style = 0;
  let type = '';
  let value: string | null = null;
  let hasFormula = false;
  let collecting: 'value' | 'inline' | null = null;
  let phonetic = 0;

  function openCell(attributes: string): void {
    let address: string | null = null;
    style = 0;
    type = 'n';
    for (const [, name, quoted, single] of attributes.matchAll(ATTRIBUTES)) {
      const text = quoted ?? single ?? '';
      if (name === 'r') address = text;
      else if (name === 's') style = Number(text);
      else type = text;
    }
    column = address === null ? column + 1 : columnOf(address);
    if (column < 0) throw corrupt(tables.name);
    value = null;
    hasFormula = false;
  }

  function closeCell(): void {
    const cell = readCell();
    if (cell.text === '' && cell.kind === 'text') return;
    // Formats may reach far to the right; only a cell with something in it counts.
    if (column >= MOST_COLUMNS) throw tooManyColumns(row.line, column + 1, MOST_COLUMNS);
    while (row.cells.length < column) {
      row.cells.push('');
      row.kinds.push('text');
    }
    row.cells[column] = cell.text;
    row.kinds[column] = cell.kind;
  }

  function readCell(): { text: string; kind: CellKind } {
    if (value === null) return hasFormula ? { text: '', kind: 'formula' } : EMPTY;
    if (type === 's') return { text: sharedString(value), kind: 'text' };
    if (type === 'inlineStr' || type === 'str') return { text: unescapeCell(value), kind: 'text' };
    if (type === 'e') return { text: unescapeCell(value), kind: 'fault' };
    if (type === 'b') return { text: value === '1' ? 'TRUE' : 'FALSE', kind: 'text' };
    if (type === 'd') return { text: value.replace('T', ' '), kind: 'date' };
    const literal = value.trim();
    if (literal === '') return hasFormula ? { text: '', kind: 'formula' } : EMPTY;
    return tables.dates[style] === true
      ? { text: dateText(literal, tables.from1904), kind: 'date' }
      : { text: literal, kind: 'number' };
  }

  function sharedString(index: string): string {
    const text = tables.strings[Number(index)];
    if (text === undefined) throw corrupt(tables.name);
    return text;
  }

  const reader: XmlReader = createXmlReader(
    {
      open(tag, attributes) {
        if (tag === 'c') openCell(attributes);
        else if (tag === 'v') beginText('value');
        else if (tag === 't') beginText('inline');
        else if (tag === 'rPh') phonetic += 1;
        else if (tag === 'f') hasFormula = true;
        else if (tag === 'row') {
          const number = Number(/(?:^|\s)r\s*=\s*["'](\d+)["']/.exec(attributes)?.[1] ?? row.line + 1);
          row = { line: number, cells: [], kinds: [] };
          column = -1;
        }
      },
      close(tag) {
        if (tag === 'v' || tag === 't') collecting = null;
        else if (tag === 'c') closeCell();
        else if (tag === 'rPh') phonetic -= 1;
        else if (tag === 'row') {
          if (row.cells.length > 0) rows.push(row);
        }
      },
      text(text) {
        if (collecting !== null) value = (value ?? '') + text;
      },
    },
    tables.name,
  );

  function beginText(kind: 'value' | 'inline'): void {
    if (phonetic > 0) return;
    collecting = kind;
    value ??= '';
  }

  function taken(): SourceRow[] {
    const ready = rows;
    rows = [];
    return ready;
  }

  return {
    push(text) {
      reader.push(text);
      return taken();
    },
    end() {
      reader.end();
      return taken();
    },
  };
}

const EMPTY = { text: '', kind: 'text' } as const;

/** The column, from 0 on, of an address like `AB12`; below 0 = it is none. */
function columnOf(address: string): number {
  let column = 0;
  for (let at = 0; at < address.length && at < 4; at += 1) {
    const code = address.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** A day number with its part of a day as text; one that is no day stays what it is. */
function dateText(literal: string, from1904: boolean): string {
  const serial = Number(literal) + (from1904 ? DAYS_1904 : 0);
  if (!(serial >= 1 && serial <= LAST_SERIAL)) return literal;
  return new Date(SERIAL_ZERO + Math.round(serial * DAY_MS)).toISOString().slice(0, 19).replace('T', ' ');
}
