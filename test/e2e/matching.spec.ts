import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type OpenStore, openStore } from './open-store.ts';
import { type Booked, bookableOrders, type ErpRow, turkishAmount, turkishDay, writeErpFile } from './statement-file.ts';

let store: OpenStore;
let page: Page;
let folder: string;
/** An order that the file names with another amount, and one that it does not name. */
let off: Booked;
let unknown: Booked;

test.describe.configure({ mode: 'serial' });

const asRow = ({ number, day, amount }: Booked, change: Partial<ErpRow> = {}): ErpRow => ({
  number,
  day: turkishDay(day),
  amount: turkishAmount(amount),
  ...change,
});

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
  store = await openStore(300);
  page = store.app.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByText(/^Sync complete/)).toBeVisible();
  const orders = bookableOrders(store.sandbox);
  const named = orders.slice(0, 20);
  const [a, b, c, d, e] = orders.slice(20) as [Booked, Booked, Booked, Booked, Booked];
  [off, unknown] = [a, e];
  writeErpFile(
    join(folder, 'erp.csv'),
    [
      ...named.map((order) => asRow(order)),
      asRow(a, { amount: turkishAmount(a.amount + 1_000) }),
      // Two without their number, and one twice. A number that no order has is no other order's.
      asRow(b, { number: '' }),
      asRow(c, { number: '' }),
      asRow(d, { number: '' }),
      asRow(d, { number: '' }),
      { number: 'ERP-5', day: turkishDay(e.day), amount: '0,07' },
    ],
    null,
  );
  await page.getByRole('navigation').getByRole('button', { name: 'Statements' }).click();
  await page.getByRole('button', { name: 'Import a statement…' }).click();
  await store.app.dialogs.openFile(join(folder, 'erp.csv'));
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await page.getByRole('button', { name: 'Check the whole file' }).click();
  await page.getByRole('button', { name: 'Import 26 rows' }).click();
  await page.getByRole('button', { name: 'Open matching' }).click();
});

test.afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

