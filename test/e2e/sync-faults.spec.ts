import { expect, type Page, test } from '@playwright/test';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let sandbox: Sandbox;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  // With the three samples six pages of 100: enough to stop in the middle.
  store = await openStore(597);
  sandbox = store.sandbox;
  page = store.app.page;
});

test.afterAll(() => store?.close());

const status = () => page.getByRole('region', { name: 'Status' });
const sync = () => page.getByRole('button', { name: 'Sync', exact: true }).click();

/** The grid and the line above it agree on how many orders there are. */
async function expectOrders(held: number): Promise<void> {
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(held + 1));
  await expect(status()).toContainText(`${held} orders held`);
}

test('cancels a running sync and keeps what was read', async () => {
  sandbox.setFaults([{ match: { method: 'GET', page: 3 }, action: { kind: 'delay', ms: 60_000 } }]);
  await sync();
  await expect(page.getByRole('progressbar', { name: 'Sync with Omnitron' })).toBeVisible();
  await expect(page.getByText(`400 of ${sandbox.size} orders`)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel sync' }).click();
  await expect(page.getByText('Cancelled. What was done so far is kept.')).toBeVisible();
  // The first page, then from the last on.
  await expectOrders(400);
});

test('goes on from there, without a page that is not the contract; the pass shows as incomplete', async () => {
  sandbox.setFaults([{ match: { method: 'GET', page: 2 }, action: { kind: 'body', text: '{"count": "many"}' } }]);
  await sync();
  await expect(page.getByText(/^Sync incomplete: 100 new/)).toBeVisible();
  await expect(status().getByText('incomplete', { exact: true })).toBeVisible();
  await expectOrders(500);
});

test('finishes the pass and counts the row that could not be read', async () => {
  sandbox.setFaults([
    { match: { method: 'GET', page: 2 }, action: { kind: 'malformedRow', index: 7, row: 'amount-not-a-number' } },
  ]);
  await sync();
  await expect(page.getByText(/^Sync complete: 99 new/)).toBeVisible();
  await expect(status().getByText('complete', { exact: true })).toBeVisible();
  await expect(status()).toContainText('1 row quarantined');
  await expectOrders(sandbox.size - 1);
  sandbox.setFaults([]);
  await sync();
  await expectOrders(sandbox.size);
  await expect(status()).not.toContainText('quarantined');
});

test('keeps the data and says why when there is no server', async () => {
  sandbox.setFaults([{ match: {}, action: { kind: 'dropBefore' } }]);
  await sync();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The sync stopped. Omnitron cannot be reached.');
  await expectOrders(sandbox.size);
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toBeHidden();
});
