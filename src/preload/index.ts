import { contextBridge, ipcRenderer } from 'electron';
import { CALL_NAMES, CALL_PREFIX, EVENT_CHANNEL } from '../shared/ipc/names.ts';

const names: ReadonlySet<string> = new Set(CALL_NAMES);

contextBridge.exposeInMainWorld(
  'mutabakat',
  Object.freeze({
    /** Calls main. Rejects for a name that is not one of the contract's; main parses the request. */
    invoke(name: string, request: unknown): Promise<unknown> {
      if (!names.has(name)) return Promise.reject(new Error('There is no such call.'));
      return ipcRenderer.invoke(CALL_PREFIX + name, request);
    },
    /** Listens to main's events; the result stops it. */
    onEvent(listener: (event: unknown) => void): () => void {
      const receive = (_event: unknown, event: unknown): void => listener(event);
      ipcRenderer.on(EVENT_CHANNEL, receive);
      return () => void ipcRenderer.off(EVENT_CHANNEL, receive);
    },
  }),
);
