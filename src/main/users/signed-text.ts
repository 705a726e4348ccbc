import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import { canonicalJson, type JsonValue } from '../../shared/canonical-json.ts';
import { AppError } from '../../shared/errors.ts';
import { isSignedBy, signText } from './signing-keys.ts';

/** As much as a file of ten thousand corrections needs, several times over. */
export const MOST_FILE_BYTES = 32 * 1024 * 1024;

/** The refusal of a file that was brought here: `The file`, then `says`. */
export function fileRefused(says: string): AppError {
  return new AppError('FILE_REFUSED', `The file ${says}`);
}

/** The text of a file: canonical JSON, which has one spelling only. */
export function fileText(body: { readonly [name: string]: JsonValue }): string {
  return `${canonicalJson(body)}\n`;
}

/** The text of a signed file: the signature covers everything else in it. */
export function signedFileText(body: { readonly [name: string]: JsonValue }, key: KeyObject): string {
  return fileText({ ...body, signature: signText(key, canonicalJson(body)) });
}

/**
 * Reads a file that this program wrote here or elsewhere. Anything but exactly what it writes is refused: another
 * format, a text that reads the same and is spelled otherwise, too much of it.
 * @throws AppError FILE_REFUSED
 */
export function openFileText<T extends { [name: string]: JsonValue }>(
  text: string,
  schema: z.ZodType<T>,
  kind: string,
): T {
  if (text.length > MOST_FILE_BYTES) throw fileRefused(`is too large for ${kind}.`);
  let found: { body: T; spelled: string } | null;
  try {
    const body = schema.parse(JSON.parse(text));
    found = { body, spelled: fileText(body) };
  } catch {
    // Also nesting so deep that reading it fails: whatever it is, it is none of ours.
    found = null;
  }
  if (found === null) throw fileRefused(`is not ${kind} of this program, or is damaged. Ask for it again.`);
  if (found.spelled !== text) throw fileRefused('was changed after it was written. Ask for it again.');
  return found.body;
}

/** The same for a signed file. @throws AppError FILE_REFUSED, also when the signature is not the signer's */
export function openSignedText<T extends { signature: string; [name: string]: JsonValue }>(
  text: string,
  schema: z.ZodType<T>,
  kind: string,
  signer: (body: T) => string,
): T {
  const file = openFileText(text, schema, kind);
  const { signature, ...body } = file;
  if (!isSignedBy(signer(file), canonicalJson(body), signature)) {
    throw fileRefused('was changed after it was signed. Ask for it again.');
  }
  return file;
}
