import { describe, expect, it } from 'vitest';
import { IN_TURN, listPlanted } from '../../src/main/sandbox/planting.ts';
import type { Needs } from '../../src/main/sandbox/plants/plant-kind.ts';
import { readSamples } from '../../src/main/sandbox/samples.ts';
import { naiveFindings, naivePaymentFindings } from '../support/naive-checks.ts';
import { SAMPLES_DIR } from '../support/sandbox.ts';
import { generate, paymentAnswers } from '../support/sandbox-payments.ts';

const NOW = Date.UTC(2026, 6, 1);
/** Checks of which every block of 300 orders has something. */
const EVERY_BLOCK = [
  'amount.currency',
  'amount.shipping',
  'amount.total',
  'erp.not-sent',
  'invoice.duplicate',
  'invoice.line-mismatch',
  'invoice.missing',
  'refund.exceeds-order',
  'refund.missing',
];

const IN_TURN_CHECKS = IN_TURN.flatMap(({ trips }) => trips.map(({ check }) => check));

function planted(seed: number, orders: number, read: readonly Needs[] = ['orders']): string[] {
  return listPlanted(seed, orders)
    .filter(({ needs }) => read.includes(needs))
    .map(({ check, orderId }) => `${check} ${orderId}`)
    .sort();
}

describe('planted discrepancies', () => {
  it.each([1, 2, 7, 42, 20_260_630])(
    'are what the checks find in 5,000 orders, no more and no less: seed %i',
    (seed) => {
      const findings = naiveFindings([...readSamples(SAMPLES_DIR).orders, ...generate(seed, 5_000)], NOW);
      expect(findings).toEqual(planted(seed, 5_000));
    },
  );

  it.each([0, 1, 12, 37, 60, 299, 300, 301, 590])('are known for a store of %i orders', (orders) => {
    for (const seed of [3, 4, 5]) {
      expect(naiveFindings(generate(seed, orders), NOW), `seed ${seed}`).toEqual(planted(seed, orders));
    }
  });

  it.each([1, 5, 42, 20_260_630])('are what the checks find in 2,000 orders and their payments: seed %i', (seed) => {
    const orders = generate(seed, 2_000);
    const ofPayments = orders.flatMap((order) => naivePaymentFindings(order, paymentAnswers(seed, order), NOW));
    const found = new Set([...naiveFindings(orders, NOW), ...ofPayments]);
    expect([...found].sort()).toEqual(planted(seed, 2_000, ['orders', 'payments']));
  });

  it('cover the first checks from 300 orders on and all from 1,000 on, on 4 to 8 % of the orders', () => {
    for (let seed = 0; seed < 50; seed++) {
      const list = listPlanted(seed, 300);
      const checks = new Set(list.map(({ check }) => check));
      expect(
        EVERY_BLOCK.filter((check) => !checks.has(check)),
        `seed ${seed}`,
      ).toEqual([]);
      const larger = new Set(listPlanted(seed, 1_000).map(({ check }) => check));
      expect(
        IN_TURN_CHECKS.filter((check) => !larger.has(check)),
        `seed ${seed}`,
      ).toEqual([]);
      const share = new Set(list.map(({ orderId }) => orderId)).size / 300;
      expect(share).toBeGreaterThanOrEqual(0.04);
      expect(share).toBeLessThanOrEqual(0.08);
    }
  });

  it('hold at most one finding per check and order, ids ascending', () => {
    const list = listPlanted(9, 3_000);
    expect(new Set(list.map(({ check, orderId }) => `${check} ${orderId}`)).size).toBe(list.length);
    expect(list.map(({ orderId }) => orderId)).toEqual(list.map(({ orderId }) => orderId).sort((a, b) => a - b));
  });

  it('put two findings on some orders', () => {
    const list = listPlanted(9, 300);
    expect(new Set(list.map(({ orderId }) => orderId)).size).toBeLessThan(list.length);
  });

  it('leave the documented samples without a finding', () => {
    expect(naiveFindings(readSamples(SAMPLES_DIR).orders, NOW)).toEqual([]);
  });
});
