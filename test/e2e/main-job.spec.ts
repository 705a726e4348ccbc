import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { CHECKS } from '../../src/main/reconcile/checks/catalogue.ts';
import { listPlanted } from '../../src/main/sandbox/planting.ts';
import { launchApp, type RunningApp } from './launch.ts';

/** The demo store as the start screen opens it. */
const DEMO = { seed: 42, orders: 5_000 };
/** What shows without the payments of any order. */
const planted = listPlanted(DEMO.seed, DEMO.orders).filter(({ needs }) => needs === 'orders');
const plantedOf = (check: string): number[] =>
  planted.filter((each) => each.check === check).map(({ orderId }) => orderId);

let dataDir: string;
let app: RunningApp;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-'));
  app = await launchApp({ dataDir });
  page = app.page;
  await page.setViewportSize({ width: 1280, height: 800 });
});

test.afterAll(async () => {
  await app?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const look = (name: string): Promise<Buffer> => page.screenshot({ path: `test-results/screens/${name}.png` });
const goTo = (name: string): Promise<void> => page.getByRole('navigation').getByRole('button', { name }).click();
const grid = (name: string) => page.getByRole('grid', { name });

/** What the demo store holds for an order or line: its own file, written by the sandbox and not by the program. */
function storeChange(orderId: number): {
  fields?: Record<string, unknown>;
  lines?: Record<string, Record<string, unknown>>;
} {
  const file = readFileSync(join(dataDir, 'connections', 'demo', 'demo-store.json'), 'utf8');
  return (JSON.parse(file) as { changes: Record<string, object> }).changes[orderId] ?? {};
}

/** The totals table as text: row name → cells. */
async function totals(): Promise<Record<string, string[]>> {
  const rows = await page.getByTestId('totals').locator('tbody tr').all();
  const cells = await Promise.all(
    rows.map(
      async (row) => [(await row.locator('th').textContent()) ?? '', await row.locator('td').allInnerTexts()] as const,
    ),
  );
  return Object.fromEntries(cells);
}

test('opens the demo store from the first screen and syncs it', async () => {
  await look('start-en');
  await page.getByRole('button', { name: 'Open the demo store' }).click();
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByText(`Sync complete: ${(DEMO.orders + 3).toLocaleString('en')} new`)).toBeVisible();
  await expect(page.getByText('5,003 orders held')).toBeVisible();
  await expect(grid('Orders')).toHaveAttribute('aria-rowcount', String(DEMO.orders + 4));
  await look('orders-en');
});

test('finds every planted discrepancy and no other', async () => {
  await goTo('Exceptions');
  const shown: Record<string, number> = {};
  for (const { code: check, title } of CHECKS.filter(({ code }) => plantedOf(code).length > 0)) {
    const entry = page.getByRole('button', { name: new RegExp(`^${title.en}`) });
    await expect(entry).toContainText(String(plantedOf(check).length));
    shown[check] = plantedOf(check).length;
  }
  await expect(page.getByText(`${planted.length} open findings`)).toBeVisible();
  // Most payments were not read, and there is no OMS: nothing says that such a check was passed.
  const check = (title: string) => page.getByRole('button', { name: new RegExp(`^${title}`) });
  await expect(check('Payment differs')).toContainText(/0\s*[\d,]+ not judged/);
  await expect(check('Payment differs').getByRole('img')).toHaveCount(0);
  await expect(check('Mixed currencies').getByText('not judged')).toHaveCount(0);
  expect(Object.values(shown).reduce((sum, count) => sum + count, 0)).toBe(planted.length);
  // The window's own rows, all of them, against the list of the generator.
  const rows = await page.evaluate(async () => {
    const bridge = (window as unknown as { mutabakat: { invoke(name: string, request: unknown): Promise<unknown> } })
      .mutabakat;
    const filter = { period: { from: null, to: null }, checks: [], text: '' };
    return (await bridge.invoke('findings.window', { filter, offset: 0, limit: 500 })) as {
      value: { rows: { check: string; order: { id: number } }[] };
    };
  });
  const found = rows.value.rows.map(({ check, order }) => `${check} ${order.id}`).sort();
  expect(found).toEqual(planted.map(({ check, orderId }) => `${check} ${orderId}`).sort());
  await look('exceptions-en');
});

test('documented sample orders show their amounts unchanged', async () => {
  await goTo('Orders');
  const search = page.getByRole('searchbox', { name: 'Search orders' });
  for (const [number, parts] of Object.entries({
    '1055565228112825': ['100.00', '7.00', '107.00'],
    '1056370250512517': ['200.00', '7.00', '207.00'],
    bf7b66149236455: ['7.90', '8.50', '16.40'],
  })) {
    await search.fill(number);
    await expect(grid('Orders')).toHaveAttribute('aria-rowcount', '2');
    await page
      .getByRole('button', { name: number, exact: true })
      .or(page.getByText(number, { exact: true }))
      .first()
      .click();
    const panel = page.getByRole('complementary', { name: `Order ${number}` });
    for (const part of parts) await expect(panel.getByTestId('footing')).toContainText(part);
    await panel.getByRole('button', { name: 'Close order' }).click();
  }
  await search.fill('');
});

test('totals of all, filtered and selected rows agree with the filter', async () => {
  await expect(grid('Orders')).toHaveAttribute('aria-rowcount', String(DEMO.orders + 4));
  await expect(async () => {
    const { 'All in period': period, Filtered } = await totals();
    expect(Filtered).toEqual(period);
  }).toPass();
  const all = await totals();
  await page.getByLabel('In ERP').selectOption({ label: 'Not sent' });
  await expect(async () => expect((await totals()).Filtered).not.toEqual(all.Filtered)).toPass();
  const filtered = await totals();
  expect(filtered['All in period']).toEqual(all['All in period']);
  await grid('Orders').press('Control+a');
  await expect(async () => expect((await totals()).Selected).toEqual(filtered.Filtered)).toPass();
  await page.keyboard.press('Control+c');
  await expect(page.getByText(/rows copied/)).toBeVisible();
  const copied = (await app.clipboardText()).trimEnd().split('\n');
  expect(copied[0]).toContain('\t');
  expect(copied).toHaveLength(Number(await grid('Orders').getAttribute('aria-rowcount')));
});

test('marks orders as sent, shows them staged, undoes, and marks them again', async () => {
  await page.getByRole('button', { name: 'Mark as sent to ERP' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Queue corrections' }).click();
  await expect(page.getByText(/corrections queued/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(/corrections withdrawn/)).toBeVisible();
  // Now only those that the check complains about.
  await goTo('Exceptions');
  await page.getByRole('button', { name: /^Not sent to ERP/ }).click();
  await page.getByRole('button', { name: 'Show these orders' }).click();
  await expect(grid('Orders')).toHaveAttribute('aria-rowcount', String(plantedOf('erp.not-sent').length + 1));
  await grid('Orders').press('Control+a');
  await page.getByRole('button', { name: 'Mark as sent to ERP' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Queue corrections' }).click();
  await expect(page.getByText(`${plantedOf('erp.not-sent').length} corrections queued`)).toBeVisible();
  // Every row that is drawn, and only the header is without it.
  await expect(grid('Orders').getByText('No → Yes', { exact: true })).not.toHaveCount(0);
  await expect(grid('Orders').getByRole('row').filter({ hasNotText: 'No → Yes' })).toHaveCount(1);
  await look('orders-staged-en');
});

test('edits the invoice of a line in place; a wrong value stays with its reason', async () => {
  const orderId = plantedOf('invoice.missing')[0] ?? 0;
  await goTo('Exceptions');
  await page.getByRole('button', { name: /^Invoice missing/ }).click();
  await grid('Exceptions').press('Home');
  await grid('Exceptions').press('Enter');
  const panel = page.getByRole('complementary');
  const field = (name: string) => panel.getByRole('button', { name: new RegExp(`^Edit ${name} of line`, 'i') }).first();
  await field('invoice date').click();
  await page.keyboard.type('31.02.2026');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');
  await field('invoice number').click();
  await page.keyboard.type('E2E2026000000001');
  await page.keyboard.press('Enter');
  await expect(field('invoice number')).toContainText('E2E2026000000001');
  await field('invoice date').click();
  await page.keyboard.type('2026-04-08');
  await page.keyboard.press('Enter');
  await expect(field('invoice date')).toContainText('08 Apr 2026');
  // What is being corrected is out of the queue.
  const status = page.getByRole('combobox', { name: 'Status' });
  await status.selectOption({ label: 'Corrected' });
  await expect(grid('Exceptions').getByRole('row').nth(1).getByLabel('correction pending')).toBeVisible();
  await status.selectOption({ label: 'In the queue' });
  expect(storeExists()).toBe(false);
  await look('order-detail-en');
  expect(orderId).toBeGreaterThan(1_000);
});

function storeExists(): boolean {
  try {
    return storeChange(plantedOf('invoice.missing')[0] ?? 0).lines !== undefined;
  } catch {
    return false;
  }
}

test('pushes; the store then holds the corrections and the findings are gone', async () => {
  await goTo('Corrections');
  await look('corrections-queued-en');
  await page.getByRole('button', { name: 'Push corrections' }).click();
  const applied = plantedOf('erp.not-sent').length + 1;
  await expect(page.getByText(`Push done: ${applied} applied, 0 in conflict, 0 rejected, 0 waiting.`)).toBeVisible();
  for (const orderId of plantedOf('erp.not-sent')) expect(storeChange(orderId).fields).toMatchObject({ is_send: true });
  const [line] = Object.values(storeChange(plantedOf('invoice.missing')[0] ?? 0).lines ?? {});
  expect(line).toMatchObject({ invoice_number: 'E2E2026000000001' });
  expect(Date.parse(String(line?.invoice_date))).toBe(Date.parse('2026-04-08T00:00:00Z'));
  await goTo('Exceptions');
  await page.getByRole('button', { name: /^All checks/ }).click();
  // The invoice that now has a number has no archive link: one finding more.
  await expect(page.getByText(`${planted.length - applied + 1} open findings`)).toBeVisible();
});

test('exports a report whose totals equal those of the window', async () => {
  const out = join(dataDir, 'report.csv');
  await goTo('Orders');
  await page
    .getByRole('button', { name: /Clear filters/ })
    .first()
    .click();
  await expect(grid('Orders')).toHaveAttribute('aria-rowcount', String(DEMO.orders + 4));
  const inWindow = (await totals())['All in period'] ?? [];
  await goTo('Reports');
  await page.getByRole('radio', { name: /CSV/ }).check();
  await app.dialogs.saveTo(null);
  await page.getByRole('button', { name: 'Export report' }).click();
  await app.dialogs.saveTo(out);
  await page.getByRole('button', { name: 'Export report' }).click();
  const result = page.getByRole('region', { name: /written/i });
  await expect(result).toContainText(out);
  await look('reports-en');
  const csv = readFileSync(out, 'utf8');
  const rows = await result.getByRole('row').all();
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows.slice(1)) {
    const [, orders, amount, refund] = await row.getByRole('cell').allInnerTexts();
    expect(inWindow).toContain(orders);
    expect(inWindow).toContain(amount);
    expect(inWindow).toContain(refund);
    expect(csv).toContain(String(amount).replaceAll(',', ''));
  }
});

test('speaks Turkish and goes dark at once, and a restart keeps everything', async () => {
  await goTo('Settings');
  await page
    .getByRole('radio', { name: 'Dark' })
    .or(page.getByRole('button', { name: 'Dark' }))
    .first()
    .click();
  await page
    .getByRole('radio', { name: 'Türkçe' })
    .or(page.getByRole('button', { name: 'Türkçe' }))
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Ayarlar' })).toBeVisible();
  await look('settings-tr-dark');
  await app.close();
  app = await launchApp({ dataDir });
  page = app.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByText('5.003')).not.toHaveCount(0);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(DEMO.orders + 4));
  await look('orders-tr-dark');
  await page.getByRole('navigation').getByRole('button', { name: 'Bulgular' }).click();
  await expect(page.getByText('-6.357,43').first()).toBeVisible();
  await look('exceptions-tr-dark');
});
