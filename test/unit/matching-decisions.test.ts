import { describe, expect, it } from 'vitest';
import { NOW_MS, storeOrders } from '../support/engine.ts';
import { order, type rowStore as RowStore, rowStore, short } from '../support/statement-rows.ts';
import { wireOrder } from '../support/wire-orders.ts';

type Store = ReturnType<typeof RowStore>;

const twins = [order(1, { number: 'U' }), order(2, { number: 'U' })];

/** Everything that is known of matches. */
function known({ file }: Store): string[] {
  return file
    .prepare<[], string>(
      `SELECT json_array(row_id, order_id, group_id, run_id, rule, state, by_person) FROM local.matches
       UNION ALL SELECT json_array('rejected', row_id, order_id) FROM local.match_rejections ORDER BY 1`,
    )
    .pluck()
    .all();
}

const words = (store: Store): string[] => store.groups().map(short);
const sentences = (store: Store): string[] => store.groups().map(({ text }) => text.en);
const rowsOf = (store: Store): number[] => store.groups().flatMap(({ rows }) => rows.map(({ id }) => id));
/** The order of some number that comes later than the others. */
const later = (store: Store, id: number, given: Record<string, unknown>): void => {
  storeOrders(store.writer, [wireOrder(id, { date_placed: '2026-03-10T09:00:00Z', ...given })], { end: 'not ended' });
};

describe('undoing decisions', () => {
  it('takes a rejection back exactly, whole or of one order, by the row or by the entry', async () => {
    const store = rowStore(twins);
    await store.import('erp', [{ order: 'U', amount: '100.00' }]);
    store.match();
    const before = known(store);
    const rowIds = rowsOf(store);
    for (const orderId of [null, 2]) {
      const { entry } = store.writer.matchReject({ rowIds, orderId, nowMs: 1 });
      expect(known(store)).not.toEqual(before);
      store.writer.matchUndo({ rowIds, nowMs: 2 });
      expect(known(store)).toEqual(before);
      expect(() => store.writer.matchUndoEntry({ entry, nowMs: 3 })).toThrow(/undone already/);
      store.writer.matchUndoEntry({ entry: store.writer.matchReject({ rowIds, orderId, nowMs: 4 }).entry, nowMs: 5 });
      expect(known(store)).toEqual(before);
    }
  });

  it('takes a rejection back after a run has suggested something else for the row', async () => {
    const store = rowStore([...twins, order(3, { number: 'U' })]);
    await store.import('erp', [{ order: 'U', amount: '90.00' }]);
    store.match();
    const before = words(store);
    const rowIds = rowsOf(store);
    store.writer.matchReject({ rowIds, orderId: 1, nowMs: 1 });
    store.writer.matchReject({ rowIds, orderId: 2, nowMs: 1 });
    store.match();
    expect(words(store)).toEqual(['suggested order 1:1 rows 2 orders 3']);
    store.writer.matchUndo({ rowIds, nowMs: 2 });
    expect(words(store)).toEqual(['ambiguous order N:1 rows 2 orders 2,3']);
    store.writer.matchUndo({ rowIds, nowMs: 2 });
    expect(words(store)).toEqual(before);
  });

  it('takes back of each row what was decided about it, and nothing of other rows', async () => {
    const store = rowStore([...twins, order(3)]);
    await store.import('erp', [
      { order: 'U', amount: '90.00' },
      { order: 'U', amount: '80.00' },
      { order: 'N3', amount: '100.00' },
    ]);
    store.match();
    const before = known(store);
    const [one = 0, two = 0] = rowsOf(store);
    store.writer.matchReject({ rowIds: [one], orderId: 1, nowMs: 1 });
    store.writer.matchAccept({ rowIds: [two], orderId: 2, nowMs: 1 });
    const { entry } = store.writer.matchUndo({ rowIds: [one, two], nowMs: 2 });
    expect(known(store)).toEqual(before);
    store.writer.matchUndoEntry({ entry, nowMs: 3 });
    store.writer.matchUndo({ rowIds: [one], nowMs: 4 });
    expect(words(store)).toEqual([
      'ambiguous order N:1 rows 2 orders 1,2',
      'confirmed order 1:1 rows 3 orders 2',
      'confirmed order 1:1 rows 4 orders 3',
    ]);
  });

  it('leaves the other row of a match when one order is rejected for one row', async () => {
    const store = rowStore([order(1)]);
    await store.import('erp', [
      { order: 'N1', amount: '40.00' },
      { order: 'N1', amount: '60.00' },
    ]);
    store.match();
    const before = known(store);
    const [row = 0] = rowsOf(store);
    store.writer.matchReject({ rowIds: [row], orderId: 1, nowMs: 1 });
    expect(words(store)).toEqual(['unmatched - - rows 2 orders ', 'confirmed order 1:1 rows 3 orders 1']);
    store.writer.matchUndo({ rowIds: [row], nowMs: 2 });
    expect(known(store)).toEqual(before);
  });

  it('does nothing about rows of a withdrawn statement', async () => {
    const store = rowStore(twins);
    const statement = await store.import('erp', [{ order: 'U', amount: '100.00' }]);
    store.match();
    const rowIds = rowsOf(store);
    const { entry } = store.writer.matchReject({ rowIds, orderId: 1, nowMs: 1 });
    store.writer.withdrawStatement({ statement, reason: '', nowMs: 2 });
    const before = known(store);
    for (const act of [
      () => store.writer.matchReject({ rowIds, orderId: null, nowMs: 3 }),
      () => store.writer.matchAccept({ rowIds, orderId: 2, nowMs: 3 }),
      () => store.writer.matchUndo({ rowIds, nowMs: 3 }),
      () => store.writer.matchUndoEntry({ entry, nowMs: 3 }),
    ]) {
      expect(act).toThrow(/withdrawn\. Restore the statement/);
    }
    expect(known(store)).toEqual(before);
  });
});

