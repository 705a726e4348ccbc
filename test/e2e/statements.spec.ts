import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type OpenStore, openStore } from './open-store.ts';
import { bookableOrders, type ErpRow, turkishAmount, turkishDay, writeErpFile } from './statement-file.ts';

let store: OpenStore;
let page: Page;
let folder: string;
let rows: ErpRow[];
let total: number;
/** The number of an order whose row in the file cannot be read. */
let unread: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
  store = await openStore(300);
  page = store.app.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByText(/^Sync complete/)).toBeVisible();
  const bookable = bookableOrders(store.sandbox);
  const booked = bookable.slice(0, 30);
  unread = bookable[30]?.number ?? '';
  total = booked.reduce((sum, { amount }) => sum + amount, 0);
  rows = booked.map(({ number, day, amount }) => ({
    number,
    day: turkishDay(day),
    amount: turkishAmount(amount),
  }));
});

test.afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

const look = (name: string): Promise<Buffer> => page.screenshot({ path: `test-results/screens/${name}.png` });
const goTo = (name: string): Promise<void> => page.getByRole('navigation').getByRole('button', { name }).click();
const tab = (name: string): Promise<void> => page.getByRole('tab', { name: new RegExp(`^${name}( \\d|$)`) }).click();
const step = (name: string) => page.getByRole('region', { name: new RegExp(`^\\d\\. ${name}`) });
const grid = () => page.getByRole('grid', { name: 'Statements' });
const panel = () => page.getByRole('complementary');

async function choose(name: string): Promise<void> {
  await store.app.dialogs.openFile(join(folder, name));
  await page.getByRole('button', { name: /^Choose (a|another) file/ }).click();
  await expect(step('File')).toContainText(name);
  await expect(page.getByText('Looking at the file…')).toHaveCount(0);
}

async function check(): Promise<void> {
  await step('Check').getByRole('button', { name: 'Check the whole file' }).click();
}

test('without statements the list and the matching say how to begin', async () => {
  await goTo('Statements');
  await expect(page.getByText('No statements yet')).toBeVisible();
  await tab('Matching');
  await expect(page.getByText('No statement to match')).toBeVisible();
  await page.getByRole('button', { name: 'Import a statement…' }).click();
  await store.app.dialogs.openFile(null);
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(step('Source')).toHaveCount(0);
});

test('guesses columns, proves the decimals with the printed total, and lists rejected rows before anything is stored', async () => {
  const bad = { number: unread, day: '31.02.2026', amount: '1,00' };
  writeErpFile(join(folder, 'may.csv'), [...rows, bad], turkishAmount(total + 100));
  await choose('may.csv');
  await expect(step('File')).toContainText('separated by semicolons · headings in line 3 · 31 rows');
  const map = page.getByTestId('column-map');
  await expect(map.getByLabel('What column Sipariş No is')).toHaveValue('order');
  await expect(map.getByLabel('What column Tutar is')).toHaveValue('amount');
  await expect(map.getByLabel('What column Tarih is')).toHaveValue('date');
  await map.getByLabel('What column Sipariş No is').selectOption('');
  await map.getByLabel('What column Fiş No is').selectOption('');
  await expect(step('Columns')).toContainText('Say which column is the number of the order');
  await expect(step('Check').getByRole('button', { name: 'Check the whole file' })).toBeDisabled();
  await map.getByLabel('What column Sipariş No is').selectOption('order');
  await check();
  await expect(page.getByTestId('import-counts')).toContainText('31');
  const rejected = page.getByTestId('rejected-rows').getByRole('row');
  await expect(rejected).toHaveCount(2);
  await expect(rejected.nth(1)).toContainText('34');
  await expect(rejected.nth(1)).toContainText('31.02.2026');
  await expect(page.getByTestId('statement-totals')).toContainText((total / 100).toLocaleString('en'));
  await look('import-en');
  const held = await page.evaluate(() => mutabakat.invoke('statements.list', { offset: 0, limit: 10 }));
  expect(held.value).toMatchObject({ total: 0 });
});

test('the printed total decides between two readings, and its absence leaves it to a person', async () => {
  const ambiguous = rows.slice(0, 3).map((row, place) => ({ ...row, amount: `${place + 1}.250` }));
  writeErpFile(join(folder, 'two-ways.csv'), ambiguous, null);
  await choose('two-ways.csv');
  const decimals = step('Amounts');
  await expect(decimals.getByRole('radio', { name: /^Comma/ })).not.toBeChecked();
  await expect(decimals.getByRole('radio', { name: /^Point/ })).not.toBeChecked();
  await expect(step('Check').getByRole('button', { name: 'Check the whole file' })).toBeDisabled();
  await decimals.getByLabel('Total printed on the statement').fill('6.750,00');
  await expect(decimals.getByRole('radio', { name: /^Comma/ })).toBeChecked();
  await expect(decimals).toContainText('ties with the total');
  await expect(decimals).toContainText('6,750.00');
  await look('import-decimals-en');
  await decimals.getByLabel('Total printed on the statement').fill('9,99');
  await expect(decimals.getByText('Neither reading ties with 9,99')).toBeVisible();
  await expect(step('Check').getByRole('button', { name: 'Check the whole file' })).toBeDisabled();
  await decimals.getByRole('radio', { name: /^Point/ }).check();
  await expect(step('Check').getByRole('button', { name: 'Check the whole file' })).toBeEnabled();
});

