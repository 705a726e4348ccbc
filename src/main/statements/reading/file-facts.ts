import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { OpenedFile } from './opened-file.ts';
import type { ReadingWatch } from './source.ts';

const CHUNK = 1_048_576;
/** A sign of UTF-8 has at most four bytes, so at most three belong to one that the next chunk completes. */
const MOST_OPEN = 3;

/** What one look at all bytes of a file tells. */
export interface FileFacts {
  sha256: string;
  isUtf8: boolean;
  /** Position of the first zero byte; null = none. */
  firstNul: number | null;
  /** The first bytes, at most 64 KB. */
  head: Uint8Array;
}

/** Reads a whole file once for its hash and for what its encoding can be. */
export async function readFacts(file: OpenedFile, watch: ReadingWatch): Promise<FileFacts> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK + MOST_OPEN);
  let head = new Uint8Array();
  let utf8 = true;
  let firstNul: number | null = null;
  let open = 0;
  for (let position = 0; ; ) {
    const got = file.read(buffer.subarray(open, open + CHUNK), position);
    if (got === 0) break;
    const fresh = buffer.subarray(open, open + got);
    hash.update(fresh);
    if (position === 0) head = Uint8Array.from(fresh.subarray(0, 65_536));
    if (firstNul === null) {
      const at = fresh.indexOf(0);
      if (at >= 0) firstNul = position + at;
    }
    if (utf8) {
      const whole = buffer.subarray(0, open + got);
      const kept = openBytes(whole);
      utf8 = isUtf8(whole.subarray(0, whole.length - kept));
      buffer.copyWithin(0, whole.length - kept, whole.length);
      open = utf8 ? kept : 0;
    }
    position += got;
    watch.advance(got);
    await watch.pause();
  }
  return { sha256: hash.digest('hex'), isUtf8: utf8 && open === 0, firstNul, head };
}

/** How many bytes at the end begin a sign of UTF-8 whose rest is still to come. */
function openBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= MOST_OPEN && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}
