import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { OpenedFile } from '../reading/opened-file.ts';
import { unreadable } from '../reading/unreadable.ts';

/** One file inside a workbook. */
export interface ZipEntry {
  name: string;
  /** 0 = as it is, 8 = deflated. */
  method: number;
  crc: number;
  packed: number;
  unpacked: number;
  headerAt: number;
}

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const LOCAL_MARK = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const MOST_ENTRIES = 10_000;
/** A directory of so many entries has no more bytes. */
const LARGEST_DIRECTORY = 8_388_608;
const CHUNK = 65_536;
const ENCRYPTED = 1;

/** The refusal of a workbook that does not hold together. */
export function corrupt(name: string): Error {
  return unreadable(`The workbook ${name} is damaged. Open it in Excel, save it again and import that file.`);
}

/** The files inside a workbook, by name. @throws AppError STATEMENT_UNREADABLE where it is damaged or encrypted */
export function readEntries(file: OpenedFile): Map<string, ZipEntry> {
  const tail = readAt(file, Math.max(0, file.size - END_SIZE - LONGEST_COMMENT), END_SIZE + LONGEST_COMMENT);
  let end = tail.length - END_SIZE;
  while (end >= 0 && tail.readUInt32LE(end) !== END_MARK) end -= 1;
  if (end < 0) throw corrupt(file.name);
  const count = tail.readUInt16LE(end + 10);
  const size = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (count > MOST_ENTRIES || size > LARGEST_DIRECTORY || start + size > file.size) throw corrupt(file.name);
  const directory = readAt(file, start, size);
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_MARK) throw corrupt(file.name);
    if ((directory.readUInt16LE(at + 8) & ENCRYPTED) !== 0) {
      throw unreadable(
        `The workbook ${file.name} is protected by a password. Save it without one and import that file.`,
      );
    }
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    entries.set(name.toLowerCase(), {
      name,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * The content of an entry in pieces. It is checked against its checksum at the end, and stops once it is larger than
 * `most` bytes, whatever the directory says.
 * @throws AppError STATEMENT_UNREADABLE
 */
export async function* readEntry(
  file: OpenedFile,
  entry: ZipEntry,
  most: number,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const header = readAt(file, entry.headerAt, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== LOCAL_MARK) throw corrupt(file.name);
  const start = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.packed > file.size || (entry.method !== 0 && entry.method !== 8)) throw corrupt(file.name);
  let crc = 0;
  let size = 0;
  const pieces = packedPieces(file, start, entry.packed, onRead);
  for await (const piece of entry.method === 0 ? pieces : inflated(pieces, file.name)) {
    size += piece.length;
    if (size > most) {
      throw unreadable(
        `The workbook ${file.name} unpacks to more than ${Math.floor(most / 1_048_576)} MB, which no statement does. Export it again as CSV.`,
      );
    }
    crc = crc32(piece, crc);
    yield piece;
  }
  if (crc !== entry.crc || size !== entry.unpacked) throw corrupt(file.name);
}

/** The whole content of a small entry as text. @throws AppError STATEMENT_UNREADABLE */
export async function readWhole(file: OpenedFile, entry: ZipEntry, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readEntry(file, entry, most, () => undefined)) pieces.push(Uint8Array.from(piece));
  return new TextDecoder().decode(Buffer.concat(pieces));
}

function* packedPieces(
  file: OpenedFile,
  start: number,
  length: number,
  onRead: (bytes: number) => void,
): Generator<Uint8Array, void, void> {
  for (let at = 0; at < length; ) {
    const piece = readAt(file, start + at, Math.min(CHUNK, length - at));
    if (piece.length === 0) throw corrupt(file.name);
    at += piece.length;
    onRead(piece.length);
    yield piece;
  }
}

async function* inflated(pieces: Iterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array, void, void> {
  const source = Readable.from(pieces);
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  // What goes wrong at the source must reach whoever reads the result.
  source.on('error', (thrown) => inflate.destroy(thrown));
  source.pipe(inflate);
  try {
    for await (const piece of inflate) yield piece as Uint8Array;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    if (code.startsWith('Z_') || code.startsWith('ERR_')) throw corrupt(name);
    throw thrown;
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

function readAt(file: OpenedFile, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(Math.min(length, Math.max(0, file.size - position)));
  let got = 0;
  while (got < buffer.length) {
    const read = file.read(buffer.subarray(got), position + got);
    if (read === 0) break;
    got += read;
  }
  return buffer.subarray(0, got);
}