describe('an undone run', () => {
  const unasked = (store: Store) => store.writer.matchRun({ nowMs: NOW_MS, unasked: true });

  it('stays undone until somebody asks, also where it is not the newest; new rows are matched', async () => {
    const store = rowStore([order(1), order(2), order(3)]);
    await store.import('erp', [{ order: 'N1', amount: '100.00' }]);
    const { run } = store.match();
    await store.import('gateway', [{ order: 'N2', amount: '100.00' }]);
    store.match();
    store.writer.matchUndoRun({ runId: run, nowMs: 2 });
    expect(unasked(store)).toMatchObject({ run: null, added: 0 });
    await store.import('bank', [{ order: 'N3', amount: '100.00' }]);
    expect(unasked(store)).toMatchObject({ added: 1 });
    expect(words(store)[0]).toBe('unmatched - - rows 2 orders ');
    expect(sentences(store)[0]).toContain('was undone');
    expect(unasked(store)).toMatchObject({ run: null });
    expect(store.match()).toMatchObject({ added: 1, rows: { confirmed: 3 } });
    expect(unasked(store)).toMatchObject({ run: null });
  });

  it('keeps the suggestions that it had replaced, until somebody asks', async () => {
    const store = rowStore([order(1, { number: 'U' }), order(2, { number: 'U' })]);
    await store.import('erp', [{ order: 'U', amount: '90.00' }]);
    store.match();
    const before = known(store);
    later(store, 2, { number: 'U', amount: '90.00' });
    expect(store.match()).toMatchObject({ rows: { confirmed: 1 } });
    store.writer.matchUndoRun({ runId: null, nowMs: 2 });
    expect(known(store)).toEqual(before);
    expect(unasked(store)).toMatchObject({ run: null });
    expect(known(store)).toEqual(before);
    expect(store.match()).toMatchObject({ rows: { confirmed: 1 } });
  });
});

