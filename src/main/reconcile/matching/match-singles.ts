import type { SqliteFile } from '../../database/open.ts';
import { KEY_COLUMNS, KEY_INDEXES, type PlainKey, type RuleRun, rowsToDo } from './plain-keys.ts';
import { dropConfirmed, held, notRejected } from './run-tables.ts';

/** Where one row of so many is to be matched, or more, rows are looked at in the order of their keys. */
const WALKED_SHARE = 3;
/** So many rows are put into their order at a time: they fit into the processor's cache. */
const PART_ROWS = 131_072;
/** So many orders tell the currency that most have. */
const SAMPLE = 1_000;

/** How the rows were looked at. */
interface Walk {
  /** The greatest number of a row. */
  last: number;
  /** Whether there were many of them. */
  walked: boolean;
}

/** Confirms the rows of keys that one order carries, and takes them off the list. */
export function confirmSingles(local: SqliteFile, key: PlainKey, run: RuleRun): void {
  const { last, walked } = fillSingles(local, key, run);
  const rejected = isAny(local, 'main.match_rejections')
    ? local.prepare(`DELETE FROM temp.singles WHERE NOT (${notRejected('singles.row_id', 'singles.order_id')})`).run()
        .changes
    : 0;
  const left = storeSingles(local, { key, run: run.run, last, walked });
  dropConfirmed(local, { many: walked });
  if (rejected > 0 || left > 0) nameSingles(local);
  local.exec('DELETE FROM temp.singles; DELETE FROM temp.foreigners');
}

/**
 * Stores what is in `temp.singles` in the order of the rows, in which a large table is written fastest, but for what lacks
 * a rate: a row's currency must be its order's. Answers how many are left.
 */
function storeSingles(
  local: SqliteFile,
  { key, run, last, walked }: { key: PlainKey; run: number; last: number; walked: boolean },
): number {
  const most = walked ? fillForeigners(local) : null;
  const store = local.prepare(
    `INSERT INTO main.matches (row_id, order_id, group_id, run_id, rule, state, by_person)
     SELECT z.row_id, z.order_id, z.first_row, :run, '${key}', 'confirmed', 0
     FROM (SELECT row_id, order_id, first_row FROM temp.singles WHERE row_id BETWEEN :least AND :greatest ORDER BY row_id LIMIT -1) z
       CROSS JOIN main.statement_rows r ON r.id = z.row_id
     WHERE r.rate IS NOT NULL OR ${walked ? IS_NO_FOREIGNER : HAS_CURRENCY}`,
  );
  let left = countOf(local, 'temp.singles');
  const part = Math.ceil(last / Math.max(1, Math.ceil(left / PART_ROWS)));
  for (let least = 1; least <= last; least += part) {
    left -= store.run({ run, most, least, greatest: least + part - 1 }).changes;
  }
  return left;
}

/**
 * Names groups whose first row was rejected or lacks a rate after the first that is stored: the other belongs to what is
 * made of it later. Such a first row is still on the list of those to match, which is short by now.
 */
function nameSingles(local: SqliteFile): void {
  const toDo = (row: string): string => `${row} IN (SELECT row_id FROM temp.todo)`;
  local.exec(`INSERT INTO temp.renamed SELECT z.row_id, z.order_id, min(z.row_id) OVER (PARTITION BY z.first_row) FROM temp.singles z
      WHERE z.first_row <> z.row_id AND ${toDo('z.first_row')} AND NOT ${toDo('z.row_id')};
    UPDATE main.matches SET group_id = n.name FROM temp.renamed n WHERE matches.row_id = n.row_id AND matches.order_id = n.order_id;
    DELETE FROM temp.renamed`);
}

/** Whether the order of `z` has the currency of its row `r`, without reading the order. */
const HAS_CURRENCY =
  'EXISTS (SELECT 1 FROM cache.orders c INDEXED BY orders_currency WHERE c.currency = r.currency AND c.id = z.order_id)';
/** The same where many are asked for: most orders have one currency, and the others are in a small table. */
const IS_NO_FOREIGNER =
  'r.currency = ifnull((SELECT f.currency FROM temp.foreigners f WHERE f.order_id = z.order_id), :most)';

