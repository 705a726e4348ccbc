import type { OpenedFile } from '../reading/opened-file.ts';
import type { ReadingWatch, RowSource, SourceRow } from '../reading/source.ts';
import { unreadable } from '../reading/unreadable.ts';
import { readSharedStrings } from './shared-strings.ts';
import { createSheetReader } from './sheet-rows.ts';
import { dateFormats } from './styles.ts';
import { attribute, createXmlReader } from './xml-reader.ts';
import { corrupt, readEntries, readEntry, readWhole, type ZipEntry } from './zip-entries.ts';

/** A sheet of a million rows and a dozen columns has half of it. */
const LARGEST_SHEET = 1_073_741_824;
const LARGEST_PART = 16_777_216;
const PIECES_A_TURN = 16;
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ENCRYPTED_PART = Buffer.from('EncryptedPackage', 'utf16le');

interface Sheet {
  name: string;
  entry: ZipEntry;
}

/** Whether the first bytes are those of a zip file, which a workbook is. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && (head[3] === 4 || head[3] === 6);
}

/** @throws AppError STATEMENT_UNREADABLE for the container of old and of password-protected workbooks */
export function refuseOle(file: OpenedFile, head: Uint8Array): void {
  if (!OLE.every((byte, at) => head[at] === byte)) return;
  const isEncrypted = hasEncryptedPart(file);
  throw unreadable(
    isEncrypted
      ? `The workbook ${file.name} is protected by a password. Save it without one and import that file.`
      : `The file ${file.name} is a workbook of Excel 97-2003. Save it as XLSX or CSV and import that file.`,
  );
}

function hasEncryptedPart(file: OpenedFile): boolean {
  const overlap = ENCRYPTED_PART.length;
  const buffer = Buffer.alloc(1_048_576);
  for (let position = 0; position < file.size; position += buffer.length - overlap) {
    const got = file.read(buffer, position);
    if (got === 0) return false;
    if (buffer.subarray(0, got).includes(ENCRYPTED_PART)) return true;
  }
  return false;
}

/**
 * A workbook of Excel. `sheet` names the one that is read; null = the first that has rows.
 * @throws AppError STATEMENT_UNREADABLE where it is damaged, protected or no workbook, or has no such sheet
 */
export async function openWorkbook(file: OpenedFile, sheet: string | null, watch: ReadingWatch): Promise<RowSource> {
  const entries = readEntries(file);
  const workbook = entries.get('xl/workbook.xml');
  if (workbook === undefined) {
    throw unreadable(`The file ${file.name} is no XLSX workbook. Save it as XLSX or CSV and import that file.`);
  }
  const { sheets, from1904 } = await readWorkbook(file, workbook, entries);
  const stylesEntry = entries.get('xl/styles.xml');
  const dates =
    stylesEntry === undefined ? [] : dateFormats(await readWhole(file, stylesEntry, LARGEST_PART), file.name);
  const strings = await readSharedStrings(file, entries.get('xl/sharedstrings.xml'), (bytes) => watch.advance(bytes));
  const tables = { name: file.name, strings, dates, from1904 };

  async function* rowsOf({ entry }: Sheet, reading: ReadingWatch): AsyncGenerator<SourceRow[], void, void> {
    const reader = createSheetReader(tables);
    const decoder = new TextDecoder();
    let pieces = 0;
    for await (const piece of readEntry(file, entry, LARGEST_SHEET, (bytes) => reading.advance(bytes))) {
      const rows = reader.push(decoder.decode(piece, { stream: true }));
      if (rows.length > 0) yield rows;
      pieces += 1;
      if (pieces % PIECES_A_TURN === 0) await reading.pause();
    }
    yield [...reader.push(decoder.decode()), ...reader.end()];
  }

  async function hasRows(candidate: Sheet): Promise<boolean> {
    for await (const rows of rowsOf(candidate, { advance: () => undefined, pause: watch.pause })) {
      if (rows.length > 0) return true;
    }
    return false;
  }

  const names = sheets.map(({ name }) => name);

  async function choose(): Promise<Sheet> {
    if (sheet !== null) {
      const named = sheets.find(({ name }) => name === sheet);
      if (named !== undefined) return named;
      throw unreadable(`The workbook ${file.name} has no sheet "${sheet}". It has: ${names.join(', ').slice(0, 300)}.`);
    }
    for (const candidate of sheets) if (await hasRows(candidate)) return candidate;
    throw unreadable(`The workbook ${file.name} has no rows. Export a period that has some.`);
  }

  const chosen = await choose();
  return {
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    sheets: names,
    parts: (reading) => rowsOf(chosen, reading),
  };
}

async function readWorkbook(
  file: OpenedFile,
  workbook: ZipEntry,
  entries: ReadonlyMap<string, ZipEntry>,
): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const relations = entries.get('xl/_rels/workbook.xml.rels');
  const targets = new Map<string, string>();
  if (relations !== undefined) {
    await eachTag(file, relations, 'Relationship', (attributes) => {
      targets.set(attribute(attributes, 'Id') ?? '', attribute(attributes, 'Target') ?? '');
    });
  }
  const sheets: Sheet[] = [];
  let from1904 = false;
  await eachTag(file, workbook, 'workbookPr', (attributes) => {
    from1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
  });
  await eachTag(file, workbook, 'sheet', (attributes) => {
    const target = targets.get(attribute(attributes, 'id') ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`;
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
    const entry = entries.get(path.toLowerCase());
    // Charts are sheets as well, without rows.
    if (entry !== undefined) sheets.push({ name: attribute(attributes, 'name') ?? '', entry });
  });
  if (sheets.length === 0) throw corrupt(file.name);
  return { sheets, from1904 };
}

async function eachTag(
  file: OpenedFile,
  entry: ZipEntry,
  wanted: string,
  tell: (attributes: string) => void,
): Promise<void> {
  const reader = createXmlReader(
    {
      open: (tag, attributes) => {
        if (tag === wanted) tell(attributes);
      },
      close: () => undefined,
      text: () => undefined,
    },
    file.name,
  );
  reader.push(await readWhole(file, entry, LARGEST_PART));
  reader.end();
}
