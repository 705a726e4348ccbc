import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { migrate, schemaVersion } from '../../src/main/database/migrate.ts';
import { omsSchema } from '../../src/main/database/migrations/cache/0004-oms.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import { closeAfterTest, tempFolder } from '../support/engine.ts';

const TABLES = ['oms_passes', 'oms_orders', 'oms_lines', 'oms_invoices', 'oms_quarantine'];

test('step 4 stands at its place and makes empty STRICT tables beside orders that stay as they are', () => {
  expect(CACHE_MIGRATIONS[3]).toBe(omsSchema);
  const folder = tempFolder();
  const old = openSqlite(join(folder, 'cache.db'), { readonly: false });
  migrate(old, CACHE_MIGRATIONS.slice(0, 3));
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
  expect(reader.omsOfOrder({ id: 5 })).toEqual({ order: null, readAt: null });
  expect(reader.omsReadMs()).toBeNull();
});

test('step 9 tells of rows put aside before it when their pass was, as far as that is known', () => {
  const file = closeAfterTest(openSqlite(join(tempFolder(), 'cache.db'), { readonly: false }));
  migrate(file, CACHE_MIGRATIONS.slice(0, 8));
  file.exec(`INSERT INTO oms_passes (id, list, state, started_ms, finished_ms)
    VALUES (3, 'orders', 'complete', 10, 20), (5, 'invoices', 'running', 30, NULL);
    INSERT INTO oms_quarantine VALUES ('orders', 'row 7', 3, 'state', 'invalid_type'),
      ('invoices', 'row 8', 4, 'id', 'not_id'), ('invoices', 'row 9', 5, 'id', 'not_id')`);
  migrate(file, CACHE_MIGRATIONS);
  const seen = file.prepare('SELECT row_key, seen_ms FROM oms_quarantine ORDER BY row_key').raw().all();
  expect(seen).toEqual([
    ['row 7', 20],
    ['row 8', 30],
    ['row 9', 30],
  ]);
});
