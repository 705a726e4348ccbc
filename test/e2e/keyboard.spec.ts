import { expect, type Page, test } from '@playwright/test';
import type { OrderDetail } from '../../src/shared/orders.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  store = await openStore(300);
  page = store.app.page;
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByText(/^Sync complete/)).toBeVisible();
});

test.afterAll(() => store?.close());

const grid = () => page.getByRole('grid', { name: 'Orders' });
const panel = () => page.getByRole('complementary');
const ticked = () => grid().getByRole('row', { selected: true });
const focused = () => page.locator(':focus');

/** An order of the sandbox with at least three lines, whose number is no other's. */
function longOrder(): { number: string; lines: number } {
  const shared = new Set(store.sandbox.sharedNumbers().map(({ number }) => number));
  for (let id = 1001; ; id += 1) {
    const order = store.sandbox.order(id);
    if (order !== null && order.orderitem_set.length >= 3 && !shared.has(order.number))
      return { number: order.number, lines: order.orderitem_set.length };
  }
}

async function corrections(): Promise<OrderDetail['corrections']> {
  const request = { states: ['queued'], batch: null, offset: 0, limit: 100 };
  const answer = await page.evaluate((asked) => mutabakat.invoke('corrections.list', asked), request);
  return (answer.value as { rows: OrderDetail['corrections'] }).rows;
}

test('walks, ticks, copies and opens rows without a mouse', async () => {
  await grid().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(ticked()).toHaveCount(1);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(ticked()).toHaveCount(3);
  await page.keyboard.press('Control+c');
  await expect(page.getByText('3 rows copied.')).toBeVisible();
  expect((await store.app.clipboardText()).trimEnd().split('\r\n')).toHaveLength(4);
  await page.keyboard.press('Control+a');
  await expect(page.getByText(`${store.sandbox.size} selected`)).toBeVisible();
  await page.keyboard.press('F2');
  await expect(panel()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel()).toBeHidden();
  await expect(grid()).toBeFocused();
});

test('copies the row that the keys are on where none is ticked', async () => {
  await page.getByRole('checkbox', { name: 'Select all rows' }).click();
  await expect(ticked()).toHaveCount(0);
  await grid().focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('1 row copied.')).toBeVisible();
  const [header, row] = (await store.app.clipboardText()).split('\r\n');
  expect(header?.split('\t')[0]).toBe('Order number');
  expect(row?.split('\t')).toHaveLength(header?.split('\t').length ?? 0);
});

test('finds with Ctrl+F and edits lines with a spreadsheet’s keys', async () => {
  const { number, lines } = longOrder();
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type(number);
  await expect(grid()).toHaveAttribute('aria-rowcount', '2');
  await grid().focus();
  await page.keyboard.press('Enter');
  const numbers = panel().getByRole('button', { name: /^Edit invoice number of line/i });
  await expect(numbers).toHaveCount(lines);
  const cell = (place: number) => numbers.nth(place);

  await cell(0).focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('KEY2026000000001');
  await page.keyboard.press('Escape');
  await expect(cell(0)).toBeFocused();
  expect(await corrections()).toEqual([]);

  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('KEY2026000000001');
  await page.keyboard.press('Enter');
  await expect(cell(1)).toBeFocused();
  await expect(cell(0)).toContainText('KEY2026000000001');
  await page.keyboard.press('Control+d');
  await expect(cell(1)).toContainText('KEY2026000000001');
  await page.keyboard.press('ArrowDown');
  await expect(cell(2)).toBeFocused();

  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('KEY2026000000003');
  await page.keyboard.press('Tab');
  await expect(cell(2)).toContainText('KEY2026000000003');
  await expect(focused()).toHaveAccessibleName(/^Edit invoice date of line/i);
  expect((await corrections()).map(({ fields }) => fields[0]?.target).sort()).toEqual([
    'KEY2026000000001',
    'KEY2026000000001',
    'KEY2026000000003',
  ]);
});

test('writes negative amounts in parentheses everywhere once that is set', async () => {
  const navigation = page.getByRole('navigation', { name: 'Main navigation' });
  await navigation.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: '(1,234.56)' }).check();
  await navigation.getByRole('button', { name: 'Exceptions' }).click();
  await page.getByRole('button', { name: /^Refund exceeds order/ }).click();
  const row = page.getByRole('grid', { name: 'Exceptions' }).getByRole('row').nth(1);
  await expect(row).toContainText(/\([\d,]+(\.\d+)?\)/);
  await expect(row).not.toContainText(/-\d/);
  await expect(page.getByRole('navigation', { name: 'Checks' })).not.toContainText(/-\d/);
  await row.getByRole('gridcell').nth(1).click();
  await expect(
    panel()
      .getByText(/^Difference/)
      .first(),
  ).toContainText(/\([\d,]+(\.\d+)?\)/);
});
