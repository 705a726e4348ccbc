import { expect, test } from 'vitest';
import { ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

/** Stores the order, runs the checks and explains what `check` finds about it. */
function explained(order: Record<string, unknown>, check = 'amount.total') {
  const { writer, reader } = startEngine();
  expect(storeOrders(writer, [order]).quarantined).toBe(0);
  writer.runChecks({ nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL });
  return reader().explainFinding({ check, subject: Number(order.id) });
}
const line = (id: number, given: Record<string, unknown> = {}) => wireLine(id, { product_sku: `S${id}`, ...given });

test('a discount that the amount already contains is told once, although a line says the same', () => {
  const found = explained(
    wireOrder(1, { discount_amount: '12.34', orderitem_set: [line(10, { discount_amount: '12.34' })] }),
  );
  expect(found?.terms.map(({ code, sign, amount }) => [code, sign, amount])).toEqual([['discount', -1, '12.34']]);
  expect(found?.text).toEqual({ en: '−discount 12.34 = -12.34 TRY', tr: '−indirim 12,34 = -12,34 TRY' });
  expect(found?.runnerUp?.terms.map(({ code }) => code)).not.toEqual(['line-discount']);
});

test('a line that is missing from the amount is named by SKU and id, and a cancelled set as one', () => {
  const lines = [line(11, { price: '50.07' }), line(12, { price: '33.33' }), line(13, { price: '18.18' })];
  const one = explained(wireOrder(1, { orderitem_set: lines, amount: '75.25' }));
  expect(one?.text.en).toBe('line S12 (12) 33.33 = 33.33 TRY');
  const cancelled = lines.map((each, at) => (at === 0 ? each : { ...each, status: '100' }));
  const set = explained(wireOrder(1, { orderitem_set: cancelled, amount: '57.07' }));
  expect(set?.terms).toMatchObject([{ code: 'cancelled-lines', sign: 1, amount: '51.51' }]);
});

test('the runner-up is no best one told once more by all lines', () => {
  const lines = [line(11, { price: '50.07' }), line(12, { price: '33.33' }), line(13, { price: '18.18' })];
  const two = explained(wireOrder(1, { orderitem_set: lines, amount: '25.18' }));
  expect(two?.terms.map(({ label }) => label.en)).toEqual(['line S11 (11)', 'line S12 (12)']);
  const told = two?.runnerUp?.terms.map(({ code }) => code).toSorted();
  expect(told).not.toEqual(['line', 'lines']);
});

test('of hundreds of lines the first are looked at one by one, the others as sums', () => {
  const price = (at: number): string => `${100 + at}.${String(at % 89).padStart(2, '0')}`;
  const lines = Array.from({ length: 700 }, (_, at) => line(1_000 + at, { price: price(at) }));
  const kurus = (some: readonly Record<string, unknown>[]): number =>
    some.reduce((sum, each) => sum + Math.round(Number(each.price) * 100), 0);
  const amount = (sum: number): string => ((sum + 700) / 100).toFixed(2);
  const one = explained(wireOrder(1, { orderitem_set: lines, amount: amount(kurus(lines.toSpliced(7, 1))) }));
  expect(one?.terms).toMatchObject([{ code: 'line', sign: 1, amount: '107.07' }]);
  const cancelled = lines.map((each, at) => (at < 40 ? each : { ...each, status: '100' }));
  const most = explained(wireOrder(1, { orderitem_set: cancelled, amount: amount(kurus(lines.slice(0, 40))) }));
  expect(most?.terms).toMatchObject([{ code: 'cancelled-lines', sign: 1 }]);
  expect(most?.text.en).toContain('660 cancelled lines');
});

test('further units of a merged line', () => {
  const merged = [line(11, { price: '39.99', attributes: { quantity: 4 } })];
  const found = explained(wireOrder(1, { orderitem_set: merged, amount: '166.96' }));
  expect(found?.terms).toMatchObject([{ code: 'units', sign: -1, amount: '119.97' }]);
});

test('nothing is said about a finding that is not there, has no difference or stays unexplained', () => {
  expect(explained(wireOrder(1))).toBeNull();
  const foreign = [line(11, { price_currency: 'eur' })];
  expect(explained(wireOrder(1, { orderitem_set: foreign }), 'amount.currency')).toBeNull();
  expect(explained(wireOrder(1, { amount: '9876.54' }))).toBeNull();
});
