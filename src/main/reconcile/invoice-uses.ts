import { E_INVOICE_GLOB } from '../../shared/e-invoices.ts';
import type { SqliteFile } from '../database/open.ts';
import { prepared } from './prepared.ts';

/** The calendar day that an invoice date names: the UTC day of an instant, and a bare day as it is. */
export const dayOf = (column: string): string =>
  `iif(${column} GLOB '*Z', substr(${column}, 1, 10), ifnull(date(${column}), substr(${column}, 1, 10)))`;
/** Scheme and host of a link, like `https://earsiv.example.com`; NULL for none. */
export const originOf = (column: string): string =>
  `lower(nullif(substr(${column}, 1, 8 + ifnull(nullif(instr(substr(${column}, 9), '/'), 0) - 1, length(${column}))), ''))`;

/** A line that repeats what its order says has nothing to add. */
const ADDS =
  '(l.invoice_number, l.invoice_date, l.e_archive_url) IS NOT (o.invoice_number, o.invoice_date, o.e_archive_url)';

const NUMBERED = (of: 'o' | 'l'): string => `ifnull(${of}.invoice_number, '') <> ''`;
const SERIES = `iif(number GLOB '${E_INVOICE_GLOB}', substr(number, 1, 7), NULL)`;
const SERIAL = `iif(number GLOB '${E_INVOICE_GLOB}', CAST(substr(number, 8) AS INTEGER), NULL)`;
const OF_ORDER = `o.invoice_number AS number, o.id AS order_id, ${dayOf('o.invoice_date')} AS day, ${originOf('o.e_archive_url')} AS origin`;
const OF_LINE = `l.invoice_number, l.order_id, ${dayOf('l.invoice_date')}, ${originOf('l.e_archive_url')}`;

/** Orders with lines that add something are put together so many at a time: sorting all of them would take 100 MB. */
const SLICE = 20_000;

/** Of which orders the numbers are worked out, and into which table. */
interface Scope {
  table: 'main.invoice_uses' | 'temp.invoice_uses';
  all: boolean;
}

/**
 * Adds every invoice number that stands on an order or one of its lines, with what both say about it. `series` (prefix and
 * year) and `serial` are NULL for a number that is not a Turkish e-invoice's. What several places say is only put
 * together for the orders of which there are several. `all`: of every order; otherwise of those touched.
 */
function addUses(file: SqliteFile, { table, all }: Scope): void {
  const orders = all ? 'main.orders o' : 'temp.touched_now w CROSS JOIN main.orders o ON o.id = w.order_id';
  const lines = all
    ? 'main.lines l CROSS JOIN main.orders o ON o.id = l.order_id'
    : `${orders} CROSS JOIN main.lines l ON l.order_id = o.id`;
  file.exec('CREATE TEMP TABLE IF NOT EXISTS adding (order_id INTEGER PRIMARY KEY)');
  prepared(
    file,
    `INSERT OR IGNORE INTO temp.adding SELECT o.id FROM ${lines} WHERE ${NUMBERED('l')} AND ${ADDS} AND o.vanished_ms IS NULL`,
  ).run();
  prepared(
    file,
    `INSERT INTO ${table} SELECT number, order_id, ${SERIES}, ${SERIAL}, day, day, origin FROM (
       SELECT ${OF_ORDER} FROM ${orders}
       WHERE ${NUMBERED('o')} AND o.vanished_ms IS NULL AND o.id NOT IN (SELECT order_id FROM temp.adding))`,
  ).run();
  addSlices(file, table);
  prepared(file, 'DELETE FROM temp.adding').run();
}

/** What the orders in `temp.adding` and their lines say, slice by slice. */
function addSlices(file: SqliteFile, table: Scope['table']): void {
  const slice = 'FROM temp.adding a CROSS JOIN main.orders o ON o.id = a.order_id';
  const within = 'a.order_id BETWEEN :first AND :last';
  const add = prepared(
    file,
    `INSERT INTO ${table} SELECT number, order_id, ${SERIES}, ${SERIAL}, min(day), max(day), group_concat(DISTINCT origin) FROM (
       SELECT ${OF_ORDER} ${slice} WHERE ${within} AND ${NUMBERED('o')}
       UNION ALL
       SELECT ${OF_LINE} ${slice} CROSS JOIN main.lines l ON l.order_id = o.id WHERE ${within} AND ${NUMBERED('l')} AND ${ADDS}
     ) GROUP BY number, order_id`,
  );
  const next = prepared(
    file,
    `SELECT min(order_id) AS first, max(order_id) AS last
     FROM (SELECT order_id FROM temp.adding WHERE order_id > ifnull(?, order_id - 1) ORDER BY order_id LIMIT ${SLICE})`,
  );
  const after = (last: number | null) => next.get(last) as { first: number | null; last: number | null };
  for (let part = after(null); part.first !== null; part = after(part.last)) add.run(part);
}

/**
 * Brings `invoice_uses` up to date with orders and lines: all of it, or what the touched orders have. `temporary` makes
 * a table of this connection that hides the stored one.
 */
export function refreshUses(file: SqliteFile, { all, temporary }: { all: boolean; temporary: boolean }): void {
  if (temporary) {
    file.exec(`CREATE TEMP TABLE invoice_uses (number TEXT NOT NULL, order_id INTEGER NOT NULL, series TEXT, serial INTEGER,
        first_day TEXT, last_day TEXT, origins TEXT, PRIMARY KEY (number, order_id)) STRICT, WITHOUT ROWID`);
    addUses(file, { table: 'temp.invoice_uses', all: true });
    file.exec('CREATE INDEX temp.aside_uses_order ON invoice_uses (order_id)');
    return;
  }
  prepared(
    file,
    all
      ? 'DELETE FROM main.invoice_uses'
      : 'DELETE FROM main.invoice_uses WHERE order_id IN (SELECT order_id FROM temp.touched_now)',
  ).run();
  addUses(file, { table: 'main.invoice_uses', all });
}
