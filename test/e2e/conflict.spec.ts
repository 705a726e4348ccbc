import { expect, type Page, test } from '@playwright/test';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { OrderDetail } from '../../src/shared/orders.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let sandbox: Sandbox;
let page: Page;
/** Orders without an invoice, whose lines the tests correct. */
let orders: number[];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  store = await openStore(600);
  sandbox = store.sandbox;
  page = store.app.page;
  orders = sandbox
    .planted()
    .filter(({ check }) => check === 'invoice.missing')
    .map(({ orderId }) => orderId);
});

test.afterAll(() => store?.close());

const goTo = (name: string): Promise<void> => page.getByRole('navigation').getByRole('button', { name }).click();
const push = () => page.getByRole('button', { name: 'Push corrections' }).click();
const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const table = () => page.getByRole('region', { name: 'Corrections' }).getByRole('table');

async function detail(id: number): Promise<OrderDetail> {
  const answer = await page.evaluate((request) => mutabakat.invoke('orders.detail', request), { id });
  return answer.value as OrderDetail;
}

/** Queues an invoice number for the first line of an order. @returns the line's id. */
async function queueInvoice(orderId: number, invoice: string): Promise<number> {
  const lineId = (await detail(orderId)).lines[0]?.id ?? 0;
  const answer = await page.evaluate((request) => mutabakat.invoke('corrections.add', request), {
    target: { kind: 'line', lineId },
    set: { invoice_number: invoice },
  });
  expect(answer).toMatchObject({ ok: true });
  return lineId;
}

/** Writes an invoice number as another user of Omnitron would. */
function writeElsewhere(orderId: number, lineId: number, invoice: string): void {
  sandbox.edit(orderId, { lines: { [lineId]: { invoice_number: invoice } } });
}

const storeInvoice = (orderId: number, lineId: number): unknown =>
  sandbox.order(orderId)?.orderitem_set.find((line) => line.id === lineId)?.invoice_number;

test('starts with every order held', async () => {
  await page.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(sandbox.size + 1));
});

test('lets corrections wait when a push finds no server', async () => {
  const [first = 0] = orders;
  await queueInvoice(first, 'WAI2026000000001');
  await goTo('Corrections');
  sandbox.setFaults([{ match: {}, action: { kind: 'dropBefore' } }]);
  await push();
  await expect(page.getByRole('alert')).toContainText('The push stopped. Omnitron cannot be reached.');
  await tab('Waiting');
  await expect(table()).toContainText('Reason: The connection to 127.0.0.1');
  sandbox.setFaults([]);
  await push();
  await expect(page.getByText('Push done: 1 applied, 0 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
});

test('shows a refused correction with its reason and queues it again', async () => {
  const [, second = 0] = orders;
  const lineId = await queueInvoice(second, 'REF2026000000001');
  sandbox.setFaults([{ match: { method: 'PATCH', nth: 1 }, action: { kind: 'status', code: 400 } }]);
  await push();
  await expect(page.getByText('Push done: 0 applied, 0 in conflict, 1 rejected, 0 waiting.')).toBeVisible();
  await tab('Rejected');
  await expect(table()).toContainText('Reason: Omnitron refused the request (400).');
  await table().getByRole('button', { name: 'Queue again' }).click();
  await tab('Queued');
  await push();
  await expect(page.getByText('Push done: 1 applied, 0 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
  expect(storeInvoice(second, lineId)).toBe('REF2026000000001');
});

test('shows a conflict with the three values; theirs can be kept', async () => {
  const [, , third = 0] = orders;
  const lineId = await queueInvoice(third, 'MIN2026000000003');
  writeElsewhere(third, lineId, 'THE2026000000003');
  await push();
  await expect(page.getByText('Push done: 0 applied, 1 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
  await tab('Conflict');
  const row = table().getByRole('row', { name: /Invoice number/ });
  await expect(row.getByRole('cell').nth(3)).toHaveText('none');
  await expect(row.getByRole('cell').nth(4)).toHaveText('MIN2026000000003');
  await expect(row.getByRole('cell').nth(5)).toHaveText('THE2026000000003');
  await row.getByRole('button', { name: 'Keep theirs' }).click();
  await expect(page.getByText('1 correction withdrawn.')).toBeVisible();
  expect(storeInvoice(third, lineId)).toBe('THE2026000000003');
  expect((await detail(third)).lines.find((line) => line.id === lineId)?.invoiceNumber).toBe('THE2026000000003');
});

test('a conflict outlives a restart; mine can be kept', async () => {
  const [, , , fourth = 0] = orders;
  const lineId = await queueInvoice(fourth, 'MIN2026000000004');
  writeElsewhere(fourth, lineId, 'THE2026000000004');
  await push();
  // Not the message: that of the push before says the same and may still be there.
  await expect(page.getByRole('tab', { name: 'Conflict 1' })).toBeVisible();
  await store.restart();
  page = store.app.page;
  await goTo('Corrections');
  await tab('Conflict');
  await table().getByRole('button', { name: 'Keep mine' }).click();
  await expect(page.getByText(/^Queued again/)).toBeVisible();
  await push();
  await expect(page.getByText('Push done: 1 applied, 0 in conflict, 0 rejected, 0 waiting.')).toBeVisible();
  expect(storeInvoice(fourth, lineId)).toBe('MIN2026000000004');
});
