import { describe, expect, it } from 'vitest';
import { type QuarantinedRow, quarantinedRow } from '../../src/shared/runs.ts';
import { type HereStore, hereStore } from '../support/cli-here-store.ts';

/** Three pages. */
const ORDERS = 247;

async function quarantined(store: HereStore): Promise<QuarantinedRow[]> {
  const run = await store.json('quarantine', 'list');
  expect(run.code).toBe(0);
  const rows = (run.json().quarantined as unknown[]).map((row) => quarantinedRow.parse(row));
  return rows.sort((a, b) => (a.orderId ?? 0) - (b.orderId ?? 0));
}

describe('rows that are not the contract’s order', () => {
  it('can be looked at and are read again once Omnitron has put them right', async () => {
    await using store = await hereStore({ orders: ORDERS });
    const [unheld, held, still] = [1050, 1120, 1200];
    const good = new Map([unheld, held].map((id) => [id, store.sandbox.order(id)?.amount ?? '']));
    store.sandbox.edit(unheld, { fields: { amount: 'NaN' } });
    expect(await store.json('sync')).toMatchObject({ code: 1 });
    store.sandbox.edit(held, { fields: { amount: 'NaN' } });
    store.sandbox.edit(still, { fields: { shipping_amount: '1e3' } });
    expect((await store.json('sync', '--full')).json()).toMatchObject({ complete: true, quarantined: 3 });

    const rows = await quarantined(store);
    expect(rows.map(({ orderId, page, path, held }) => [orderId, page, path, held])).toEqual([
      [unheld, 1, 'amount', false],
      [held, 2, 'amount', true],
      [still, 3, 'shipping_amount', true],
    ]);

    const nothing = await store.json('quarantine', 'retry');
    expect([nothing.code, nothing.json()]).toEqual([1, { released: 0, remaining: 3, ofOms: 0 }]);
    expect((await quarantined(store)).filter(({ page }) => page === 0).map(({ orderId }) => orderId)).toEqual([
      held,
      still,
    ]);

    for (const [id, amount] of good) store.sandbox.edit(id, { fields: { amount } });
    const retried = await store.json('quarantine', 'retry');
    expect([retried.code, retried.json()]).toEqual([1, { released: 2, remaining: 1, ofOms: 0 }]);
    expect((await quarantined(store)).map(({ orderId }) => orderId)).toEqual([still]);

    store.sandbox.edit(still, { fields: { shipping_amount: '9.00' } });
    const { code, stdout } = await store.words('quarantine', 'retry');
    expect([code, stdout]).toEqual([0, '1 order let out of quarantine, 0 rows left in it.\n']);
    expect((await store.json('history', '--order-id', `${still}`)).json().changes).toMatchObject([
      { field: 'shipping_amount', to: '9.00', run: null },
    ]);
    expect((await store.words('quarantine', 'list')).stdout).toBe('0 rows in quarantine.\n');
    expect((await store.json('sync', '--full')).json()).toMatchObject({ complete: true, updated: 0, orders: 250 });
  });

  it('need a person after a run too that did not meet them', async () => {
    await using store = await hereStore({ orders: ORDERS });
    store.sandbox.edit(1120, { fields: { amount: 'NaN' } });
    expect((await store.json('sync')).json()).toMatchObject({ complete: true, quarantined: 1 });
    const run = await store.words('sync', '--verify', '1999-01-01..1999-01-31');
    expect(run.stdout).toContain('Set aside before and still not read: 1 row. See: quarantine list.\n');
    expect(run.code).toBe(1);
  });

  it('are found again where orders before them have gone', async () => {
    await using store = await hereStore({ orders: ORDERS });
    const bad = 1210;
    const amount = store.sandbox.order(bad)?.amount ?? '';
    store.sandbox.edit(bad, { fields: { amount: 'NaN' } });
    await store.json('sync');
    for (const id of store.sandbox.ids().slice(0, 40)) store.sandbox.remove(id);
    store.sandbox.edit(bad, { fields: { amount } });
    expect((await store.json('quarantine', 'retry')).json()).toEqual({ released: 1, remaining: 0, ofOms: 0 });
  });

  it('are found on the page where they were met when ids do not ascend', async () => {
    await using store = await hereStore({ orders: ORDERS, listOrder: 'shuffled' });
    const amount = store.sandbox.order(1100)?.amount ?? '';
    store.sandbox.edit(1100, { fields: { amount: 'NaN' } });
    await store.json('sync');
    expect(await quarantined(store)).toMatchObject([{ orderId: 1100, held: false }]);
    store.sandbox.edit(1100, { fields: { amount } });
    expect((await store.json('quarantine', 'retry')).json()).toEqual({ released: 1, remaining: 0, ofOms: 0 });
  });

  it('without an id wait for a sync of every order', async () => {
    const fault = {
      match: { page: 1, times: 9 },
      action: { kind: 'malformedRow', index: 4, row: 'missing-id' },
    } as const;
    await using store = await hereStore({ orders: 20 });
    store.sandbox.setFaults([fault]);
    await store.json('sync');
    store.sandbox.setFaults([]);
    expect((await quarantined(store)).map(({ orderId, page, path }) => [orderId, page, path])).toEqual([
      [null, 1, 'id'],
    ]);
    const { code, stdout } = await store.words('quarantine', 'retry');
    expect([code, stdout]).toEqual([
      1,
      '0 orders let out of quarantine, 1 row left in it. What is left is read again, rows without an order id too, by: sync --full\n',
    ]);
    expect((await store.json('sync', '--full')).code).toBe(0);
    expect(await quarantined(store)).toEqual([]);
  });

  it('are named after a sync for people: the first twenty, by order, path and code', async () => {
    await using store = await hereStore({ orders: 60 });
    for (let id = 1001; id <= 1023; id += 1) store.sandbox.edit(id, { fields: { amount: 'NaN' } });
    const run = await store.words('sync');
    expect(run.code).toBe(1);
    const [, headings, ...lines] = run.stderr.trimEnd().split('\n');
    expect(headings).toMatch(/^Source +List +Id +Page +Where +What$/);
    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(/^omnitron +orders +1001 +1 +amount +\w+$/);
    expect(lines[20]).toBe('and 3 more: quarantine list');
    expect((await store.words('quarantine', 'list')).stdout).toMatch(
      /^23 rows in quarantine\.\n\nSource +List +Id +Page/,
    );
  });

  it('a server that is away ends a retry with 4 and leaves everything as it was', async () => {
    await using store = await hereStore({ orders: 20 });
    store.sandbox.edit(1005, { fields: { amount: 'NaN' } });
    await store.json('sync');
    store.sandbox.setFaults([{ match: {}, action: { kind: 'html', status: 404 } }]);
    const run = await store.json('quarantine', 'retry');
    expect(run.code).toBe(4);
    expect((await quarantined(store)).map(({ orderId }) => orderId)).toEqual([1005]);
  });
});
