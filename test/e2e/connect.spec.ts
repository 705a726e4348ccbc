import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Sandbox, startSandbox } from '../../src/main/sandbox/server.ts';
import { launchApp, type RunningApp } from './launch.ts';

const ORDERS = 200;

let dataDir: string;
let sandbox: Sandbox;
let app: RunningApp;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
  sandbox = await startSandbox({ orders: ORDERS, seed: 7, samplesDir: 'resources/samples' });
  app = await launchApp({ dataDir });
  page = app.page;
});

test.afterAll(async () => {
  await app?.close();
  await sandbox?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const form = () => page.getByRole('form', { name: 'Your own store' });
const switcher = () => page.getByRole('button', { name: /^Connection: / });
const rowCount = (orders: number) =>
  expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(orders + 1));

async function connect(fields: { address?: string; token?: string; name?: string }): Promise<void> {
  if (fields.address !== undefined) await form().getByLabel('Omnitron address').fill(fields.address);
  if (fields.token !== undefined) await form().getByLabel('API token').fill(fields.token);
  if (fields.name !== undefined) await form().getByLabel('Name of the connection').fill(fields.name);
  await form().getByRole('button', { name: 'Connect to Omnitron' }).click();
}

test('says at each field what is missing or wrong', async () => {
  await connect({});
  await expect(form().getByText('Enter the address.')).toBeVisible();
  await expect(form().getByText('Enter the token.')).toBeVisible();
  await expect(form().getByLabel('Omnitron address')).toHaveAttribute('aria-invalid', 'true');
  await connect({ address: 'company.omnitron', token: 'x', name: 'Şirket' });
  await expect(form().getByText('Enter a full address that starts with https://.')).toBeVisible();
  await expect(form().getByText(/Use up to 40 lower-case letters/)).toBeVisible();
});

test('refuses an address without encryption beyond this computer', async () => {
  await connect({ address: 'http://omnitron.example.com', token: 'x', name: 'store' });
  await expect(form().getByRole('alert')).toContainText('This is not an address that can be used.');
  expect(sandbox.counters.requests).toEqual({});
});

test('says so when the host cannot be reached', async () => {
  const gone = await startSandbox({ orders: 1, seed: 1, samplesDir: 'resources/samples' });
  await gone.close();
  await connect({ address: gone.baseUrl });
  await expect(form().getByRole('alert')).toContainText('Omnitron cannot be reached.');
  await expect(form().getByRole('button', { name: 'Connect to Omnitron' })).toBeEnabled();
});

test('says so when the token is wrong, and stores nothing', async () => {
  await connect({ address: sandbox.baseUrl, token: 'wrong-token' });
  await expect(form().getByRole('alert')).toContainText('Omnitron refused the sign-in. The token is not valid.');
  await expect(form().getByRole('alert')).not.toContainText('wrong-token');
  expect(await page.evaluate(() => mutabakat.invoke('connections.list'))).toMatchObject({ ok: true, value: [] });
});

test('connects with the right token and syncs', async () => {
  await connect({ address: `${sandbox.baseUrl}/api/i1/`, token: sandbox.token });
  await expect(page.getByText('No orders yet')).toBeVisible();
  await page.getByRole('button', { name: 'Sync with Omnitron', exact: true }).last().click();
  await rowCount(sandbox.size);
  await expect(page.getByText(`${sandbox.size} orders held`)).toBeVisible();
  await switcher().click();
  await expect(page.getByRole('dialog').getByText(sandbox.baseUrl, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('opens the demo store beside it and switches to and fro; nothing of one shows in the other', async () => {
  await switcher().click();
  await page.getByRole('button', { name: 'Add a connection…' }).click();
  await expect(form().getByLabel('Name of the connection')).toBeVisible();
  await connect({ address: sandbox.baseUrl, token: sandbox.token, name: 'store' });
  await expect(form().getByText('A connection with this name already exists.')).toBeVisible();
  await page.getByRole('button', { name: 'Open the demo store' }).click();
  await expect(switcher()).toHaveAccessibleName('Connection: Demo store');
  await expect(page.getByText('No orders yet')).toBeVisible();
  await switcher().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^store/ })
    .click();
  await expect(switcher()).toHaveAccessibleName('Connection: store');
  await rowCount(sandbox.size);
});

test('asks for the token again after a restart where the computer has no key store', async () => {
  const info = await page.evaluate(() => mutabakat.invoke('app.info'));
  await app.close();
  app = await launchApp({ dataDir });
  page = app.page;
  await expect(switcher()).toHaveAccessibleName('Connection: store');
  await rowCount(sandbox.size);
  const sync = page.getByRole('button', { name: 'Sync', exact: true });
  if ((info.value as { tokensPersist: boolean }).tokensPersist) {
    await expect(sync).toBeEnabled();
    return;
  }
  await expect(page.getByText('No token or password is known: syncing and pushing need one.')).toBeVisible();
  await expect(sync).toBeDisabled();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('New token').fill(sandbox.token);
  await page.getByRole('button', { name: 'Save token' }).click();
  await expect(page.getByText('The token was saved.')).toBeVisible();
  await expect(page.getByText('No token or password is known: syncing and pushing need one.')).toBeHidden();
  await sync.click();
  await expect(page.getByText(`Sync complete: 0 new, 0 changed, ${sandbox.size} unchanged.`)).toBeVisible();
});

test('a second window on another data folder knows nothing of this one', async () => {
  const otherDir = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
  const other = await launchApp({ dataDir: otherDir, lang: 'tr' });
  try {
    await expect(
      other.page.getByRole('heading', { name: 'Omnitron siparişlerinizin mutabakatını yapın' }),
    ).toBeVisible();
    expect(await other.page.evaluate(() => mutabakat.invoke('connections.list'))).toMatchObject({ value: [] });
    expect(await page.evaluate(() => mutabakat.invoke('connections.current'))).toMatchObject({
      value: { name: 'store', orders: sandbox.size },
    });
  } finally {
    await other.close();
    rmSync(otherDir, { recursive: true, force: true });
  }
});
