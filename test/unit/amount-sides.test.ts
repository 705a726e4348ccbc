import { describe, expect, it } from 'vitest';
import { ISTANBUL, NOW_MS } from '../support/engine.ts';
import { rowStore, short } from '../support/statement-rows.ts';

const order = (id: number, given: Record<string, unknown> = {}) => ({
  id,
  number: `N${id}`,
  amount: '100.00',
  is_send: true,
  ...given,
});
const EVERY = { period: { from: null, to: null }, checks: [], text: '' };

type Store = ReturnType<typeof rowStore>;
/** The open and accepted findings of a check as people read them. */
function shown(store: Store, check: string) {
  store.writer.runChecks({ nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL });
  return store.reader.findingsAll({ filter: { ...EVERY, checks: [check as never] }, timeZone: ISTANBUL });
}
const tolerate = (store: Store, absolute: string) =>
  store.writer.chooseRules({
    rules: { ...store.reader.rulesInForce().rules, tolerances: [{ currency: 'try', absolute, percent: '0' }] },
    reason: 'test',
    nowMs: NOW_MS,
  });
const differences = (store: Store) =>
  store.reader.statementMatches().map(({ statement, difference }) => [statement, difference.try ?? null]);

describe('what differs of an order', () => {
  it('is one finding with the greatest difference, and a tolerance covers it only where it covers every one', async () => {
    const store = rowStore([order(1, { amount: '4969.86', refund_amount: '1271.67' })]);
    await store.import('erp', [
      { order: 'N1', amount: '4969.85' },
      { order: 'N1', amount: '-271.67' },
    ]);
    store.match();
    const [found, ...more] = shown(store, 'erp.amount');
    expect(more).toEqual([]);
    expect(found).toMatchObject({ expected: '-271.67', actual: '-1271.67', difference: '1000.00', status: 'open' });
    expect(found?.text.en).toContain('(difference 1,000.00 TRY); also, the ERP has 4,969.85 TRY');
    tolerate(store, '0.05');
    expect(shown(store, 'erp.amount')).toMatchObject([{ status: 'open' }]);
    tolerate(store, '1000');
    expect(shown(store, 'erp.amount')).toMatchObject([{ status: 'accepted' }]);
  });

  it('tells of every kind that differs, and a change of the smaller one reopens a decision', async () => {
    const store = rowStore([order(1, { amount: '595.99' })]);
    const gateway = await store.import('gateway', [{ order: 'N1', amount: '590.99' }]);
    await store.import('marketplace', [{ order: 'N1', amount: '95.99' }]);
    store.match();
    const [found] = shown(store, 'statement.amount');
    expect(found).toMatchObject({ difference: '-500.00', status: 'open' });
    expect(found?.text.en).toMatch(
      /^The marketplace has 95.99 TRY.*; also, the gateway has 590.99 TRY.*-5.00 TRY\)\.$/,
    );
    expect(found?.text.tr).toMatch(/^Pazaryeri 95,99 TRY.*; ayrıca ödeme kuruluşu 590,99 TRY/);
    const one = [{ check: 'statement.amount' as const, subject: 1 }];
    store.writer.decideFindings({
      ...{ filter: EVERY, selection: { mode: 'named', findings: one }, nowMs: NOW_MS, timeZone: ISTANBUL },
      decision: { status: 'ignored', reason: 'amount', owner: null, note: null, correction: null },
    });
    expect(shown(store, 'statement.amount')).toMatchObject([{ status: 'ignored' }]);
    store.writer.withdrawStatement({ statement: gateway, reason: 'wrong', nowMs: NOW_MS });
    expect(shown(store, 'statement.amount')).toMatchObject([{ status: 'open', difference: '-500.00' }]);
  });

  it('is found of sales and refunds that are both booked twice', async () => {
    const store = rowStore([order(1, { refund_amount: '40.00' })]);
    await store.import('erp', [
      { order: 'N1', amount: '101.00' },
      { order: 'N1', amount: '-40.00' },
      { order: 'N1', amount: '-40.00', date: '11.03.2026' },
    ]);
    store.match();
    expect(shown(store, 'erp.amount')).toMatchObject([{ difference: '1.00' }]);
    expect(shown(store, 'erp.duplicate')).toMatchObject([{ difference: '-40.00' }]);
  });

  it('stays in view where a confirmed row has no rate, and no tolerance covers it', async () => {
    const store = rowStore([order(1, { currency: 'eur', amount: '100.00' }), order(2)]);
    await store.import('erp', [{ order: 'N1', amount: '4000.00' }]);
    store.match();
    const [group] = store.groups();
    expect(group?.state).toBe('suggested');
    expect(shown(store, 'statement.unmatched-row')).toHaveLength(1);
    store.writer.matchAccept({ rowIds: [group?.group ?? 0], orderId: null, nowMs: NOW_MS });
    expect(shown(store, 'statement.unmatched-row')).toEqual([]);
    const found = shown(store, 'erp.amount');
    expect(found).toMatchObject([{ expected: null, actual: null, difference: null, status: 'open' }]);
    expect(found[0]?.text.en).toContain('without an exchange rate');
    expect(found[0]?.text.tr).toContain('kur verilmemiş');
    expect(store.reader.statementMatches()[0]?.difference).toEqual({});
    // By hand with orders of two currencies, there is no one currency to compare in.
    await store.import('gateway', [{ order: 'X', amount: '200.00' }]);
    store.match();
    const [free] = store.groups().filter(({ state }) => state === 'unmatched');
    store.writer.matchByHand({ rowIds: [free?.group ?? 0], orderIds: [1, 2], nowMs: NOW_MS });
    expect(shown(store, 'statement.amount')).toMatchObject([{ difference: null }]);
  });
});

