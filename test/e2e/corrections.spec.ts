import { expect, type Page, test } from '@playwright/test';
import type { OrderDetail } from '../../src/shared/orders.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let page: Page;
/** An order whose first line has no invoice. */
let orderId: number;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  store = await openStore(300);
  page = store.app.page;
  const shared = new Set(store.sandbox.sharedNumbers().flatMap(({ orderIds }) => orderIds));
  const missing = store.sandbox.planted().filter(({ check }) => check === 'invoice.missing');
  orderId = missing.find((planted) => !shared.has(planted.orderId))?.orderId ?? 0;
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(store.sandbox.size + 1));
});

test.afterAll(() => store?.close());

const panel = () => page.getByRole('complementary');
const number = () =>
  panel()
    .locator('.lines > li')
    .first()
    .getByRole('button', { name: /^Edit Invoice number/ });

async function states(): Promise<string[]> {
  const answer = await page.evaluate((id) => mutabakat.invoke('orders.detail', { id }), orderId);
  return (answer.value as OrderDetail).corrections.map(({ state }) => state);
}

async function write(text: string): Promise<void> {
  await number().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  if (text !== '') await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('a field written back to what Omnitron holds is no longer queued', async () => {
  await page.getByRole('searchbox').fill(store.sandbox.order(orderId)?.number ?? '');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('grid').getByRole('row').nth(1).click();
  await page.keyboard.press('F2');
  await expect(panel()).toBeVisible();
  await write('MINE202600000001');
  await expect(number()).toContainText('MINE202600000001');
  await expect.poll(states).toEqual(['queued']);
  await write('');
  await expect(page.getByText('1 correction withdrawn.')).toBeVisible();
  await expect(number()).toContainText('none');
  expect(await states()).toEqual(['withdrawn']);
});

test('a change that Omnitron accepts and does not make is told', async () => {
  await write('MINE202600000002');
  await expect(number()).toContainText('MINE202600000002');
  store.sandbox.setFaults([{ match: { method: 'PATCH', nth: 1 }, action: { kind: 'body', text: '{}' } }]);
  await page.getByRole('navigation').getByRole('button', { name: 'Corrections' }).click();
  await page.getByRole('button', { name: 'Push corrections' }).click();
  await expect(page.getByText('Push done: 0 applied, 1 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
  const words = 'Omnitron accepted the change but still shows the old value.';
  await expect(page.getByRole('region', { name: 'Corrections' }).getByRole('table')).toContainText(words);
  await page.getByRole('table').getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Push corrections' }).click();
  await expect(page.getByText('Push done: 1 applied, 0 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
});
