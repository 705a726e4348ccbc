import { findDelimiter } from './delimiter.ts';
import { findEncoding } from './encoding.ts';
import type { FileFacts } from './file-facts.ts';
import type { OpenedFile } from './opened-file.ts';
import type { ReadingWatch, RowSource, SourceRow } from './source.ts';
import { createRowSplitter } from './split-rows.ts';

/** Small, so that the rows of one piece are forgotten while they are still young to the garbage collector. */
const CHUNK = 65_536;
/** So many pieces are read between two pauses. */
const PIECES_A_TURN = 16;

/** A text file with delimiters. @throws AppError STATEMENT_UNREADABLE where it is no text */
export function openDelimited(file: OpenedFile, facts: FileFacts): RowSource {
  const { encoding, mark } = findEncoding(facts, file.name);
  const head = new TextDecoder(encoding).decode(facts.head.subarray(mark), { stream: true });
  const delimiter = findDelimiter(head);

  async function* parts(watch: ReadingWatch): AsyncGenerator<SourceRow[], void, void> {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    const splitter = createRowSplitter(delimiter);
    const buffer = new Uint8Array(CHUNK);
    let position = mark;
    for (let pieces = 1; ; pieces += 1) {
      const got = file.read(buffer, position);
      if (got === 0) break;
      position += got;
      watch.advance(got);
      const rows = splitter.push(decoder.decode(buffer.subarray(0, got), { stream: true }));
      if (rows.length > 0) yield rows;
      if (pieces % PIECES_A_TURN === 0) await watch.pause();
    }
    const last = splitter.push(decoder.decode());
    yield [...last, ...splitter.end()];
  }

  return { format: 'delimited', encoding, delimiter, sheets: [], parts };
}
