import { expect, type Page, test } from '@playwright/test';
import { formatAmountForPeople } from '../../src/shared/format.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  store = await openStore(300);
  page = store.app.page;
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(store.sandbox.size + 1));
  // The payments of orders with a finding are read at the end of the run.
  await expect(page.getByText(/^Sync complete/)).toBeVisible();
});

test.afterAll(() => store?.close());

const section = () => page.getByRole('complementary').getByRole('region', { name: 'Payments and refunds' });
const sums = () => section().getByTestId('payment-sums').getByRole('row');
const DETAILED = 'GET /api/v1/orders_integration/{pk}/detailed_integration/';
const detailedReads = (): number => store.sandbox.counters.requests[DETAILED] ?? 0;

/** Orders that no check finds anything about, so that nothing has read their payments yet. */
function cleanOrder(isMeant: (id: number) => boolean): { id: number; number: string; amount: string } {
  const planted = new Set([
    ...store.sandbox.planted().map(({ orderId }) => orderId),
    ...store.sandbox.sharedNumbers().flatMap(({ orderIds }) => orderIds),
  ]);
  const id = store.sandbox.ids().find((each) => each > 1_000 && !planted.has(each) && isMeant(each)) ?? 0;
  const order = store.sandbox.order(id);
  return { id, number: order?.number ?? '', amount: order?.amount ?? '' };
}

async function open(number: string): Promise<void> {
  await page.getByRole('searchbox').fill(number);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  const row = page.getByRole('grid').getByRole('row').nth(1);
  await expect(row).toContainText(number);
  await row.click();
  await page.keyboard.press('F2');
  await expect(page.getByRole('complementary', { name: `Order ${number}` })).toBeVisible();
}

test('opening an order reads its payments and shows them beside what the order says', async () => {
  const before = detailedReads();
  // A seventh of all orders has a failed attempt.
  const order = cleanOrder((id) => id % 7 === 0 && /[1-9]/.test(store.sandbox.order(id)?.refund_amount ?? ''));
  await open(order.number);
  const shown = formatAmountForPeople(order.amount, { language: 'en', negativeStyle: 'minus' });
  await expect(sums().nth(1)).toContainText(shown);
  for (const [place, name] of [
    [1, 'Paid'],
    [2, 'Paid back'],
    [3, 'Discounts'],
  ] as const) {
    await expect(sums().nth(place)).toContainText(name);
    await expect(sums().nth(place)).toContainText('agrees');
  }
  const rows = section().getByTestId('transactions').getByRole('row');
  await expect(rows.filter({ hasText: 'succeeded' }).filter({ hasText: 'Payment' })).not.toHaveCount(0);
  await expect(rows.filter({ hasText: 'succeeded' }).filter({ hasText: 'Refund' })).not.toHaveCount(0);
  await expect(rows.filter({ hasText: 'failed' })).not.toHaveCount(0);
  await expect(section().getByText('Read from Omnitron')).toBeVisible();
  expect(detailedReads()).toBe(before + 1);
  await expect(page.locator('body')).not.toContainText('CANARY-SECRET');
});

test('opening it again shows what is held without asking Omnitron', async () => {
  const before = detailedReads();
  const { number } = cleanOrder((id) => id % 7 === 0 && /[1-9]/.test(store.sandbox.order(id)?.refund_amount ?? ''));
  await page.keyboard.press('Escape');
  await open(number);
  await expect(sums()).toHaveCount(4);
  await section().getByRole('button', { name: 'Read again' }).click();
  await expect.poll(detailedReads).toBe(before + 1);
});

test('a set that cannot be read is named, and no sum is claimed', async () => {
  const { number, id } = cleanOrder((each) => each % 7 === 1);
  const body = { pk: id, transaction_set: [], bextransaction_set: [5] };
  store.sandbox.setFaults([
    { match: { path: 'orders_integration', nth: 1 }, action: { kind: 'body', text: JSON.stringify(body) } },
  ]);
  await open(number);
  await expect(section().getByText('bextransaction_set · 0 · invalid_type')).toBeVisible();
  await expect(sums().nth(1)).toContainText('not known');
});

test('where Omnitron cannot be asked, the section says so and keeps what was read', async () => {
  store.sandbox.setFaults([{ match: { path: 'orders_integration' }, action: { kind: 'status', code: 403 } }]);
  const { number } = cleanOrder((each) => each % 7 === 2);
  await open(number);
  await expect(section().getByRole('alert')).toContainText('The payments could not be read.');
  await expect(section().getByText('Not read from Omnitron yet.')).toBeVisible();
  store.sandbox.setFaults([]);
  await section().getByRole('button', { name: 'Try again' }).click();
  await expect(sums().nth(1)).toContainText('agrees');
  await expect(section().getByRole('alert')).toHaveCount(0);
});

test('without Omnitron an order shows what is held and since when', async () => {
  const { number } = cleanOrder((each) => each % 7 === 2);
  store.sandbox.setFaults([{ match: { path: 'orders_integration' }, action: { kind: 'dropBefore' } }]);
  await page.keyboard.press('Escape');
  await open(number);
  await section().getByRole('button', { name: 'Read again' }).click();
  await expect(section().getByText('Reading payments from Omnitron')).toBeVisible();
  await expect(section().getByText('Omnitron cannot be reached. Read from Omnitron')).toBeVisible({ timeout: 30_000 });
  await expect(sums().nth(1)).toContainText('agrees');
  // Whoever looks again finds why they are not newer, beside what is held.
  store.sandbox.setFaults([]);
  await open(cleanOrder((each) => each % 7 === 3).number);
  await expect(sums().nth(1)).toContainText('agrees');
  await open(number);
  await expect(section().getByText(/The last reading failed .+: Omnitron/)).toBeVisible();
  await expect(sums().nth(1)).toContainText('agrees');
});