describe('reasons', () => {
  it('say that a match was rejected', async () => {
    const store = rowStore([order(1), ...[3, 4].map((id) => order(id, { number: 'U', amount: '7.00' }))]);
    await store.import('erp', [
      { order: 'N1', amount: '50.00' },
      { order: 'U', amount: '9.00' },
    ]);
    store.match();
    const [first = 0, second = 0] = rowsOf(store);
    store.writer.matchReject({ rowIds: [first], orderId: null, nowMs: 1 });
    store.writer.matchReject({ rowIds: [second], orderId: 3, nowMs: 1 });
    store.match();
    expect(sentences(store)[0]).toBe('A match with order N1 was rejected, and no other match was found.');
    expect(sentences(store)[1]).toMatch(/ A match with order U was rejected\.$/);
  });

  it('do not claim that no order carries a key which one carries', async () => {
    const store = rowStore([order(1)]);
    await store.import('erp', [{ order: 'N1', amount: '50.00' }]);
    store.match();
    store.writer.matchUndo({ rowIds: rowsOf(store), nowMs: 1 });
    expect(words(store)).toEqual(['unmatched - - rows 2 orders ']);
    expect(sentences(store)[0]).toContain('An order carries a key of the row (N1)');
  });
});

describe('amount and date beside a number', () => {
  it('suggests no order for a row with another number, and none that the digits of a damaged one exclude', async () => {
    const numbers = ['2790123456789012', '2810123456789012'];
    const store = rowStore(numbers.map((number, index) => order(index + 1, { number, amount: '33.00' })));
    await store.import('erp', [
      { order: '2.79E+15', amount: '33.00' },
      { order: '2791111111111111', amount: '33.00' },
      { order: '2.75E+15', amount: '33.00' },
      { invoice: 'FIS1', amount: '33.00' },
    ]);
    store.match();
    expect(words(store)).toEqual([
      'ambiguous amount-date 1:1 rows 2 orders 1',
      'unmatched - - rows 3 orders ',
      'unmatched - - rows 4 orders ',
      'ambiguous amount-date N:1 rows 5 orders 1,2',
    ]);
    expect(sentences(store)[0]).toContain('what is left of it fits');
    expect(sentences(store)[1]).toBe(
      'No order carries 2791111111111111, and orders with other numbers are not suggested for it.',
    );
    expect(sentences(store)[3]).toContain('No order carries FIS1.');
  });
});

describe('an order number that a second order takes', () => {
  it('is looked at again where nobody decided: it moves, or is ambiguous; undoing the run puts it back', async () => {
    const store = rowStore([order(1), order(2), order(3), order(4)]);
    await store.import('erp', [
      { order: 'N1', amount: '40.00' },
      { order: 'N2', amount: '50.00' },
      { order: 'N3', amount: '60.00' },
      { order: 'N4', amount: '100.00' },
    ]);
    store.match();
    store.findings('erp.amount');
    const [, , third = 0] = rowsOf(store);
    store.writer.matchReject({ rowIds: [third], orderId: null, nowMs: 1 });
    store.writer.matchByHand({ rowIds: [third], orderIds: [3], nowMs: 1 });
    const before = known(store);
    for (const [id, number, amount] of [
      [11, 'N1', '40.00'],
      [12, 'N2', '51.00'],
      [13, 'N3', '60.00'],
      [14, 'N4', '7.00'],
    ] as const) {
      later(store, id, { number, amount });
    }
    expect(store.match()).toMatchObject({ removed: 2, rows: { confirmed: 3, ambiguous: 1 } });
    expect(words(store)).toEqual([
      'confirmed order 1:1 rows 2 orders 11',
      'ambiguous order N:1 rows 3 orders 2,12',
      'confirmed hand 1:1 rows 4 orders 3',
      'confirmed order 1:1 rows 5 orders 4',
    ]);
    expect(sentences(store)[0]).toContain('which other orders have as well; the amounts add up with this one');
    expect(sentences(store)[1]).toContain('2 orders have the number N2');
    expect(store.match()).toMatchObject({ run: null, added: 0, removed: 0 });
    store.writer.matchUndoRun({ runId: null, nowMs: 2 });
    expect(known(store)).toEqual(before);
    expect(store.writer.matchRun({ nowMs: 3, unasked: true }).run).toBeNull();
  });
});
