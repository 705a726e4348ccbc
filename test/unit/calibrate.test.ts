import { describe, expect, test } from 'vitest';
import { percentText } from '../../src/main/reconcile/calibration/calibrate.ts';
import { type Calibration, calibration, FORMULAS, isSameFormula } from '../../src/shared/calibration.ts';
import { type AmountFormula, DEFAULT_RULES } from '../../src/shared/rules.ts';
import { ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

const ALL = { period: { from: null, to: null }, timeZone: ISTANBUL };
const seed = testSeed();

interface Parts {
  price: number;
  quantity: number | null;
  discount: number;
  interest: number;
  shippingInterest: number;
}

/** The amount by a formula, as an opinion of its own: in kuruş, as plain numbers. */
function amountBy(formula: AmountFormula, { price, quantity, discount, interest, shippingInterest }: Parts): number {
  let amount = formula.price === 'unit' ? price * (quantity ?? 1) : price;
  amount += 700;
  if (formula.discount === 'subtracted') amount -= discount;
  if (formula.interest === 'added') amount += interest;
  if (formula.shippingInterest === 'added') amount += shippingInterest;
  return amount;
}

const text = (kurus: number): string => (kurus / 100).toFixed(2);

function orderOf(id: number, parts: Parts, amount: number, given: Record<string, unknown> = {}) {
  const attributes = parts.quantity === null ? {} : { quantity: parts.quantity };
  return wireOrder(id, {
    amount: text(amount),
    discount_amount: text(parts.discount),
    installment_interest_amount: text(parts.interest),
    shipping_interest_amount: text(parts.shippingInterest),
    orderitem_set: [wireLine(id * 10, { price: text(parts.price), attributes })],
    ...given,
  });
}

function calibrated(orders: readonly unknown[]): Calibration {
  const { writer, reader } = startEngine();
  expect(storeOrders(writer, orders).quarantined).toBe(0);
  return calibration.parse(reader().calibrate(ALL));
}

const none = { discount: 0, interest: 0, shippingInterest: 0, quantity: null };

describe(`calibration (seed ${seed})`, () => {
  test('counts for every formula exactly the orders that it explains', () => {
    const random = seededRandom(seed);
    const some = (most: number): number => (random() < 0.5 ? 0 : 1 + Math.floor(random() * most));
    const orders = Array.from({ length: 120 }, () => {
      const parts: Parts = {
        price: 1_000 + Math.floor(random() * 90_000),
        quantity: random() < 0.3 ? 1 + Math.floor(random() * 4) : null,
        discount: some(900),
        interest: some(300),
        shippingInterest: some(100),
      };
      const formula = FORMULAS[Math.floor(random() * FORMULAS.length)] as AmountFormula;
      return { parts, amount: amountBy(formula, parts) + (random() < 0.2 ? 1 : 0) };
    });
    const found = calibrated(orders.map(({ parts, amount }, at) => orderOf(at + 1, parts, amount)));
    expect(found.orders).toBe(120);
    expect(found.candidates).toHaveLength(16);
    const telling = orders.filter(
      ({ parts }) => parts.discount + parts.interest + parts.shippingInterest > 0 || (parts.quantity ?? 1) > 1,
    );
    for (const { formula, all, telling: told, by } of found.candidates) {
      const explains = ({ parts, amount }: (typeof orders)[number]) => amountBy(formula, parts) === amount;
      const what = `seed ${seed}, ${JSON.stringify(formula)}`;
      expect([all.orders, all.explained], what).toEqual([120, orders.filter(explains).length]);
      expect([told.orders, told.explained], what).toEqual([telling.length, telling.filter(explains).length]);
      const discounted = orders.filter(({ parts }) => parts.discount > 0);
      expect([by.discount.orders, by.discount.explained], what).toEqual([
        discounted.length,
        discounted.filter(explains).length,
      ]);
      const merged = orders.filter(({ parts }) => (parts.quantity ?? 1) > 1);
      expect([by.price.orders, by.price.explained], what).toEqual([merged.length, merged.filter(explains).length]);
    }
    const most = Math.max(...found.candidates.map(({ all }) => all.explained));
    expect(found.candidates[0]?.all.explained).toBe(most);
    expect(found.candidates.filter(({ proposed }) => proposed)).toHaveLength(1);
  });

  test.each(FORMULAS.map((formula) => [JSON.stringify(formula), formula] as const))('proposes %s', (_name, formula) => {
    const orders = Array.from({ length: 25 }, (_, at) => {
      const parts = { price: 10_000 + at, quantity: 3, discount: 150, interest: 37, shippingInterest: 11 };
      return orderOf(at + 1, parts, amountBy(formula, parts));
    });
    const found = calibrated(orders);
    expect(found.proposal).toEqual(formula);
    expect(found.evidence).toEqual({ discount: 'told', interest: 'told', shippingInterest: 'told', price: 'told' });
    expect(found.candidates[0]).toMatchObject({ all: { orders: 25, explained: 25, percent: '100.00' } });
  });
});

test('says where the data cannot tell choices apart, and then keeps what is in force', () => {
  const plain = Array.from({ length: 30 }, (_, at) => orderOf(at + 1, { ...none, price: 10_000 }, 10_700));
  const nothing = calibrated(plain);
  expect(nothing.evidence).toEqual({ discount: 'none', interest: 'none', shippingInterest: 'none', price: 'none' });
  expect(nothing.proposal).toEqual(DEFAULT_RULES.formula);
  expect(nothing.candidates[0]?.telling).toEqual({ orders: 0, explained: 0, percent: null });

  const few = calibrated([...plain, orderOf(99, { ...none, price: 10_000, discount: 500 }, 10_700)]);
  expect(few.evidence.discount).toBe('few');
  expect(few.proposal?.discount).toBe('included');

  // As many orders for the one as for the other.
  const split = Array.from({ length: 30 }, (_, at) =>
    orderOf(at + 1, { ...none, price: 10_000, discount: 500 }, at % 2 === 0 ? 10_700 : 10_200),
  );
  expect(calibrated(split).evidence.discount).toBe('tied');
  expect(calibrated([])).toMatchObject({ orders: 0, proposal: null });
});

test('leaves out what cannot be judged, and counts it', () => {
  const foreign = [wireLine(31, { price_currency: 'eur' })];
  const found = calibrated([
    orderOf(1, { ...none, price: 10_000 }, 10_700),
    orderOf(2, { ...none, price: 10_000 }, 10_700, { discount_amount: null }),
    wireOrder(3, { orderitem_set: foreign }),
  ]);
  expect(found).toMatchObject({ orders: 1, notJudged: 2 });
});

test('reports the lines that carry a quantity; a number that is none explains nothing and breaks nothing', () => {
  const engine = startEngine();
  const absurd = { ...none, price: 99_999_999_900, quantity: 868_123_456 };
  storeOrders(engine.writer, [
    orderOf(1, { ...none, price: 10_000, quantity: 4 }, 10_700),
    orderOf(2, { ...none, price: 10_000, quantity: 1 }, 10_700),
    orderOf(3, absurd, 99_999_999_900 + 700),
    orderOf(4, { ...none, price: 10_000 }, 10_700),
  ]);
  const found = engine.reader().calibrate(ALL);
  expect(found).toMatchObject({ lines: 4, linesWithQuantity: 3, mergedLines: 2 });
  const [byLine, byUnit] = (['line', 'unit'] as const).map(
    (price) => found.candidates.find(({ formula }) => isSameFormula(formula, { ...DEFAULT_RULES.formula, price }))?.all,
  );
  expect([byLine?.explained, byUnit?.explained]).toEqual([4, 2]);
  const rules = { ...DEFAULT_RULES, formula: { ...DEFAULT_RULES.formula, price: 'unit' as const } };
  engine.writer.chooseRules({ rules, reason: 'prices are of one unit', nowMs: NOW_MS });
  engine.writer.runChecks({ nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL });
  const totals = engine
    .reader()
    .findingsAll({ filter: { period: ALL.period, checks: ['amount.total'], text: '' }, timeZone: ISTANBUL });
  // 4 × 100.00 + 7.00 for the first; the third cannot be judged.
  expect(totals.map(({ order, expected }) => [order?.id, expected])).toEqual([[1, '407.00']]);
});

test('a period limits orders and lines', () => {
  const { writer, reader } = startEngine();
  const placed = (day: string) => ({ date_placed: `${day}T10:00:00Z` });
  storeOrders(writer, [
    orderOf(1, { ...none, price: 10_000 }, 10_700, placed('2026-01-05')),
    orderOf(2, { ...none, price: 10_000 }, 10_700, placed('2026-03-05')),
  ]);
  const found = reader().calibrate({ period: { from: '2026-02-01', to: '2026-03-31' }, timeZone: ISTANBUL });
  expect(found).toMatchObject({ orders: 1, lines: 1 });
});

test.each([
  [0, 0, null],
  [0, 7, '0.00'],
  [12_341, 12_345, '99.96'],
  [12_345, 12_345, '100.00'],
  [999_999, 1_000_000, '99.99'],
  [1, 3, '33.33'],
])('%i of %i is %s per cent', (part, whole, text) => {
  expect(percentText(part, whole)).toBe(text);
});
