import { expect, type Page, test } from '@playwright/test';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let page: Page;
/** How many findings the store has. */
let all = 0;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  store = await openStore(300);
  page = store.app.page;
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByText(/^Sync complete/)).toBeVisible();
  await rail().click();
  const count = page.getByText(/^[1-9]\d* open findings$/);
  await expect(count).toBeVisible();
  all = Number((await count.innerText()).split(' ')[0]);
  expect(all).toBeGreaterThan(4);
});

test.afterAll(() => store?.close());

const rail = () =>
  page.getByRole('navigation', { name: 'Main navigation' }).getByRole('button', { name: /^Exceptions/ });
const grid = () => page.getByRole('grid', { name: 'Exceptions' });
const row = (place: number) => grid().getByRole('row').nth(place);
const panel = () => page.getByRole('complementary');
const open = (count: number) => page.getByText(`${count} open finding${count === 1 ? '' : 's'}`, { exact: true });

test('ignores everything by key: the queue is empty, and Ctrl+Z brings it back', async () => {
  await expect(open(all)).toBeVisible();
  await expect(page.getByText(`of ${all}`, { exact: true })).toBeVisible();
  await grid().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+a');
  await expect(page.getByText(`${all} selected`)).toBeVisible();
  await page.keyboard.press('i');
  await expect(page.getByText(`${all} findings ignored until they change.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing is left to look at' })).toBeVisible();
  await expect(page.getByText(`The queue is empty: ${all} findings in this period, none of them open.`)).toBeVisible();
  await expect(rail()).not.toContainText(String(all));
  await page.keyboard.press('Control+z');
  await expect(page.getByText(`Undone: ${all} findings as before.`)).toBeVisible();
  await expect(open(all)).toBeVisible();
  await expect(rail()).toContainText(String(all));
});

test('explains some with a reason and a note, which stand in the list and beside it', async () => {
  await grid().focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Explain…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('About 2 findings.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByLabel('Reason').selectOption({ label: 'Commission or fee' });
  await dialog.getByLabel('Note (may stay empty)').fill('as agreed with the bank');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('2 findings explained.')).toBeVisible();
  await expect(open(all - 2)).toBeVisible();
  await page.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'Explained' });
  await expect(grid()).toHaveAttribute('aria-rowcount', '3');
  await expect(row(1)).toContainText('Explained');
  await grid().focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Enter');
  const card = panel().getByRole('region', { name: 'Finding', exact: true });
  await expect(card).toContainText('Commission or fee');
  await expect(card).toContainText('as agreed with the bank');
  await card.getByLabel('Add a note').fill('the bank confirmed');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('listitem').filter({ hasText: 'the bank confirmed' }).first()).toBeVisible();
  await card.getByText('What happened').click();
  await expect(card).toContainText('Decided');
  await page.keyboard.press('Escape');
  await expect(panel()).toBeHidden();
});

test('undoes from the message, and gives findings to somebody', async () => {
  await page.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'In the queue' });
  await expect(open(all - 2)).toBeVisible();
  await grid().focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('w');
  await page.getByRole('dialog').getByLabel('Name').fill('Ayşe');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 finding changed.')).toBeVisible();
  await expect(row(1)).toContainText('Ayşe');
  await page.getByRole('combobox', { name: 'Owner' }).selectOption('Ayşe');
  await expect(grid()).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('combobox', { name: 'Owner' }).selectOption({ label: 'Anybody' });
  await grid().focus();
  await page.keyboard.press('a');
  await expect(page.getByText('1 finding accepted.')).toBeVisible();
  await expect(open(all - 3)).toBeVisible();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
  await expect(open(all - 2)).toBeVisible();
});

test('lists what waits longest first', async () => {
  const header = grid().getByRole('columnheader', { name: 'Age' });
  await header.click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  const rows = await page.evaluate(async () => {
    const filter = { period: { from: null, to: null }, checks: [], text: '', statuses: ['open', 'in_progress'] };
    const answer = await mutabakat.invoke('findings.window', { filter, sort: 'oldest', offset: 0, limit: 500 });
    return (answer.value as { rows: { age: number; order: { number: string } | null }[] }).rows;
  });
  const ages = rows.map(({ age }) => age);
  expect(ages).toEqual([...ages].sort((a, b) => b - a));
  await expect(row(1)).toContainText(rows[0]?.order?.number ?? '');
});
