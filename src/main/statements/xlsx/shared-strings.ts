import type { OpenedFile } from '../reading/opened-file.ts';
import { createXmlReader, unescapeCell } from './xml-reader.ts';
import { readEntry, type ZipEntry } from './zip-entries.ts';

/** The texts of a workbook are held while it is read, so they are bounded. */
const LARGEST = 134_217_728;
/** Shorter parts of a text are copied anyway; longer ones would hold on to the whole piece that they were cut from. */
const SHORT = 12;

/** The texts that the cells of a workbook refer to by number. @throws AppError STATEMENT_UNREADABLE */
export async function readSharedStrings(
  file: OpenedFile,
  entry: ZipEntry | undefined,
  onRead: (bytes: number) => void,
): Promise<string[]> {
  if (entry === undefined) return [];
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = 0;
  const reader = createXmlReader(
    {
      open(tag) {
        if (tag === 'si') text = '';
        else if (tag === 'rPh') phonetic += 1;
        else if (tag === 't') inText = phonetic === 0;
      },
      close(tag) {
        if (tag === 'si') strings.push(ownCopy(unescapeCell(text)));
        else if (tag === 'rPh') phonetic -= 1;
        else if (tag === 't') inText = false;
      },
      text(part) {
        if (inText) text += part;
      },
    },
    file.name,
  );
  const decoder = new TextDecoder();
  for await (const piece of readEntry(file, entry, LARGEST, onRead))
    reader.push(decoder.decode(piece, { stream: true }));
  reader.push(decoder.decode());
  reader.end();
  return strings;
}

function ownCopy(text: string): string {
  return text.length <= SHORT ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
