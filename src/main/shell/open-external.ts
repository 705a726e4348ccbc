import { shell } from 'electron';
import { AppError } from '../../shared/errors.ts';

const MAX_LENGTH = 2048;

/**
 * True for an address that may be handed to the system's browser: https, a real host name, no credentials, no control
 * characters, not overlong. Other schemes can start programs.
 */
export function mayOpenOutside(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (address.length > MAX_LENGTH || /[\u0000-\u0020\u007f\\]/.test(address)) return false;
  const url = URL.parse(address);
  return url !== null && url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === '';
}

/**
 * Opens a web page in the system's browser.
 * @throws AppError IPC_REFUSED for an address that {@link mayOpenOutside} refuses.
 */
export async function openOutside(address: string): Promise<void> {
  if (!mayOpenOutside(address))
    throw new AppError('IPC_REFUSED', 'Only https addresses are opened outside this program.');
  await shell.openExternal(address);
}

/** Shows a file in the system's file manager. The caller vouches for the path: see `written-files.ts`. */
export function revealInFolder(path: string): void {
  shell.showItemInFolder(path);
}
