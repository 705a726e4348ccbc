import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { storeOrders } from '../support/engine.ts';
import { type GivenRow, order, rowStore, short } from '../support/statement-rows.ts';
import { wireOrder } from '../support/wire-orders.ts';

type Store = ReturnType<typeof rowStore>;

const words = (store: Store): string[] => store.groups().map(short);
/** The groups as they are stored: `group: row state order`. */
const stored = ({ file }: Store): string[] =>
  file
    .prepare<[], string>(
      `SELECT group_id || ': ' || row_id || ' ' || state || ' ' || order_id FROM local.matches ORDER BY group_id, row_id, order_id`,
    )
    .pluck()
    .all();
const listed = (store: Store, state: 'suggested' | 'confirmed'): string[] =>
  store.reader.matchesWindow({ filter: { statement: null, state, text: '' }, offset: 0, limit: 500 }).rows.map(short);

const BARE: GivenRow = { order: 'N1', amount: '100.00', currency: 'USD' };
const PLAIN: GivenRow = { order: 'N1', amount: '50.00' };

describe('a group', () => {
  it.each([
    [[BARE, PLAIN, PLAIN, BARE], '2,5', '3,4'],
    [[PLAIN, BARE, BARE, PLAIN], '3,4', '2,5'],
  ])('leaves out rows of its order without a rate, wherever they stand', async (rows, bare, plain) => {
    const store = rowStore([order(1)]);
    await store.import('gateway', rows);
    expect(store.match().rows).toMatchObject({ confirmed: 2, suggested: 2 });
    expect(listed(store, 'suggested')).toEqual([`suggested order 1:N rows ${bare} orders 1`]);
    expect(listed(store, 'confirmed')).toEqual([`confirmed order 1:N rows ${plain} orders 1`]);
    expect(words(store).sort()).toEqual([...listed(store, 'confirmed'), ...listed(store, 'suggested')]);
    // A decision is about its own group.
    const [first = 0, second = 0] = bare.split(',').map((line) => Number(line) - 1);
    const before = stored(store);
    const { entry, rows: accepted } = store.writer.matchAccept({ rowIds: [second], orderId: null, nowMs: 1 });
    expect(accepted).toEqual([first, second]);
    store.writer.matchUndoEntry({ entry, nowMs: 2 });
    expect(store.writer.matchReject({ rowIds: [first], orderId: null, nowMs: 3 }).rows).toEqual([first, second]);
    expect(words(store)).toContain(`confirmed order 1:N rows ${plain} orders 1`);
    store.writer.matchUndo({ rowIds: [second], nowMs: 4 });
    expect(stored(store)).toEqual(before);
  });

  it('leaves out a row whose match was rejected, which another key takes elsewhere', async () => {
    const store = rowStore([order(1), order(2, { invoice_number: 'I2', amount: '40.00' })]);
    await store.import('erp', [
      { order: 'N1', invoice: 'I2', amount: '40.00' },
      { order: 'N1', amount: '60.00' },
      { order: 'N1', amount: '40.00' },
    ]);
    store.match();
    store.writer.matchReject({ rowIds: [1], orderId: 1, nowMs: 1 });
    store.writer.matchUndoRun({ runId: null, nowMs: 2 });
    store.match();
    expect(stored(store)).toEqual(['1: 1 confirmed 2', '2: 2 confirmed 1', '2: 3 confirmed 1']);
    expect(store.groups().map(({ difference }) => difference)).toEqual(['0.00', '0.00']);
    expect(store.writer.matchReject({ rowIds: [2], orderId: null, nowMs: 3 }).rows).toEqual([2, 3]);
    expect(store.file.prepare('SELECT row_id, order_id FROM local.match_rejections').raw().all()).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it('of suggestions leaves out the row that a later rule confirms', async () => {
    const store = rowStore([order(1), order(2, { invoice_number: 'I2', currency: 'usd' })]);
    await store.import('erp', [{ ...BARE, invoice: 'I2' }, BARE, BARE]);
    store.match();
    expect(stored(store)).toEqual(['1: 1 confirmed 2', '2: 2 suggested 1', '2: 3 suggested 1']);
    expect(store.match()).toMatchObject({ run: null });
  });

  it('loses the rows of an undone run, and keeps those of later ones under a name of its own', async () => {
    const store = rowStore([order(1)]);
    await store.import('erp', [BARE]);
    const { run } = store.match();
    await store.import('erp', [{ ...BARE, date: '11.03.2026' }]);
    store.match();
    expect(stored(store)).toEqual(['1: 1 suggested 1', '1: 2 suggested 1']);
    store.writer.matchUndoRun({ runId: run, nowMs: 1 });
    expect(stored(store)).toEqual(['2: 2 suggested 1']);
    expect(words(store)).toEqual(['unmatched - - rows 2 orders ', 'suggested order 1:1 rows 2 orders 1']);
  });

  it('lets a row of a withdrawn statement go where the others are matched anew, and only then', async () => {
    const store = rowStore([order(1)]);
    await store.import('erp', [BARE]);
    const statement = await store.import('erp', [{ ...BARE, date: '11.03.2026' }]);
    store.match();
    const before = stored(store);
    store.writer.withdrawStatement({ statement, reason: '', nowMs: 1 });
    expect(store.match()).toMatchObject({ run: null });
    expect(stored(store)).toEqual(before);
    store.writer.restoreStatement({ statement, reason: '', nowMs: 2 });
    expect(store.match()).toMatchObject({ run: null });
    store.writer.withdrawStatement({ statement, reason: '', nowMs: 3 });
    // The order has the currency of the rows by now.
    storeOrders(store.writer, [wireOrder(1, { number: 'N1', amount: '100.00', currency: 'usd' })]);
    store.match();
    expect(stored(store)).toEqual(['1: 1 confirmed 1', '2: 2 suggested 1']);
  });
});

describe('groups of a store that an older version named', () => {
  /** Puts rows into one group, as versions did that named groups before their rows were known. */
  const fuse = ({ folder }: Store, group: number): void => {
    const local = openSqlite(join(folder, 'local.db'), { readonly: false });
    local.prepare('UPDATE matches SET group_id = ?').run(group);
    local.close();
  };

  it('are mended by the next run, which notes nothing, and by what is decided before it', async () => {
    const store = rowStore([order(1), order(2, { invoice_number: 'I2', amount: '40.00' })]);
    await store.import('erp', [{ invoice: 'I2', amount: '40.00' }, BARE, PLAIN, PLAIN]);
    store.match();
    const before = stored(store);
    expect(before).toEqual(['1: 1 confirmed 2', '2: 2 suggested 1', '3: 3 confirmed 1', '3: 4 confirmed 1']);
    for (const name of [1, 2, 3]) {
      fuse(store, name);
      expect(store.match(), `named ${name}`).toMatchObject({ run: null, added: 0, removed: 0 });
      expect(stored(store)).toEqual(before);
    }
    fuse(store, 1);
    expect(store.writer.matchReject({ rowIds: [3], orderId: null, nowMs: 1 }).rows).toEqual([3, 4]);
    expect(stored(store)).toEqual(before.slice(0, 2));
    store.writer.matchUndo({ rowIds: [4], nowMs: 2 });
    expect(stored(store)).toEqual(before);
  });
});
