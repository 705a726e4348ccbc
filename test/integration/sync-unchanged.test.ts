import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { CHECKING, closeAfterTest, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

type Cells = Record<string, unknown>;

/** Every row of every table of the cache, by table. */
function everything(folder: string): Map<string, Cells[]> {
  const file = closeAfterTest(openSqlite(join(folder, 'cache.db'), { readonly: true }));
  const tables = file.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck();
  return new Map(tables.all().map((name) => [name, file.prepare<[], Cells>(`SELECT * FROM "${name}"`).all()]));
}

/** The columns that differ between two states, as `table.column`; `table` alone where it has other rows. */
function differences(before: Map<string, Cells[]>, after: Map<string, Cells[]>): string[] {
  const found = new Set<string>();
  for (const [table, rows] of after) {
    const former = before.get(table) ?? [];
    if (former.length !== rows.length) found.add(table);
    else
      for (const [at, row] of rows.entries())
        for (const [column, value] of Object.entries(row))
          if (former[at]?.[column] !== value) found.add(`${table}.${column}`);
  }
  return [...found].sort();
}

const MARKS = ['orders.read_ms', 'orders.reading', 'orders.seen_pass'];
/** The pass and its run are new, and readings are numbered on. */
const PROGRESS = ['passes', 'runs', 'sync_state.next_reading'];
const LINES = [1, 2].map((place) => wireLine(20 + place));
const ORDERS = [wireOrder(1), wireOrder(2, { orderitem_set: LINES }), wireOrder(3, { amount: '1.00' })];

test('a page that has not changed writes its progress and the marks of its orders, and nothing else', () => {
  const { folder, writer } = startEngine();
  storeOrders(writer, ORDERS);
  writer.runChecks(CHECKING);
  const before = everything(folder);
  expect(before.get('findings')?.length).toBeGreaterThan(0);
  const outcome = storeOrders(writer, ORDERS, { nowMs: NOW_MS + 60_000, end: 'not ended' });
  expect(outcome).toMatchObject({ unchanged: ORDERS.length, updated: 0, created: 0 });
  expect(differences(before, everything(folder))).toEqual([...MARKS, ...PROGRESS].sort());
  // One changed order writes more than that.
  storeOrders(writer, ORDERS.with(0, wireOrder(1, { amount: '9.00' })), { nowMs: NOW_MS + 120_000, end: 'not ended' });
  expect(differences(before, everything(folder))).toEqual(
    expect.arrayContaining(['changes', 'orders.amount', 'touched_orders']),
  );
});
