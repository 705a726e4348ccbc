import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { HONOURABLE } from '../../src/main/sandbox/filters.ts';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import type { JsonObject, WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { ask, patch, read, startSmallSandbox } from '../support/sandbox.ts';

const ORDERS = 320;
const NOW = Date.UTC(2026, 6, 1, 8, 30);
const STAMP = '2026-07-01T08:30:00.000000Z';
const open: Sandbox[] = [];
afterEach(() => Promise.all(open.splice(0).map((sandbox) => sandbox.close())));

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSmallSandbox({ orders: ORDERS, now: () => NOW, ...options });
  open.push(sandbox);
  return sandbox;
}

/** Every row of a list, page by page; each page must tell the same count. */
async function walk(sandbox: Sandbox, query = '', path = '/api/i1/orders/'): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let page = 1; ; page++) {
    const body = await read(sandbox, `${path}?limit=100&page=${page}${query}`);
    rows.push(...(body.results as JsonObject[]));
    if (body.next !== null) continue;
    expect(body.count).toBe(rows.length);
    return rows;
  }
}

async function idsOf(sandbox: Sandbox, query = ''): Promise<number[]> {
  return (await walk(sandbox, query)).map(({ id }) => Number(id));
}

const descending = (ids: readonly number[]) => [...ids].sort((a, b) => b - a);
const ascending = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);

describe('what the order list honours', () => {
  it('is nothing by default', async () => {
    const sandbox = await start();
    const ids = sandbox.ids();
    for (const query of ['&sort=-id', '&modified_date__gte=2030-01-01T00:00:00Z', '&status__in=999']) {
      expect(await idsOf(sandbox, query), query).toEqual(ids);
    }
  });

  it.each(HONOURABLE)('is %s alone where only that is named', async (name) => {
    const sandbox = await start({ honours: [name] });
    const values: Record<string, string> = {
      sort: '-id',
      modified_date__gte: '2026-03-01T00:00:00Z',
      modified_date__lte: '2026-03-01T00:00:00Z',
      date_placed__gte: '2026-02-01T03:00:00Z',
      date_placed__lte: '2026-02-01T03:00:00Z',
      status__in: '400,450',
    };
    for (const other of HONOURABLE) {
      const changes = (await idsOf(sandbox, `&${other}=${values[other]}`)).join() !== sandbox.ids().join();
      expect(changes, other).toBe(other === name);
    }
  });

  it('filters by the dates and statuses as they stand, also together', async () => {
    const sandbox = await start({ honours: HONOURABLE });
    const all = (await walk(sandbox)) as unknown as WireOrder[];
    const late = (order: WireOrder) => order.date_placed >= '2026-01-01';
    const from = 'date_placed__gte=2026-01-01T00:00:00Z';
    const cases: [string, (order: WireOrder) => boolean][] = [
      [`&${from}`, late],
      ['&date_placed__lte=2025-12-31T23:59:59.999999Z', (order) => !late(order)],
      [`&${from}&status__in=550,600`, (order) => late(order) && ['550', '600'].includes(order.status)],
      [`&${from}&is_send=false`, (order) => late(order) && !order.is_send],
      [`&modified_date__gte=2026-01-01T00:00:00Z&date_placed__lte=2025-12-31T00:00:00Z`, () => false],
    ];
    for (const [query, passes] of cases) {
      expect(await idsOf(sandbox, query), query).toEqual(all.filter(passes).map(({ id }) => id));
    }
    const exact = all[50]?.date_placed ?? '';
    const one = await idsOf(sandbox, `&date_placed__gte=${exact}&date_placed__lte=${exact}`);
    expect(one).toEqual([all[50]?.id]);
  });

  it('refuses a date that cannot be read', async () => {
    const sandbox = await start({ honours: HONOURABLE });
    const response = await ask(sandbox, '/api/i1/orders/?modified_date__gte=yesterday');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ modified_date__gte: ['Enter a valid date/time.'], code: 'invalid' });
  });

  it('sorts by id both ways, whatever the list order', async () => {
    const sandbox = await start({ honours: ['sort'], listOrder: 'shuffled' });
    expect(await idsOf(sandbox, '&sort=id')).toEqual(sandbox.ids());
    expect(await idsOf(sandbox, '&sort=-id')).toEqual(descending(sandbox.ids()));
    expect(await idsOf(sandbox, '&sort=amount')).toEqual(await idsOf(sandbox));
  });
});

