import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { makeFolder } from '../database/make-folder.ts';
import { codeOf, withDataErrors } from '../database/sqlite-errors.ts';
import { writeFileAtomically } from './atomic-file.ts';

const profileSchema = z.strictObject({
  kind: z.enum(['omnitron', 'demo']),
  /** The host's root; empty for the demo store, whose port changes at every start. */
  baseUrl: z.string(),
  /** Only for the demo store: how many orders its sandbox generates, and from which seed. */
  demo: z.strictObject({ orders: z.number().int().nonnegative(), seed: z.number().int() }).nullable(),
  /** The root of the host on which OMS is, a second source about the same orders; null = none. */
  omsUrl: z.string().nullable().default(null),
});

/** What a connection is and where it points. Kept as `connection.json` beside its two database files; holds no secret. */
export type ConnectionProfile = z.infer<typeof profileSchema>;

const fileIn = (folder: string): string => join(folder, 'connection.json');

/**
 * The profile in a connection folder, or null where there is none.
 * @throws AppError DATA_DAMAGED, or DATA_NOT_WRITABLE where the file cannot be read
 */
export function readProfile(folder: string): ConnectionProfile | null {
  const text = withDataErrors(() => readIfThere(fileIn(folder)));
  if (text === null) return null;
  try {
    return profileSchema.parse(JSON.parse(text));
  } catch (thrown) {
    throw new AppError(
      'DATA_DAMAGED',
      'The file connection.json of this connection is damaged. Remove that one file and make the connection again with the same address; the data stays.',
      {
        cause: thrown,
      },
    );
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return null;
    throw thrown;
  }
}

/** Writes the profile; a crash leaves the old one or the new one. */
export function writeProfile(folder: string, profile: ConnectionProfile): void {
  makeFolder(folder);
  writeFileAtomically(fileIn(folder), JSON.stringify(profile, null, 2));
}
