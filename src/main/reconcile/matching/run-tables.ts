import type { StatementKind } from '../../../shared/statements.ts';
import type { SqliteFile } from '../../database/open.ts';
import { mendGroups } from './mend-groups.ts';

/**
 * The tables of one run, all of this connection only. `todo`: rows in force without a confirmed match, with their kind.
 * `tentative`: what rules suggest for rows that no rule confirms. `undecided`: suggestions of earlier runs, which are
 * worked out anew. `uses`: invoice numbers of orders that changed since the checks ran last.
 */
const TABLES = `
CREATE TEMP TABLE IF NOT EXISTS todo (row_id INTEGER PRIMARY KEY, kind TEXT NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS todo_rest (row_id INTEGER PRIMARY KEY, kind TEXT NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS undecided (row_id INTEGER, order_id INTEGER, group_id INTEGER, run_id INTEGER, rule TEXT, state TEXT,
  PRIMARY KEY (row_id, order_id)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS tentative (row_id INTEGER, order_id INTEGER, group_id INTEGER, rule TEXT, state TEXT,
  PRIMARY KEY (row_id, order_id)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS uses (number TEXT, order_id INTEGER, PRIMARY KEY (number, order_id)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS singles (row_id INTEGER, order_id INTEGER, first_row INTEGER, key TEXT);
CREATE TEMP TABLE IF NOT EXISTS renamed (row_id INTEGER, order_id INTEGER, name INTEGER);
CREATE TEMP TABLE IF NOT EXISTS foreigners (order_id INTEGER PRIMARY KEY, currency TEXT);
CREATE TEMP TABLE IF NOT EXISTS keyed_orders (key TEXT, order_id INTEGER, PRIMARY KEY (key, order_id)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS keyed_rows (key TEXT, row_id INTEGER, PRIMARY KEY (key, row_id)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS pairs (key TEXT, row_id INTEGER, order_id INTEGER, sale INTEGER, value INTEGER, ties INTEGER,
  PRIMARY KEY (key, row_id, order_id)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS ties (key TEXT PRIMARY KEY, tied INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS wanted (row_id INTEGER PRIMARY KEY, currency TEXT, amount INTEGER, date_ms INTEGER, low INTEGER, high INTEGER,
  number_from TEXT, number_to TEXT);
CREATE INDEX IF NOT EXISTS temp.wanted_amount ON wanted (currency, amount, date_ms);
CREATE TEMP TABLE IF NOT EXISTS targets (currency TEXT, amount INTEGER, date_ms INTEGER, order_id INTEGER,
  PRIMARY KEY (currency, amount, date_ms, order_id)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS fits (row_id INTEGER, order_id INTEGER, currency TEXT, amount INTEGER, date_ms INTEGER,
  PRIMARY KEY (row_id, order_id)) WITHOUT ROWID;
`;
const NAMES = [
  'todo',
  'todo_rest',
  'undecided',
  'tentative',
  'uses',
  'singles',
  'renamed',
  'foreigners',
  'keyed_orders',
  'keyed_rows',
  'pairs',
  'ties',
  'wanted',
  'targets',
  'fits',
];

/** Empties the tables of a run; afterwards too, so that they hold no memory. */
export function clearRunTables(local: SqliteFile): void {
  local.exec(`${TABLES}; ${NAMES.map((name) => `DELETE FROM temp.${name};`).join(' ')}`);
}

/** Rows of statements in force. */
export const ROWS_IN_FORCE =
  'main.statement_rows r JOIN main.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL';

/** Orders that Omnitron still has, as a condition on their id; vanished ones are few. */
export const held = (orderId: string): string =>
  `${orderId} NOT IN (SELECT id FROM cache.orders WHERE vanished_ms IS NOT NULL)`;

/** A pair that nobody has rejected. */
export const notRejected = (rowId: string, orderId: string): string =>
  `NOT EXISTS (SELECT 1 FROM main.match_rejections j WHERE j.row_id = ${rowId} AND j.order_id = ${orderId})`;

/**
 * Confirmed matches by an order number that nobody decided, where an order with the same number has come or changed since
 * the checks ran last: the number is no certain key any more.
 */
