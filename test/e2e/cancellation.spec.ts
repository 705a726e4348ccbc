import { expect, type Page, test } from '@playwright/test';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let page: Page;
let order: WireOrder;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  store = await openStore(60);
  page = store.app.page;
  const shared = new Set(store.sandbox.sharedNumbers().flatMap(({ orderIds }) => orderIds));
  const found = store.sandbox
    .ids()
    .flatMap((id) => store.sandbox.order(id) ?? [])
    .find(
      ({ id, payment_option, status, orderitem_set }) =>
        payment_option === 2 &&
        status === '550' &&
        !shared.has(id) &&
        orderitem_set.length === 2 &&
        orderitem_set.every((line) => line.cancel_status === null && line.status === '550'),
    );
  if (found === undefined) throw new Error('no order to take back');
  order = found;
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(store.sandbox.size + 1));
  await page.getByRole('searchbox').fill(order.number);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('grid').getByRole('row').nth(1).click();
  await page.keyboard.press('F2');
  await expect(panel()).toBeVisible();
});

test.afterAll(() => store?.close());

const panel = () => page.getByRole('complementary');
const open = () => panel().getByRole('button', { name: 'Cancel or refund…' });

test('there is no way to it until the rules of control allow it', async () => {
  await expect(open()).toHaveCount(0);
  const rules = { makerChecker: false, cancellationCalls: true, unsendProven: false, clearProven: false };
  await page.evaluate((request) => mutabakat.invoke('control.set', request), { rules, reason: 'agreed' });
  await expect(open()).toBeVisible();
});

test('a refund is proposed by typing its amount, and then sent once', async () => {
  await open().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('This moves money');
  const submit = dialog.getByRole('button', { name: /^Propose/ });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await open().click();
  const [line] = order.orderitem_set;
  await dialog.getByRole('checkbox', { name: line?.product_sku ?? '' }).check();
  // The amount is worked out by the engine.
  await expect(dialog.locator('output')).toHaveText(/\d [A-Z]+$/);
  const amount = (await dialog.locator('output').innerText()).replace(/ [A-Z]+$/, '');
  await dialog.getByLabel(/^Reason for/).fill('7');
  await expect(submit).toBeDisabled();
  await dialog.getByLabel('Type the amount').fill('1.23');
  await expect(dialog).toContainText('This is not the amount above.');
  await expect(submit).toBeDisabled();
  await dialog.getByLabel('Type the amount').fill(amount);
  await expect(submit).toBeEnabled();
  await submit.click();
  await expect(dialog).toHaveCount(0);
  await expect(panel().getByText('Cancellation or refund')).toBeVisible();

  const answer = await page.evaluate(() => mutabakat.invoke('corrections.push', { batch: null }));
  expect(answer.value).toMatchObject({ applied: 1, unknown: 0 });
  expect(store.sandbox.counts().writes).toEqual({ [`cancellation ${order.id}`]: 1 });
  const now = store.sandbox.order(order.id)?.orderitem_set.map(({ cancel_status }) => cancel_status);
  expect(now).toEqual(['waiting', null]);
});
