import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp, PAGE_ORIGINS, type RunningApp } from './launch.ts';

/** What the preload puts on the page. */
interface PageBridge {
  invoke(name: string, request?: unknown): Promise<{ ok: boolean; value?: unknown; error?: { code: string } }>;
  onEvent(listener: (event: unknown) => void): () => void;
}
declare global {
  var mutabakat: PageBridge;
  var received: unknown[];
}

test.describe('the shell', () => {
  let dataDir: string;
  let app: RunningApp;

  test.beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
    app = await launchApp({ dataDir });
  });

  test.afterAll(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('opens a window with our page under our origin', async () => {
    expect(await app.page.evaluate(() => location.origin)).toBe(PAGE_ORIGINS[app.runtime]);
    await expect(app.page).toHaveTitle(/Mutabakat/);
    expect(await app.page.evaluate(() => isSecureContext)).toBe(true);
  });

  test('shows its first screen without an error or a breach of the policy', async () => {
    const errors: string[] = [];
    app.page.on('pageerror', (error) => errors.push(error.message));
    app.page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await app.page.reload();
    await expect(app.page.getByRole('button').first()).toBeVisible();
    expect(errors).toEqual([]);
  });

  test('offers the page no Node, no Electron and nothing but two functions', async () => {
    const seen = await app.page.evaluate(() => ({
      names: ['require', 'process', 'module', 'Buffer', 'electron', 'global'].filter((name) => name in globalThis),
      bridge: Object.keys(mutabakat).sort(),
      frozen: Object.isFrozen(mutabakat),
    }));
    expect(seen).toEqual({ names: [], bridge: ['invoke', 'onEvent'], frozen: true });
  });

  test('answers a call of the contract', async () => {
    const answer = await app.page.evaluate(() => mutabakat.invoke('app.info'));
    expect(answer).toMatchObject({ ok: true, value: { runtime: app.runtime, dataDir } });
  });

  test('refuses a name that is not in the contract', async () => {
    const refusal = await app.page.evaluate(() =>
      mutabakat.invoke('shell.run', {}).catch((error: Error) => error.message),
    );
    expect(refusal).toMatch(/no such call/i);
  });

  test('refuses a request that is not as agreed', async () => {
    const answers = await app.page.evaluate(() =>
      Promise.all([
        mutabakat.invoke('orders.detail', { id: '1' }),
        mutabakat.invoke('settings.set', { token: 'x' }),
        mutabakat.invoke('app.info', 'x'.repeat(2_000_000)),
      ]),
    );
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_REFUSED' } });
  });

  test('does not navigate away, open windows or frames', async () => {
    const before = app.page.url();
    await app.page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await app.page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
    });
    const opened = await app.page.evaluate(() => window.open('http://example.com/') === null);
    expect(opened).toBe(true);
    expect(await app.page.evaluate(() => location.href)).toBe(before);
    expect(app.page.context().pages()).toHaveLength(1);
    await expect
      .poll(() => app.page.frames().every((frame) => !frame.url().startsWith('https://example.com')))
      .toBe(true);
  });

  test('gives the page no network and no permissions', async () => {
    const seen = await app.page.evaluate(async () => ({
      fetched: await fetch('https://example.com/').then(
        () => true,
        () => false,
      ),
      own: await fetch('/index.html').then(
        () => true,
        () => false,
      ),
      notifications: Notification.permission,
    }));
    expect(seen).toMatchObject({ fetched: false, own: false, notifications: 'denied' });
  });

  test('tells the window which menu item was chosen', async () => {
    await app.page.evaluate(() => {
      globalThis.received = [];
      mutabakat.onEvent((event) => globalThis.received.push(event));
    });
    await app.chooseMenu('find');
    await expect
      .poll(() => app.page.evaluate(() => globalThis.received))
      .toContainEqual({ type: 'menu', command: 'find' });
  });

  test('starts once on a data folder', async () => {
    await expect(launchApp({ dataDir })).rejects.toThrow();
    expect(await app.page.evaluate(() => mutabakat.invoke('app.info'))).toMatchObject({ ok: true });
  });

  test('keeps settings over a restart', async () => {
    const changed = await app.page.evaluate(() => mutabakat.invoke('settings.set', { company: 'Örnek A.Ş.' }));
    expect(changed).toMatchObject({ ok: true, value: { company: 'Örnek A.Ş.' } });
    await app.close();
    app = await launchApp({ dataDir });
    const kept = await app.page.evaluate(() => mutabakat.invoke('settings.get'));
    expect(kept).toMatchObject({ ok: true, value: { company: 'Örnek A.Ş.', language: 'en' } });
  });
});