describe('rows of several statements', () => {
  const two = async () => {
    const store = rowStore([order(1, { amount: '595.99' })]);
    const first = await store.import('erp', [{ order: 'N1', amount: '395.99' }]);
    return { store, first };
  };

  it('count together once, whenever they were matched', async () => {
    for (const runBetween of [true, false]) {
      const { store, first } = await two();
      if (runBetween) store.match();
      const second = await store.import('erp', [{ order: 'N1', amount: '200.00', date: '11.03.2026' }]);
      store.match();
      expect(differences(store)).toEqual([
        [first, '0.00'],
        [second, null],
      ]);
      expect(shown(store, 'erp.amount')).toEqual([]);
      expect(store.groups().map(({ difference }) => difference)).toEqual(runBetween ? ['0.00', '0.00'] : ['0.00']);
      if (runBetween) expect(store.groups()[0]?.text.en).toContain(`(statement ${second})`);
    }
  });

  it('do not count while their statement is withdrawn', async () => {
    const { store, first } = await two();
    const second = await store.import('erp', [{ order: 'N1', amount: '200.00', date: '11.03.2026' }]);
    store.match();
    store.writer.withdrawStatement({ statement: first, reason: 'wrong', nowMs: NOW_MS });
    expect(differences(store)).toEqual([[second, '-395.99']]);
    expect(store.groups().map((group) => [short(group), group.difference])).toEqual([
      ['confirmed order 1:1 rows 2 orders 1', '-395.99'],
    ]);
    expect(shown(store, 'erp.amount')).toMatchObject([{ difference: '-395.99' }]);
    store.writer.restoreStatement({ statement: first, reason: 'right', nowMs: NOW_MS });
    expect(differences(store)[0]).toEqual([first, '0.00']);
    expect(shown(store, 'erp.amount')).toEqual([]);
  });

  it('of several orders lose what is withdrawn, and get it back', async () => {
    const store = rowStore([order(1), order(2)]);
    const first = await store.import('gateway', [{ order: 'A', amount: '150.00' }]);
    const second = await store.import('gateway', [{ order: 'B', amount: '50.00' }]);
    const rowIds = store.groups().map(({ group }) => group);
    store.writer.matchByHand({ rowIds, orderIds: [1, 2], nowMs: NOW_MS });
    expect(shown(store, 'statement.amount')).toEqual([]);
    store.writer.withdrawStatement({ statement: first, reason: 'wrong', nowMs: NOW_MS });
    expect(shown(store, 'statement.amount')).toMatchObject([{ subject: 1, difference: '-150.00' }]);
    expect(store.groups()).toMatchObject([{ shape: 'N:1', rowCount: 1, difference: '-150.00' }]);
    expect(differences(store)).toEqual([[second, '-150.00']]);
    store.writer.restoreStatement({ statement: first, reason: 'right', nowMs: NOW_MS });
    expect(store.groups()).toMatchObject([{ shape: 'N:M', rowCount: 2, difference: '0.00' }]);
    expect(shown(store, 'statement.amount')).toEqual([]);
  });
});

