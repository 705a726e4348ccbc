import { type BrowserWindow, dialog } from 'electron';
import type { Settings } from '../../shared/settings.ts';
import { mayOpenOutside, openOutside } from './open-external.ts';
import { shellLabels } from './shell-labels.ts';

/**
 * Asks before a web page is opened in the system's browser, naming the whole address: addresses come from orders, and
 * nobody should leave the program for one unseen. Other addresses are dropped without a question.
 */
export async function askAndOpenOutside(
  address: string,
  window: BrowserWindow,
  language: Settings['language'],
): Promise<void> {
  if (!mayOpenOutside(address)) return;
  const { question, open, cancel } = shellLabels(language).openOutside;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: question,
    detail: address,
    buttons: [open, cancel],
    defaultId: 1,
    cancelId: 1,
  });
  if (response === 0) await openOutside(address);
}
