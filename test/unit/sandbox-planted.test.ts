import { describe, expect, it } from 'vitest';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { listPlanted } from '../../src/main/sandbox/planting.ts';
import { readSamples } from '../../src/main/sandbox/samples.ts';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';
import { naiveFindings } from '../support/naive-checks.ts';
import { SAMPLES_DIR } from '../support/sandbox.ts';

const NOW = Date.UTC(2026, 6, 1);
const CHECKS = [
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

function generate(seed: number, orders: number): WireOrder[] {
  return Array.from({ length: orders }, (_, index) => writeOrder(seed, draftOrder(seed, index)));
}

function planted(seed: number, orders: number): string[] {
  return listPlanted(seed, orders)
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

  it('cover every check from 300 orders on, on 2 to 4 % of the orders', () => {
    for (let seed = 0; seed < 50; seed++) {
      const list = listPlanted(seed, 300);
      expect([...new Set(list.map(({ check }) => check))].sort(), `seed ${seed}`).toEqual(CHECKS);
      const share = new Set(list.map(({ orderId }) => orderId)).size / 300;
      expect(share).toBeGreaterThanOrEqual(0.02);
      expect(share).toBeLessThanOrEqual(0.04);
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
