import { BrowserWindow, type Session } from 'electron';
import { APP_START_URL } from './app-origin.ts';

export interface WindowOptions {
  session: Session;
  /** The built preload, one CommonJS file. */
  preload: string;
  icon: string;
  devTools: boolean;
}

/** Creates the program's one window, hidden until its first paint, and starts loading the page. */
export function createMainWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Mutabakat',
    width: 1360,
    height: 860,
    minWidth: 960,
    minHeight: 600,
    show: false,
    icon: options.icon,
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      devTools: options.devTools,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(APP_START_URL);
  return window;
}

/** Brings the window to the front, as a second start of the program asks for. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
