import { describe, expect, it } from 'vitest';
import { DEFAULT_MATCH_RULES } from '../../src/shared/matches.ts';
import { storeOrders } from '../support/engine.ts';
import { order, rowStore, short } from '../support/statement-rows.ts';
import { wireOrder } from '../support/wire-orders.ts';

describe('matching by key', () => {
  it('confirms an order number whatever the amount, and keeps the difference', async () => {
    const store = rowStore([order(1), order(2)]);
    await store.import('erp', [
      { order: 'N1', amount: '90.00' },
      { order: 'N2', amount: '40.00' },
      { order: 'N2', amount: '60.00' },
    ]);
    store.match();
    expect(store.groups().map(short)).toEqual([
      'confirmed order 1:1 rows 2 orders 1',
      'confirmed order 1:N rows 3,4 orders 2',
    ]);
    expect(store.groups().map(({ difference }) => difference)).toEqual(['-10.00', '0.00']);
    const states = { confirmed: 3, suggested: 0, ambiguous: 0, unmatched: 0 };
    expect(store.reader.statementMatches()).toEqual([
      { statement: 1, ...states, rejected: 0, rejectedOrders: 0, difference: { try: '-10.00' } },
    ]);
  });

  it('lets the amount decide between channels, and picks none where it does not', async () => {
    const twins = [order(1, { number: 'T' }), order(2, { number: 'T', amount: '250.00' })];
    const store = rowStore([...twins, order(3, { number: 'U' }), order(4, { number: 'U' })]);
    await store.import('erp', [
      { order: 'T', amount: '250.00' },
      { order: 'T', amount: '100.00' },
      { order: 'U', amount: '100.00' },
      { order: 'U', amount: '99.99' },
    ]);
    store.match();
    expect(store.groups().map(short)).toEqual([
      'confirmed order 1:1 rows 2 orders 2',
      'confirmed order 1:1 rows 3 orders 1',
      'ambiguous order N:1 rows 4 orders 3,4',
      'ambiguous order N:1 rows 5 orders 3,4',
    ]);
  });

  it('takes a sale and its refund of a shared number to the order that has both', async () => {
    const store = rowStore([order(1, { number: 'T', refund_amount: '30.00' }), order(2, { number: 'T' })]);
    await store.import('erp', [
      { order: 'T', amount: '100.00' },
      { order: 'T', amount: '-30.00' },
    ]);
    store.match();
    expect(store.groups().map(short)).toEqual(['confirmed order 1:N rows 2,3 orders 1']);
    expect(store.groups()[0]?.difference).toBe('0.00');
  });

  it('confirms an invoice of several orders only where the sums tie, within the tolerance', async () => {
    const invoiced = (id: number, invoice: string) => order(id, { invoice_number: invoice });
    const store = rowStore([invoiced(1, 'A'), invoiced(2, 'A'), invoiced(3, 'B'), invoiced(4, 'B')]);
    await store.import('erp', [
      { invoice: 'A', amount: '200.00' },
      { invoice: 'B', amount: '199.99' },
    ]);
    store.match();
    expect(store.groups().map(short)).toEqual([
      'confirmed invoice N:1 rows 2 orders 1,2',
      'suggested invoice N:1 rows 3 orders 3,4',
    ]);
    const rules = store.reader.rulesInForce().rules;
    const tolerances = [{ currency: 'try', absolute: '0.01', percent: '0' }];
    store.writer.chooseRules({ rules: { ...rules, tolerances }, reason: 'cents', nowMs: 2 });
    store.match();
    expect(store.groups().map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
  });

  it('compares other currencies through the rate, rounded; without one it only suggests', async () => {
    const store = rowStore([order(1, { amount: '10.01' }), order(2), order(3, { amount: '0.01' })]);
    await store.import('erp', [
      { order: 'N1', amount: '3.003', currency: 'EUR', rate: '3.333333' },
      { order: 'N2', amount: '3.00', currency: 'EUR' },
      { order: 'N3', amount: '3.00', currency: 'EUR', rate: '0.000000' },
    ]);
    store.match();
    const [rated, bare, zero] = store.groups();
    expect(short(rated as never)).toBe('confirmed order 1:1 rows 2 orders 1');
    // 3.003 × 3.333333 = 10.009998999: 10.01 to the order's currency.
    expect(rated?.difference).toBe('0.00');
    expect(short(bare as never)).toBe('suggested order 1:1 rows 3 orders 2');
    expect(bare?.difference).toBeNull();
    expect(bare?.text.en).toContain('no exchange rate');
    expect([zero?.state, zero?.difference, zero?.text.en]).toEqual([
      'suggested',
      null,
      expect.stringContaining('no exchange rate'),
    ]);
  });

  it.each([0, 6, 60])('is the same however few of the rows are new: with %i others matched before', async (others) => {
    const orders = [
      ...[order(1), order(2), order(3, { invoice_number: 'I3' }), order(9)],
      ...[order(4, { number: 'W' }), order(5, { number: 'W' }), order(6, { number: 'V' }), order(7, { number: 'V' })],
      ...[order(10, { currency: 'eur' }), order(11, { currency: 'eur' })],
    ];
    const store = rowStore(orders);
    // Two orders with one number vanish, and one of two others.
    const vanished = new Set([5, 6, 7]);
    storeOrders(
      store.writer,
      orders.filter(({ id }) => !vanished.has(id)).map(({ id, ...given }) => wireOrder(id, given)),
    );
    if (others > 0) await store.import('erp', Array(others).fill({ order: 'N9', amount: '1.00' }));
    store.match();
    const statement = await store.import(
      'erp',
      [
        ...[{ order: 'N2' }, { order: 'N1' }, { order: 'N2' }, { invoice: 'I3' }, { invoice: 'I3' }],
        ...[{ order: 'W' }, { order: 'V' }, { order: 'N1', currency: 'EUR' }],
        ...[{ order: 'N10', currency: 'EUR' }, { order: 'N11' }],
      ].map((row) => ({ ...row, amount: '30.00' })),
    );
    store.match();
    expect(
      store
        .groups()
        .filter(({ rows }) => rows[0]?.statement === statement)
        .map(short),
    ).toEqual([
      'confirmed order 1:N rows 2,4 orders 2',
      'confirmed order 1:1 rows 3 orders 1',
      'confirmed invoice 1:N rows 5,6 orders 3',
      'confirmed order 1:1 rows 7 orders 4',
      'unmatched - - rows 8 orders ',
      'suggested order 1:1 rows 9 orders 1',
      'confirmed order 1:1 rows 10 orders 10',
      'suggested order 1:1 rows 11 orders 11',
    ]);
  });

  it('settles a batch of the bank with the orders of the gateway’s rows', async () => {
    const store = rowStore([order(1), order(2), order(3)]);
    await store.import('gateway', [
      { order: 'N1', amount: '100.00', fee: '2.00', batch: 'B1' },
      { order: 'N2', amount: '100.00', fee: '2.00', batch: 'B1' },
      { order: 'N3', amount: '100.00', net: '97.00', batch: 'B2' },
    ]);
    const bank = await store.import('bank', [
      { batch: 'B1', amount: '196.00' },
      { batch: 'B2', amount: '96.00' },
    ]);
    store.match();
    const groups = store.groups().filter(({ rows }) => rows[0]?.statement === bank);
    expect(groups.map(short)).toEqual(['confirmed batch N:1 rows 2 orders 1,2', 'suggested batch 1:1 rows 3 orders 3']);
    expect(groups.map(({ difference }) => difference)).toEqual(['0.00', '-1.00']);
  });
});

describe('matching by amount and date', () => {
  it('suggests what fits alone, shows what does not, and looks only so many days away', async () => {
    const store = rowStore([
      order(1, { amount: '11.00' }),
      order(2, { amount: '22.00' }),
      order(3, { amount: '22.00' }),
    ]);
    await store.import('erp', [
      { invoice: 'X1', amount: '11.00', date: '13.03.2026' },
      { invoice: 'X2', amount: '22.00' },
      { invoice: 'X3', amount: '11.00', date: '14.03.2026' },
    ]);
    store.match();
    expect(store.groups().map(short)).toEqual([
      'suggested amount-date 1:1 rows 2 orders 1',
      'ambiguous amount-date N:1 rows 3 orders 2,3',
      'unmatched - - rows 4 orders ',
    ]);
  });

  it('never suggests again what was rejected', async () => {
    const store = rowStore([order(1, { amount: '11.00' })]);
    await store.import('erp', [{ invoice: 'X1', amount: '11.00' }]);
    store.match();
    const [group] = store.groups();
    store.writer.matchReject({ rowIds: [group?.group ?? 0], orderId: null, nowMs: 3 });
    expect(store.match()).toMatchObject({ run: null, rows: { unmatched: 1 } });
    expect(store.groups().map(short)).toEqual(['unmatched - - rows 2 orders ']);
  });
});

describe('decisions', () => {
  it('an ambiguous row is accepted with one order, and refused without', async () => {
    const store = rowStore([order(1, { number: 'U' }), order(2, { number: 'U' })]);
    await store.import('erp', [{ order: 'U', amount: '100.00' }]);
    store.match();
    const [row] = store.groups().flatMap(({ rows }) => rows);
    const rowIds = [row?.id ?? 0];
    expect(() => store.writer.matchAccept({ rowIds, orderId: null, nowMs: 1 })).toThrow(/Say which one/);
    store.writer.matchAccept({ rowIds, orderId: 2, nowMs: 1 });
    expect(store.groups().map(short)).toEqual(['confirmed order 1:1 rows 2 orders 2']);
    expect(store.groups()[0]?.byPerson).toBe(true);
    store.match();
    store.writer.matchUndo({ rowIds, nowMs: 2 });
    expect(store.groups().map(short)).toEqual(['ambiguous order N:1 rows 2 orders 1,2']);
  });

  it('a match by hand stays over a run, and refuses a row that is confirmed', async () => {
    const store = rowStore([order(1), order(2)]);
    await store.import('erp', [
      { order: 'N1', amount: '100.00' },
      { order: 'ZZ', amount: '5.00' },
    ]);
    store.match();
    const [first, second] = store.groups().map(({ group }) => group);
    expect(() => store.writer.matchByHand({ rowIds: [first ?? 0], orderIds: [2], nowMs: 1 })).toThrow(
      /Undo that match/,
    );
    store.writer.matchByHand({ rowIds: [second ?? 0], orderIds: [2], nowMs: 1 });
    store.writer.matchUndoRun({ runId: null, nowMs: 2 });
    expect(store.groups().map(short)).toEqual(['unmatched - - rows 2 orders ', 'confirmed hand 1:1 rows 3 orders 2']);
    // Nobody asked: after an undone run the program does not match by itself.
    expect(store.writer.matchRun({ nowMs: 3, unasked: true }).run).toBeNull();
    expect(store.match().added).toBe(1);
  });

  it('a back-test stores nothing and says what would change', async () => {
    const store = rowStore([order(1), order(2, { invoice_number: 'F2' })]);
    await store.import('erp', [
      { order: 'N1', amount: '100.00' },
      { invoice: 'F2', amount: '1.00' },
    ]);
    store.match();
    const before = store.groups();
    const rules = { ...DEFAULT_MATCH_RULES, erp: [{ key: 'order', days: null } as const] };
    const test = store.writer.backTestMatchRules({ rules });
    expect(test).toMatchObject({ now: { confirmed: 2 }, tried: { confirmed: 1, unmatched: 1 }, changed: 1 });
    expect(test.rows.map(({ line, now, tried }) => [line, now, tried])).toEqual([[3, 'confirmed', 'unmatched']]);
    expect(store.groups()).toEqual(before);
    // Nor does it, or a choice, take a rule twice.
    const twice = { rules: { ...rules, gateway: [...rules.erp, ...rules.erp] } };
    expect(() => store.writer.backTestMatchRules(twice)).toThrow(/order stands twice for gateway/);
    expect(() => store.writer.setMatchRules({ ...twice, reason: 'again', nowMs: 1 })).toThrow(/order stands twice/);
  });
});
