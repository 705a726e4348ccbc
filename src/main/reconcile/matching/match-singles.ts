import type { SqliteFile } from '../../database/open.ts';
import { KEY_COLUMNS, KEY_INDEXES, type PlainKey, type RuleRun } from './plain-keys.ts';
import { held, keepTodo, notRejected } from './run-tables.ts';

/** Where one row of so many is to be matched, or more, rows are looked at in the order of their keys. */
const WALKED_SHARE = 3;
/** The rows are then walked so many times, for a part of them each: one is small enough for the processor's cache. */
const PARTS = 4;

/** Confirms the rows of keys that one order carries, and takes them off the list. */
export function confirmSingles(local: SqliteFile, key: PlainKey, run: RuleRun): void {
  fillSingles(local, key, run);
  dropDoubtful(local);
  local
    .prepare(
      `INSERT INTO main.matches (row_id, order_id, group_id, run_id, rule, state, by_person)
       SELECT row_id, order_id, first_row, ?, '${key}', 'confirmed', 0 FROM temp.singles`,
    )
    .run(run.run);
  keepTodo(local, 't.row_id NOT IN (SELECT row_id FROM temp.singles)');
  local.exec('DELETE FROM temp.singles; DELETE FROM temp.firsts; DELETE FROM temp.shared');
}

/** SQL for the orders `o` of a row's key: how they are joined, their id, what else carries the key, and the keys of several. */
function ordersOf(key: PlainKey): { orders: string; id: string; others: string; shared: string } {
  const column = KEY_COLUMNS[key];
  if (key === 'order') {
    return {
      orders: `cache.orders o INDEXED BY orders_number ON o.number = ${column}`,
      id: 'o.id',
      others: `SELECT 1 FROM cache.orders y INDEXED BY orders_number WHERE y.number = o.number AND y.id <> o.id AND ${held('y.id')}`,
      shared: 'number FROM cache.orders INDEXED BY orders_number GROUP BY number HAVING count(*) > 1',
    };
  }
  return {
    orders: `temp.keyed_orders o ON o.key = ${column}`,
    id: 'o.order_id',
    others: 'SELECT 1 FROM temp.keyed_orders y WHERE y.key = o.key AND y.order_id <> o.order_id',
    shared: 'key FROM temp.keyed_orders GROUP BY key HAVING count(*) > 1',
  };
}

const isAny = (local: SqliteFile, what: string): boolean =>
  local.prepare(`SELECT EXISTS (SELECT 1 FROM ${what})`).pluck().get() === 1;

/**
 * The rows of keys that one order carries, in `temp.singles`, with that order and the first row to match of the key: the
 * name of their group. Where many rows are to be matched they come in the order of their keys, so that each search in an
 * index ends beside the one before: this is what a million rows go through. What nothing could fail is not asked.
 */
function fillSingles(local: SqliteFile, key: PlainKey, { kind }: RuleRun): void {
  const column = KEY_COLUMNS[key];
  const { orders, id, others, shared } = ordersOf(key);
  const count = (from: string): number => Number(local.prepare(`SELECT count(*) FROM ${from}`).pluck().get());
  const last = Number(local.prepare('SELECT ifnull(max(id), 0) FROM main.statement_rows').pluck().get());
  const rows = count('main.statement_rows');
  const todo = count(`temp.todo WHERE kind = '${kind}'`);
  const [every, walked] = [todo === rows, todo * WALKED_SHARE >= rows];
  if (!every) fillFirsts(local, key, kind);
  const byKey = `INDEXED BY ${KEY_INDEXES[key]}`;
  const ofTodo = every ? '' : `CROSS JOIN temp.todo t ON t.row_id = r.id AND t.kind = '${kind}'`;
  const from = walked
    ? `main.statement_rows r ${byKey} ${ofTodo}`
    : `temp.todo t CROSS JOIN main.statement_rows r ON r.id = t.row_id AND t.kind = '${kind}'`;
  const first = every
    ? `(SELECT y.id FROM main.statement_rows y ${byKey} WHERE y.${column.slice(2)} = ${column} ORDER BY y.id LIMIT 1)`
    : `ifnull((SELECT g.row_id FROM temp.firsts g WHERE g.key = ${column}), r.id)`;
  // A number that several orders carry is rare; whether they are still held is asked only of such a one.
  local.exec(`INSERT INTO temp.shared SELECT ${shared}`);
  const conditions = [
    `${column} IS NOT NULL`,
    `(${column} NOT IN (SELECT key FROM temp.shared) OR NOT EXISTS (${others}))`,
    ...(isAny(local, 'cache.orders WHERE vanished_ms IS NOT NULL') ? [held(id)] : []),
  ];
  const fill = local.prepare(`INSERT INTO temp.singles (row_id, order_id, first_row) SELECT r.id, ${id}, ${first}
    FROM ${from} CROSS JOIN ${orders} WHERE +r.id BETWEEN ? AND ? AND ${conditions.join(' AND ')}`);
  const part = walked ? Math.ceil(last / PARTS) : last;
  for (let least = 1; least <= last; least += part) fill.run(least, least + part - 1);
}

/** The first row to match of each key that several rows carry. */
function fillFirsts(local: SqliteFile, key: PlainKey, kind: string): void {
  const column = KEY_COLUMNS[key];
  const plain = column.slice(2);
  local.exec(`INSERT INTO temp.firsts SELECT k.key, min(r.id)
      FROM (SELECT ${plain} AS key FROM main.statement_rows WHERE ${plain} IS NOT NULL GROUP BY ${plain} HAVING count(*) > 1) k
        CROSS JOIN main.statement_rows r ON ${column} = k.key CROSS JOIN temp.todo t ON t.row_id = r.id AND t.kind = '${kind}'
      GROUP BY k.key`);
}

/** Takes out of `temp.singles` what lacks a rate, and what a person has rejected. */
function dropDoubtful(local: SqliteFile): void {
  local.exec(`DELETE FROM temp.singles WHERE row_id IN (SELECT z.row_id FROM temp.singles z CROSS JOIN main.statement_rows r ON r.id = z.row_id
    WHERE r.rate IS NULL
      AND NOT EXISTS (SELECT 1 FROM cache.orders c INDEXED BY orders_currency WHERE c.currency = r.currency AND c.id = z.order_id))`);
  if (!isAny(local, 'main.match_rejections')) return;
  local.exec(`DELETE FROM temp.singles WHERE NOT (${notRejected('singles.row_id', 'singles.order_id')})`);
}
