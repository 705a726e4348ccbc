import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { tempFolder } from './engine.ts';

/** Writes a file into a folder of its own and answers its path. */
export function fileOf(content: string | Uint8Array, name = 'statement.csv'): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** Text in windows-1254, which is Latin-1 but for six letters. */
export function windows1254(text: string): Buffer {
  const turkish: Record<string, number> = { ğ: 0xf0, Ğ: 0xd0, ı: 0xfd, İ: 0xdd, ş: 0xfe, Ş: 0xde };
  return Buffer.from([...text].map((sign) => turkish[sign] ?? sign.codePointAt(0) ?? 63));
}

/** A cell of a test workbook: text, a number's literal, a date's day number, or XML of its own. */
export type TestCell = string | { n: string } | { date: string } | { xml: string } | null;

const xmlText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function columnName(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : columnName(Math.floor(at / 26) - 1) + columnName(at % 26);
}

/** The files of a workbook with one sheet. Texts are shared strings, or inline with `inline`. */
export function workbookParts(
  rows: readonly (readonly TestCell[])[],
  { inline = false, from1904 = false } = {},
): Record<string, string> {
  const strings: string[] = [];
  const cellXml = (cell: TestCell, address: string): string => {
    if (cell === null) return '';
    if (typeof cell === 'object' && 'xml' in cell) return cell.xml.replace('@', address);
    if (typeof cell === 'object' && 'n' in cell) return `<c r="${address}"><v>${cell.n}</v></c>`;
    if (typeof cell === 'object') return `<c r="${address}" s="1"><v>${cell.date}</v></c>`;
    if (inline) return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
    strings.push(`<si><t>${xmlText(cell)}</t></si>`);
    return `<c r="${address}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const sheet = rows
    .map(
      (cells, y) => `<row r="${y + 1}">${cells.map((c, x) => cellXml(c, `${columnName(x)}${y + 1}`)).join('')}</row>`,
    )
    .join('');
  return {
    'xl/workbook.xml': `<workbook xmlns:r="x"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets><sheet name="Sayfa1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${strings.join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
  };
}

/** A zip file of these parts. */
export function zipOf(parts: Record<string, string | Uint8Array>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const path = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(plain), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(plain.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    shared.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    directory.push(entry, path);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), shared, path, packed]);
    bodies.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listed, end]);
}

/** A workbook with one sheet. */
export function xlsxOf(
  rows: readonly (readonly TestCell[])[],
  options: { inline?: boolean; from1904?: boolean } = {},
): Buffer {
  return zipOf(workbookParts(rows, options));
}
