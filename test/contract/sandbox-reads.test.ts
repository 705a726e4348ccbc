import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { JsonObject, WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { ask, read, SAMPLES_DIR, startSmallSandbox } from '../support/sandbox.ts';

const ORDERS = 400;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSmallSandbox({ orders: ORDERS });
});
afterAll(() => sandbox.close());

interface Page {
  count: number;
  next: string | null;
  previous: string | null;
  results: WireOrder[];
}

async function list(query: string): Promise<Page> {
  return (await read(sandbox, `/api/i1/orders/${query}`)) as unknown as Page;
}

async function walk(filter: string): Promise<WireOrder[]> {
  const found: WireOrder[] = [];
  for (let page = 1; ; page++) {
    const { results, next } = await list(`?limit=100&page=${page}${filter}`);
    found.push(...results);
    if (next === null) return found;
  }
}

function sample<T>(name: string): T {
  return JSON.parse(readFileSync(join(SAMPLES_DIR, name), 'utf8')) as T;
}

describe('GET /api/i1/orders/', () => {
  it('serves the documented samples first, then generated orders from id 1001, 10 a page', async () => {
    const page = await list('');
    expect(page.count).toBe(ORDERS + 3);
    expect(page.results.map(({ id }) => id)).toEqual([1, 2, 27, 1001, 1002, 1003, 1004, 1005, 1006, 1007]);
    expect(page.results.slice(0, 2)).toEqual(sample<Page>('get-orders.json').results);
    expect(page.results[2]).toEqual(sample('order-by-number.json'));
  });

  it('keeps the literals of the samples', async () => {
    const text = await (await ask(sandbox, '/api/i1/orders/?limit=3')).text();
    expect(text.match(/"net_shipping_amount":[^,]+/g)).toEqual([
      '"net_shipping_amount":7',
      '"net_shipping_amount":7',
      '"net_shipping_amount":"8.50"',
    ]);
    const compact = JSON.stringify(sample<Page>('get-orders.json').results);
    expect(text).toContain(compact.slice(1, -1));
  });

  it('pages without gaps or repeats and names another host for the next page', async () => {
    const orders = await walk('');
    expect(orders.map(({ id }) => id)).toEqual([1, 2, 27, ...Array.from({ length: ORDERS }, (_, n) => 1_001 + n)]);
    const second = await list('?page=2&limit=50');
    expect(second.next).toBe('https://akinon-bo.akinon.net/api/i1/orders/?limit=50&page=3');
    expect(second.previous).toBe('https://akinon-bo.akinon.net/api/i1/orders/?limit=50');
    expect((await list(`?limit=100&page=5`)).next).toBeNull();
  });

  it('cuts a larger limit to 100 and takes an unusable one for 10', async () => {
    expect((await list('?limit=500')).results).toHaveLength(100);
    for (const limit of ['0', '-1', 'abc', '']) expect((await list(`?limit=${limit}`)).results).toHaveLength(10);
  });

  it.each(['999', '0', '-1', 'abc', '1.5'])('answers 404 for page %s', async (page) => {
    const response = await ask(sandbox, `/api/i1/orders/?page=${page}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ detail: 'Invalid page.' });
  });

  it.each([
    ['is_send=False', (order: WireOrder) => !order.is_send],
    ['is_send=false', (order: WireOrder) => !order.is_send],
    ['is_send=True', (order: WireOrder) => order.is_send],
    ['status=400', (order: WireOrder) => order.status === '400'],
    ['is_send=true&status=550', (order: WireOrder) => order.is_send && order.status === '550'],
    [
      'cancel_status=completed',
      (order: WireOrder) => order.orderitem_set.some((line) => line.cancel_status === 'completed'),
    ],
    ['cancel_status=nothing', () => false],
    ['number=12345&modified_date__gte=2030-01-01&sort=-id&is_send=maybe', () => true],
  ])('filters by %s', async (query, passes) => {
    const all = await walk('');
    const page = await list(`?limit=100&${query}`);
    const expected = all.filter(passes);
    expect(page.count).toBe(expected.length);
    expect(await walk(`&${query}`)).toEqual(expected);
  });

  it('answers an empty first page where nothing passes', async () => {
    expect(await list('?status=999')).toEqual({ count: 0, next: null, previous: null, results: [] });
  });

  it('is the same after a restart with the same seed and another with another', async () => {
    const again = await startSmallSandbox({ orders: 20 });
    const other = await startSmallSandbox({ orders: 20, seed: 8 });
    const path = '/api/i1/orders/?limit=5&page=2';
    const results = async (from: Sandbox) => (await read(from, path)).results;
    expect(await results(again)).toEqual((await list('?limit=5&page=2')).results);
    expect(await results(other)).not.toEqual(await results(again));
    await Promise.all([again.close(), other.close()]);
  });
});

describe('GET /api/i1/orders/{number}', () => {
  it.each(['', '/'])('answers one order, with "%s" at the end', async (end) => {
    const order = sandbox.order(1_042);
    expect(await read(sandbox, `/api/i1/orders/${order?.number}${end}`)).toEqual(order);
    expect(await read(sandbox, `/api/i1/orders/bf7b66149236455${end}`)).toEqual(sample('order-by-number.json'));
  });

  it('answers the first of two orders with one number', async () => {
    const [shared] = sandbox.sharedNumbers();
    expect(shared?.orderIds).toEqual([1_005, 1_012]);
    const order = await read(sandbox, `/api/i1/orders/${shared?.number}/`);
    expect(order.id).toBe(1_005);
    const both = (await walk('')).filter(({ number }) => number === shared?.number);
    expect(both.map(({ id, channel }) => [id, channel.name])).toEqual([
      [1_005, 'Shop'],
      [1_012, 'Marketplace'],
    ]);
  });

  it.each(['0', 'no-such-order', '%E0%A4%A', '..%2F..'])('answers 404 for %s', async (number) => {
    const response = await ask(sandbox, `/api/i1/orders/${number}/`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ detail: 'Not found.' });
  });
});

describe('detailed integration', () => {
  it.each(['i1', 'v1'])('answers order 27 under %s with the amounts of the documented sample', async (version) => {
    const order = await read(sandbox, `/api/${version}/orders_integration/27/detailed_integration/`);
    const documented = sample<JsonObject>('order-detailed-integration.json');
    expect(Object.keys(order).sort()).toEqual(Object.keys(documented).sort());
    for (const [key, value] of Object.entries(documented)) {
      if (key.endsWith('transaction_set') || ['channel', 'cancellation_info', 'ordershippinginfo_set'].includes(key)) {
        continue;
      }
      expect(order[key], key).toEqual(value);
    }
    const text = JSON.stringify(order);
    expect(text).toContain('"net_shipping_amount":8.5,');
    expect(text).not.toContain('REDACTED');
  });

  it('plants a recognisable secret at every place where a real answer has one', async () => {
    for (const id of [2, 27, 1_001]) {
      const order = await read(sandbox, `/api/v1/orders_integration/${id}/detailed_integration/`);
      const { conf } = order.channel as { conf: JsonObject };
      const [transaction] = order.transaction_set as [JsonObject];
      const [shipping] = order.ordershippinginfo_set as [JsonObject];
      const places = [
        conf.username,
        conf.password,
        conf.auth_token,
        transaction.raw_request,
        transaction.raw_response,
        transaction.auth_code,
        transaction.pos,
        transaction.main_pos,
        shipping.send_request,
        shipping.send_response,
        shipping.cargo_label,
        order.fundstransfertransaction_set,
        order.cancellation_info,
      ];
      for (const place of places) expect(JSON.stringify(place), `order ${id}`).toContain('CANARY-SECRET-');
      const { auth } = (transaction.pos as { config: { auth: JsonObject } }).config;
      expect(Object.keys(auth).sort()).toEqual(['client_id', 'password', 'username']);
    }
  });

  it('pays what it says: purchases over the amount, refunds over the refund', async () => {
    const all = await walk('');
    const refunded = all.find((order) => order.id > 1_000 && /[1-9]/.test(order.refund_amount));
    const order = await read(sandbox, `/api/v1/orders_integration/${refunded?.id}/detailed_integration/`);
    const paid = (order.transaction_set as JsonObject[]).filter(({ is_succeeded }) => is_succeeded === true);
    expect(paid.map(({ transaction_type, amount }) => [transaction_type, amount])).toEqual([
      ['purchase', refunded?.amount],
      ['refund', refunded?.refund_amount],
    ]);
    expect(order.number).toBe(refunded?.number);
    expect(order.shipping_amount).toBe(refunded?.shipping_amount);
  });

  it('leaves the currency of some transactions null', async () => {
    const order = await read(sandbox, '/api/v1/orders_integration/1001/detailed_integration/');
    expect((order.transaction_set as JsonObject[]).at(-1)?.currency).toBeNull();
  });

  it('answers 404 for an unknown order', async () => {
    expect((await ask(sandbox, '/api/v1/orders_integration/999999/detailed_integration/')).status).toBe(404);
  });
});

describe('order items', () => {
  it('answers one flat line', async () => {
    const expected = sandbox.order(1_001)?.orderitem_set[0];
    const line = await read(sandbox, `/api/v1/order_items/${expected?.id}/`);
    expect(line).toMatchObject({ pk: expected?.id, order: 1_001, price: expected?.price, status: expected?.status });
    expect(line.id).toBeUndefined();
    expect(Number.isInteger(line.product)).toBe(true);
    expect((await read(sandbox, '/api/v1/order_items/113/')).price).toBe('7.90');
  });

  it('answers the lines of an order, flat or expanded', async () => {
    const order = sandbox.order(2);
    for (const path of [
      'v1/order_items/',
      'v1/order_item/detailed_integration/',
      'i1/order_item//detailed_integration/',
    ]) {
      const page = await read(sandbox, `/api/${path}?order=2`);
      expect(page.count).toBe(2);
      expect((page.results as JsonObject[]).map(({ pk }) => pk)).toEqual(order?.orderitem_set.map(({ id }) => id));
    }
    const expanded = await read(sandbox, '/api/v1/order_item/detailed_integration/?order=2');
    expect((expanded.results as JsonObject[])[0]).toMatchObject({
      product: { sku: '1185185001' },
      price_list: { pk: 1 },
      status_display: 'delivered',
    });
  });

  it('answers 404 for an unknown line and 400 for a list without an order', async () => {
    for (const id of [0, 11, 10_019, 99_999_999]) {
      expect((await ask(sandbox, `/api/v1/order_items/${id}/`)).status, `line ${id}`).toBe(404);
    }
    const response = await ask(sandbox, '/api/v1/order_items/');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ order: ['This field is required.'], code: 'invalid' });
  });
});

describe('the door', () => {
  it.each([
    [{}, 'not_authenticated'],
    [{ Authorization: 'Token wrong' }, 'authentication_failed'],
    [{ Authorization: 'Bearer demo-token-7' }, 'authentication_failed'],
  ])('refuses %j with 401', async (headers, code) => {
    const response = await fetch(`${sandbox.baseUrl}/api/i1/orders/`, { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ detail: expect.any(String), code });
  });

  it('answers 404 for an unknown address and 405 for a known one with another method', async () => {
    expect((await ask(sandbox, '/api/v2/orders/')).status).toBe(404);
    expect((await ask(sandbox, '/api/v1/order_items/10011')).status).toBe(404);
    const response = await ask(sandbox, '/api/v1/orders/1001/', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('PATCH');
    expect(await response.json()).toEqual({ detail: 'Method "DELETE" not allowed.' });
  });

  it('counts requests by method and address', async () => {
    const own = await startSmallSandbox();
    await read(own, '/api/i1/orders/?limit=1');
    await read(own, '/api/i1/orders/?limit=1&page=2');
    await ask(own, '/api/i1/orders/nothing/');
    await ask(own, '/elsewhere');
    expect(own.counters.requests).toEqual({
      'GET /api/i1/orders/': 2,
      'GET /api/i1/orders/{number}/': 1,
      'GET (unknown)': 1,
    });
    await own.close();
  });
});
