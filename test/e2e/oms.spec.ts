import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Sandbox, startSandbox } from '../../src/main/sandbox/server.ts';
import { launchApp, type RunningApp } from './launch.ts';

let app: RunningApp;
let page: Page;
let sandbox: Sandbox;
let dataDir: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
  sandbox = await startSandbox({ orders: 600, seed: 42, samplesDir: 'resources/samples', oms: {} });
  app = await launchApp({ dataDir });
  page = app.page;
  const { baseUrl, token } = sandbox;
  await page.evaluate((request) => mutabakat.invoke('connections.connect', request), { name: 'store', baseUrl, token });
  await page.evaluate(() => mutabakat.invoke('connections.open', { name: 'store' }));
  await page.reload();
});

test.afterAll(async () => {
  await app?.close();
  await sandbox?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const card = () => page.getByRole('region', { name: 'Second source: OMS' });
const section = () => page.getByRole('complementary').getByRole('region', { name: 'Omnitron and OMS' });
const rows = () => section().getByTestId('beside-oms').getByRole('row');

async function enter(token: string): Promise<void> {
  await card()
    .getByLabel('Address of OMS')
    .fill(sandbox.oms?.baseUrl ?? '');
  await card().getByLabel('Token of OMS').fill(token);
  await card().getByRole('button', { name: 'Check and save' }).click();
}

async function sync(): Promise<void> {
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByText(/^Sync complete/)).toBeVisible({ timeout: 30_000 });
}

async function open(orderId: number): Promise<void> {
  const number = sandbox.order(orderId)?.number ?? '';
  await page.getByRole('navigation').getByRole('button', { name: 'Orders' }).click();
  await page.getByRole('searchbox').fill(number);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  const row = page.getByRole('grid').getByRole('row').nth(1);
  await expect(row).toContainText(number);
  await row.click();
  await page.keyboard.press('F2');
  await expect(page.getByRole('complementary', { name: `Order ${number}` })).toBeVisible();
}

/** Whether no other order has this one's number, so that searching for it finds it alone. */
function isFoundAlone(orderId: number): boolean {
  return sandbox.sharedNumbers().every(({ orderIds }) => !orderIds.includes(orderId));
}

/** An order that OMS tells differently, and that its number finds alone. */
function planted(difference: string): number {
  const of = sandbox.omsPlanted().filter((each) => each.difference === difference && isFoundAlone(each.orderId));
  expect(of, `an order planted as "${difference}"`).not.toEqual([]);
  return of[0]?.orderId ?? 0;
}

test('without OMS an order shows no comparison; Settings connect it, after a check', async () => {
  await sync();
  await open(planted('state'));
  await expect(page.getByRole('complementary').getByRole('region', { name: 'Payments and refunds' })).toBeVisible();
  await expect(section()).toHaveCount(0);
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await enter(sandbox.token);
  await expect(card().getByRole('alert')).toContainText('OMS refused the token.');
  await enter(sandbox.oms?.token ?? '');
  await expect(card().getByRole('button', { name: 'Remove OMS' })).toBeVisible();
  await expect(card().getByLabel('Token of OMS')).toHaveValue('');
});

test('differences are marked with a word, and what agrees too', async () => {
  await sync();
  await open(planted('state'));
  await expect(section().getByRole('status')).toContainText('1 difference');
  await expect(rows().nth(1)).toContainText('State');
  await expect(rows().nth(1)).toContainText('differs');
  await expect(rows().filter({ hasText: 'Price' }).first()).toContainText('agrees');
  await open(planted('line-price'));
  await expect(rows().filter({ hasText: 'Price' }).filter({ hasText: 'differs' })).toHaveCount(1);
  await open(planted('line-count'));
  await expect(section().getByText(/only in (OMS|Omnitron)/)).toBeVisible();
  await open(planted('missing'));
  await expect(section()).toContainText('OMS does not know this order.');
  const agreeing = sandbox
    .ids()
    .find((id) => id > 1_100 && isFoundAlone(id) && sandbox.omsPlanted().every(({ orderId }) => orderId !== id));
  await open(agreeing ?? 0);
  await expect(section().getByRole('status')).toContainText('Both say the same.');
  await expect(section().getByText('differs')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('CANARY');
});

test('a sync that does not reach OMS says so and is complete', async () => {
  sandbox.setOmsFaults([{ match: {}, action: { kind: 'status', code: 403 } }]);
  await sync();
  await expect(page.getByText('OMS was not read completely. OMS refused the token.')).toBeVisible();
});

test('OMS is taken away in the settings', async () => {
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await card().getByRole('button', { name: 'Remove OMS' }).click();
  await expect(card().getByRole('button', { name: 'Remove OMS' })).toHaveCount(0);
  await open(planted('state'));
  await expect(section()).toHaveCount(0);
});