/** Fills `temp.foreigners` with the orders that have another currency than most, which it answers. */
function fillForeigners(local: SqliteFile): string | null {
  const most = local
    .prepare<[], string>(
      `SELECT currency FROM (SELECT currency FROM cache.orders NOT INDEXED LIMIT ${SAMPLE}) GROUP BY currency ORDER BY count(*) DESC LIMIT 1`,
    )
    .pluck()
    .get();
  const others = (sign: '<' | '>'): string =>
    `SELECT id, currency FROM cache.orders INDEXED BY orders_currency WHERE currency ${sign} ?`;
  for (const sign of ['<', '>'] as const) local.prepare(`INSERT INTO temp.foreigners ${others(sign)}`).run(most);
  return most ?? null;
}

const isAny = (local: SqliteFile, what: string): boolean =>
  local.prepare(`SELECT EXISTS (SELECT 1 FROM ${what})`).pluck().get() === 1;

const countOf = (local: SqliteFile, what: string): number =>
  Number(local.prepare(`SELECT count(*) FROM ${what}`).pluck().get());

/**
 * The rows of keys that one order carries, in `temp.singles`, with that order and the first row to match of the key: the
 * name of their group, unless that row is not stored in it. Orders and rows are met in the order of their keys; where many
 * rows are to be matched, which is what a million go through, both are read so from their indexes, beginning to end, and
 * nothing is searched for.
 */
function fillSingles(local: SqliteFile, key: PlainKey, { kind }: RuleRun): Walk {
  const column = KEY_COLUMNS[key];
  const last = Number(local.prepare('SELECT ifnull(max(id), 0) FROM main.statement_rows').pluck().get());
  const rows = countOf(local, 'main.statement_rows');
  const todo = countOf(local, `temp.todo WHERE kind = '${kind}'`);
  const walked = todo * WALKED_SHARE >= rows;
  const byKey = `main.statement_rows r INDEXED BY ${KEY_INDEXES[key]}`;
  const ofTodo = todo === rows ? '' : `CROSS JOIN temp.todo t ON t.row_id = r.id AND t.kind = '${kind}'`;
  const keyed = walked ? `${byKey} ${ofTodo} WHERE ${column} IS NOT NULL` : rowsToDo(key, kind);
  // The first row of each key with its order, and the key where there are more rows.
  local.exec(`INSERT INTO temp.singles SELECT min(row_id), max(order_id), min(row_id), iif(count(row_id) = 1, NULL, key)
    FROM (${ordersSql(local, key, walked ? null : keyed)} UNION ALL SELECT ${column}, NULL, r.id FROM ${keyed} ORDER BY 1)
    GROUP BY key HAVING count(order_id) = 1 AND count(row_id) > 0`);
  local.exec(`INSERT INTO temp.singles SELECT r.id, z.order_id, z.row_id, NULL FROM temp.singles z
    CROSS JOIN ${byKey} ON ${column} = z.key AND r.id > z.row_id ${ofTodo} WHERE z.key IS NOT NULL`);
  return { last, walked };
}

/** SQL for the held orders that carry a key, all of them or those of some rows, as `key`, `order_id` and no `row_id`. */
function ordersSql(local: SqliteFile, key: PlainKey, ofRows: string | null): string {
  const are = (id: string): string =>
    isAny(local, 'cache.orders WHERE vanished_ms IS NOT NULL') ? `WHERE ${held(id)}` : '';
  if (key !== 'order') return `SELECT o.key, o.order_id, NULL AS row_id FROM temp.keyed_orders o ${are('o.order_id')}`;
  const byNumber = 'cache.orders o INDEXED BY orders_number';
  const from =
    ofRows === null
      ? byNumber
      : `(SELECT DISTINCT ${KEY_COLUMNS[key]} AS key FROM ${ofRows}) k CROSS JOIN ${byNumber} ON o.number = k.key`;
  return `SELECT o.number AS key, o.id AS order_id, NULL AS row_id FROM ${from} ${are('o.id')}`;
}
