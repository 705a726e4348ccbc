import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { OrderDetail } from '../../src/shared/orders.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let sandbox: Sandbox;
let page: Page;
/** Where batch files are saved. */
let folder: string;
/** Lines that have an invoice, and the number that they had at first. */
let lines: { orderId: number; lineId: number; number: string; invoice: string }[];
/** An order whose invoice has the number that is going to be proposed for the first of these lines. */
let holder: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mutabakat-e2e-files-'));
  store = await openStore(300);
  sandbox = store.sandbox;
  page = store.app.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  const shared = new Set(sandbox.sharedNumbers().flatMap(({ orderIds }) => orderIds));
  const planted = new Set(sandbox.planted().map(({ orderId }) => orderId));
  lines = [];
  for (let id = 1_001; lines.length < 4; id += 1) {
    const order = sandbox.order(id);
    const line = order?.orderitem_set[0];
    const invoice = line?.invoice_number ?? null;
    if (order === null || line === undefined || invoice === null || shared.has(id) || planted.has(id)) continue;
    lines.push({ orderId: id, lineId: line.id, number: order.number, invoice });
  }
  const { orderId, lineId, number } = ofLine(3);
  sandbox.edit(orderId, { lines: { [lineId]: { invoice_number: other(0, '77') } } });
  holder = number;
  lines.length = 3;
});

test.afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

const goTo = (name: string): Promise<void> => page.getByRole('navigation').getByRole('button', { name }).click();
const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const panel = () => page.getByRole('complementary');
const look = (name: string): Promise<Buffer> => page.screenshot({ path: `test-results/screens/${name}.png` });

const ofLine = (place: number) => {
  const line = lines[place];
  if (line === undefined) throw new Error(`The test has no line ${place}.`);
  return line;
};
/** The invoice number that the server holds for a line. */
function invoiceOf(place: number): unknown {
  const { orderId, lineId } = ofLine(place);
  return sandbox.order(orderId)?.orderitem_set.find((line) => line.id === lineId)?.invoice_number;
}
/** An invoice number of the same year that is not the one that the line has. */
function other(place: number, mark: string): string {
  return `${ofLine(place).invoice.slice(0, -3)}${mark}${place}`;
}

async function propose(place: number, invoice: string): Promise<void> {
  const answer = await page.evaluate((request) => mutabakat.invoke('corrections.add', request), {
    target: { kind: 'line', lineId: ofLine(place).lineId },
    set: { invoice_number: invoice },
  });
  expect(answer).toMatchObject({ ok: true });
}

async function addPerson(name: string, pin: string): Promise<void> {
  await button('Add a person…').click();
  await dialog().getByLabel('Name').fill(name);
  await dialog().getByLabel('New PIN', { exact: true }).fill(pin);
  await dialog().getByLabel('New PIN again').fill(pin);
  await dialog().getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('region', { name: 'People' })).toContainText(name);
}

async function signIn(name: string, pin: string): Promise<void> {
  const working = page.getByRole('button', { name: /^Working as/ });
  if (await working.isVisible()) {
    await working.click();
    await button('Sign in as somebody else…').click();
  } else await button('Sign in…').click();
  await dialog().getByLabel('Name').selectOption(name);
  await dialog().getByLabel('PIN').fill(pin);
  await dialog().getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: `Working as: ${name}` })).toBeVisible();
}

async function submit(reason: string): Promise<void> {
  await tab('Proposals');
  await button('Submit…').click();
  await dialog().getByLabel('Reason').fill(reason);
  await dialog().getByRole('button', { name: 'Submit' }).click();
  await expect(dialog()).toBeHidden();
}

const batchRow = (number: string) =>
  page.getByRole('grid', { name: 'Batches' }).getByRole('row').filter({ hasText: number });
