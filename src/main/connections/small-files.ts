import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { OutputFile } from '../reports/output-file.ts';
import { fileRefused, MOST_FILE_BYTES } from '../users/signed-text.ts';

/**
 * The text of a small file that a person names.
 * @throws AppError FILE_NOT_READABLE; FILE_REFUSED where it is too large, or no text
 */
export async function readSmallText(path: string): Promise<string> {
  const name = basename(path);
  const file = await open(path, 'r').catch((thrown: unknown) => {
    throw notReadable(name, thrown);
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new AppError('FILE_NOT_READABLE', `${name} is no file. Name the file itself.`);
    if (stats.size > MOST_FILE_BYTES) throw fileRefused(`${name} is too large to be one of this program.`);
    const bytes = await file.readFile().catch((thrown: unknown) => {
      throw notReadable(name, thrown);
    });
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw fileRefused(`${name} is no text. Ask for it again.`);
    }
  } finally {
    await file.close();
  }
}

/** Writes a text; a file of that name is replaced only by the whole new one. @throws AppError FILE_NOT_WRITABLE */
export async function writeSmallText(path: string, text: string): Promise<void> {
  const file = await OutputFile.create(path);
  try {
    file.stream.write(text);
    await file.drained();
    await file.finish();
  } catch (thrown) {
    await file.discard();
    throw file.explain(thrown);
  }
}

function notReadable(name: string, cause: unknown): AppError {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  const why = isMissing ? 'does not exist' : 'cannot be opened';
  return new AppError('FILE_NOT_READABLE', `The file ${name} ${why}. Check its name and your permission to read it.`, {
    cause,
  });
}