describe('the order of the list', () => {
  it('can be descending, filtered too', async () => {
    const sandbox = await start({ listOrder: 'descending' });
    expect(await idsOf(sandbox)).toEqual(descending(sandbox.ids()));
    const sent = await idsOf(sandbox, '&is_send=true');
    expect(sent).toEqual(descending(sent));
  });

  it('can be shuffled: fixed by the seed, and the others stay in place when one comes or goes', async () => {
    const sandbox = await start({ listOrder: 'shuffled' });
    const before = await idsOf(sandbox);
    expect(before).not.toEqual(sandbox.ids());
    expect(ascending(before)).toEqual(sandbox.ids());
    expect(await idsOf(await start({ listOrder: 'shuffled' }))).toEqual(before);
    expect(await idsOf(await start({ listOrder: 'shuffled', seed: 8 }))).not.toEqual(before);
    const [added] = sandbox.insert();
    sandbox.remove(before[10] ?? 0);
    const after = await idsOf(sandbox);
    expect(after.filter((id) => id !== added)).toEqual(before.filter((id) => id !== before[10]));
  });

  it('keeps the largest limit it is given', async () => {
    const sandbox = await start({ maxLimit: 7 });
    expect(((await read(sandbox, '/api/i1/orders/?limit=100')).results as unknown[]).length).toBe(7);
    expect(((await read(sandbox, '/api/i1/orders/')).results as unknown[]).length).toBe(7);
  });
});

describe('prefixes and slashes', () => {
  it('serves v1 flat, with both dates, and only where it is asked to', async () => {
    const sandbox = await start({ prefixes: ['v1'], honours: ['modified_date__gte'] });
    expect((await ask(sandbox, '/api/i1/orders/')).status).toBe(404);
    expect((await ask(await start(), '/api/v1/orders/')).status).toBe(404);
    sandbox.touch(1_010);
    const rows = await walk(sandbox, '', '/api/v1/orders/');
    expect(rows.map(({ pk }) => pk)).toEqual(sandbox.ids());
    for (const row of rows) expect(String(row.created_date) <= String(row.modified_date)).toBe(true);
    const [touched] = await walk(sandbox, '&modified_date__gte=2026-06-30T00:00:00Z', '/api/v1/orders/');
    expect(touched).toMatchObject({ pk: 1_010, modified_date: STAMP, amount: sandbox.order(1_010)?.amount });
    expect(touched?.orderitem_set).toBeUndefined();
  });

  it('needs the last slash, takes the path without it, or redirects there', async () => {
    const path = '/api/i1/orders?limit=1&page=2';
    expect((await ask(await start(), path)).status).toBe(404);
    const either = await start({ slash: 'either' });
    expect(await read(either, path)).toMatchObject({ count: ORDERS + 3, results: [{ id: 2 }] });
    const redirecting = await start({ slash: 'redirect' });
    const response = await ask(redirecting, path);
    expect(response.status).toBe(301);
    expect(response.headers.get('Location')).toBe('/api/i1/orders/?limit=1&page=2');
    expect((await ask(redirecting, '/nothing')).status).toBe(404);
  });
});