describe('a batch', () => {
  const batch = async () => {
    const store = rowStore([order(1), order(2), order(3)]);
    const gateway = await store.import('gateway', [
      { order: 'N1', amount: '100.00', fee: '2.00', batch: 'B' },
      { order: 'N2', amount: '100.00', fee: '2.00', batch: 'B' },
    ]);
    const bank = await store.import('bank', [{ batch: 'B', amount: '196.00' }]);
    store.match();
    const transfer = () => store.groups().filter(({ rows }) => rows[0]?.statement === bank);
    return { store, gateway, bank, transfer };
  };

  it('that nothing in force pays out leaves its transfer unmatched, until it is back', async () => {
    const { store, gateway, transfer } = await batch();
    expect(shown(store, 'statement.unmatched-row')).toEqual([]);
    store.writer.withdrawStatement({ statement: gateway, reason: 'wrong', nowMs: NOW_MS });
    const [left] = shown(store, 'statement.unmatched-row');
    expect(left?.text.en).toContain('a batch of which no statement in force has a row any more');
    expect(transfer()).toMatchObject([{ difference: null, orders: [] }]);
    expect(transfer()[0]?.text.en).toBe('Matched by the batch B, of which no statement in force has a row any more.');
    store.writer.restoreStatement({ statement: gateway, reason: 'right', nowMs: NOW_MS });
    expect(shown(store, 'statement.unmatched-row')).toEqual([]);
    expect(transfer()[0]?.text.en).toContain('what its rows pay out was received');
  });

  it('is judged against what it pays out by now, and later rows join it', async () => {
    const { store, transfer, bank } = await batch();
    await store.import('gateway', [{ order: 'N3', amount: '100.00', fee: '2.00', batch: 'B' }]);
    expect(store.match().added).toBe(2);
    expect(transfer().map(short)).toEqual(['confirmed batch N:1 rows 2 orders 1,2,3']);
    expect(transfer()[0]).toMatchObject({ difference: '-98.00' });
    expect(transfer()[0]?.text.en).toContain('what was received is not what its rows pay out');
    expect(shown(store, 'statement.amount')).toMatchObject([{ subject: 1, difference: '-98.00' }]);
    expect(store.match().run).toBeNull();
    const rest = await store.import('bank', [{ batch: 'B', amount: '98.00', date: '12.03.2026' }]);
    store.match();
    expect(shown(store, 'statement.amount')).toEqual([]);
    expect(shown(store, 'statement.unmatched-row')).toEqual([]);
    expect(differences(store).filter(([id]) => id === bank || id === rest)).toEqual([
      [bank, '0.00'],
      [rest, null],
    ]);
  });
});

describe('a row without a confirmed order', () => {
  it('waits in the queue until somebody decides, and says what is known of it', async () => {
    const store = rowStore([
      order(1, { amount: '11.00' }),
      order(2, { amount: '22.00' }),
      order(3, { amount: '22.00' }),
    ]);
    await store.import('gateway', [
      { invoice: 'X1', amount: '11.00' },
      { invoice: 'X2', amount: '22.00' },
      { invoice: 'X3', amount: '33.00' },
    ]);
    store.match();
    const texts = () => shown(store, 'statement.unmatched-row').map(({ text }) => text.en);
    expect(texts()).toEqual([
      'The row of 11.00 TRY with the key X1 has the suggestion of order N1, not yet accepted.',
      'The row of 22.00 TRY with the key X2 fits 2 orders equally well.',
      'The row of 33.00 TRY with the key X3 has no order, and none is suggested.',
    ]);
    const rows = store.groups().map(({ group }) => group);
    store.writer.matchAccept({ rowIds: [rows[0] ?? 0], orderId: null, nowMs: NOW_MS });
    store.writer.matchReject({ rowIds: [rows[1] ?? 0], orderId: null, nowMs: NOW_MS });
    expect(texts()).toEqual([
      'The row of 22.00 TRY with the key X2 has no order, and none is suggested.',
      'The row of 33.00 TRY with the key X3 has no order, and none is suggested.',
    ]);
  });
});
