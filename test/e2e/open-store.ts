import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/main/sandbox/server.ts';
import { launchApp, type RunningApp } from './launch.ts';

/** A program in an empty data folder with one connection, to a sandbox that the test can edit and break. */
export interface OpenStore {
  app: RunningApp;
  sandbox: Sandbox;
  /** Quits the program and starts it again on the same data; the token is entered anew where it was not kept. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a sandbox with `orders` generated orders and connects to it. Nothing is synced yet. */
export async function openStore(orders: number): Promise<OpenStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
  const sandbox = await startSandbox({ orders, seed: 42, samplesDir: 'resources/samples' });
  const store: OpenStore = {
    app: await launchApp({ dataDir }),
    sandbox,
    async restart() {
      await store.app.close();
      store.app = await launchApp({ dataDir });
      const { page } = store.app;
      await page.getByRole('navigation').waitFor();
      await page.evaluate((token) => mutabakat.invoke('connections.setToken', { token }), sandbox.token);
      await page.reload();
    },
    async close() {
      await store.app.close();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  const { page } = store.app;
  await page.evaluate((request) => mutabakat.invoke('connections.connect', request), {
    name: 'store',
    baseUrl: sandbox.baseUrl,
    token: sandbox.token,
  });
  await page.evaluate(() => mutabakat.invoke('connections.open', { name: 'store' }));
  await page.reload();
  return store;
}