describe('the control face', () => {
  it('shows every change at once in list, counts and filters', async () => {
    const sandbox = await start({ honours: HONOURABLE });
    const since = '&modified_date__gte=2026-06-30T00:00:00Z';
    expect(await idsOf(sandbox, since)).toEqual([]);
    sandbox.touch(1_020);
    sandbox.edit(1_030, { fields: { status: '999', amount: '1.00', refund_amount: '0.50', invoice_number: 'X' } });
    const [first, second] = sandbox.insert(2);
    expect([first, second]).toEqual([1_001 + ORDERS, 1_002 + ORDERS]);
    expect(await idsOf(sandbox, since)).toEqual([1_020, 1_030, first, second]);
    expect(await idsOf(sandbox, '&status__in=999,1')).toEqual([1_030]);
    sandbox.remove(1_020);
    sandbox.remove(first ?? 0);
    sandbox.remove(27);
    expect(await idsOf(sandbox, since)).toEqual([1_030, second]);
    expect(sandbox.size).toBe(ORDERS + 3 + 2 - 3);
    expect(await idsOf(sandbox)).toEqual(sandbox.ids());
    expect(sandbox.ids()).not.toContain(27);
    expect(sandbox.order(1_020)).toBeNull();
    expect((await ask(sandbox, '/api/i1/orders/bf7b66149236455/')).status).toBe(404);
    expect(sandbox.insert()).toEqual([1_003 + ORDERS]);
    for (const run of [sandbox.touch, sandbox.remove]) expect(() => run(27)).toThrow('no order with the id 27');
  });

  it('inserts clean orders that can be read and written like any other', async () => {
    const sandbox = await start({ orders: 5 });
    const ids = sandbox.insert(400);
    const names = ids.map((id) => `${sandbox.order(id)?.channel.name} ${sandbox.order(id)?.number}`);
    expect(new Set(names).size).toBe(400);
    const order = sandbox.order(ids[20] ?? 0);
    expect(await read(sandbox, `/api/i1/orders/${order?.number}/`)).toEqual(order);
    const line = order?.orderitem_set[0]?.id;
    expect((await patch(sandbox, `/api/v1/order_items/${line}/`, { tracking_number: 'T' })).status).toBe(200);
    expect(sandbox.planted()).toEqual([]);
  });

  it('answers the second of two orders with one number when the first is gone', async () => {
    const sandbox = await start();
    const [shared] = sandbox.sharedNumbers();
    const [first, second] = shared?.orderIds ?? [0, 0];
    sandbox.remove(first);
    expect(await read(sandbox, `/api/i1/orders/${shared?.number}/`)).toMatchObject({ id: second });
    expect(sandbox.sharedNumbers().map(({ number }) => number)).not.toContain(shared?.number);
  });

  it('finds an order under the number it was given, and no longer under its old one', async () => {
    const sandbox = await start();
    const old = sandbox.order(1_050)?.number;
    sandbox.edit(1_050, { fields: { number: 'RENAMED' } });
    expect(await read(sandbox, '/api/i1/orders/RENAMED/')).toMatchObject({ id: 1_050 });
    expect((await ask(sandbox, `/api/i1/orders/${old}/`)).status).toBe(404);
  });

  it('modifies the order when one of its lines is written, or leaves it alone if told so', async () => {
    for (const [linesTouchOrder, found] of [
      [true, [1_040]],
      [false, []],
    ] as const) {
      const sandbox = await start({ honours: ['modified_date__gte'], linesTouchOrder });
      const line = sandbox.order(1_040)?.orderitem_set[0]?.id;
      await patch(sandbox, `/api/v1/order_items/${line}/`, { invoice_number: 'N' });
      expect(await idsOf(sandbox, '&modified_date__gte=2026-06-30T00:00:00Z')).toEqual(found);
    }
  });

  it('never stamps a change older than the orders, whatever the clock says', async () => {
    const sandbox = await start({ prefixes: ['v1'], now: () => 0 });
    sandbox.touch(1_001);
    const row = (await walk(sandbox, '', '/api/v1/orders/')).find(({ pk }) => pk === 1_001);
    expect(row?.modified_date).toBe('2026-06-25T00:00:00.000000Z');
  });

  it('keeps inserted and removed orders over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-lists-'));
    const options = { stateFile: join(folder, 'state.json'), honours: HONOURABLE };
    const first = await start(options);
    first.insert(3);
    first.remove(1_005);
    first.touch(1_006);
    const before = await walk(first, '&modified_date__gte=2026-06-30T00:00:00Z');
    const second = await start(options);
    expect(second.ids()).toEqual(first.ids());
    expect(await walk(second, '&modified_date__gte=2026-06-30T00:00:00Z')).toEqual(before);
    rmSync(folder, { recursive: true });
  });

  it('counts and pages a few changed orders among very many', async () => {
    const sandbox = await start({ orders: 1_000_000, honours: HONOURABLE });
    const since = '/api/i1/orders/?limit=2&modified_date__gte=2026-06-30T00:00:00Z';
    expect(await read(sandbox, since)).toMatchObject({ count: 0 });
    for (const id of [900_000, 1_001, 500_000]) sandbox.touch(id);
    expect(await read(sandbox, since)).toMatchObject({ count: 3, results: [{ id: 1_001 }, { id: 500_000 }] });
    expect(await read(sandbox, `${since}&page=2`)).toMatchObject({ results: [{ id: 900_000 }], next: null });
    expect(sandbox.counters.requests).toEqual({ 'GET /api/i1/orders/': 3 });
  });
});
