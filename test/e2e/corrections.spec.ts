import { expect, type Page, test } from '@playwright/test';
import type { OrderDetail } from '../../src/shared/orders.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let page: Page;
/** An order whose first line has no invoice. */
let orderId: number;
/** Two orders of which nothing is known to be wrong. */
let others: number[];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  store = await openStore(300);
  page = store.app.page;
  const shared = new Set(store.sandbox.sharedNumbers().flatMap(({ orderIds }) => orderIds));
  const missing = store.sandbox.planted().filter(({ check }) => check === 'invoice.missing');
  orderId = missing.find((planted) => !shared.has(planted.orderId))?.orderId ?? 0;
  const taken = new Set([...shared, ...store.sandbox.planted().map((planted) => planted.orderId)]);
  others = Array.from({ length: 100 }, (_, place) => 1_001 + place)
    .filter((id) => !taken.has(id))
    .slice(0, 2);
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
  await write('MIN2026000000001');
  await expect(number()).toContainText('MIN2026000000001');
  await expect.poll(states).toEqual(['queued']);
  await write('');
  await expect(page.getByText('1 correction withdrawn.')).toBeVisible();
  await expect(number()).toContainText('none');
  expect(await states()).toEqual(['withdrawn']);
});

test('a change that Omnitron accepts and does not make is told', async () => {
  await write('MIN2026000000002');
  await expect(number()).toContainText('MIN2026000000002');
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

test('a push pauses after the correction it is at, says what is left, and goes on', async () => {
  for (const [place, id] of others.entries()) {
    const answer = await page.evaluate((request) => mutabakat.invoke('orders.detail', request), { id });
    const added = await page.evaluate((request) => mutabakat.invoke('corrections.add', request), {
      target: { kind: 'line', lineId: (answer.value as OrderDetail).lines[0]?.id ?? 0 },
      set: { tracking_number: `PAUSE-${place}` },
    });
    expect(added).toMatchObject({ ok: true });
  }
  // Long enough for a person to press the button while the first one is under way.
  store.sandbox.setFaults([{ match: { method: 'PATCH' }, action: { kind: 'delay', ms: 1_500 } }]);
  await page.getByRole('button', { name: 'Push corrections' }).click();
  await expect(page.getByRole('progressbar', { name: /^Push of batch/ })).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(/^Batch .* is paused: 1 correction is left\.$/)).toBeVisible();
  store.sandbox.setFaults([]);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('Push done: 1 applied, 0 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
  await expect(page.getByText(/is paused/)).toBeHidden();
});

test('rows pasted from a spreadsheet are shown before they are queued, and refused ones stay with their reason', async () => {
  const unsent = Array.from({ length: 100 }, (_, place) => store.sandbox.order(1_001 + place)).find(
    (order) => order?.is_send === false,
  );
  await page.getByRole('button', { name: /^Paste/ }).click();
  const dialog = page.getByRole('dialog');
  const rows = `order\tis_send\tCustomer\n${unsent?.number}\tyes\tx\n1,23E+15\tyes`;
  await dialog.getByLabel('Copied rows').fill(rows);
  await dialog.getByRole('button', { name: 'Check the rows' }).click();
  await expect(dialog.getByText('1 row can be queued')).toBeVisible();
  await expect(dialog.getByText('left out: Customer')).toBeVisible();
  await expect(dialog.getByRole('row', { name: /1,23E\+15.*A spreadsheet has cut this number/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Queue 1 row' }).click();
  await expect(dialog.getByText('0 rows can be queued')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('region', { name: 'Corrections' }).getByRole('table')).toContainText(
    unsent?.number ?? '',
  );
});

test('an invoice number of another year asks for the date too, and an unknown carrier stays with its reason', async () => {
  const order = others.map((id) => store.sandbox.order(id)).find((each) => each?.currency === 'try');
  await page.getByRole('navigation').getByRole('button', { name: 'Orders' }).click();
  await page.keyboard.press('Control+f');
  await page.keyboard.type(order?.number ?? '');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  const line = panel().locator('.lines > li').first();
  const cell = (name: string) => line.getByRole('button', { name: new RegExp(`^Edit ${name} of line`, 'i') });
  const type = async (name: string, text: string): Promise<void> => {
    await cell(name).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  await type('invoice date', '2026-01-05');
  await type('invoice number', 'ABC2025000000009');
  await expect(line.getByRole('alert')).toContainText('The year inside the invoice number is not the year');
  await line.getByRole('textbox', { name: /^Edit invoice date/i }).fill('2025-12-30');
  await page.keyboard.press('Enter');
  await expect(cell('invoice date')).toContainText('30 Dec 2025');
  await expect(cell('invoice number')).toContainText('ABC2025000000009');
  await type('carrier', 'pigeon');
  await expect(line.getByRole('alert')).toContainText('This carrier is not known');
  await page.keyboard.press('Escape');
  await cell('line status').click();
  await line.getByRole('combobox').selectOption('510');
  await page.keyboard.press('Enter');
  await expect(cell('line status')).toContainText('Shipped and informed');
});
