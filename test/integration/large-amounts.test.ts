import { expect, test } from 'vitest';
import { CHECKING, ISTANBUL, orderFilter, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

const EVERYTHING = { from: null, to: null };
const MOST = '1000000000000.00';

function stored(orders: readonly unknown[]) {
  const engine = startEngine();
  const outcome = storeOrders(engine.writer, orders);
  engine.writer.runChecks(CHECKING);
  return { outcome, reader: engine.reader() };
}

const priced = (id: number, ...prices: string[]) =>
  wireOrder(id, { orderitem_set: prices.map((price, index) => wireLine(id * 100 + index, { price })) });

test('an order beyond the limit of an amount is set aside, and the rest of its page is stored', () => {
  const tooMuch = '1000000000000.000001';
  const { outcome, reader } = stored([
    wireOrder(1),
    wireOrder(2, { amount: tooMuch }),
    wireOrder(3, { amount: `-${tooMuch}` }),
    priced(4, MOST, '0.01'),
    priced(5, ...Array.from({ length: 20 }, () => '900000000000.00')),
    wireOrder(6, { amount: MOST }),
  ]);
  expect(outcome).toMatchObject({ rows: 6, created: 2, quarantined: 4 });
  expect(reader.periodTotals({ period: EVERYTHING, timeZone: ISTANBUL }).totals).toEqual({
    try: { orders: 2, amount: '1000000000107.00', refund: '0.00' },
  });
});

test('sums over many of the largest amounts are exact, in totals, selections and differences', () => {
  const most = (id: number) => wireOrder(id, { amount: MOST, refund_amount: `-${MOST}` });
  const { reader } = stored(Array.from({ length: 50 }, (_, index) => most(index + 1)));
  const totals = reader.ordersTotals({
    filter: orderFilter(),
    selection: { mode: 'ids', ids: [1, 2, 3] },
    timeZone: ISTANBUL,
  });
  expect(totals.all).toEqual([
    { currency: 'try', orders: 50, amount: '50000000000000.00', refund: '-50000000000000.00' },
  ]);
  expect(totals.selected).toEqual([
    { currency: 'try', orders: 3, amount: '3000000000000.00', refund: '-3000000000000.00' },
  ]);
  expect(totals.unselected).toEqual([
    { currency: 'try', orders: 47, amount: '47000000000000.00', refund: '-47000000000000.00' },
  ]);
  const summary = reader.findingsSummary({ filter: { period: EVERYTHING, checks: [], text: '' }, timeZone: ISTANBUL });
  // Each order should be 107.00: 50 × (107 − 10^12).
  expect(summary.find(({ check }) => check === 'amount.total')).toMatchObject({
    count: 50,
    differences: [{ currency: 'try', difference: '-49999999994650.00' }],
  });
});

test('the largest components of one order are still compared exactly', () => {
  const { reader } = stored([
    wireOrder(1, {
      orderitem_set: [wireLine(11, { price: MOST })],
      amount: `-${MOST}`,
      shipping_amount: MOST,
      net_shipping_amount: MOST,
      discount_amount: `-${MOST}`,
      installment_interest_amount: MOST,
      shipping_interest_amount: MOST,
    }),
  ]);
  const found = reader.findingsAll({ filter: { period: EVERYTHING, checks: [], text: '' }, timeZone: ISTANBUL });
  expect(found.find(({ check }) => check === 'amount.total')).toMatchObject({
    expected: '5000000000000.00',
    actual: '-1000000000000.00',
    difference: '6000000000000.00',
  });
});
