import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Sandbox, startSandbox } from '../../src/main/sandbox/server.ts';
import { launchApp, type RunningApp } from './launch.ts';

const USER = { username: 'ada', password: 'right canary 71f0' };

let dataDir: string;
let sandbox: Sandbox;
let strict: Sandbox;
let app: RunningApp;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
  const store = { orders: 60, seed: 7, samplesDir: 'resources/samples', users: [USER] };
  sandbox = await startSandbox(store);
  strict = await startSandbox({ ...store, totp: true });
  app = await launchApp({ dataDir });
  page = app.page;
});

test.afterAll(async () => {
  await app?.close();
  await sandbox?.close();
  await strict?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const form = () => page.getByRole('form', { name: 'Your own store' });
const field = (label: string) => form().getByLabel(label, { exact: true });
const submit = () => form().getByRole('button', { name: 'Connect to Omnitron' }).click();
const status = () => page.getByRole('region', { name: 'Status' });
const syncButton = () => page.getByRole('button', { name: 'Sync', exact: true });
const goToSettings = () =>
  page.getByRole('navigation', { name: 'Main navigation' }).getByRole('button', { name: 'Settings' }).click();

test('offers user and password, and says what is missing', async () => {
  await form().getByText('User and password', { exact: true }).click();
  await expect(form().getByLabel('API token')).toBeHidden();
  await submit();
  await expect(form().getByText('Enter the user name.')).toBeVisible();
  await expect(form().getByText('Enter the password.')).toBeVisible();
  await expect(field('Password')).toHaveAttribute('type', 'password');
});

test('says clearly when the account demands a one-time code', async () => {
  await field('Omnitron address').fill(strict.baseUrl);
  await field('User name').fill(USER.username);
  await field('Password').fill(USER.password);
  await submit();
  await expect(form().getByRole('alert')).toContainText('This account demands a one-time code to sign in.');
  await expect(form().getByRole('alert')).toContainText('Use a token instead.');
});

test('says that the password is wrong, repeats nothing and stores nothing', async () => {
  await field('Omnitron address').fill(sandbox.baseUrl);
  await field('Password').fill('wrong-pony');
  await submit();
  await expect(form().getByRole('alert')).toContainText('Omnitron refused the sign-in.');
  await expect(form().getByRole('alert')).toContainText('The user name or the password is wrong.');
  await expect(form().getByRole('alert')).not.toContainText('wrong-pony');
  expect(await page.evaluate(() => mutabakat.invoke('connections.list'))).toMatchObject({ ok: true, value: [] });
});

test('connects, syncs, and signs in anew by itself when the key has expired', async () => {
  await field('Password').fill(USER.password);
  await submit();
  await expect(page.getByText('No orders yet')).toBeVisible();
  await syncButton().click();
  await expect(status()).toContainText(`${sandbox.size} orders held`);
  expect(sandbox.signIns()).toEqual({ asked: 2, granted: 1 });
  sandbox.expireTokens();
  await syncButton().click();
  await expect(page.getByText(/^Sync complete: 0 new, 0 changed/)).toBeVisible();
  expect(sandbox.signIns()).toEqual({ asked: 3, granted: 2 });
});

test('is paused after three sign-ins, and says so', async () => {
  sandbox.expireTokens();
  await syncButton().click();
  await expect(page.getByRole('alert')).toContainText('Signing in is paused.');
  await expect(page.getByRole('alert')).toContainText(/until \d{4}-\d\d-\d\d at \d\d:\d\d:\d\d UTC/);
  expect(sandbox.signIns()).toEqual({ asked: 3, granted: 2 });
});

test('takes user and password anew after a restart where the computer has no key store', async () => {
  const info = await page.evaluate(() => mutabakat.invoke('app.info'));
  await app.close();
  app = await launchApp({ dataDir });
  page = app.page;
  await expect(status()).toContainText(`${sandbox.size} orders held`);
  if (!(info.value as { tokensPersist: boolean }).tokensPersist) {
    await expect(syncButton()).toBeDisabled();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('User and password', { exact: true }).click();
    await page.getByLabel('User name', { exact: true }).fill(USER.username);
    await page.getByLabel('Password', { exact: true }).fill(USER.password);
    await page.getByRole('button', { name: 'Save user and password' }).click();
    await expect(page.getByText('User and password were saved.')).toBeVisible();
  }
  await syncButton().click();
  await expect(page.getByText(/^Sync complete/)).toBeVisible();
});

test('nothing of it is in any file', () => {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files.filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(USER.password));
  expect(found.map(({ name }) => name)).toEqual([]);
});

test('an interval that is none is refused; a good one is kept', async () => {
  await goToSettings();
  const interval = page.getByLabel('Minutes between two syncs');
  await interval.fill('3');
  await interval.press('Enter');
  await expect(page.getByText('Enter a whole number from 5 to 1440, or 0.')).toBeVisible();
  await interval.fill('15');
  await interval.press('Enter');
  await page.getByRole('radiogroup', { name: 'When the program starts' }).getByText('Sync', { exact: true }).click();
  await expect
    .poll(() => page.evaluate(() => mutabakat.invoke('settings.get')))
    .toMatchObject({ value: { syncIntervalMinutes: 15, syncAtStart: true } });
});

test('syncs by itself when the program starts', async () => {
  // The demo store needs no token, so it syncs at the start on every computer.
  await page.evaluate(() => mutabakat.invoke('connections.openDemo', { orders: 40 }));
  await page.reload();
  await expect(status()).toContainText('Not synced yet');
  await app.close();
  app = await launchApp({ dataDir });
  page = app.page;
  await expect(status()).toContainText('43 orders held');
  await expect(status()).toContainText('Last sync');
});
