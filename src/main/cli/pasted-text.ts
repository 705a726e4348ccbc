import { createReadStream, type ReadStream } from 'node:fs';
import { AppError } from '../../shared/errors.ts';

/** As much text as the window takes in one paste. */
const LONGEST = 4_000_000;
/** UTF-16 of that text. */
const MOST_BYTES = LONGEST * 2;

/**
 * The text of a file, or with `-` of standard input: UTF-8, or UTF-16 as spreadsheets save "Unicode text".
 * @throws AppError FILE_NOT_READABLE, VALUE_INVALID for more text than a paste holds, CANCELLED
 */
export async function readPasted(path: string, signal: AbortSignal): Promise<string> {
  const bytes = await readAll(path === '-' ? process.stdin : createReadStream(path, { signal }), path, signal);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.length > LONGEST) throw tooLong();
    return text;
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('FILE_NOT_READABLE', 'The text is not UTF-8. Save the file as CSV UTF-8, then try again.');
  }
}

async function readAll(stream: ReadStream | NodeJS.ReadStream, path: string, signal: AbortSignal): Promise<Uint8Array> {
  const stop = (): void => void stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of stream) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      size += bytes.length;
      if (size > MOST_BYTES) throw tooLong();
      pieces.push(bytes);
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (signal.aborted) throw new AppError('CANCELLED', 'The command was stopped.');
    throw new AppError(
      'FILE_NOT_READABLE',
      `The file ${path} cannot be read. Check its name and whether you may read it.`,
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return Buffer.concat(pieces);
}

function tooLong(): AppError {
  return new AppError('VALUE_INVALID', 'The text is longer than a paste can be. Paste it in parts.');
}
