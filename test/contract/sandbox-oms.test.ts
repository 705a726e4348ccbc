import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Oms } from '../../src/main/sandbox/oms.ts';
import { listOmsPlanted, OMS_DIFFERENCES, type OmsDifference } from '../../src/main/sandbox/oms-planting.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { JsonObject, WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { readSample } from '../support/samples.ts';
import { ask, startSmallSandbox } from '../support/sandbox.ts';

interface OmsLine extends JsonObject {
  omnitron_id: number;
  price: string;
  state: { enum_value: string };
}
interface OmsOrder extends JsonObject {
  id: number;
  omnitron_id: number;
  number: string;
  state: { enum_value: string };
  orderitem_set: OmsLine[];
}

const ORDERS = 320;
const SECRET = 'CANARY-SECRET-oms-';
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSmallSandbox({ orders: ORDERS, oms: {}, now: () => Date.UTC(2026, 6, 1) });
});
afterAll(() => sandbox.close());

function omsOf(from: Sandbox): Oms {
  if (from.oms === null) throw new Error('OMS is not served');
  return from.oms;
}

function askOms(from: Sandbox, path: string, token = omsOf(from).token): Promise<Response> {
  return fetch(`${omsOf(from).baseUrl}${path}`, { headers: { Authorization: `Token ${token}` } });
}

async function walk<T>(from: Sandbox, path: string): Promise<T[]> {
  const rows: T[] = [];
  for (let page = 1; ; page++) {
    const response = await askOms(from, `${path}?limit=30&page=${page}`);
    const body = (await response.json()) as { count: number; next: string | null; results: T[] };
    rows.push(...body.results);
    if (body.next !== null) continue;
    expect(body.count).toBe(rows.length);
    return rows;
  }
}

const ordersIn = (from: Sandbox) => walk<OmsOrder>(from, '/api/v1/oms/orders/');
const invoicesIn = (from: Sandbox) => walk<JsonObject>(from, '/api/v1/oms/invoices/');
const pricesOf = (lines: readonly { price: string }[]) => lines.map(({ price }) => price);

/** How OMS differs from an order, worked out afresh from both answers. */
function compare(order: WireOrder, oms: OmsOrder | undefined, invoices: readonly JsonObject[]): OmsDifference[] {
  if (oms === undefined) return ['missing'];
  const found: OmsDifference[] = [];
  if (oms.state.enum_value !== order.status) found.push('state');
  if (oms.orderitem_set.length !== order.orderitem_set.length) found.push('line-count');
  else if (pricesOf(oms.orderitem_set).join() !== pricesOf(order.orderitem_set).join()) found.push('line-price');
  const sales = invoices.filter((invoice) => invoice.order === oms.id && invoice.invoice_type === 'purchased');
  const known = [order, ...order.orderitem_set].map((one) => one.invoice_number as unknown);
  if (sales.some(({ number }) => !known.includes(number))) found.push('invoice');
  return found;
}

async function differences(from: Sandbox) {
  const rows = await ordersIn(from);
  const invoices = await invoicesIn(from);
  const byOrder = new Map(rows.slice(2).map((row) => [row.omnitron_id, row]));
  return from.ids().flatMap((orderId) => {
    const found = compare(from.order(orderId) as WireOrder, byOrder.get(orderId), invoices);
    return found.map((difference) => ({ difference, orderId }));
  });
}

describe('OMS orders', () => {
  it('begin with the documented ones, their credentials replaced by planted fakes', async () => {
    const documented = (readSample('oms-orders.json') as { results: OmsOrder[] }).results;
    const response = await askOms(sandbox, '/api/v1/oms/orders/?limit=2');
    const { results } = (await response.json()) as { results: OmsOrder[] };
    const without = ({ channel: _channel, ...rest }: OmsOrder) => rest;
    expect(results.map(without)).toEqual(documented.map(without));
    expect(JSON.stringify(results)).not.toContain('REDACTED');
  });

  it('lead back to their order and carry its values, every key of the documented order and no amount', async () => {
    const [documented, , ...rows] = await ordersIn(sandbox);
    for (const row of rows) {
      const order = sandbox.order(row.omnitron_id);
      expect(row).toMatchObject({ number: order?.number, date_placed: order?.date_placed });
      expect(row.id).not.toBe(row.omnitron_id);
      expect(Object.keys(row).sort()).toEqual(Object.keys(documented ?? {}).sort());
      const { configuration } = row.channel as { configuration: JsonObject };
      for (const key of ['username', 'password', 'auth_token']) expect(configuration[key]).toContain(SECRET);
    }
    const plain = rows.find(({ omnitron_id }) => omnitron_id === 27);
    expect(plain?.orderitem_set).toMatchObject([
      { omnitron_id: 113, price: '7.90', net_amount: '7.90', discount_amount: '0.00', price_currency: 'try' },
    ]);
    expect(Object.keys(plain?.orderitem_set[0] ?? {}).sort()).toEqual(
      Object.keys(documented?.orderitem_set[0] ?? {}).sort(),
    );
  });

  it('differ from the orders as listed, no more and no less', async () => {
    const planted = sandbox.omsPlanted();
    expect(new Set(planted.map(({ difference }) => difference))).toEqual(new Set(OMS_DIFFERENCES));
    expect(await differences(sandbox)).toEqual(planted);
  });

  it.each([1, 2, 3])('differ as listed also for seed %i', async (seed) => {
    const own = await startSmallSandbox({ orders: 130, seed, oms: {} });
    expect(await differences(own)).toEqual(own.omsPlanted());
    await own.close();
  });

  it('never stand for an order whose id a documented one takes', () => {
    const ids = listOmsPlanted(7, 70_000).filter(({ difference }) => difference === 'missing');
    expect(ids.map(({ orderId }) => orderId)).toEqual(expect.arrayContaining([63_460, 63_461]));
    expect(listOmsPlanted(7, 0)).toEqual([]);
  });

  it('follow edits, insertions and removals', async () => {
    const own = await startSmallSandbox({ oms: {} });
    const [added] = own.insert();
    own.remove(1_002);
    const untouched =
      own.ids().find((id) => id > 1_010 && own.omsPlanted().every(({ orderId }) => orderId !== id)) ?? 0;
    own.edit(untouched, { fields: { status: '545' } });
    const rows = await ordersIn(own);
    const found = (id: number | undefined) => rows.find(({ omnitron_id }) => omnitron_id === id);
    expect(found(added)?.number).toBe(own.order(added ?? 0)?.number);
    expect(found(1_002)).toBeUndefined();
    expect(found(untouched)?.state).toMatchObject({ enum_value: '545', name: 'Review waiting', content_type: 2 });
    await own.close();
  });
});

