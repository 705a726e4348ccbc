import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, type OpenDialogOptions } from 'electron';
import { revealInFolder } from './open-external.ts';
import type { Desktop } from './shell-ports.ts';

const FILE_TYPES = {
  xlsx: { name: 'Excel (.xlsx)', extensions: ['xlsx'] },
  csv: { name: 'CSV (.csv)', extensions: ['csv'] },
} as const;

/** What may be read as a statement. Excel's own CSV and the text files of banks end in any of these. */
const STATEMENT_TYPES = ['xlsx', 'csv', 'tsv', 'txt'];

/** The desktop as Electron offers it. Dialogs belong to `window` where there is one. */
export function createDesktop(window: () => BrowserWindow | null): Desktop {
  return {
    async askWhereToSave(suggestedName, format) {
      const { name, extensions } = FILE_TYPES[format];
      const options = {
        defaultPath: join(app.getPath('documents'), suggestedName),
        filters: [{ name, extensions: [...extensions] }],
      };
      const parent = window();
      const answer =
        parent === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(parent, options);
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
    async askWhichStatement() {
      const options: OpenDialogOptions = {
        properties: ['openFile'],
        filters: [{ name: 'Excel, CSV, TXT', extensions: STATEMENT_TYPES }],
      };
      const parent = window();
      const { canceled, filePaths } =
        parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
      return canceled ? null : (filePaths[0] ?? null);
    },
    copyText: async (text) => {
      await clipboard.writeText(text);
    },
    reveal: revealInFolder,
  };
}
