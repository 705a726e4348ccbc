import { isAbsolute, posix, resolve, win32 } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** Folder name of this program's data; equal to what Electron makes of the product name. */
export const DATA_FOLDER = 'Mutabakat';

/** What the default folder depends on, so that a test can stand on any platform. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  homeDir: string;
}

/**
 * The folder for connections, settings and secrets where none is named: the one that Electron calls `userData`, so that
 * the window and the command line meet. Windows: %APPDATA%; macOS: ~/Library/Application Support; else $XDG_CONFIG_HOME
 * or ~/.config. A relative $XDG_CONFIG_HOME is ignored, as its specification says.
 */
export function defaultDataDir(machine: Machine): string {
  const { platform, env, homeDir } = machine;
  if (platform === 'win32') {
    return win32.join(env.APPDATA || win32.join(homeDir, 'AppData', 'Roaming'), DATA_FOLDER);
  }
  if (platform === 'darwin') return posix.join(homeDir, 'Library', 'Application Support', DATA_FOLDER);
  const configured = env.XDG_CONFIG_HOME;
  const base = configured !== undefined && posix.isAbsolute(configured) ? configured : posix.join(homeDir, '.config');
  return posix.join(base, DATA_FOLDER);
}

/**
 * The folder named by `--data-dir=DIR` or `--data-dir DIR` among a program's arguments, made absolute; otherwise the
 * default one.
 * @throws AppError USAGE when the option stands without a folder.
 */
export function dataDirFromArguments(args: readonly string[], machine: Machine): string {
  const index = args.findIndex((arg) => arg === '--data-dir' || arg.startsWith('--data-dir='));
  if (index === -1) return defaultDataDir(machine);
  const arg = args[index] ?? '';
  const named = arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : args[index + 1];
  if (named === undefined || named === '' || named.startsWith('--')) {
    throw new AppError('USAGE', 'The option --data-dir needs a folder: --data-dir=FOLDER.');
  }
  return isAbsolute(named) ? named : resolve(named);
}
