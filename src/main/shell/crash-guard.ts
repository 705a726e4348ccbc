import { app, type BrowserWindow, dialog } from 'electron';
import type { Settings } from '../../shared/settings.ts';
import { APP_START_URL } from './app-origin.ts';
import { shellLabels } from './shell-labels.ts';

/**
 * Asks what to do when the page's process is gone. Data and running work live in main and are not touched by it; the
 * question keeps a page that dies at once from being loaded for ever.
 */
export function guardAgainstCrashes(window: BrowserWindow, language: () => Settings['language']): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void askAfterCrash(window, language());
  });
}

async function askAfterCrash(window: BrowserWindow, language: Settings['language']): Promise<void> {
  const { message, detail, reload, quit } = shellLabels(language).crashed;
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message,
    detail,
    buttons: [reload, quit],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) await window.loadURL(APP_START_URL);
  else app.quit();
}
