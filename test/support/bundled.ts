import { join } from 'node:path';
import process from 'node:process';

/** The variable that says where the bundle of this run lies. */
export const BUNDLE_FOLDER = 'MUTABAKAT_TEST_BUNDLE';

/** The bundled form of a source file, given by its path below the project, as `src/main/cli/index.ts`. */
export function bundled(source: string): string {
  const folder = process.env[BUNDLE_FOLDER];
  if (folder === undefined)
    throw new Error('There is no bundle: vitest makes it before the first test and says so where it cannot.');
  return join(folder, source);
}
