import { describe, expect, test } from 'vitest';
import type { OmsList } from '../../src/main/omnitron/oms-client.ts';
import { NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { wireOrder } from '../support/wire-orders.ts';

/** An OMS order as it is served, of the order that `wireOrder(id)` makes. */
function omsOrder(id: number, given: Record<string, unknown> = {}): object {
  const line = {
    id: id * 10 + 5,
    omnitron_id: id * 10,
    state: { enum_value: '550' },
    product: { sku: `SKU-${id * 10}` },
    price: '100.00',
    price_currency: 'try',
    net_amount: '100.00',
    retail_price: null,
    discount_amount: '0.00',
    tax_rate: '20.00',
  };
  return {
    id: 900 + id,
    omnitron_id: id,
    number: `N${id}`,
    state: { enum_value: '550' },
    orderitem_set: [line],
    ...given,
  };
}

const invoiceOf = (id: number, order: number): object => ({ id, order, number: `I${id}`, status: 'waiting' });

type Engine = ReturnType<typeof startEngine>;

/** One pass over a list that comes in a single page. */
function pass(
  { writer }: Engine,
  rows: readonly unknown[],
  { list = 'orders', complete = true, nowMs = NOW_MS }: { list?: OmsList; complete?: boolean; nowMs?: number } = {},
) {
  const { passId } = writer.omsBegin({ list, nowMs });
  const body = new TextEncoder().encode(JSON.stringify({ count: rows.length, next: null, results: rows }));
  const outcome = writer.omsPage({ list, passId, sincePass: passId, page: 1, body, nowMs });
  return { outcome, finished: writer.omsFinish({ list, passId, complete, nowMs }) };
}

function engineWith(orders: readonly object[]): Engine {
  const engine = startEngine();
  storeOrders(engine.writer, orders);
  return engine;
}

const found = ({ reader }: Engine, id: number) => reader().omsOfOrder({ id });

describe('an order finds the one of OMS', () => {
  const one = [wireOrder(1)];

  test.each([
    ['by id and number', [omsOrder(1)], 901],
    ['not by the id alone', [omsOrder(1, { number: 'N7' })], null],
    ['not by the number alone where OMS names another id', [omsOrder(1, { omnitron_id: 7 })], null],
    ['by the number where OMS names no id', [omsOrder(1, { omnitron_id: null })], 901],
    [
      'not by a number that is there twice',
      [omsOrder(1, { omnitron_id: null }), omsOrder(1, { omnitron_id: null, id: 5 })],
      null,
    ],
    [
      'not by a number that another order of OMS names an id with',
      [omsOrder(1, { omnitron_id: null }), omsOrder(1, { omnitron_id: 7, id: 5 })],
      null,
    ],
    [
      'by id before one without, the newest of several',
      [omsOrder(1, { omnitron_id: null, id: 5 }), omsOrder(1), omsOrder(1, { id: 902 })],
      902,
    ],
  ])('%s', (_name, rows, expected) => {
    const engine = engineWith(one);
    pass(engine, rows);
    expect(found(engine, 1).order?.id ?? null).toBe(expected);
  });

  test('not by a number that two channels share', () => {
    const engine = engineWith([wireOrder(1), wireOrder(2, { number: 'N1' })]);
    pass(engine, [omsOrder(1, { omnitron_id: null })]);
    expect(found(engine, 1).order).toBeNull();
  });

  test('only if it is held itself', () => {
    const engine = engineWith(one);
    pass(engine, [omsOrder(3)]);
    expect(() => found(engine, 3)).toThrow(expect.objectContaining({ code: 'ORDER_UNKNOWN' }));
  });
});

describe('a pass over OMS', () => {
  test('that is not complete proves nothing about what it did not meet', () => {
    const engine = engineWith([wireOrder(1)]);
    pass(engine, [omsOrder(1)]);
    const second = pass(engine, [omsOrder(2)], { complete: false, nowMs: NOW_MS + 1 });
    expect(second.finished).toMatchObject({ orders: 2, notSeen: 0 });
    expect(found(engine, 1)).toMatchObject({ order: { vanishedAt: null }, readAt: new Date(NOW_MS).toISOString() });
  });

  test('that does not meet an order marks it; one that meets it again takes the mark away', () => {
    const engine = engineWith([wireOrder(1)]);
    pass(engine, [omsOrder(1), omsOrder(2)]);
    pass(engine, [omsOrder(2)], { nowMs: NOW_MS + 1 });
    expect(found(engine, 1).order?.vanishedAt).toBe(new Date(NOW_MS + 1).toISOString());
    expect(pass(engine, [omsOrder(1), omsOrder(2)]).outcome).toMatchObject({ unchanged: 2 });
    expect(found(engine, 1).order?.vanishedAt).toBeNull();
  });

  test('that misses suspiciously many marks none; a second one that says the same is believed', () => {
    const engine = engineWith([wireOrder(1)]);
    const many = Array.from({ length: 150 }, (_, index) => omsOrder(index + 1));
    pass(engine, many);
    expect(pass(engine, []).finished.inQuestion).toBe(150);
    expect(found(engine, 1).order?.vanishedAt).toBeNull();
    expect(pass(engine, []).finished.inQuestion).toBe(0);
    expect(found(engine, 1).order?.vanishedAt).not.toBeNull();
    pass(engine, many);
    expect(pass(engine, []).finished.inQuestion).toBe(150);
  });

  test('with a row that has no id marks none as vanished', () => {
    const engine = engineWith([wireOrder(1)]);
    pass(engine, [omsOrder(1)]);
    expect(pass(engine, [{ nothing: 1 }]).outcome).toMatchObject({ quarantined: 1, ids: null });
    expect(found(engine, 1).order?.vanishedAt).toBeNull();
  });

  test('keeps the last good reading of an order whose row is not as documented', () => {
    const engine = engineWith([wireOrder(1)]);
    pass(engine, [omsOrder(1)]);
    const bad = omsOrder(1, { state: null });
    expect(pass(engine, [bad]).outcome).toMatchObject({ quarantined: 1, unchanged: 0, firstSeen: 1 });
    expect(found(engine, 1).order).toMatchObject({ state: '550', vanishedAt: null });
  });

  test('counts an order once, however often it is met, unless it has changed', () => {
    const engine = engineWith([]);
    const { passId: sincePass } = engine.writer.omsBegin({ list: 'orders', nowMs: NOW_MS });
    const page = (rows: object[], passId: number) => {
      const body = new TextEncoder().encode(JSON.stringify({ count: 2, next: null, results: rows }));
      return engine.writer.omsPage({ list: 'orders', passId, sincePass, page: 1, body, nowMs: NOW_MS });
    };
    expect(page([omsOrder(1)], sincePass)).toMatchObject({ created: 1, firstSeen: 1, newToRun: 1 });
    const { passId } = engine.writer.omsBegin({ list: 'orders', nowMs: NOW_MS });
    expect(passId).toBeGreaterThan(sincePass);
    const again = page([omsOrder(1), omsOrder(2)], passId);
    expect(again).toMatchObject({ created: 1, unchanged: 0, updated: 0, firstSeen: 2, newToRun: 1 });
    expect(page([omsOrder(1, { state: { enum_value: '600' } })], passId)).toMatchObject({ updated: 1, firstSeen: 0 });
  });

  test('reads invoices on their own; those that vanished are not shown, forgetting takes everything', () => {
    const engine = engineWith([wireOrder(1)]);
    pass(engine, [omsOrder(1)]);
    pass(engine, [invoiceOf(1, 901), invoiceOf(2, 901), invoiceOf(3, 7)], { list: 'invoices' });
    expect(found(engine, 1).order?.invoices.map(({ number }) => number)).toEqual(['I1', 'I2']);
    pass(engine, [invoiceOf(2, 901)], { list: 'invoices' });
    expect(found(engine, 1).order?.invoices).toEqual([{ id: 2, number: 'I2', type: null, status: 'waiting' }]);
    engine.writer.omsForget();
    expect(found(engine, 1)).toEqual({ order: null, readAt: null });
  });
});
