import { describe, expect, test } from 'vitest';
import { asAfterFullRun, checkResults, openBeside } from '../support/checked-store.ts';
import { CHECKING, closeAfterTest, storeOrders } from '../support/engine.ts';
import { checkedStore, findingsOfCheck, skippedOf, subjectsOf } from '../support/found-by.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

const numberOf = (serial: number, series = 'ABC2026'): string => `${series}${String(serial).padStart(9, '0')}`;

/** An order that carries the invoice with this number in its series. */
function carrying(id: number, serial: number, series?: string): Record<string, unknown> {
  const invoice = { invoice_number: numberOf(serial, series) };
  return wireOrder(id, { ...invoice, orderitem_set: [wireLine(id * 10, invoice)] });
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, place) => from + place);
/** Orders with these serials, each under the id of its serial. */
const orders = (serials: readonly number[], series?: string) =>
  serials.map((serial) => carrying(serial, serial, series));
const gapsIn = (serials: readonly number[]): number[] => subjectsOf(checkedStore(orders(serials)), 'invoice.gap');

describe('invoice.gap', () => {
  test('names the numbers missing before an invoice behind a hundred without a hole', () => {
    const found = findingsOfCheck(checkedStore(orders([...range(1, 100), 102, ...range(105, 110)])), 'invoice.gap');
    expect(found.map(({ subject, text }) => [subject, text.en, text.tr])).toEqual([
      [
        102,
        'Before invoice ABC2026000000102, a number is missing: ABC2026000000101.',
        'ABC2026000000102 numaralı faturadan önce 1 numara eksik: ABC2026000000101.',
      ],
      [
        105,
        'Before invoice ABC2026000000105, 2 numbers are missing: ABC2026000000103–ABC2026000000104.',
        'ABC2026000000105 numaralı faturadan önce 2 numara eksik: ABC2026000000103–ABC2026000000104.',
      ],
    ]);
  });

  test('a stretch has 100 numbers, on at most 104 places', () => {
    expect(gapsIn([...range(1, 99), 101])).toEqual([]);
    expect(gapsIn([...range(1, 100), 102])).toEqual([102]);
    const holes = (...missing: number[]) => [...range(1, 200).filter((serial) => !missing.includes(serial)), 202];
    expect(gapsIn(holes(110, 120, 130, 140))).toContain(202);
    expect(gapsIn(holes(110, 120, 130, 140, 150))).not.toContain(202);
  });

  test('a gap of a hundred numbers is one, a larger one begins another stretch', () => {
    expect(gapsIn([...range(1, 100), 201])).toEqual([201]);
    expect(gapsIn([...range(1, 100), 202])).toEqual([]);
  });

  test('each prefix and each year counts for itself', () => {
    const store = checkedStore([
      ...orders(range(1, 100)),
      carrying(501, 1, 'ABC2027'),
      carrying(502, 3, 'ABC2027'),
      carrying(503, 102, 'ABD2026'),
    ]);
    expect(subjectsOf(store, 'invoice.gap')).toEqual([]);
  });

  test('numbers of lines and of several orders count; what is not judged is counted', () => {
    const store = checkedStore([
      ...orders(range(1, 100)),
      carrying(301, 102),
      carrying(302, 102),
      // Neither is an e-invoice's number, and the last follows a gap in a series of two numbers.
      carrying(303, 7, 'abc2026'),
      carrying(304, 1, 'XYZ2026'),
      carrying(305, 3, 'XYZ2026'),
    ]);
    expect(subjectsOf(store, 'invoice.gap')).toEqual([301, 302]);
    expect(skippedOf(store, 'invoice.gap')).toBe(2);
  });

  test('closes when the number turns up, wherever', () => {
    const all = [
      ...orders([...range(1, 100), 102]),
      wireOrder(500, { status: '400', invoice_number: null, orderitem_set: [] }),
    ];
    const store = checkedStore(all);
    expect(subjectsOf(store, 'invoice.gap')).toEqual([102]);
    storeOrders(store.writer, [...all.slice(0, -1), carrying(500, 101)], { nowMs: CHECKING.nowMs + 1 });
    expect(store.writer.runChecks({ ...CHECKING, all: false }).judged).toBeLessThan(10);
    expect(subjectsOf(store, 'invoice.gap')).toEqual([]);
  });
});

test('a run over touched orders leaves the gaps that a run over everything would', () => {
  const seed = testSeed();
  const next = seededRandom(seed);
  const upTo = (count: number): number => Math.floor(next() * count);
  const held = new Map(range(1, 240).map((serial) => [serial, carrying(serial, serial)]));
  for (let holes = 0; holes < 4; holes += 1) held.delete(101 + upTo(140));
  const store = checkedStore([...held.values()]);
  const beside = closeAfterTest(openBeside(store.folder));
  let dense = 0;
  for (let run = 1; run <= 40; run += 1) {
    const nowMs = CHECKING.nowMs + run;
    for (let change = upTo(3); change >= 0; change -= 1) {
      const id = 1 + upTo(260);
      const kind = next();
      if (kind < 0.4) held.delete(id);
      else held.set(id, carrying(id, kind < 0.7 ? id : 1 + upTo(260), kind > 0.95 ? 'XYZ2026' : 'ABC2026'));
    }
    storeOrders(store.writer, [...held.values()], { nowMs });
    const { results: expected } = asAfterFullRun(beside, { ...CHECKING, nowMs });
    const { judged } = store.writer.runChecks({ ...CHECKING, nowMs, all: false });
    expect(judged, `MUTABAKAT_SEED=${seed}, run ${run}`).not.toBeNull();
    expect(checkResults(beside), `MUTABAKAT_SEED=${seed}, run ${run}`).toEqual(expected);
    dense += expected.findings.filter(({ check_code }) => check_code === 'invoice.gap').length;
  }
  expect(dense).toBeGreaterThan(0);
});
