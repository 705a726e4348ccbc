import { describe, expect, test } from 'vitest';
import type { OmsList } from '../../src/main/omnitron/oms-client.ts';
import { CHECKING, NOW_MS, storeOrders } from '../support/engine.ts';
import { checkedStore, findingsOfCheck, skippedOf, subjectsOf } from '../support/found-by.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

type Store = ReturnType<typeof checkedStore>;
const OMS_CHECKS = ['oms.missing', 'oms.state', 'oms.line-price', 'oms.line-count', 'oms.invoice'];
const RETURNS = 'invoice.refund-without-return-invoice';

/** A line of OMS as it is served, of the line with this id. */
const omsLine = (id: number, given: Record<string, unknown> = {}): object => ({
  id: id + 500_000,
  omnitron_id: id,
  state: { enum_value: '550' },
  product: { sku: `SKU-${id}` },
  price: '100.00',
  price_currency: 'try',
  net_amount: '100.00',
  retail_price: null,
  discount_amount: '0.00',
  tax_rate: '20.00',
  ...given,
});

/** The OMS order of the order that `wireOrder(id)` makes. */
const omsOrder = (id: number, given: Record<string, unknown> = {}): object => ({
  id: 900 + id,
  omnitron_id: id,
  number: `N${id}`,
  state: { enum_value: '550' },
  orderitem_set: [omsLine(id * 10)],
  ...given,
});

const omsInvoice = (id: number, given: Record<string, unknown> = {}): object => ({
  id,
  order: 900 + id,
  number: `ABC2026${String(id).padStart(9, '0')}`,
  invoice_type: 'purchased',
  status: 'waiting',
  ...given,
});

/** One pass over a list that comes in a single page. */
function pass(
  { writer }: Store,
  list: OmsList,
  rows: readonly unknown[],
  { nowMs = NOW_MS, complete = true } = {},
): void {
  const { passId } = writer.omsBegin({ list, nowMs });
  const body = new TextEncoder().encode(JSON.stringify({ count: rows.length, next: null, results: rows }));
  writer.omsPage({ list, passId, sincePass: passId, page: 1, body, nowMs });
  writer.omsFinish({ list, passId, complete, nowMs });
}

/** A checked store beside this OMS, and what the checks find once it has been read. */
function beside(orders: readonly unknown[], omsOrders: readonly unknown[], invoices: readonly unknown[] = []): Store {
  const store = checkedStore(orders);
  pass(store, 'orders', omsOrders);
  pass(store, 'invoices', invoices);
  store.writer.runChecks({ ...CHECKING, all: false });
  return store;
}

describe('without OMS', () => {
  test('nothing is found and every order counts as not judged', () => {
    const store = checkedStore([wireOrder(1), wireOrder(2, { status: '100', refund_amount: '1.00' })]);
    for (const check of [...OMS_CHECKS, RETURNS]) expect(subjectsOf(store, check), check).toEqual([]);
    expect([...OMS_CHECKS, RETURNS].map((check) => skippedOf(store, check))).toEqual([1, 2, 2, 2, 2, 1]);
  });
  test('that agrees nothing is found', () => {
    const store = beside([wireOrder(1)], [omsOrder(1)], [omsInvoice(1)]);
    for (const check of [...OMS_CHECKS, RETURNS]) {
      expect([subjectsOf(store, check), skippedOf(store, check)], check).toEqual([[], 0]);
    }
  });
});

