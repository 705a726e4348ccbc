import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { SETTINGS_NAME } from '../settings/settings-file.ts';

/** Files of the data folder itself that no report may replace: the settings and the tokens. */
const KEPT_NAMES: readonly string[] = [`${SETTINGS_NAME}.json`, 'secrets.json'];

/**
 * Makes sure that a report does not replace the program's own files, whatever links lead to them. A folder that does not
 * exist is left to the writer of the file, which has words for it.
 * @throws AppError FILE_NOT_WRITABLE for a file in the data folder's `connections`, its settings or its tokens.
 */
export function assertNoOwnFile(path: string, dataDir: string): void {
  const folder = realFolder(dirname(resolve(path)));
  const home = realFolder(dataDir);
  const name = basename(path).toLowerCase();
  const isKept = relative(home, folder) === '' && KEPT_NAMES.includes(name);
  const isConnections = relative(home, folder) === '' && name === 'connections';
  if (!isKept && !isConnections && !isWithin(realFolder(join(dataDir, 'connections')), folder)) return;
  throw new AppError(
    'FILE_NOT_WRITABLE',
    `"${basename(path)}" cannot be written: Mutabakat keeps its own data there; choose another folder.`,
  );
}

/** The folder without links, as the file system itself spells it; as given where it does not exist. */
function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return resolve(folder);
  }
}

function isWithin(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
