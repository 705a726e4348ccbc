import { join } from 'node:path';
import { type Migration, migrate } from '../../src/main/database/migrate.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';

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

/** Every row of every table, with its columns named; integers as text. */
export function rowsOf(file: SqliteFile): Record<string, Record<string, unknown>[]> {
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

/** Rows for each table of `cache.db` at version 1: passes of every state, an amount beyond 2^53, a finding, a bad row. */
const CACHE_1 = (orders: number): string => `
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${orders})
INSERT INTO orders (id, number, channel, status, date_placed, date_placed_ms, currency, amount, refund_amount, sent,
  invoice_number, line_count, lines_total, mixed_currency, search, content_hash, version, seen_pass, read_ms)
SELECT i, 'N' || i, iif(i % 3, 'Shop', NULL), '550', '2026-01-05T10:00:00Z', 1767607200000 + i, 'try',
  iif(i = 1, 9007199254740993123, i * 1000000), iif(i % 2, NULL, -1), i % 2, iif(i % 4, NULL, 'ABC' || i), 1,
  i * 1000000, 0, 'n' || i || ' ş', 'hash' || i, 1 + i % 5, 3, 1767607300000 FROM n;
INSERT INTO lines (id, order_id, sku, status, currency, price, cancel_status)
SELECT id * 10, id, 'SKU-' || id, '550', currency, amount, iif(id % 5, NULL, 'waiting') FROM orders;
INSERT INTO passes VALUES
  (1, 'complete', 100, 4, 300, 0, 300, 300, 1767600000000, 1767600060000),
  (2, 'incomplete', 100, 2, 100, 1, 301, 301, 1767603600000, 1767603660000),
  (3, 'running', 100, 3, 200, 1, 302, 303, 1767607200000, NULL);
INSERT INTO quarantine VALUES ('order 9001', 3, 9001, 2, 'orderitem_set.0.price', 'not_amount', 1767607200000),
  ('page 2 row 7', 3, NULL, 2, 'id', 'not_id', 1767607200000);
INSERT INTO findings VALUES ('amount.total', 1, 107000000, 100000000, 7000000, '{"lines":1}'), ('invoice.missing', 2, NULL, NULL, NULL, '{}');
INSERT INTO check_run VALUES (1, 1767607400000, 24, 2);
`;

/** What version 2 added: runs, one of them under way, changes, and how far each kind of reading has come. */
const CACHE_2 = `
INSERT INTO runs (kind, cause, plan, state, started_ms, remote_count, problem_code, problem)
VALUES ('refresh', 'schedule', '[]', 'failed', 1767610000000, 303, 'TIMEOUT', 'Omnitron did not answer.'),
  ('full', 'manual', '[]', 'running', 1767611000000, NULL, NULL, NULL);
INSERT INTO passes (state, scope, page_limit, direction, next_page, page_size, seen, quarantined, run_id, in_question, started_ms)
VALUES ('running', 'all', 100, 'down', 2, 50, 120, 0, 2, 0, 1767611000000);
INSERT INTO changes (order_id, line_id, field, old, new, seen_ms, run_id)
VALUES (1, NULL, 'amount', '1000000', '9007199254740993123', 1767611000000, 2), (2, 20, 'line', NULL, 'SKU-2', 1767611000000, 2);
UPDATE orders SET vanished_ms = 1767611000000, reading = 7 WHERE id = 5;
UPDATE sync_state SET capabilities = '{}', probed_ms = 1, changes_since_ms = 1767611000000, rolling_after = 4, next_reading = 10000001;
`;

const LOCAL_1 = `
INSERT INTO corrections VALUES (1, 1, 'N1', NULL, 'queued', 1, 2, NULL, NULL), (2, 2, 'N2', 20, 'conflict', 1, 2, 'CONFLICT', 'Both changed it.'),
  (7, 3, 'N3', NULL, 'applied', 1, 2, NULL, NULL);
INSERT INTO correction_fields VALUES (1, 'is_send', 'false', 'true', NULL), (2, 'invoice_number', 'null', '"ABC1"', '"ABC2"'),
  (7, 'is_send', 'false', 'true', 'true');
INSERT INTO receipts VALUES (1, 7, 3, 'read', 200, '{"is_send":false}'), (2, 7, 4, 'write', 200, NULL), (3, 7, 5, 'read-back', 200, '{"is_send":true}');
`;

const CACHE_ROWS = (orders: number): readonly string[] => [CACHE_1(orders), CACHE_2];
/** Versions of `cache.db` of which there are made-up stores. */
export const OLD_CACHE_VERSIONS = [1, 2] as const;

/** A connection folder as a program left it that knew `version` of the cache: every table has rows. */
export function oldStore(folder: string, version: (typeof OLD_CACHE_VERSIONS)[number], orders = 20): void {
  const cache = emptyAt(join(folder, 'cache.db'), CACHE_MIGRATIONS, 0);
  for (let step = 1; step <= version; step += 1) {
    migrate(cache, CACHE_MIGRATIONS.slice(0, step));
    cache.exec(CACHE_ROWS(orders)[step - 1] ?? '');
  }
  cache.close();
  const local = emptyAt(join(folder, 'local.db'), LOCAL_MIGRATIONS, 1);
  local.exec(LOCAL_1);
  local.close();
}
