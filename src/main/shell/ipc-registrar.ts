import { type BrowserWindow, ipcMain } from 'electron';
import { CALL_NAMES, CALL_PREFIX } from '../../shared/ipc/names.ts';
import { type CallHandlers, dispatchCall, isTrustedSender } from './ipc-dispatch.ts';

/**
 * Registers every call of the contract. The only place that touches `ipcMain`.
 * @param window the program's window at the time of a call, or null where it is gone.
 */
export function registerCalls(handlers: CallHandlers, window: () => BrowserWindow | null): void {
  for (const name of CALL_NAMES) {
    ipcMain.handle(CALL_PREFIX + name, (event, ...args: unknown[]) => {
      const sender = { contentsId: event.sender.id, frame: event.senderFrame };
      return dispatchCall(name, isTrustedSender(sender, window()?.webContents.id ?? null), args, handlers);
    });
  }
}
