import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../find-chromium.mjs';
import { app, preventable } from './app.mjs';
import { clipboardListeners, nativeTheme } from './desktop.mjs';
import { ipcMain } from './ipc-main.mjs';
import { chords } from './menu.mjs';
import { options, say } from './options.mjs';
import { pageScript, STANDIN_BINDING, STANDIN_RECEIVER } from './page-script.mjs';

/**
 * Chromium lets nobody answer for an unknown scheme, so `app://mutabakat/…` is shown as this https origin. Nothing is
 * ever looked up or connected: every request is answered by the program's own protocol handler, or blocked.
 */
export const PAGE_ORIGIN = 'https://mutabakat.app.invalid';

function toAppAddress(address) {
  if (!address.startsWith(`${PAGE_ORIGIN}/`)) return address;
  return `app://mutabakat${address.slice(PAGE_ORIGIN.length)}`;
}

/** Opens the browser with the program's page in it. */
export async function openPage({ address, contents, preload, size, closed }) {
  const profile = mkdtempSync(join(tmpdir(), 'mutabakat-standin-'));
  const found = await findChromium();
  if (!options.headless && !found.canShowWindows) throw new Error('The Chromium that was found cannot show windows.');
  say(`page in ${found.path}${options.headless ? ', without a window' : ''}`);
  let context = null;
  app.beforeExit(async () => {
    await context?.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  context = await startBrowser(profile, found, size);
  const page = context.pages()[0] ?? (await context.newPage());
  context.on('page', (other) => closeOther(other));
  page.on('close', closed);
  page.on('crash', () => contents.emit('render-process-gone', {}, { reason: 'crashed' }));

  const shown = { page, contents, loaded: false };
  await context.route('**/*', (route) => answer(route, shown));
  await context.exposeBinding(STANDIN_BINDING, (source, kind, ...args) => receive(source, kind, args, page, contents));
  await context.addInitScript({
    content: pageScript(
      readFileSync(preload, 'utf8'),
      chords().map(({ key }) => key),
    ),
  });
  contents.deliver = (channel, args) => {
    page
      .evaluate(([receiver, ...event]) => globalThis[receiver]?.(...event), [STANDIN_RECEIVER, channel, args])
      .catch(() => undefined);
  };
  followTheme(page);
  followClipboard(context, page);
  await page.goto(PAGE_ORIGIN + new URL(address).pathname);
  shown.loaded = true;
  const port = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  return { debugger: `http://127.0.0.1:${port}`, focus: () => page.bringToFront() };
}

async function startBrowser(profile, found, size) {
  const chromiumSandbox = process.platform !== 'linux' || (!options.headless && process.getuid?.() !== 0);
  const settings = {
    executablePath: found.path,
    headless: options.headless,
    chromiumSandbox,
    viewport: options.headless ? size : null,
    // None: the page may neither have nor ask for any, as the program's handlers in Electron answer.
    permissions: [],
    serviceWorkers: 'block',
    acceptDownloads: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ['--remote-debugging-port=0', ...(options.headless ? [] : windowArgs(size, chromiumSandbox)), ...found.args],
    env: { ...process.env, ...found.env },
  };
  try {
    return await chromium.launchPersistentContext(profile, settings);
  } catch (cause) {
    throw new Error(`${found.path} did not start. Name another Chromium in CHROMIUM_PATH.\n${cause.message}`, {
      cause,
    });
  }
}

/** A window of its own, without tabs; without its own sandbox, as root, the browser would cover part of it with a bar. */
function windowArgs({ width, height }, chromiumSandbox) {
  const quiet = chromiumSandbox ? [] : ['--test-type'];
  return ['--app=data:,Mutabakat', `--window-size=${width},${height}`, ...quiet];
}

/** A second page can only come from a link with a target; its request has been turned into a question by then. */
function closeOther(other) {
  other
    .waitForLoadState()
    .catch(() => undefined)
    .finally(() => other.close().catch(() => undefined));
}

async function answer(route, { page, contents, loaded }) {
  const request = route.request();
  const url = toAppAddress(request.url());
  const navigation = request.isNavigationRequest();
  if (navigation && request.frame().page() !== page) {
    contents.openHandler({ url });
    return route.abort('aborted');
  }
  if (navigation && loaded) {
    const isMainFrame = request.frame() === page.mainFrame();
    const event = preventable({ url, isMainFrame });
    contents.emit('will-frame-navigate', event);
    if (isMainFrame) contents.emit('will-navigate', event);
    if (event.defaultPrevented) return route.abort('aborted');
  }
  const allowed = await contents.session.mayLoad({
    url,
    method: request.method(),
    resourceType: request.resourceType(),
  });
  const handler = contents.session.protocol.handlerOf(new URL(url).protocol.slice(0, -1));
  if (!allowed || handler === null) return route.abort(navigation ? 'aborted' : 'blockedbyclient');
  const response = await handler(new Request(url, { method: request.method() }));
  return route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** What the page script says: a call of the preload, a `window.open`, or a key chord of the menu. */
async function receive({ frame }, kind, args, page, contents) {
  if (kind === 'invoke') {
    const [channel, ...rest] = args;
    const parent = frame.parentFrame();
    const senderFrame = {
      url: toAppAddress(frame.url()),
      parent: parent === null ? null : { url: toAppAddress(parent.url()) },
    };
    return ipcMain.answer(channel, { sender: contents, senderFrame }, rest);
  }
  if (frame !== page.mainFrame()) return undefined;
  if (kind === 'open') contents.openHandler({ url: toAppAddress(String(args[0])) });
  if (kind === 'chord')
    chords()
      .find(({ key }) => key === args[0])
      ?.item.click();
  return undefined;
}

function followTheme(page) {
  const follow = () => {
    const source = nativeTheme.themeSource;
    page.emulateMedia({ colorScheme: source === 'system' ? null : source }).catch(() => undefined);
  };
  nativeTheme.on('updated', follow);
  follow();
}

/** In a window, what the program copies should reach the system's clipboard; the page's is the way to it. */
function followClipboard(context, page) {
  if (options.headless) return;
  clipboardListeners.on('copied', async (text) => {
    await context.grantPermissions(['clipboard-write'], { origin: PAGE_ORIGIN }).catch(() => undefined);
    await page.evaluate((value) => navigator.clipboard.writeText(value), text).catch(() => undefined);
  });
}
