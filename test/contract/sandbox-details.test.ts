import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { microsOf } from '../../src/main/sandbox/calendar.ts';
import { TRANSACTION_SETS } from '../../src/main/sandbox/payment-options.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { JsonObject, WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { ask, read, startSmallSandbox } from '../support/sandbox.ts';

const ORDERS = 400;
const SECRET = 'CANARY-SECRET-';
let sandbox: Sandbox;
let orders: WireOrder[];
/** Orders whose payments are planted to differ from what they say. */
let planted: ReadonlySet<number>;
let details: JsonObject[];

beforeAll(async () => {
  sandbox = await startSmallSandbox({ orders: ORDERS, now: () => Date.UTC(2026, 6, 1) });
  orders = sandbox.ids().map((id) => sandbox.order(id) as WireOrder);
  details = [];
  planted = plantedInPayments(sandbox);
  for (const { id } of orders) details.push(await read(sandbox, detailPath(id)));
});
afterAll(() => sandbox.close());

const detailPath = (id: number) => `/api/v1/orders_integration/${id}/detailed_integration/`;

/** Thousandths, so that all of the sandbox's currencies add up exactly. */
function thousandths(text: unknown): bigint {
  const [whole = '0', fraction = ''] = String(text).split('.');
  return BigInt(whole) * 1000n + BigInt(fraction.padEnd(3, '0'));
}

function sum(texts: readonly unknown[]): bigint {
  return texts.reduce<bigint>((total, text) => total + thousandths(text), 0n);
}

function plantedInPayments(store: Sandbox): ReadonlySet<number> {
  const found = store.planted().filter(({ needs }) => needs === 'payments');
  return new Set(found.map(({ orderId }) => orderId));
}

const orderIn = (plan: JsonObject | undefined) => (plan?.order ?? {}) as JsonObject;
const transactionsOf = (detail: JsonObject) => TRANSACTION_SETS.flatMap((set) => detail[set] as JsonObject[]);

async function all(path: string, query = ''): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let page = 1; ; page++) {
    const body = await read(sandbox, `${path}?limit=50&page=${page}${query}`);
    rows.push(...(body.results as JsonObject[]));
    if (body.next === null) return rows;
  }
}

describe('the transactions of an order', () => {
  it('that succeeded make up amount and refund over all sets together', () => {
    for (const [place, order] of orders.entries()) {
      if (planted.has(order.id)) continue;
      const done = transactionsOf(details[place] ?? {}).filter(({ is_succeeded }) => is_succeeded === true);
      const of = (type: string) => sum(done.filter((one) => one.transaction_type === type).map(({ amount }) => amount));
      expect(of('purchase'), `order ${order.id}`).toBe(thousandths(order.amount));
      expect(of('refund'), `order ${order.id}`).toBe(thousandths(order.refund_amount));
    }
  });

  it('stand in every set, failed ones too, with several refunds and a pre-authorisation here and there', () => {
    for (const set of TRANSACTION_SETS) {
      const found = details.flatMap((detail) => detail[set] as JsonObject[]);
      for (const succeeded of [true, false]) {
        expect(
          found.some(({ is_succeeded }) => is_succeeded === succeeded),
          `${set} ${succeeded}`,
        ).toBe(true);
      }
    }
    const found = details.flatMap(transactionsOf);
    expect(found.some((one) => one.transaction_type === 'refund' && one.is_succeeded === false)).toBe(true);
    expect(found.some((one) => one.transaction_type === 'pre_purchase')).toBe(true);
    const card = details.map((detail) => detail.transaction_set as JsonObject[]);
    const refunds = (list: JsonObject[]) =>
      list.filter((one) => one.transaction_type === 'refund' && one.is_succeeded === true);
    expect(card.some((list) => refunds(list).length === 2)).toBe(true);
    expect(new Set(found.map(({ pk }) => pk)).size).toBe(found.length);
  });

  it('carry a planted secret each', () => {
    for (const detail of details) {
      for (const set of TRANSACTION_SETS) {
        for (const one of detail[set] as JsonObject[]) expect(JSON.stringify(one), set).toContain(SECRET);
      }
    }
  });

  it('follow the order when it is edited', async () => {
    const own = await startSmallSandbox();
    own.edit(1_001, { fields: { amount: '12.34', refund_amount: '1.00' } });
    const done = transactionsOf(await read(own, detailPath(1_001))).filter((one) => one.is_succeeded === true);
    expect(done.map(({ transaction_type, amount }) => [transaction_type, amount])).toEqual([
      ['purchase', '12.34'],
      ['refund', '1.00'],
    ]);
    await own.close();
  });
});

