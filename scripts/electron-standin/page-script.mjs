/** Name under which the page script finds its way to main; taken off the page before anything else runs. */
export const STANDIN_BINDING = '__electronStandin';
/** Name under which main's events get into the page. */
export const STANDIN_RECEIVER = '__electronStandinReceive';

/**
 * The script that runs before the page's own: the built preload, with the two objects of `electron` that a preload may
 * require. There is no isolated world here, so what Electron would keep apart is only hidden.
 */
export function pageScript(preload, chordKeys) {
  return `(() => {
  const send = globalThis.${STANDIN_BINDING};
  if (typeof send !== 'function') return;
  delete globalThis.${STANDIN_BINDING};
  const listeners = new Map();
  const listenersOf = (channel) => {
    if (!listeners.has(channel)) listeners.set(channel, new Set());
    return listeners.get(channel);
  };
  const ipcRenderer = {
    invoke: (channel, ...args) => send('invoke', channel, ...args),
    on: (channel, listener) => void listenersOf(channel).add(listener),
    off: (channel, listener) => void listenersOf(channel).delete(listener),
  };
  const contextBridge = {
    exposeInMainWorld: (name, value) => Object.defineProperty(globalThis, name, { value: Object.freeze(value), enumerable: true }),
  };
  Object.defineProperty(globalThis, '${STANDIN_RECEIVER}', {
    value: (channel, args) => listenersOf(channel).forEach((listener) => listener({}, ...args)),
  });
  globalThis.open = (address) => (void send('open', new URL(address, location.href).href), null);
  const chords = new Set(${JSON.stringify(chordKeys)});
  addEventListener('keydown', (event) => {
    const key = event.key.toLowerCase();
    if (event.defaultPrevented || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey) || !chords.has(key)) return;
    event.preventDefault();
    void send('chord', key);
  });
  const module = { exports: {} };
  const require = (name) => {
    if (name !== 'electron') throw new Error('A sandboxed preload cannot require ' + name);
    return { contextBridge, ipcRenderer };
  };
  ((module, exports, require) => {
${preload}
  })(module, module.exports, require);
})();`;
}