const SHARED_SINCE = `FROM cache.touched_orders t CROSS JOIN cache.orders n ON n.id = t.order_id AND n.vanished_ms IS NULL
    CROSS JOIN cache.orders o INDEXED BY orders_number ON o.number = n.number AND o.id <> n.id
    CROSS JOIN main.matches m INDEXED BY matches_order ON m.order_id = o.id
    CROSS JOIN main.statement_rows r ON r.id = m.row_id AND r.order_key = n.number
  WHERE m.state = 'confirmed' AND m.rule = 'order' AND m.by_person = 0`;

/**
 * Sets earlier suggestions aside, and what must be looked at again, and lists the rows to match. `unasked`: rows of undone
 * runs stay as they are.
 */
export function beginRunTables(local: SqliteFile, { unasked = false } = {}): void {
  clearRunTables(local);
  const free = (row: string): string =>
    unasked ? `AND NOT EXISTS (SELECT 1 FROM main.match_paused p WHERE p.row_id = ${row})` : '';
  const inForce = `EXISTS (SELECT 1 FROM ${ROWS_IN_FORCE} AND r.id = m.row_id) ${free('m.row_id')}`;
  const pair = 'm.row_id, m.order_id, m.group_id, m.run_id, m.rule, m.state';
  // Asking a million rows for a match takes a while even where there is none at all.
  const anyMatch = local.prepare('SELECT EXISTS (SELECT 1 FROM main.matches)').pluck().get() === 1;
  if (anyMatch) mendGroups(local, null);
  const unconfirmed = anyMatch
    ? `NOT EXISTS (SELECT 1 FROM main.matches m WHERE m.row_id = r.id AND m.state = 'confirmed')`
    : 'TRUE';
  local.exec(`
    INSERT INTO temp.undecided SELECT ${pair} FROM main.matches m
      WHERE m.state <> 'confirmed' AND m.by_person = 0 AND ${inForce};
    INSERT INTO temp.undecided SELECT DISTINCT ${pair} FROM main.matches m
      WHERE EXISTS (SELECT 1 FROM main.matches) AND m.row_id IN (SELECT m.row_id ${SHARED_SINCE}) AND ${inForce};
    DELETE FROM main.matches WHERE (row_id, order_id) IN (SELECT row_id, order_id FROM temp.undecided);
    INSERT INTO temp.todo SELECT r.id, s.kind FROM ${ROWS_IN_FORCE}
      WHERE ${unconfirmed} ${free('r.id')}`);
}

/** What was looked at again and is as before keeps the number of the run that found it. */
export function keepConfirmed(local: SqliteFile, run: number): void {
  // Without any, SQLite would walk all matches.
  if (local.prepare(`SELECT EXISTS (SELECT 1 FROM temp.undecided)`).pluck().get() === 0) return;
  local
    .prepare(
      `UPDATE main.matches SET run_id = u.run_id FROM temp.undecided u
       WHERE u.state = 'confirmed' AND u.row_id = matches.row_id AND u.order_id = matches.order_id AND matches.run_id IS ?
         AND (u.group_id, u.rule, u.state) = (matches.group_id, matches.rule, matches.state)`,
    )
    .run(run);
}

/** Keeps only the rows `t` on the list that a condition holds for: writing the few anew is faster than deleting the many. */
export function keepTodo(local: SqliteFile, condition: string): void {
  local.exec(`INSERT INTO temp.todo_rest SELECT t.row_id, t.kind FROM temp.todo t WHERE ${condition};
    DELETE FROM temp.todo;
    INSERT INTO temp.todo SELECT row_id, kind FROM temp.todo_rest;
    DELETE FROM temp.todo_rest`);
}

/** Takes the rows that are confirmed by now off the list. `many`: most of them are, so that both are read side by side. */
export function dropConfirmed(local: SqliteFile, { many = false } = {}): void {
  const confirmed = `main.matches m WHERE m.state = 'confirmed'`;
  keepTodo(
    local,
    many
      ? `t.row_id IN (SELECT row_id FROM temp.todo EXCEPT SELECT m.row_id FROM ${confirmed} ORDER BY 1 LIMIT -1)`
      : `NOT EXISTS (SELECT 1 FROM ${confirmed} AND m.row_id = t.row_id)`,
  );
}

/** The kinds that still have rows to match, in the order in which they are matched: a bank's rows build on the others. */
export function kindsToDo(local: SqliteFile): StatementKind[] {
  const kinds = new Set(local.prepare<[], StatementKind>('SELECT DISTINCT kind FROM temp.todo').pluck().all());
  return (['erp', 'gateway', 'marketplace', 'bank'] as const).filter((kind) => kinds.has(kind));
}
