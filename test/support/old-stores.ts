import { join } from 'node:path';
import { type Migration, migrate } from '../../src/main/database/migrate.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import { cacheOrders } from './old-stores/cache-1-orders.ts';
import { CACHE_RUNS } from './old-stores/cache-2-runs.ts';
import { CACHE_PAYMENTS } from './old-stores/cache-3-payments.ts';
import { CACHE_OMS, CACHE_PLANS } from './old-stores/cache-4-oms.ts';
import { CACHE_CANCELLING, CACHE_FINDINGS, CACHE_OMS_RUNS } from './old-stores/cache-6-findings.ts';
import { CACHE_BESIDE_RUNS } from './old-stores/cache-9-beside-runs.ts';
import { CACHE_QUANTITY_KEY } from './old-stores/cache-10-quantity-key.ts';
import { LOCAL_CORRECTIONS } from './old-stores/local-1-corrections.ts';
import { LOCAL_STATEMENTS } from './old-stores/local-2-statements.ts';
import { LOCAL_BATCHES } from './old-stores/local-3-batches.ts';
import { LOCAL_AUDIT } from './old-stores/local-4-audit.ts';
import { LOCAL_REJECTED_KEYS } from './old-stores/local-5-rejected-keys.ts';

/** A file at a version, without rows. */
export function emptyAt(path: string, migrations: readonly Migration[], version: number): SqliteFile {
  const file = openSqlite(path, { readonly: false });
  migrate(file, migrations.slice(0, version));
  return file;
}

/** What a schema consists of, in an order and with blanks that do not matter. */
export function schemaOf(file: SqliteFile): string[] {
  return file
    .prepare<[], string>(
      `SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema
       WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name`,
    )
    .pluck()
    .all()
    .map((text) => text.replace(/\s+/g, ' '));
}

export function tablesOf(file: SqliteFile): string[] {
  const names = file.prepare<[], string>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  );
  return names.pluck().all();
}

function columnsOf(file: SqliteFile, table: string): string[] {
  return file.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

/** Rows by table. */
export type Rows = Record<string, Record<string, unknown>[]>;

/** Every row of every table, with its columns named; integers as text. */
export function rowsOf(file: SqliteFile): Rows {
  const plain = (row: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? `${value}` : value]),
    );
  return Object.fromEntries(
    tablesOf(file).map((table) => {
      const statement = file.prepare<[], Record<string, unknown>>(
        `SELECT * FROM "${table}" ORDER BY ${columnsOf(file, table).slice(0, 2).join(', ')}`,
      );
      const rows = statement.safeIntegers().all();
      return [table, rows.map(plain)];
    }),
  );
}

/** The rows that a table has now, each with no more than the columns that rows of it had before. */
export function asBefore(now: Rows, before: Rows, table: string): Record<string, unknown>[] | undefined {
  const columns = Object.keys(before[table]?.[0] ?? {});
  return now[table]?.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
}

/** What each step gave room for, in the order of the steps; the first with so many plain orders. */
const cacheRows = (orders: number): readonly string[] => [
  cacheOrders(orders),
  CACHE_RUNS,
  CACHE_PAYMENTS,
  CACHE_OMS,
  CACHE_PLANS,
  CACHE_FINDINGS,
  CACHE_OMS_RUNS,
  CACHE_CANCELLING,
  CACHE_BESIDE_RUNS,
  CACHE_QUANTITY_KEY,
];
const LOCAL_ROWS: readonly string[] = [
  LOCAL_CORRECTIONS,
  LOCAL_STATEMENTS,
  LOCAL_BATCHES,
  LOCAL_AUDIT,
  LOCAL_REJECTED_KEYS,
];

/** Versions of the two files that a program knew together. */
export interface Versions {
  cache: number;
  local: number;
}

/** Stores of every version of each file. */
export const OLD_STORES: readonly Versions[] = [
  { cache: 1, local: 1 },
  { cache: 2, local: 1 },
  { cache: 3, local: 1 },
  { cache: 4, local: 1 },
  { cache: 5, local: 1 },
  { cache: 6, local: 2 },
  { cache: 7, local: 3 },
  { cache: 8, local: 4 },
  { cache: 9, local: 5 },
  { cache: 10, local: 5 },
];

/** The two files, with all that is needed to fill them. */
export const FILLED = [
  { name: 'cache.db', migrations: CACHE_MIGRATIONS, rows: cacheRows(20) },
  { name: 'local.db', migrations: LOCAL_MIGRATIONS, rows: LOCAL_ROWS },
] as const;

/** Takes a new file through every version up to `version`, with the rows of each; `look` sees it at each of them. */
export function fillUpTo(
  path: string,
  { migrations, rows }: { migrations: readonly Migration[]; rows: readonly string[] },
  version: number,
  look: (file: SqliteFile, version: number) => void = () => undefined,
): void {
  const file = openSqlite(path, { readonly: false });
  file.pragma('synchronous = OFF');
  for (let step = 1; step <= version; step += 1) {
    migrate(file, migrations.slice(0, step));
    file.transaction(() => file.exec(rows[step - 1] ?? ''))();
    look(file, step);
  }
  file.close();
}

/** A connection folder as a program left it that knew these versions: every table has rows. */
export function oldStore(folder: string, { cache, local }: Versions, orders = 20): void {
  fillUpTo(join(folder, 'cache.db'), { migrations: CACHE_MIGRATIONS, rows: cacheRows(orders) }, cache);
  fillUpTo(join(folder, 'local.db'), { migrations: LOCAL_MIGRATIONS, rows: LOCAL_ROWS }, local);
}
