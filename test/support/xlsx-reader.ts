import { readFileSync } from 'node:fs';
import { readZip } from './zip-reader.ts';

/** A cell as the file holds it. `text` is the raw value: the digits of a number are not touched. */
export interface ReadCell {
  /** `n` for a number (no type in the file), else the type: `str`, `s`, `b` … */
  type: string;
  text: string;
  formula: string | null;
  format: string;
  style: number;
}

export interface ReadSheet {
  name: string;
  xml: string;
  cells: Map<string, ReadCell>;
  rows: number;
}

export interface ReadWorkbook {
  sheets: ReadSheet[];
  /** Defined names as `name!sheet index` → reference. */
  names: Map<string, string>;
  styles: string;
  files: Map<string, Buffer>;
}

function attribute(tag: string, name: string): string | null {
  const match = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag);
  return match === null ? null : unescapeXml(match[1] ?? '');
}

function unescapeXml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

/** What a spreadsheet shows for the text of a cell: `_x000D_` is one character. */
function unescapeCell(text: string): string {
  return unescapeXml(text).replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function cellFormats(styles: string): string[] {
  const custom = new Map<string, string>();
  for (const [tag] of styles.matchAll(/<numFmt [^>]*>/g)) {
    custom.set(attribute(tag, 'numFmtId') ?? '', attribute(tag, 'formatCode') ?? '');
  }
  const builtIn: Record<string, string> = {
    '0': 'General',
    '1': '0',
    '2': '0.00',
    '3': '#,##0',
    '4': '#,##0.00',
    '49': '@',
  };
  const list = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles)?.[1] ?? '';
  return [...list.matchAll(/<xf [^>]*>/g)].map(([tag]) => {
    const id = attribute(tag, 'numFmtId') ?? '0';
    return custom.get(id) ?? builtIn[id] ?? id;
  });
}

function readSheet(name: string, xml: string, formats: string[]): ReadSheet {
  const cells = new Map<string, ReadCell>();
  for (const [, tag = '', body = ''] of xml.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const style = Number(attribute(tag, 's') ?? '0');
    cells.set(attribute(tag, 'r') ?? '', {
      type: attribute(tag, 't') ?? 'n',
      text: unescapeCell(/<v>(.*?)<\/v>/s.exec(body)?.[1] ?? ''),
      formula: unescapeXml(/<f>(.*?)<\/f>/s.exec(body)?.[1] ?? '') || null,
      format: formats[style] ?? '',
      style,
    });
  }
  return { name, xml, cells, rows: [...xml.matchAll(/<row /g)].length };
}

/** Reads a workbook without the library that wrote it. Sheets come in the order of their tabs. */
export function readXlsx(path: string): ReadWorkbook {
  const files = readZip(readFileSync(path));
  const part = (name: string): string => {
    const found = files.get(name);
    if (found === undefined) throw new Error(`${name} is missing`);
    return found.toString('utf8');
  };
  const targets = new Map(
    [...part('xl/_rels/workbook.xml.rels').matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id') ?? '',
      attribute(tag, 'Target') ?? '',
    ]),
  );
  const styles = part('xl/styles.xml');
  const formats = cellFormats(styles);
  const workbook = part('xl/workbook.xml');
  const sheets = [...workbook.matchAll(/<sheet [^>]*>/g)].map(([tag]) =>
    readSheet(attribute(tag, 'name') ?? '', part(`xl/${targets.get(attribute(tag, 'r:id') ?? '')}`), formats),
  );
  const names = new Map(
    [...workbook.matchAll(/<definedName ([^>]*)>([^<]*)</g)].map(([, tag = '', reference = '']) => [
      `${attribute(tag, 'name')}!${attribute(tag, 'localSheetId')}`,
      unescapeXml(reference),
    ]),
  );
  return { sheets, names, styles, files };
}

/** The cells of a row by column letters. */
export function rowOf(sheet: ReadSheet, row: number): Record<string, ReadCell> {
  const found: Record<string, ReadCell> = {};
  for (const [address, cell] of sheet.cells) {
    const match = /^([A-Z]+)(\d+)$/.exec(address);
    if (match !== null && Number(match[2]) === row) found[match[1] ?? ''] = cell;
  }
  return found;
}