async function openBatch(place: number): Promise<void> {
  await tab('Batches');
  await batchRow(numberOf(place)).getByText(numberOf(place)).click();
  await expect(panel()).toContainText(`Batch ${numberOf(place)}`);
}
const numberOf = (place: number): string => `${new Date().getFullYear()}-${String(place).padStart(4, '0')}`;

async function approve(): Promise<void> {
  await panel().getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(panel()).toContainText('Approved by');
}

test('two people are added and the rule that both are needed is set', async () => {
  await button('Sync').click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(sandbox.size + 1));
  await goTo('Settings');
  await addPerson('Ayşe', 'deniz-7');
  await signIn('Ayşe', 'deniz-7');
  await addPerson('Mehmet', 'orman-9');
  const control = page.getByRole('region', { name: 'Control of corrections' });
  await control.getByRole('checkbox', { name: /^Two people/ }).check();
  await control.getByLabel('Reason for the change').fill('The company wants two pairs of eyes');
  await control.getByRole('button', { name: 'Save rules of control' }).click();
  await expect(control).toContainText('Version 1');
  await look('people-en');
});

test('the first person prepares a batch and cannot approve it', async () => {
  for (const place of [0, 1, 2]) await propose(place, other(place, '77'));
  await goTo('Corrections');
  // Nothing is refused for it: whoever approves has seen it.
  const warning = `Invoice ${other(0, '77')} already stands on order ${holder}.`;
  await expect(page.getByTestId('correction-warnings')).toContainText(warning);
  await look('proposals-en');
  await submit('Invoices that the ERP numbered anew');
  await openBatch(1);
  await expect(panel()).toContainText('You made this batch: somebody else must approve it.');
  await expect(panel().getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  await expect(panel().getByTestId('correction-warnings')).toContainText(warning);
  await look('batch-for-approval-en');
  const file = join(folder, 'batch.json');
  await store.app.dialogs.saveTo(file);
  await panel().getByRole('button', { name: 'Export for approval…' }).click();
  await expect(page.getByText(`Saved as ${file}.`)).toBeVisible();
  await store.app.dialogs.openFile(file);
  await button('Open a batch file…').click();
  await expect(dialog()).toContainText('Invoices that the ERP numbered anew');
  await expect(dialog()).toContainText('known here');
  await look('batch-file-en');
  await dialog().getByRole('button', { name: 'Approve and save…' }).click();
  await expect(dialog().getByRole('alert')).toContainText('approve');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
});

test('the second person looks at a dry run and approves', async () => {
  await signIn('Mehmet', 'orman-9');
  await panel().getByRole('button', { name: 'Dry run' }).click();
  await expect(page.getByRole('tab', { name: 'Will be sent 3' })).toBeVisible();
  await look('dry-run-en');
  expect([0, 1, 2].map(invoiceOf)).toEqual(lines.map(({ invoice }) => invoice));
  await button('Back to the batch').click();
  await approve();
});

test('a push stops at the conflict that somebody else made, and does the rest', async () => {
  const { orderId, lineId } = ofLine(1);
  sandbox.edit(orderId, { lines: { [lineId]: { invoice_number: other(1, '55') } } });
  await panel().getByRole('button', { name: 'Push', exact: true }).click();
  await expect(page.getByText('Push done: 2 applied, 1 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
  await expect(panel()).toContainText('Done, exceptions');
  expect([0, 1, 2].map(invoiceOf)).toEqual([other(0, '77'), other(1, '55'), other(2, '77')]);
  await panel()
    .getByRole('button', { name: /^Show receipt/ })
    .first()
    .click();
  await expect(panel().getByRole('list', { name: /^Receipt of correction/ })).toContainText(/Read after.*HTTP 200/);
  await look('batch-with-exceptions-en');
});

test('the conflict is decided field by field; a bad value stays with its reason', async () => {
  await tab('Proposals');
  await tab('Conflict');
  await page.getByRole('checkbox', { name: new RegExp(`^Select correction .* ${ofLine(1).number}`) }).check();
  await button('Resolve 1 conflict…').click();
  const view = page.getByRole('region', { name: 'Resolve 1 conflict' });
  const row = view.getByRole('row', { name: /Invoice number/ });
  await expect(row).toContainText(ofLine(1).invoice);
  await expect(row).toContainText(other(1, '77'));
  await expect(row).toContainText(other(1, '55'));
  await expect(button('Apply decisions')).toBeDisabled();
  const choice = view.getByRole('radiogroup', { name: /^Decision about Invoice number/ });
  // By key: the choices are radio buttons.
  await choice.getByRole('radio', { name: 'Keep theirs' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const value = view.getByRole('textbox', { name: /^New value of Invoice number/ });
  await value.fill('=1+1');
  await expect(view.getByRole('alert')).toBeVisible();
  await expect(button('Apply decisions')).toBeDisabled();
  await look('conflict-en');
  await value.fill(other(1, '99'));
  await button('Apply decisions').click();
  await expect(page.getByText(/^Decided: 1 queued/)).toBeVisible();
  await submit('The invoice that was changed meanwhile');
  await signIn('Ayşe', 'deniz-7');
  await openBatch(2);
  await approve();
  await panel().getByRole('button', { name: 'Push', exact: true }).click();
  await expect(page.getByText('Push done: 1 applied, 0 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
  expect(invoiceOf(1)).toBe(other(1, '99'));
});

test('a batch is reversed with a batch of its own', async () => {
  await openBatch(1);
  await panel().getByRole('button', { name: 'Reverse…' }).click();
  await dialog().getByLabel('Reason').fill('The ERP withdrew its numbers');
  await dialog().getByRole('button', { name: 'Make the reversal' }).click();
  await expect(panel()).toContainText(`Batch ${numberOf(3)}`);
  await expect(panel()).toContainText('Reversal');
  await panel().getByRole('button', { name: 'Submit…' }).click();
  await dialog().getByRole('button', { name: 'Submit' }).click();
  await expect(dialog()).toBeHidden();
  await signIn('Mehmet', 'orman-9');
  await approve();
  await panel().getByRole('button', { name: 'Push', exact: true }).click();
  await expect(panel()).toContainText('Finished');
  await expect(panel().getByText('Applied 2')).toBeVisible();
  expect([0, 2].map(invoiceOf)).toEqual([ofLine(0).invoice, ofLine(2).invoice]);
  expect(invoiceOf(1)).toBe(other(1, '99'));
  await look('reversal-en');
});

test('the audit trail holds all of it and its chain is intact', async () => {
  await goTo('Audit trail');
  await button('Verify the chain').click();
  await expect(page.getByText(/^The audit trail is intact/)).toBeVisible();
  await page.getByLabel('About').selectOption({ label: 'Batches' });
  await expect(page.getByRole('grid', { name: 'Audit trail' })).toContainText('Mehmet');
  await look('audit-en');
});

async function detail(id: number): Promise<OrderDetail> {
  const answer = await page.evaluate((request) => mutabakat.invoke('orders.detail', request), { id });
  return answer.value as OrderDetail;
}

test('receipts and history stay: every correction still names its batch', async () => {
  const held = await detail(ofLine(1).orderId);
  expect(held.corrections.map(({ state, batch }) => [state, batch?.number]).sort()).toEqual([
    ['applied', numberOf(2)],
    ['withdrawn', numberOf(1)],
  ]);
});

test('the same views in Turkish and dark', async () => {
  await page.evaluate(() => mutabakat.invoke('settings.set', { language: 'tr', theme: 'dark' }));
  await page.reload();
  await page.getByRole('navigation').getByRole('button', { name: 'Düzeltmeler' }).click();
  await look('proposals-tr-dark');
  await page.getByRole('tab', { name: /^Fişler/ }).click();
  await page.getByRole('grid', { name: 'Fişler' }).getByText(numberOf(1)).click();
  await expect(panel()).toContainText('Onaylayan');
  await look('batch-tr-dark');
});