const look = (name: string): Promise<Buffer> => page.screenshot({ path: `test-results/screens/${name}.png` });
const state = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name} [\\d,]+$`) });
const grid = () => page.getByRole('grid', { name: 'Matches' });
const row = (text: string) => grid().getByRole('row').filter({ hasText: text });
const panel = () => page.getByRole('complementary');

async function counts(): Promise<Record<string, number>> {
  const names = ['Confirmed', 'Suggested', 'Ambiguous', 'Unmatched'];
  const texts = await Promise.all(names.map((name) => state(name).innerText()));
  return Object.fromEntries(names.map((name, place) => [name, Number(texts[place]?.replace(/\D/g, ''))]));
}

const expectCounts = (wanted: Record<string, number>): Promise<void> =>
  expect(async () => expect(await counts()).toEqual(wanted)).toPass();

test('an import is matched at once: four states, and the difference of what is confirmed', async () => {
  await expectCounts({ Confirmed: 21, Suggested: 2, Ambiguous: 2, Unmatched: 1 });
  await expect(page.getByText('Difference of confirmed matches')).toBeVisible();
  await expect(grid()).toHaveAttribute('aria-rowcount', '27');
  const amount = row(off.number);
  await expect(amount).toContainText('Confirmed');
  await expect(amount).toContainText('10.00');
  await look('matching-en');
});

test('one match says why, with both sides and the arithmetic', async () => {
  await page.getByRole('searchbox', { name: 'Search matches' }).fill(off.number);
  await expect(grid()).toHaveAttribute('aria-rowcount', '2');
  await grid().press('Enter');
  await expect(panel()).toContainText('order number');
  await expect(panel().getByTestId('match-footing')).toContainText('10.00');
  await look('match-panel-en');
  await panel()
    .getByRole('button', { name: `Open order ${off.number}` })
    .click();
  const order = page.getByRole('complementary', { name: `Order ${off.number}` });
  await expect(order.getByRole('region', { name: 'Statements' })).toContainText('Statement 1, line 24');
  await order.getByRole('region', { name: 'Statements' }).scrollIntoViewIfNeeded();
  await look('order-statements-en');
  await order.getByRole('button', { name: 'Close order' }).click();
  await page.getByRole('searchbox', { name: 'Search matches' }).fill('');
  await page.keyboard.press('Escape');
});

test('A accepts and R rejects from the keyboard; the message takes it back', async () => {
  await state('Suggested').click();
  await expect(grid()).toHaveAttribute('aria-rowcount', '3');
  await grid().press('a');
  await expect(page.getByText('1 row was accepted.')).toBeVisible();
  await expectCounts({ Confirmed: 22, Suggested: 1, Ambiguous: 2, Unmatched: 1 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expectCounts({ Confirmed: 21, Suggested: 2, Ambiguous: 2, Unmatched: 1 });
  await grid().press('r');
  await expect(page.getByText('it is not suggested again')).toBeVisible();
  await expectCounts({ Confirmed: 21, Suggested: 1, Ambiguous: 2, Unmatched: 2 });
  await page.getByRole('button', { name: 'Match now' }).click();
  await expect(page.getByText(/^Matching done/)).toBeVisible();
  await expectCounts({ Confirmed: 21, Suggested: 1, Ambiguous: 2, Unmatched: 2 });
  await page.getByRole('button', { name: /^Accept all suggestions/ }).click();
  await expectCounts({ Confirmed: 22, Suggested: 0, Ambiguous: 2, Unmatched: 2 });
  await expect(page.getByText('Nothing left to decide')).toBeVisible();
  await look('matching-done-en');
});

test('of an ambiguous row one order is chosen', async () => {
  await state('Ambiguous').click();
  // A row without a number is called by its invoice: the 24th of the file.
  await row('FS24').getByText('FS24', { exact: true }).click();
  await expect(panel()).toContainText('Ambiguous');
  await look('match-ambiguous-en');
  await panel().getByRole('button', { name: 'Choose' }).first().click();
  await expect(page.getByText('1 row was accepted.')).toBeVisible();
  await expect(async () => expect((await counts()).Confirmed).toBe(23)).toPass();
});

test('an unmatched row is matched by hand, and undone', async () => {
  await state('Unmatched').click();
  await row('ERP-5').getByText('ERP-5', { exact: true }).click();
  const before = await counts();
  await panel().getByRole('searchbox', { name: 'Search orders to match with' }).fill(unknown.number);
  await panel()
    .getByRole('checkbox', { name: `Match with order ${unknown.number}` })
    .check();
  await look('match-by-hand-en');
  await panel().getByRole('button', { name: 'Match with 1 order' }).click();
  await expect(page.getByText('1 row was matched by hand.')).toBeVisible();
  await expectCounts({ ...before, Confirmed: (before.Confirmed ?? 0) + 1, Unmatched: (before.Unmatched ?? 0) - 1 });
  await state('Confirmed').click();
  await page.getByRole('searchbox', { name: 'Search matches' }).fill('ERP-5');
  await expect(grid()).toHaveAttribute('aria-rowcount', '2');
  // The list before had as many rows: the key belongs to the row that is asked for.
  await expect(row('ERP-5')).toBeVisible();
  // A key that comes while rows are being read again finds no row.
  await expect(grid()).toHaveAttribute('aria-busy', 'false');
  await grid().press('u');
  await expect(page.getByText('The last decision about 1 row was taken back.')).toBeVisible();
  await expectCounts(before);
  await page.getByRole('searchbox', { name: 'Search matches' }).fill('');
  await expect(grid()).not.toHaveAttribute('aria-rowcount', '1');
});

test('changed rules are tried on the stored statements before they are put in force', async () => {
  await page.getByRole('tab', { name: 'Matching rules' }).click();
  await page.getByRole('button', { name: 'Remove: order number' }).click();
  await expect(page.getByRole('button', { name: 'Put in force' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Try on the stored statements' }).click();
  await expect(page.getByTestId('back-test')).toContainText('Unmatched');
  await expect(page.getByText(/rows? would change/)).toBeVisible();
  await look('match-rules-en');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByRole('button', { name: 'Move down: order number' }).click();
  await page.getByRole('button', { name: 'Try on the stored statements' }).click();
  await page.getByLabel('Reason').fill('invoices first');
  await page.getByRole('button', { name: 'Put in force' }).click();
  await expect(page.getByText('Rules of version 1 are in force')).toBeVisible();
});

test('a whole run is undone; what people decided stays', async () => {
  await page.getByRole('tab', { name: 'Matching', exact: true }).click();
  await state('All').click();
  const before = await counts();
  await page.getByRole('button', { name: 'Runs of the matching' }).click();
  await look('match-runs-en');
  await page
    .getByRole('button', { name: /^Undo the run of/ })
    .last()
    .click();
  await expect(page.getByText(/^Run undone/)).toBeVisible();
  await expect(async () => expect((await counts()).Confirmed).toBeLessThan(before.Confirmed ?? 0)).toPass();
  expect((await counts()).Confirmed).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Match now' }).click();
  await expectCounts(before);
});

test('speaks Turkish, in the dark', async () => {
  await page.evaluate(() => mutabakat.invoke('settings.set', { language: 'tr', theme: 'dark' }));
  await page.reload();
  await page.getByRole('navigation').getByRole('button', { name: 'Ekstreler' }).click();
  await page.getByRole('tab', { name: 'Eşleştirme', exact: true }).click();
  const list = page.getByRole('grid', { name: 'Eşleşmeler' });
  await expect(list).toContainText('Eşleşti');
  await list.press('Enter');
  await expect(panel()).toContainText('Omnitron');
  await look('matching-tr-dark');
  await page.getByRole('tab', { name: 'Eşleştirme kuralları' }).click();
  await expect(page.getByRole('heading', { name: 'Eşleştirme kuralları' })).toBeVisible();
  await look('match-rules-tr-dark');
});
