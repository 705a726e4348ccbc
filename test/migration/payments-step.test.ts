import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { migrate, schemaVersion } from '../../src/main/database/migrate.ts';
import { paymentsSchema } from '../../src/main/database/migrations/cache/0003-payments.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { closeAfterTest, orderFilter, storeOrders, tempFolder } from '../support/engine.ts';
import { wireOrder } from '../support/wire-orders.ts';

const TABLES = ['payment_readings', 'transactions', 'discount_items', 'cancellation_plans', 'unreadable_payments'];

test('step 3 stands at its place and makes empty STRICT tables beside orders that stay as they are', () => {
  expect(CACHE_MIGRATIONS[2]).toBe(paymentsSchema);
  const folder = tempFolder();
  const old = openSqlite(join(folder, 'cache.db'), { readonly: false });
  migrate(old, CACHE_MIGRATIONS.slice(0, 2));
  old.exec(`INSERT INTO orders (id, number, status, date_placed, date_placed_ms, currency, amount, sent, line_count,
    lines_total, mixed_currency, search, content_hash, version, seen_pass, read_ms)
    VALUES (5, 'N5', '550', '2026-01-05T10:00:00Z', 1, 'try', 7000000, 1, 0, 0, 0, 'n5', 'x', 4, 1, 1)`);
  old.close();
  const local = openSqlite(join(folder, 'local.db'), { readonly: false });
  migrate(local, LOCAL_MIGRATIONS);
  local.close();

  const files = openWriterFiles(folder);
  expect(schemaVersion(files.cache)).toBe(CACHE_MIGRATIONS.length);
  const strict = files.cache
    .prepare<[], string>(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 1`)
    .pluck()
    .all();
  for (const table of TABLES) {
    expect(strict).toContain(table);
    expect(files.cache.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  }
  expect(files.cache.prepare('SELECT number, version FROM orders').get()).toEqual({ number: 'N5', version: 4 });
  expect(files.cache.pragma('foreign_key_check')).toEqual([]);
  files.close();

  const reader = closeAfterTest(
    createReader(
      folder,
      () => 0,
      () => 0,
    ),
  );
  expect(reader.orderPayments({ id: 5 })).toBeNull();
});

test('an empty folder gets the same tables at once', () => {
  const folder = tempFolder();
  const writer = createWriter(folder);
  storeOrders(writer, [wireOrder(1)]);
  writer.close();
  const reader = closeAfterTest(
    createReader(
      folder,
      () => 0,
      () => 0,
    ),
  );
  expect(reader.orderPayments({ id: 1 })).toBeNull();
  const window = { filter: orderFilter(), sort: { column: 'number', direction: 'asc' }, timeZone: 'UTC' } as const;
  expect(reader.ordersWindow({ ...window, offset: 0, limit: 10 }).total).toBe(1);
});
