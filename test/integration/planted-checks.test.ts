import { describe, expect, test } from 'vitest';
import { CHECK_CODES } from '../../src/main/reconcile/checks/catalogue.ts';
import { IN_TURN, listPlanted } from '../../src/main/sandbox/planting.ts';
import { readSamples } from '../../src/main/sandbox/samples.ts';
import { SANDBOX_STATEMENTS } from '../../src/main/sandbox/statements.ts';
import { plantedData, plantedDataFindings } from '../bench/planted-data.ts';
import { checksOf, plantedIn } from '../bench/reconcile-exact.ts';
import { CHECKING, ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { SAMPLES_DIR } from '../support/sandbox.ts';
import { bodiesOf, generate, paymentAnswers } from '../support/sandbox-payments.ts';
import { expectWholeSentences } from '../support/sentences.ts';

const ORDERS = 1_000;
/** Checks that compare with what generated orders do not have: a history of readings, statements, OMS. */
const NEVER_PLANTED = /^(erp\.(?!not-sent|sent-but-cancelled)|statement\.|oms\.|data\.(quarantined|vanished)$)/;
const EVERYTHING = { filter: { period: { from: null, to: null }, checks: [], text: '' }, timeZone: ISTANBUL };

/** A store with all of its orders, as its readings made it; `payments` reads those of every order as well. */
function findingsOf(seed: number, { payments }: { payments: boolean }): string[] {
  const { writer, reader } = startEngine();
  const orders = [...readSamples(SAMPLES_DIR).orders, ...generate(seed, ORDERS)];
  const { vanishing, unreadable } = plantedData(seed, ORDERS);
  storeOrders(writer, vanishing);
  expect(storeOrders(writer, orders).quarantined).toBe(0);
  expect(storeOrders(writer, unreadable, { end: 'incomplete' }).quarantined).toBe(unreadable.length);
  if (payments) {
    for (const order of orders) {
      const { first: reading } = writer.reserveReadings({ count: 1 });
      const bodies = bodiesOf(paymentAnswers(seed, order));
      const stored = writer.applyPayments({ orderId: order.id, bodies, reading, nowMs: NOW_MS });
      expect(stored).toEqual({ outcome: 'stored', unfinished: [] });
    }
  }
  writer.runChecks(CHECKING);
  const findings = reader().findingsAll(EVERYTHING);
  expectWholeSentences(findings);
  return findings.map(({ check, subject }) => `${check} ${subject}`).sort();
}

function planted(seed: number, { payments }: { payments: boolean }): string[] {
  const ofOrders = listPlanted(seed, ORDERS)
    .filter(({ needs }) => needs === 'orders' || (payments && needs === 'payments'))
    .map(({ check, orderId }) => `${check} ${orderId}`);
  return [...ofOrders, ...plantedDataFindings(seed, ORDERS).map((each) => each.replace(' order ', ' '))].sort();
}

describe('the checks find what is planted in 1,000 orders, no more and no less', () => {
  test.each([1, 7, 20_260_630])('with payments: seed %i', (seed) => {
    expect(findingsOf(seed, { payments: true })).toEqual(planted(seed, { payments: true }));
  });
  test.each([2])('without payments: seed %i', (seed) => {
    expect(findingsOf(seed, { payments: false })).toEqual(planted(seed, { payments: false }));
  });
});

test('a store of 1,000 orders has every kind, and every check that a store can trip', () => {
  for (let seed = 0; seed < 20; seed++) {
    const checks = new Set(listPlanted(seed, ORDERS).map(({ check }) => check));
    const planned = CHECK_CODES.filter((code) => !NEVER_PLANTED.test(code));
    expect([...checks].sort(), `seed ${seed}`).toEqual([...planned].sort());
  }
  // 40 cells of 25 orders, and a kind a cell.
  expect(IN_TURN.length).toBeLessThanOrEqual(40);
  expect(new Set(IN_TURN.map(({ name }) => name)).size).toBe(IN_TURN.length);
});

test('with files of every kind, payments and OMS there is something planted for every check', () => {
  const payments = new Set(listPlanted(1, ORDERS).map(({ orderId }) => orderId));
  const { findings } = plantedIn({ seed: 1, orders: ORDERS, kinds: SANDBOX_STATEMENTS, payments, oms: true });
  expect(checksOf(findings).sort()).toEqual([...CHECK_CODES].sort());
});
