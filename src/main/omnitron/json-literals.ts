import { isUtf8 } from 'node:buffer';
import { AppError } from '../../shared/errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const LETTER_E = 0x65;
const LOWER_CASE = 0x20;

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function skipDigits(bytes: Uint8Array, at: number): number {
  let end = at;
  while (isDigit(bytes[end])) end += 1;
  return end;
}

/** Where the JSON number that begins at `at` ends; `at` itself when none begins there (RFC 8259, section 6). */
function numberEnd(bytes: Uint8Array, at: number): number {
  let end = bytes[at] === MINUS ? at + 1 : at;
  if (!isDigit(bytes[end])) return at;
  end = bytes[end] === ZERO ? end + 1 : skipDigits(bytes, end);
  if (bytes[end] === POINT && isDigit(bytes[end + 1])) end = skipDigits(bytes, end + 1);
  if (((bytes[end] ?? 0) | LOWER_CASE) === LETTER_E) {
    const sign = bytes[end + 1];
    const digits = sign === PLUS || sign === MINUS ? end + 2 : end + 1;
    if (isDigit(bytes[digits])) end = skipDigits(bytes, digits);
  }
  return end;
}

/** Where the JSON string that begins at `at` ends, its closing quote included. */
function stringEnd(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (end < bytes.length && bytes[end] !== QUOTE) end += bytes[end] === BACKSLASH ? 2 : 1;
  return Math.min(end + 1, bytes.length);
}

/** True when a member name ends at `at`: quoting a number there would turn invalid JSON into valid JSON. */
function isName(bytes: Uint8Array, at: number): boolean {
  let next = at;
  while (bytes[next] === 0x20 || bytes[next] === 0x0a || bytes[next] === 0x0d || bytes[next] === 0x09) next += 1;
  return bytes[next] === COLON;
}

/**
 * Where numbers are quoted, kept from body to body: what stands here is read before the next one is begun, and a new
 * buffer for each body would hurry the collector more than all else.
 */
let kept = new Uint8Array(1 << 20);
/** A body that needs more than this has a buffer of its own. */
const MOST_KEPT = 1 << 22;

function roomFor(bytes: number): Uint8Array {
  if (bytes > MOST_KEPT) return new Uint8Array(bytes);
  if (kept.length < bytes) kept = new Uint8Array(bytes);
  return kept;
}

/** The same JSON with every number literal in quotes, until the next call. What was invalid JSON stays invalid. */
function quoteNumbers(bytes: Uint8Array): Uint8Array {
  // A number and the separator after it are two bytes or more, and quoting adds two: the text at most doubles.
  const quoted = roomFor(bytes.length * 2 + 2);
  let written = 0;
  let copied = 0;
  const copyTo = (end: number): void => {
    quoted.set(bytes.subarray(copied, end), written);
    written += end - copied;
    copied = end;
  };
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = stringEnd(bytes, at);
      continue;
    }
    const end = byte === MINUS || isDigit(byte) ? numberEnd(bytes, at) : at;
    if (end > at && !isName(bytes, end)) {
      copyTo(at);
      quoted[written++] = QUOTE;
      copyTo(end);
      quoted[written++] = QUOTE;
    }
    at = Math.max(end, at + 1);
  }
  copyTo(bytes.length);
  return quoted.subarray(0, written);
}

/** Without the byte-order mark that may stand before UTF-8. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/**
 * Parses JSON and answers every number as its literal text, exactly as it stands in the body: `8.50` is `"8.50"`.
 * Reads what `JSON.parse` reads (a property test holds this): quoting the literals in the bytes adds half to its time; a
 * reviver that takes each literal's `source` takes five times as long, and is now and then told none.
 * @throws AppError RESPONSE_INVALID for invalid UTF-8 or invalid JSON; the message never quotes the body.
 */
export function parseJsonLiterals(bytes: Uint8Array): unknown {
  // A fifth of the time that a TextDecoder takes for the same.
  if (!isUtf8(bytes)) throw notJson('not valid UTF-8', 'invalid_utf8');
  const quoted = quoteNumbers(withoutMark(bytes));
  const text = Buffer.from(quoted.buffer, quoted.byteOffset, quoted.byteLength).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw notJson('not valid JSON', 'invalid_json');
  }
}

function notJson(what: string, code: string): AppError {
  return new AppError(
    'RESPONSE_INVALID',
    `Omnitron's answer is ${what}. Check that the address is Omnitron's own host, then try again.`,
    { details: { path: '', code } },
  );
}