describe('OMS invoices', () => {
  it('are there for every order with an invoice that OMS knows', async () => {
    const all = await invoicesIn(sandbox);
    const invoices = all.filter(({ invoice_type }) => invoice_type === 'purchased');
    const byOms = new Map((await ordersIn(sandbox)).map((row) => [row.id, row.omnitron_id]));
    const planted = new Map(sandbox.omsPlanted().map(({ orderId, difference }) => [orderId, difference]));
    const expected = sandbox.ids().flatMap((id) => {
      if (planted.get(id) === 'invoice') return [[id, expect.stringMatching(/^OMS2026/)]];
      const order = sandbox.order(id) as WireOrder;
      const number = [order, ...order.orderitem_set].map((one) => one.invoice_number).find(Boolean);
      return number && planted.get(id) !== 'missing' ? [[id, number]] : [];
    });
    expect(expected.length).toBeGreaterThan(100);
    expect(invoices.map(({ order, number }) => [byOms.get(Number(order)), number])).toEqual(expected);
    expect(invoices[0]).toMatchObject({ invoice_type: 'purchased', status: 'waiting' });
  });

  it('are taken back where anything came back, but for what is planted', async () => {
    const all = await invoicesIn(sandbox);
    const byOms = new Map((await ordersIn(sandbox)).map((row) => [row.id, row.omnitron_id]));
    const ordersWith = (type: string) =>
      all.flatMap((row) => (row.invoice_type === type ? [byOms.get(Number(row.order)) ?? 0] : []));
    const unreturned = sandbox.planted().filter(({ check }) => check === 'invoice.refund-without-return-invoice');
    const expected = ordersWith('purchased').filter((id) => {
      const order = sandbox.order(id) as WireOrder;
      const back = order.orderitem_set.some((line) => line.status === '600' || line.cancel_status === 'completed');
      return (back || Number(order.refund_amount) > 0) && unreturned.every(({ orderId }) => orderId !== id);
    });
    expect(expected.length).toBeGreaterThan(10);
    expect(ordersWith('returned')).toEqual(expected);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
});

describe('the door of OMS', () => {
  it('takes its own token and not the one of Omnitron, nor the other way round', async () => {
    const path = '/api/v1/oms/orders/?limit=1';
    const oms = omsOf(sandbox);
    expect(oms.baseUrl).not.toBe(sandbox.baseUrl);
    expect((await askOms(sandbox, path)).status).toBe(200);
    expect((await askOms(sandbox, path, sandbox.token)).status).toBe(401);
    const crossed = await ask(sandbox, '/api/i1/orders/', { headers: { Authorization: `Token ${oms.token}` } });
    expect(crossed.status).toBe(401);
    expect((await ask(sandbox, path)).status).toBe(404);
    expect((await askOms(sandbox, '/api/i1/orders/')).status).toBe(404);
  });

  it('counts and fails on its own', async () => {
    const own = await startSmallSandbox({ oms: { token: 'abc' } });
    own.setOmsFaults([{ match: { nth: 1 }, action: { kind: 'status', code: 503 } }]);
    expect((await askOms(own, '/api/v1/oms/orders/', 'abc')).status).toBe(503);
    expect((await askOms(own, '/api/v1/oms/orders/')).status).toBe(200);
    expect(own.omsCounts().requests).toEqual({ 'GET /api/v1/oms/orders/': 2 });
    expect(own.counters.requests).toEqual({});
    await own.close();
    await expect(askOms(own, '/api/v1/oms/orders/')).rejects.toThrow();
  });

  it('is not there unless asked for', async () => {
    const own = await startSmallSandbox();
    expect(own.oms).toBeNull();
    expect(own.omsCounts()).toEqual({ requests: {}, writes: {} });
    expect(() => own.setOmsFaults([])).toThrow('start the sandbox with the option oms');
    await own.close();
  });

  it('does not stay behind when the port of the sandbox is taken', async () => {
    const port = Number(new URL(sandbox.baseUrl).port);
    const omsPort = Number(new URL(omsOf(sandbox).baseUrl).port);
    await expect(startSmallSandbox({ port, oms: {} })).rejects.toThrow('EADDRINUSE');
    await expect(startSmallSandbox({ oms: { port: omsPort } })).rejects.toThrow('EADDRINUSE');
  });
});