test('imports, keeps the columns as a profile, and recognises the same file', async () => {
  await choose('may.csv');
  await page.getByRole('button', { name: 'Save the columns as a profile' }).click();
  await page.getByRole('dialog').getByLabel('Name of the profile').fill('Logo');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Profile “Logo” was saved.')).toBeVisible();
  await check();
  await page.getByRole('button', { name: 'Import 30 rows' }).click();
  await expect(page.getByText('Statement 1 was imported: 30 rows.')).toBeVisible();
  await choose('may.csv');
  await expect(page.getByText('This very file is already imported: statement 1.')).toBeVisible();
  await expect(step('Source').getByLabel('Profile')).toHaveValue('Logo');
  await expect(step('Check').getByRole('button', { name: 'Check the whole file' })).toBeDisabled();
});

test('the list shows the statement, and its rejected rows are exported', async () => {
  await tab('Statements');
  const row = grid().getByRole('row').nth(1);
  await expect(row).toContainText('may.csv');
  await expect(row).toContainText('ERP export');
  await grid().press('Enter');
  await expect(panel()).toContainText('SHA-256');
  await expect(panel().getByTestId('rejected-rows')).toContainText('31.02.2026');
  await look('statements-en');
  const path = join(folder, 'rejected.csv');
  await store.app.dialogs.saveTo(path);
  await panel().getByRole('button', { name: 'Export rejected rows…' }).click();
  await expect(page.getByText('1 rejected row was written')).toBeVisible();
  const lines = readFileSync(path, 'utf8').split('\r\n');
  expect(lines[0]).toBe('\uFEFFLine,Column,Reason,Code,In the file,Order,Invoice,Transaction');
  expect(lines[1]).toMatch(/^34,Date,/);
  expect(lines[1]).toContain('31.02.2026');
});

test('a row that could not be read is told beside the matches and on the order that it names', async () => {
  await tab('Matching');
  await page.getByRole('button', { name: '1 row could not be read' }).click();
  await expect(panel().getByRole('region', { name: 'Rejected rows' })).toBeFocused();
  await expect(panel().getByTestId('rejected-rows')).toBeInViewport();
  await goTo('Orders');
  await page.getByRole('searchbox').fill(unread);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('grid').getByRole('row').nth(1).click();
  await page.keyboard.press('F2');
  const named = panel().getByTestId('unread-row');
  await expect(named).toContainText('Line 34 of may.csv names this order');
  await expect(named).toContainText('Date: This is no date');
  await named.getByRole('button', { name: 'Show the rejected rows of statement 1' }).click();
  await expect(panel().getByTestId('rejected-rows')).toBeInViewport();
});

test('withdraws a statement for a reason and puts it back', async () => {
  await panel().getByRole('button', { name: 'Withdraw' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Withdraw' })).toBeDisabled();
  await dialog.getByLabel('Reason').fill('wrong month');
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByText('Statement 1 was withdrawn.')).toBeVisible();
  await expect(grid().getByRole('row').nth(1)).toContainText('withdrawn');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Statement 1 is in force again.')).toBeVisible();
  await expect(grid().getByRole('row').nth(1)).toContainText('in force');
});

test('a file that is no statement is refused in words and nothing is stored', async () => {
  await tab('Import');
  writeErpFile(join(folder, 'empty.csv'), [], null);
  await choose('empty.csv');
  const said = page.getByRole('alert').or(step('Check'));
  await expect(said.first()).toBeVisible();
  await store.app.dialogs.openFile(join(folder, 'gone.csv'));
  await page.getByRole('button', { name: 'Choose another file…' }).click();
  await expect(page.getByRole('alert')).toContainText('The file cannot be opened.');
  await look('import-refused-en');
});

test('speaks Turkish, in the dark', async () => {
  await page.evaluate(() => mutabakat.invoke('settings.set', { language: 'tr', theme: 'dark' }));
  await page.reload();
  await page.getByRole('navigation').getByRole('button', { name: 'Ekstreler' }).click();
  await expect(page.getByRole('grid', { name: 'Ekstreler' })).toContainText('may.csv');
  await page.getByRole('grid', { name: 'Ekstreler' }).press('Enter');
  await expect(panel()).toContainText('Kontrol toplamları');
  await look('statements-tr-dark');
  await page.getByRole('tab', { name: 'İçe aktar' }).click();
  await store.app.dialogs.openFile(join(folder, 'two-ways.csv'));
  await page.getByRole('button', { name: 'Dosya seç…' }).click();
  await expect(page.getByRole('region', { name: '4. Tutarlar' })).toBeVisible();
  await look('import-tr-dark');
});