describe('oms.missing', () => {
  const placed = (ms: number) => ({ date_placed: new Date(ms).toISOString() });
  const DAY_MS = 86_400_000;

  test('an order that was to be fulfilled a day before OMS was read', () => {
    const store = beside(
      [
        wireOrder(1, placed(NOW_MS - DAY_MS - 1)),
        wireOrder(2, placed(NOW_MS - DAY_MS)),
        wireOrder(3, { ...placed(NOW_MS - DAY_MS - 1), status: '300' }),
        wireOrder(4, { ...placed(NOW_MS - DAY_MS - 1), status: '400' }),
      ],
      [],
    );
    expect(subjectsOf(store, 'oms.missing')).toEqual([1, 4]);
    expect(skippedOf(store, 'oms.missing')).toBe(1);
  });

  test('opens when OMS loses it, and closes when OMS has it or is forgotten', () => {
    const store = beside([wireOrder(1), wireOrder(2)], [omsOrder(1), omsOrder(2)]);
    const next = (rows: object[]): number[] => {
      pass(store, 'orders', rows, { nowMs: NOW_MS + 1 });
      store.writer.runChecks({ ...CHECKING, all: false });
      return subjectsOf(store, 'oms.missing');
    };
    expect(next([omsOrder(2)])).toEqual([1]);
    expect(next([omsOrder(1), omsOrder(2)])).toEqual([]);
    expect(next([omsOrder(1)])).toEqual([2]);
    store.writer.omsForget();
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.missing')).toEqual([]);
  });

  test('says nothing while a row of OMS could not be read, nor after a reading that is not complete', () => {
    const store = beside([wireOrder(1)], [omsOrder(7, { state: null })]);
    expect([subjectsOf(store, 'oms.missing'), skippedOf(store, 'oms.missing')]).toEqual([[], 1]);
    const other = checkedStore([wireOrder(1)]);
    pass(other, 'orders', [omsOrder(7)], { complete: false });
    other.writer.runChecks({ ...CHECKING });
    expect(subjectsOf(other, 'oms.missing')).toEqual([]);
  });

  test('a row that cannot be read any more but was held is no reason for doubt', () => {
    const store = beside([wireOrder(1), wireOrder(7)], [omsOrder(7)]);
    pass(store, 'orders', [omsOrder(7, { state: null })]);
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.missing')).toEqual([1]);
  });

  test('finds the order that is left alone with a number when another gives it up', () => {
    const named = (id: number, number: string) => wireOrder(id, { number });
    const store = beside([named(1, 'A'), named(2, 'A')], [omsOrder(1, { omnitron_id: null, number: 'A' })]);
    const before = subjectsOf(store, 'oms.missing');
    storeOrders(store.writer, [named(1, 'A'), named(2, 'B')], { nowMs: NOW_MS + 1 });
    store.writer.runChecks({ ...CHECKING, all: false });
    const byTouched = subjectsOf(store, 'oms.missing');
    store.writer.runChecks({ ...CHECKING, all: true });
    expect([before, byTouched]).toEqual([[1, 2], subjectsOf(store, 'oms.missing')]);
    expect(byTouched).toEqual([2]);
  });
});

