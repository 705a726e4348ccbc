import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  app: { on: vi.fn() },
  session: { fromPartition: vi.fn() },
  BrowserWindow: vi.fn(),
}));
vi.mock('electron', () => electron);
const { createWindowSession, mayLoad } = await import('../../src/main/shell/window-session.ts');
const { guardNavigation } = await import('../../src/main/shell/navigation-guard.ts');
const { createMainWindow } = await import('../../src/main/shell/main-window.ts');

beforeEach(() => vi.clearAllMocks());

describe("the window's session", () => {
  type Answer = (value: unknown) => void;
  const own = {
    protocol: { handle: vi.fn() },
    setPermissionRequestHandler:
      vi.fn<(handler: (contents: null, permission: string, answer: Answer) => void) => void>(),
    setPermissionCheckHandler: vi.fn<(handler: () => boolean) => void>(),
    setDevicePermissionHandler: vi.fn<(handler: () => boolean) => void>(),
    webRequest: { onBeforeRequest: vi.fn<(listener: (details: { url: string }, answer: Answer) => void) => void>() },
  };

  beforeEach(() => {
    electron.session.fromPartition.mockReturnValue(own);
    createWindowSession('/renderer', false);
  });

  test('is kept in memory only', () => {
    expect(electron.session.fromPartition.mock.calls[0]?.[0]).not.toMatch(/^persist:/);
  });

  test('denies every permission, asked or checked', () => {
    const answer = vi.fn();
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'fileSystem',
      'openExternal',
      'usb',
      'unknown',
    ]) {
      own.setPermissionRequestHandler.mock.calls[0]?.[0](null, permission, answer);
    }
    expect(answer).toHaveBeenCalledTimes(8);
    expect(answer).not.toHaveBeenCalledWith(true);
    expect(own.setPermissionCheckHandler.mock.calls[0]?.[0]()).toBe(false);
    expect(own.setDevicePermissionHandler.mock.calls[0]?.[0]()).toBe(false);
  });

  test.each([
    ['app://mutabakat/index.html', false],
    ['app://elsewhere/index.html', true],
    ['https://example.com/', true],
    ['http://127.0.0.1/', true],
    ['ws://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['ftp://example.com/', true],
    ['devtools://devtools/bundled/inspector.html', true],
  ])('on a request for %s: cancel is %s', (url, cancel) => {
    const answer = vi.fn();
    own.webRequest.onBeforeRequest.mock.calls[0]?.[0]({ url }, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel });
  });

  test('lets developer tools load their own pages where they are allowed', () => {
    expect(mayLoad('devtools://devtools/bundled/inspector.html', true)).toBe(true);
    expect(mayLoad('https://devtools.example/', true)).toBe(false);
  });
});

describe('the guard of navigation', () => {
  class Contents extends EventEmitter {
    openHandler: ((details: { url: string }) => { action: string }) | undefined;
    setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
      this.openHandler = handler;
    }
  }
  const ask = vi.fn();

  function guarded(): Contents {
    guardNavigation(ask);
    const contents = new Contents();
    const created = electron.app.on.mock.calls.find(([event]) => event === 'web-contents-created')?.[1] as (
      event: object,
      contents: Contents,
    ) => void;
    created({}, contents);
    return contents;
  }

  function isPrevented(contents: Contents, event: string, details: object): boolean {
    const preventDefault = vi.fn();
    contents.emit(event, { ...details, preventDefault });
    return preventDefault.mock.calls.length > 0;
  }

  const AWAY = [
    'https://example.com/',
    'http://app.mutabakat/',
    'file:///etc/passwd',
    'app://elsewhere/',
    'javascript:1',
    'data:text/html,x',
    'about:blank',
  ];

  test.each(AWAY)('stops the page from going to %s', (url) => {
    const contents = guarded();
    expect(isPrevented(contents, 'will-navigate', { url })).toBe(true);
    expect(isPrevented(contents, 'will-frame-navigate', { url, isMainFrame: true })).toBe(true);
  });

  test('lets the page load itself again, but not into a frame', () => {
    const contents = guarded();
    expect(isPrevented(contents, 'will-navigate', { url: 'app://mutabakat/index.html' })).toBe(false);
    expect(isPrevented(contents, 'will-frame-navigate', { url: 'app://mutabakat/index.html', isMainFrame: true })).toBe(
      false,
    );
    expect(
      isPrevented(contents, 'will-frame-navigate', { url: 'app://mutabakat/index.html', isMainFrame: false }),
    ).toBe(true);
  });

  test('stops redirects and webviews', () => {
    const contents = guarded();
    expect(isPrevented(contents, 'will-redirect', { url: 'app://mutabakat/index.html' })).toBe(true);
    expect(isPrevented(contents, 'will-attach-webview', {})).toBe(true);
  });

  test('opens no window, and asks about the address instead', () => {
    const contents = guarded();
    expect(contents.openHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(ask).toHaveBeenCalledExactlyOnceWith('https://example.com/');
  });
});

describe('the main window', () => {
  test('is created locked and hidden, and loads our page', () => {
    const made = { once: vi.fn(), loadURL: vi.fn(() => Promise.resolve()), show: vi.fn() };
    electron.BrowserWindow.mockImplementation(function create() {
      return made;
    });
    createMainWindow({ session: {} as never, preload: '/preload.cjs', icon: '/icon.png', devTools: false });
    const options = electron.BrowserWindow.mock.calls[0]?.[0];
    expect(options).toMatchObject({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        devTools: false,
      },
    });
    expect(made.loadURL).toHaveBeenCalledExactlyOnceWith('app://mutabakat/index.html');
  });
});
