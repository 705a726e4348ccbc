import { describe, expect, it } from 'vitest';
import { matchedStore, plantedIn } from '../support/matched-store.ts';
import { expectWholeSentences } from '../support/sentences.ts';

const ORDERS = 1_000;

describe('a generated statement', () => {
  it.each([1, 7, 42])(
    'of the ERP: every row has its outcome, and the checks find what is planted, seed %i',
    async (seed) => {
      const store = matchedStore(seed, ORDERS);
      const statement = await store.import('erp');
      store.writer.matchRun({ nowMs: 1 });
      store.check();
      const planted = plantedIn('erp', seed, ORDERS);
      expect(store.states(statement)).toEqual(planted.states);
      expect(store.findings()).toEqual(planted.findings);
      expectWholeSentences(store.findingRows());
    },
  );

  it.each([1, 7])('of a gateway and its bank: batches, fees and dates, seed %i', async (seed) => {
    const store = matchedStore(seed, ORDERS);
    const gateway = await store.import('gateway');
    const bank = await store.import('bank');
    store.writer.matchRun({ nowMs: 1 });
    store.check();
    const planted = { gateway: plantedIn('gateway', seed, ORDERS), bank: plantedIn('bank', seed, ORDERS) };
    expect(store.states(gateway)).toEqual(planted.gateway.states);
    expect(store.states(bank)).toEqual(planted.bank.states);
    expect(store.findings()).toEqual([...planted.gateway.findings, ...planted.bank.findings].sort());
    expectWholeSentences(store.findingRows());
  });

  it.each([3])('of a marketplace, seed %i', async (seed) => {
    const store = matchedStore(seed, ORDERS);
    const statement = await store.import('marketplace');
    store.writer.matchRun({ nowMs: 1 });
    store.check();
    const planted = plantedIn('marketplace', seed, ORDERS);
    expect(store.states(statement)).toEqual(planted.states);
    expect(store.findings()).toEqual(planted.findings);
  });

  it.each([11])('of every kind in one store: no difference hides another one, seed %i', async (seed) => {
    const store = matchedStore(seed, ORDERS);
    const kinds = ['erp', 'gateway', 'marketplace', 'bank'] as const;
    for (const kind of kinds) await store.import(kind);
    store.writer.matchRun({ nowMs: 1 });
    store.check();
    const planted = kinds.map((kind) => ({ kind, findings: plantedIn(kind, seed, ORDERS).findings }));
    const all = planted.flatMap(({ findings }) => findings);
    const ofOrders = new Set(all.filter((each) => each.includes(' order ')));
    const ofRows = all.filter((each) => !each.includes(' order '));
    expect(store.findings()).toEqual([...ofOrders, ...ofRows].sort());
    // One finding a check and order, which tells of every kind that differs.
    const differing = new Map<string, string[]>();
    for (const { kind, findings } of planted) {
      for (const each of findings) {
        if (/^(erp|statement)\.(amount|duplicate) order/.test(each))
          differing.set(each, [...(differing.get(each) ?? []), kind]);
      }
    }
    const found = store
      .sides()
      .map(([finding, sides]) => [finding, [...new Set(sides.map(({ kind }) => kind))].sort()]);
    expect(found).toEqual([...differing].map(([finding, of]) => [finding, of.sort()]).sort());
    expect([...differing.values()].some((of) => of.length > 1)).toBe(true);
    expect(
      store.sides().some(
        ([, sides]) =>
          sides
            .map(({ side }) => side)
            .sort()
            .join() === 'refund,sale',
      ),
    ).toBe(true);
  });
});
