import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { schemaVersion } from '../../src/main/database/migrate.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import {
  CHECKING,
  closeAfterTest,
  ISTANBUL,
  orderFilter,
  startEngine,
  storeOrders,
  tempFolder,
} from '../support/engine.ts';
import { OLD_CACHE_VERSIONS, oldStore, rowsOf, schemaOf, tablesOf } from '../support/old-stores.ts';
import { wireOrder } from '../support/wire-orders.ts';

type Rows = ReturnType<typeof rowsOf>;

function readFile(folder: string, name: string): { rows: Rows; version: number; tables: string[] } {
  const file = openSqlite(join(folder, name), { readonly: true });
  const read = { rows: rowsOf(file), version: schemaVersion(file), tables: tablesOf(file) };
  file.close();
  return read;
}

/** What a run of the checks works out again; a step may empty it. */
const DERIVED = ['findings', 'check_run'];

/** Rows with no more than the columns that they had before. */
function asBefore(now: Rows, before: Rows, table: string): Rows[string] {
  const columns = Object.keys(before[table]?.[0] ?? {});
  return (now[table] ?? []).map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
}

/** Opens an old folder for writing; what was in it before, and its files now. */
function migrated(version: (typeof OLD_CACHE_VERSIONS)[number]): {
  before: { cache: Rows; local: Rows };
  cache: SqliteFile;
  local: SqliteFile;
} {
  const folder = tempFolder();
  oldStore(folder, version);
  const [cache, local] = [readFile(folder, 'cache.db'), readFile(folder, 'local.db')];
  expect([cache.version, local.version]).toEqual([version, 1]);
  for (const { rows, tables } of [cache, local])
    for (const table of tables) expect([table, rows[table]?.length === 0]).toEqual([table, false]);
  const files = closeAfterTest(openWriterFiles(folder));
  return { before: { cache: cache.rows, local: local.rows }, cache: files.cache, local: files.local };
}

describe.each(OLD_CACHE_VERSIONS)('a store of version %i', (version) => {
  test('comes to the newest schema, the same as that of a new store', () => {
    const { cache, local } = migrated(version);
    const fresh = closeAfterTest(openWriterFiles(tempFolder()));
    expect([schemaVersion(cache), schemaVersion(local)]).toEqual([CACHE_MIGRATIONS.length, LOCAL_MIGRATIONS.length]);
    expect(schemaOf(cache)).toEqual(schemaOf(fresh.cache));
    expect(schemaOf(local)).toEqual(schemaOf(fresh.local));
    for (const file of [cache, local]) {
      expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(file.pragma('foreign_key_check')).toEqual([]);
    }
  });

  test('keeps every row with every column', () => {
    const { before, cache, local } = migrated(version);
    const now = { cache: rowsOf(cache), local: rowsOf(local) };
    for (const table of Object.keys(before.local))
      expect([table, asBefore(now.local, before.local, table)]).toEqual([table, before.local[table]]);
    for (const table of Object.keys(before.cache)) {
      if (DERIVED.includes(table) || (version === 1 && table === 'passes')) continue;
      expect([table, asBefore(now.cache, before.cache, table)]).toEqual([table, before.cache[table]]);
    }
  });
});

test('findings of older versions are worked out again from what is held', () => {
  const folder = tempFolder();
  oldStore(folder, 2);
  const { writer, reader } = startEngine(folder);
  const filter = { period: { from: null, to: null }, checks: [], text: '' };
  const found = () => reader().findingsAll({ filter, timeZone: ISTANBUL });
  expect(found()).toEqual([]);
  writer.runChecks({ ...CHECKING, all: false });
  const worked = found();
  expect(worked.length).toBeGreaterThan(10);
  // Order 5 had vanished, order 9 has no invoice.
  expect(worked.flatMap(({ check, order }) => (order?.id === 5 ? check : []))).toEqual(['data.vanished']);
  expect(worked.filter(({ check }) => check === 'invoice.missing').map(({ order }) => order?.id)).toContain(9);
});

test('a store of version 1 is read, pulled anew and corrected as any other', () => {
  const folder = tempFolder();
  oldStore(folder, 1);
  const { writer, reader } = startEngine(folder);
  const outcome = storeOrders(writer, [wireOrder(1), wireOrder(2), wireOrder(900)]);
  expect(outcome).toMatchObject({ created: 1, updated: 2, quarantined: 0 });
  expect(reader().overview()).toMatchObject({ orders: 3, vanished: 18, pendingCorrections: 2 });
  const { rows } = reader().ordersWindow({
    filter: orderFilter(),
    sort: { column: 'number', direction: 'asc' },
    timeZone: ISTANBUL,
    offset: 0,
    limit: 30,
  });
  const amounts = Object.fromEntries(rows.map(({ number, amount }) => [number, amount]));
  expect(amounts).toMatchObject({ N1: '107.00', N3: '3.00', N900: '107.00' });
  expect(writer.withdrawCorrections({ ids: [1], nowMs: 1 })).toEqual({ withdrawn: 1 });
});

test('passes of version 1 become runs; one that was under way walked otherwise and is given up', () => {
  const { cache, before } = migrated(1);
  const passes = before.cache.passes ?? [];
  const expected = passes.map((pass) =>
    pass.state === 'running' ? { ...pass, state: 'incomplete', finished_ms: pass.started_ms } : pass,
  );
  expect(asBefore(rowsOf(cache), before.cache, 'passes')).toEqual(expected);
  expect(
    cache.prepare('SELECT kind, cause, state, started_ms, remote_count FROM runs ORDER BY id').raw().all(),
  ).toEqual([
    ['full', 'unknown', 'complete', 1_767_600_000_000, 300],
    ['full', 'unknown', 'incomplete', 1_767_603_600_000, 301],
    ['full', 'unknown', 'incomplete', 1_767_607_200_000, 303],
  ]);
});