describe('oms.state', () => {
  const other = omsOrder(1, { state: { enum_value: '500' } });
  test('another state of the order; that of a line is no finding', () => {
    const store = beside(
      [wireOrder(1), wireOrder(2)],
      [other, omsOrder(2, { orderitem_set: [omsLine(20, { state: { enum_value: '425' } })] })],
    );
    const found = findingsOfCheck(store, 'oms.state');
    expect(found.map(({ subject, text }) => [subject, text.en])).toEqual([
      [1, 'The order has status 550, but state 500 in OMS.'],
    ]);
  });

  test('is not judged by an OMS that was read before the order changed, and again once it was read', () => {
    const store = beside([wireOrder(1, { status: '500' })], [other]);
    storeOrders(store.writer, [wireOrder(1)], { nowMs: NOW_MS + 1 });
    store.writer.runChecks(CHECKING);
    expect([subjectsOf(store, 'oms.state'), skippedOf(store, 'oms.state')]).toEqual([[], 1]);
    pass(store, 'orders', [other], { nowMs: NOW_MS + 2 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.state')).toEqual([1]);
  });

  test('an order that OMS no longer has is not compared', () => {
    const store = beside([wireOrder(1)], [other, omsOrder(2)]);
    pass(store, 'orders', [omsOrder(2)], { nowMs: NOW_MS + 1 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.state')).toEqual([]);
  });
});

describe('lines beside OMS', () => {
  const two = (given: Record<string, unknown> = {}) =>
    wireOrder(1, { amount: '207.00', orderitem_set: [wireLine(10), wireLine(11, given)] });
  const found = (order: unknown, lines: readonly object[]) => {
    const store = beside([order], [omsOrder(1, { orderitem_set: lines })]);
    return [findingsOfCheck(store, 'oms.line-price'), findingsOfCheck(store, 'oms.line-count')] as const;
  };

  test('another price: the sums of the lines that differ', () => {
    const [prices, counts] = found(two(), [omsLine(10), omsLine(11, { price: '99.99' })]);
    expect(counts).toEqual([]);
    expect(prices).toMatchObject([{ expected: '99.99', actual: '100.00', difference: '-0.01', severity: 'warning' }]);
    expect(prices[0]?.text.en).toBe('Line 11 has another price in OMS: 99.99 TRY instead of 100.00 TRY.');
  });

  test('another currency is compared without an amount', () => {
    const [prices] = found(two(), [omsLine(10), omsLine(11, { price_currency: 'eur' })]);
    expect(prices).toMatchObject([{ expected: null, actual: null, difference: null }]);
    expect(prices[0]?.text.en).toBe('Line 11 has another price or currency in OMS.');
  });

  test('a line on one side alone', () => {
    const [prices, counts] = found(two(), [omsLine(10)]);
    expect(prices).toEqual([]);
    expect(counts[0]?.text.en).toBe('The order has 2 lines, in OMS 1: only Omnitron has line 11.');
    const [, more] = found(two(), [omsLine(10), omsLine(11), omsLine(12)]);
    expect(more[0]?.text.tr).toBe("Siparişte 2 satır var, OMS'de 3; yalnızca OMS'de olan ürün: SKU-12.");
    const [, both] = found(two(), [omsLine(10), omsLine(12)]);
    expect(both[0]?.text.en).toContain('only Omnitron has line 11; only OMS has article SKU-12.');
    const [, twice] = found(two(), [omsLine(10), omsLine(10, { id: 7 })]);
    expect(twice).toHaveLength(1);
  });

  test('lines that OMS does not name belong together by article, in the order of their ids', () => {
    const same = { product_sku: 'A' };
    const order = wireOrder(1, {
      orderitem_set: [wireLine(10, { ...same, price: '1.00' }), wireLine(11, { ...same, price: '2.00' })],
    });
    const line = (id: number, price: string) => omsLine(10, { id, omnitron_id: null, product: { sku: 'A' }, price });
    expect(found(order, [line(5, '1.00'), line(6, '2.00')])).toEqual([[], []]);
    const [prices, counts] = found(order, [line(6, '1.00'), line(5, '2.00')]);
    expect([prices.length, counts.length]).toEqual([1, 0]);
  });
});

describe('a run over what was touched', () => {
  test('takes in what a reading has read that broke off', () => {
    const store = beside([wireOrder(1)], [omsOrder(1)]);
    storeOrders(store.writer, [wireOrder(1, { status: '500' })], { nowMs: NOW_MS + 1 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.state')).toEqual([]);
    pass(store, 'orders', [omsOrder(1)], { nowMs: NOW_MS + 2, complete: false });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.state')).toEqual([1]);
  });

  test('lets go of the order that an order of OMS was before it got another number', () => {
    const named = (number: string) => [omsOrder(1, { omnitron_id: null, number })];
    const store = beside([wireOrder(1), wireOrder(2)], named('N1'));
    expect(subjectsOf(store, 'oms.missing')).toEqual([2]);
    pass(store, 'orders', named('N2'), { nowMs: NOW_MS + 1 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.missing')).toEqual([1]);
  });
});

describe('oms.invoice', () => {
  test('a number that neither the order nor a line has; returns, empty and vanished ones do not count', () => {
    const lineInvoice = { invoice_number: null, orderitem_set: [wireLine(20, { invoice_number: 'ABC2026000000002' })] };
    const store = beside(
      [wireOrder(1), wireOrder(2, lineInvoice), wireOrder(3), wireOrder(4)],
      [1, 2, 3, 4].map((id) => omsOrder(id)),
      [
        omsInvoice(1, { number: 'XYZ2026000000001' }),
        omsInvoice(2),
        omsInvoice(3, { number: 'RET1', invoice_type: 'returned' }),
        omsInvoice(4, { number: '' }),
      ],
    );
    expect(findingsOfCheck(store, 'oms.invoice').map(({ subject, text }) => [subject, text.en])).toEqual([
      [1, 'OMS has invoice XYZ2026000000001 for the order, which Omnitron does not have on it.'],
    ]);
    pass(store, 'invoices', [omsInvoice(2)], { nowMs: NOW_MS + 1 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.invoice')).toEqual([]);
  });

  test('is not judged by invoices that were read before the order changed, though its order in OMS was read since', () => {
    const store = beside([wireOrder(1)], [omsOrder(1)], [omsInvoice(1)]);
    const other = { invoice_number: 'ABC2026000000009' };
    const order = wireOrder(1, { ...other, orderitem_set: [wireLine(10, other)] });
    storeOrders(store.writer, [order], { nowMs: NOW_MS + 1 });
    pass(store, 'orders', [omsOrder(1)], { nowMs: NOW_MS + 2 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect([subjectsOf(store, 'oms.invoice'), skippedOf(store, 'oms.invoice')]).toEqual([[], 1]);
    pass(store, 'invoices', [omsInvoice(1, { number: {} })], { nowMs: NOW_MS + 3 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect(subjectsOf(store, 'oms.invoice')).toEqual([]);
    pass(store, 'invoices', [omsInvoice(1)], { nowMs: NOW_MS + 4 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect([subjectsOf(store, 'oms.invoice'), skippedOf(store, 'oms.invoice')]).toEqual([[1], 0]);
  });
});

describe('invoice.refund-without-return-invoice', () => {
  const refunded = { refund_amount: '1.00' };
  const judged = (given: Record<string, unknown>, invoices: readonly object[]) => {
    const store = beside(
      [wireOrder(1, given)],
      [omsOrder(1, { state: { enum_value: String(given.status ?? '550') } })],
      invoices,
    );
    return [subjectsOf(store, RETURNS).length, skippedOf(store, RETURNS)];
  };
  const back = (line: Record<string, unknown>) => ({
    orderitem_set: [wireLine(10, { invoice_number: 'ABC2026000000001', ...line })],
  });

  test.each<[string, Record<string, unknown>, object[], number[]]>([
    ['a refund, and the sale’s invoice alone', refunded, [omsInvoice(1)], [1, 0]],
    ['a refunded line', back({ status: '600' }), [omsInvoice(1)], [1, 0]],
    ['a line whose cancellation is completed', back({ cancel_status: 'completed' }), [omsInvoice(1)], [1, 0]],
    ['a line whose cancellation is under way', back({ cancel_status: 'waiting' }), [omsInvoice(1)], [0, 0]],
    ['no refund', {}, [omsInvoice(1)], [0, 0]],
    ['a return invoice', refunded, [omsInvoice(1), omsInvoice(2, { order: 901, invoice_type: 'RETURN' })], [0, 0]],
    [
      'an order that was never invoiced',
      { ...refunded, invoice_number: null, orderitem_set: [] },
      [omsInvoice(1)],
      [0, 0],
    ],
    ['no invoice in OMS at all', refunded, [], [0, 1]],
    ['invoices of others only', refunded, [omsInvoice(2)], [0, 1]],
  ])('%s', (_what, given, invoices, expected) => {
    expect(judged(given, invoices)).toEqual(expected);
  });

  /** Two refunded orders, of which OMS has the invoices 1 and 2, and what it says of both checks after one more reading. */
  const twoRefunded = (invoices: readonly object[] = []): Store =>
    beside(
      [1, 2].map((id) => wireOrder(id, refunded)),
      [omsOrder(1), omsOrder(2)],
      [omsInvoice(1), omsInvoice(2), ...invoices],
    );
  const judgedAfter = (
    store: Store,
    rows: readonly unknown[],
    options: { nowMs?: number; complete?: boolean } = {},
  ) => {
    pass(store, 'invoices', rows, { nowMs: NOW_MS + 1, ...options });
    store.writer.runChecks({ ...CHECKING, all: false });
    return [subjectsOf(store, RETURNS), skippedOf(store, RETURNS)];
  };
  const sales = [omsInvoice(1), omsInvoice(2)];
  const ofOne = { order: 901, invoice_type: 'returned', number: {} };

  test.each<[string, object, object[], [number[], number]]>([
    ['names its order', omsInvoice(9, ofOne), [], [[2], 1]],
    ['names its order, but has no id', { ...ofOne, status: 'waiting' }, [], [[2], 1]],
    [
      'could be read before',
      omsInvoice(9, { ...ofOne, order: null }),
      [omsInvoice(9, { ...ofOne, invoice_type: null, number: 'X' })],
      [[2], 1],
    ],
    ['does not tell its order', omsInvoice(9, { ...ofOne, order: null }), [], [[], 2]],
    ['is no object', [], [], [[], 2]],
  ])('an invoice that cannot be read and %s', (_what, bad, before, expected) => {
    const store = twoRefunded(before);
    expect(judgedAfter(store, [...sales, bad])).toEqual(expected);
    // Until a reading without it; one that breaks off is none.
    expect(judgedAfter(store, sales, { complete: false })).toEqual(expected);
    expect(judgedAfter(store, sales)).toEqual([[1, 2], 0]);
    const known = judgedAfter(store, [...sales, omsInvoice(8, { ...ofOne, number: 'RET1' }), bad]);
    expect(known).toEqual([expected[0], expected[0].length === 0 ? 1 : 0]);
  });

  test('is not judged by invoices that were not read whole since the order changed', () => {
    const store = beside([wireOrder(1)], [omsOrder(1)], [omsInvoice(1)]);
    storeOrders(store.writer, [wireOrder(1, refunded)], { nowMs: NOW_MS + 1 });
    pass(store, 'orders', [omsOrder(1)], { nowMs: NOW_MS + 2 });
    store.writer.runChecks({ ...CHECKING, all: false });
    expect([subjectsOf(store, RETURNS), skippedOf(store, RETURNS)]).toEqual([[], 1]);
    const one = [omsInvoice(1)];
    expect(judgedAfter(store, one, { nowMs: NOW_MS + 3, complete: false })).toEqual([[], 1]);
    // A reading that began before the change was seen may have passed the place already.
    const { passId } = store.writer.omsBegin({ list: 'invoices', nowMs: NOW_MS });
    store.writer.omsFinish({ list: 'invoices', passId, complete: true, nowMs: NOW_MS + 4 });
    expect(judgedAfter(store, one, { nowMs: NOW_MS + 5, complete: false })).toEqual([[], 1]);
    expect(judgedAfter(store, one, { nowMs: NOW_MS + 6 })).toEqual([[1], 0]);
  });

  test('is not judged by invoices that were read whole before the order was placed', () => {
    const store = beside([wireOrder(2)], [omsOrder(2)], []);
    const placed = { date_placed: new Date(NOW_MS + 1).toISOString() };
    storeOrders(store.writer, [wireOrder(1, { ...refunded, ...placed }), wireOrder(2)], { nowMs: NOW_MS + 2 });
    pass(store, 'orders', [omsOrder(1), omsOrder(2)], { nowMs: NOW_MS + 2 });
    expect(judgedAfter(store, [omsInvoice(1)], { nowMs: NOW_MS + 3, complete: false })).toEqual([[], 1]);
    expect(judgedAfter(store, [omsInvoice(1)], { nowMs: NOW_MS + 4 })).toEqual([[1], 0]);
  });
});
