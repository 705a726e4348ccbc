import { describe, expect, test, vi } from 'vitest';
import { type CallHandlers, type CallSender, isTrustedSender } from '../../src/main/shell/ipc-dispatch.ts';
import { CALL_NAMES, CALL_PREFIX } from '../../src/shared/ipc/names.ts';

const listeners = vi.hoisted(() => new Map<string, (...args: unknown[]) => Promise<unknown>>());
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: never) => void listeners.set(channel, listener) },
}));
const { registerCalls } = await import('../../src/main/shell/ipc-registrar.ts');

const WINDOW = 7;
const ours: CallSender = { contentsId: WINDOW, frame: { url: 'app://mutabakat/index.html#/orders', parent: null } };
const at = (url: string): CallSender => ({ contentsId: WINDOW, frame: { url, parent: null } });

test('the main frame of our window on our page is trusted', () => {
  expect(isTrustedSender(ours, WINDOW)).toBe(true);
});

const STRANGERS: readonly (readonly [string, CallSender])[] = [
  ['no frame', { contentsId: WINDOW, frame: null }],
  ['a frame inside our page', { contentsId: WINDOW, frame: { url: 'app://mutabakat/index.html', parent: {} } }],
  ['another window', { ...ours, contentsId: 8 }],
  ['no address', at('')],
  ['a missing address', { contentsId: WINDOW, frame: { url: undefined as unknown as string, parent: null } }],
  ['about:blank', at('about:blank')],
  ['a web page', at('https://mutabakat/index.html')],
  ['another host', at('app://elsewhere/index.html')],
  ['a host that only begins alike', at('app://mutabakat.example/index.html')],
  ['a user name before another host', at('app://mutabakat@elsewhere/index.html')],
  ['a user name', at('app://user@mutabakat/index.html')],
  ['a port', at('app://mutabakat:81/index.html')],
  ['a file', at('file:///opt/app/out/renderer/index.html')],
  ['data', at('data:text/html,app://mutabakat/')],
  ['a blob', at('blob:app://mutabakat/1')],
  ['a script', at('javascript:app://mutabakat/')],
  ['a longer scheme', at('app2://mutabakat/index.html')],
  ['developer tools', at('devtools://devtools/bundled/inspector.html')],
];

test.each(STRANGERS)('%s is not trusted', (_what, sender) => {
  expect(isTrustedSender(sender, WINDOW)).toBe(false);
});

test('nobody is trusted while there is no window', () => {
  expect(isTrustedSender(ours, null)).toBe(false);
});

describe('the registrar', () => {
  const entered = vi.fn(() => 'value');
  const handlers = Object.fromEntries(CALL_NAMES.map((name) => [name, entered])) as unknown as CallHandlers;
  registerCalls(handlers, () => ({ webContents: { id: WINDOW } }) as never);

  test('registers every call of the contract and no other', () => {
    expect([...listeners.keys()].sort()).toEqual(CALL_NAMES.map((name) => CALL_PREFIX + name).sort());
  });

  test.each(CALL_NAMES)('lets %s in from our page only', async (name) => {
    const call = listeners.get(CALL_PREFIX + name);
    for (const [, sender] of STRANGERS) {
      const answer = await call?.({ sender: { id: sender.contentsId }, senderFrame: sender.frame }, undefined);
      expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_REFUSED' } });
    }
    expect(entered).not.toHaveBeenCalled();
  });

  test('answers our page', async () => {
    const event = { sender: { id: WINDOW }, senderFrame: ours.frame };
    expect(await listeners.get(`${CALL_PREFIX}app.info`)?.(event)).toEqual({ ok: true, value: 'value' });
  });
});
