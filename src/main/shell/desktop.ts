import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, type FileFilter, type OpenDialogOptions } from 'electron';
import { revealInFolder } from './open-external.ts';
import type { Desktop } from './shell-ports.ts';

const FILE_TYPES = {
  xlsx: { name: 'Excel (.xlsx)', extensions: ['xlsx'] },
  csv: { name: 'CSV (.csv)', extensions: ['csv'] },
  json: { name: 'JSON (.json)', extensions: ['json'] },
} as const;

/** What may be read as a statement. Excel's own CSV and the text files of banks end in any of these. */
const STATEMENT_TYPES = ['xlsx', 'csv', 'tsv', 'txt'];

/** The desktop as Electron offers it. Dialogs belong to `window` where there is one. */
export function createDesktop(window: () => BrowserWindow | null): Desktop {
  async function askWhich(filter: FileFilter): Promise<string | null> {
    const options: OpenDialogOptions = { properties: ['openFile'], filters: [filter] };
    const parent = window();
    const { canceled, filePaths } =
      parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
    return canceled ? null : (filePaths[0] ?? null);
  }

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
    askWhichStatement: () => askWhich({ name: 'Excel, CSV, TXT', extensions: STATEMENT_TYPES }),
    askWhichSignedFile: () => askWhich({ name: 'JSON (.json)', extensions: ['json'] }),
    copyText: async (text) => {
      await clipboard.writeText(text);
    },
    reveal: revealInFolder,
  };
}
