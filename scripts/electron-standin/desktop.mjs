import { EventEmitter } from 'node:events';
import { options, say } from './options.mjs';

/**
 * Set by the tests: where the next save dialogs "save" and which file the next open dialogs choose, null for a person who
 * cancels; undefined = not set.
 */
export const answers = { saveTo: undefined, openFile: undefined };

export const dialog = {
  async showSaveDialog(...args) {
    const { defaultPath } = args.at(-1);
    const path = answers.saveTo === undefined && !options.headless ? defaultPath : (answers.saveTo ?? null);
    if (path === null) return { canceled: true, filePath: '' };
    if (answers.saveTo === undefined) say(`There is no save dialog here; the file goes to ${path}`);
    return { canceled: false, filePath: path };
  },
  async showOpenDialog() {
    const path = (answers.openFile === undefined ? process.env.MUTABAKAT_OPEN_FILE : answers.openFile) ?? null;
    if (path === null) {
      say('There is no open dialog here; name the file in MUTABAKAT_OPEN_FILE and start again.');
      return { canceled: true, filePaths: [] };
    }
    return { canceled: false, filePaths: [path] };
  },
  async showMessageBox(...args) {
    const { message, detail, buttons, cancelId } = args.at(-1);
    say(`${message} ${detail ?? ''} – answered with "${buttons[cancelId]}", for there are no dialogs here.`);
    return { response: cancelId, checkboxChecked: false };
  },
  showErrorBox(title, content) {
    say(`${title}: ${content}`);
  },
};

let copied = '';
export const clipboardListeners = new EventEmitter();

export const clipboard = {
  async writeText(text) {
    copied = text;
    clipboardListeners.emit('copied', text);
  },
  async readText() {
    return copied;
  },
};

export const shell = {
  async openExternal(address) {
    say(`would open ${address} in the system's browser`);
  },
  showItemInFolder(path) {
    say(`would show ${path} in the file manager`);
  },
};

/** There is no key store here: the program keeps tokens in memory. */
export const safeStorage = {
  getSelectedStorageBackend: () => 'basic_text',
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error('The stand-in has no key store.')),
  decryptStringAsync: () => Promise.reject(new Error('The stand-in has no key store.')),
};

class NativeTheme extends EventEmitter {
  #source = 'system';

  get themeSource() {
    return this.#source;
  }

  set themeSource(source) {
    this.#source = source;
    this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();

/** Nobody tells this process that the computer has slept: what waits for that is never called. */
export const powerMonitor = new EventEmitter();

/** Without the system's proxy and certificates, which only Chromium's network stack knows. */
export const net = { fetch: (...args) => fetch(...args) };