describe('discount items', () => {
  it('are what the order and its lines say', async () => {
    const differ = sandbox.planted().filter(({ check }) => check === 'amount.discount');
    const discountsDiffer = new Set(differ.map(({ orderId }) => orderId));
    let found = 0;
    for (const order of orders) {
      const items = (await read(sandbox, `/api/v1/discount_items/detailed_integration/?order=${order.id}`))
        .results as JsonObject[];
      found += items.length;
      if (discountsDiffer.has(order.id)) continue;
      expect(sum(items.map(({ amount }) => amount)), `order ${order.id}`).toBe(thousandths(order.discount_amount));
      expect(items.every((item) => item.order === order.id)).toBe(true);
    }
    expect(found).toBeGreaterThan(100);
  });

  it('can be read one by one, under both prefixes, and need an order for a list', async () => {
    const order = orders.find(({ id, discount_amount }) => id > 1_000 && /[1-9]/.test(discount_amount));
    const path = (prefix: string) => `/api/${prefix}/discount_items/detailed_integration/`;
    const [item] = (await read(sandbox, `${path('i1')}?order=${order?.id}`)).results as JsonObject[];
    expect(await read(sandbox, `/api/v1/discount_items/${item?.pk}/detailed_integration`)).toEqual(item);
    expect((await ask(sandbox, '/api/v1/discount_items/1/detailed_integration')).status).toBe(404);
    expect((await ask(sandbox, path('v1'))).status).toBe(400);
    expect(await read(sandbox, `${path('v1')}?order=5`)).toMatchObject({ count: 0, results: [] });
  });
});

describe('cancellation plans', () => {
  const PLANS = '/api/v1/cancellation_plans/';
  const isConcerned = (order: WireOrder) =>
    /[1-9]/.test(order.refund_amount) ||
    order.orderitem_set.some((line) => line.cancel_status !== null || ['100', '600'].includes(line.status));

  it('are there for every order that is cancelled or taken back in part', async () => {
    const plans = await all(PLANS);
    const numbers = plans.map(({ order }) => (order as JsonObject).pk);
    const isPlain = (id: unknown) => !planted.has(Number(id));
    expect(numbers.filter(isPlain)).toEqual(orders.filter(isConcerned).flatMap(({ id }) => (isPlain(id) ? id : [])));
    // One without a plan and one with two of them.
    const counts = [...planted].map((id) => numbers.filter((each) => each === id).length);
    expect(new Set(counts)).toEqual(new Set([0, 1, 2]));
    expect(new Set(plans.map(({ plan_type }) => plan_type))).toEqual(new Set(['cancel', 'refund']));
    for (const plan of plans) {
      expect(String(plan.created_date) <= String(plan.modified_date)).toBe(true);
      expect(plan.iban).toContain(SECRET);
      const place = orders.findIndex(({ id }) => id === (plan.order as JsonObject).pk);
      const nested = details[place]?.cancellationplan_set;
      expect(nested).toContainEqual(expect.objectContaining({ pk: plan.pk, status: plan.status }));
    }
  });

  it('can be filtered by dates, type, status and order', async () => {
    const plans = await all(PLANS);
    const edge = String(plans[7]?.modified_date);
    const micros = (plan: JsonObject, field: string) => microsOf(String(plan[field])) ?? 0;
    const cases: [string, (plan: JsonObject) => boolean][] = [
      [`&modified_date__gte=${edge}`, (plan) => micros(plan, 'modified_date') >= (microsOf(edge) ?? 0)],
      [`&modified_date__gt=${edge}`, (plan) => micros(plan, 'modified_date') > (microsOf(edge) ?? 0)],
      [`&modified_date__lt=${edge}`, (plan) => micros(plan, 'modified_date') < (microsOf(edge) ?? 0)],
      [
        '&created_date__gte=2026-01-01T00:00:00Z&created_date__lte=2026-02-01T00:00:00Z',
        (plan) => String(plan.created_date) >= '2026-01-01' && String(plan.created_date) < '2026-02-01',
      ],
      ['&plan_type=refund&status=completed', (plan) => plan.plan_type === 'refund' && plan.status === 'completed'],
      [`&order_id=${orderIn(plans[3]).pk}`, (plan) => plan === plans[3]],
      [`&order_number=${orderIn(plans[4]).number}`, (plan) => plan === plans[4]],
    ];
    for (const [query, passes] of cases) {
      const expected = plans.filter(passes);
      expect(expected.length, query).toBeGreaterThan(0);
      expect(await all(PLANS, query), query).toEqual(expected);
    }
    expect((await ask(sandbox, `${PLANS}?modified_date__gte=soon`)).status).toBe(400);
    expect(await read(sandbox, `${PLANS}${plans[0]?.pk}/`)).toEqual(plans[0]);
    expect((await ask(sandbox, `${PLANS}1/`)).status).toBe(404);
    const statuses = (await (await ask(sandbox, `${PLANS}cancellation_plan_statuses/`)).json()) as JsonObject[];
    const known = statuses.map(({ value }) => value);
    for (const { status } of plans) expect(known).toContain(status);
  });

  it('appear and change with their order', async () => {
    const own = await startSmallSandbox({ now: () => Date.UTC(2026, 6, 1) });
    const since = `${PLANS}?modified_date__gte=2026-06-30T12:00:00Z`;
    const modified = async () =>
      ((await read(own, since)).results as { order: JsonObject; status: string }[]).map((one) => [
        one.order.pk,
        one.status,
      ]);
    const before = await modified();
    const clean = own.ids().find((id) => id > 1_000 && !isConcerned(own.order(id) as WireOrder)) ?? 0;
    const line = own.order(clean)?.orderitem_set[0]?.id ?? 0;
    own.edit(clean, { lines: { [line]: { cancel_status: 'waiting' } } });
    expect(await modified()).toEqual([...before, [clean, 'waiting']].sort((a, b) => Number(a[0]) - Number(b[0])));
    own.edit(clean, { lines: { [line]: { cancel_status: null } } });
    expect(await modified()).toEqual(before);
    await own.close();
  });
});
