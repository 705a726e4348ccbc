import type { FileFacts } from './file-facts.ts';
import { unreadable } from './unreadable.ts';

/** The encodings that are read. windows-1254 is Turkish Windows; ISO 8859-9 differs from it in control signs only. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1254';

/** Which encoding a text file has, and how many bytes its mark takes. */
export interface EncodingFound {
  encoding: Encoding;
  mark: number;
}

/** So many of the first bytes tell UTF-16 without a mark. */
const LOOKED_AT = 4_096;
/** In UTF-16 of Latin letters nearly every second byte is zero; so many of a hundred at least. */
const LEAST_ZEROS = 60;

/**
 * Which encoding a text file has: by its mark; else UTF-16 by its zero bytes; else UTF-8 where all bytes are, else
 * windows-1254.
 * @throws AppError STATEMENT_UNREADABLE for zero bytes in a file of one byte a sign, or a mark that is not true
 */
export function findEncoding({ head, isUtf8, firstNul }: FileFacts, name: string): EncodingFound {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  const unmarked = firstNul === null ? null : unmarkedUtf16(head);
  if (unmarked !== null) return { encoding: unmarked, mark: 0 };
  if (firstNul !== null) {
    throw unreadable(
      `The file ${name} contains a NUL byte at position ${firstNul + 1}, so it is no text. Export it again as CSV or XLSX.`,
    );
  }
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    if (!isUtf8) {
      throw unreadable(`The file ${name} says that it is UTF-8, but it is damaged. Export it again.`);
    }
    return { encoding: 'utf-8', mark: 3 };
  }
  return { encoding: isUtf8 ? 'utf-8' : 'windows-1254', mark: 0 };
}

function unmarkedUtf16(head: Uint8Array): Encoding | null {
  const looked = head.subarray(0, LOOKED_AT);
  const pairs = Math.floor(looked.length / 2);
  if (pairs === 0) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (looked[at] === 0) even += 1;
    if (looked[at + 1] === 0) odd += 1;
  }
  if (odd * 100 >= pairs * LEAST_ZEROS && even === 0) return 'utf-16le';
  if (even * 100 >= pairs * LEAST_ZEROS && odd === 0) return 'utf-16be';
  return null;
}
