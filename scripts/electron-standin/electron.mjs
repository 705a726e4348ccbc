/** The parts of Electron's module that the program uses, and no others. */
export { app } from './app.mjs';
export { BrowserWindow } from './browser-window.mjs';
export { clipboard, dialog, nativeTheme, net, powerMonitor, safeStorage, shell } from './desktop.mjs';
export { ipcMain } from './ipc-main.mjs';
export { Menu } from './menu.mjs';
export { protocol, session } from './session.mjs';
