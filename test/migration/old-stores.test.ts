import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { schemaVersion } from '../../src/main/database/migrate.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import { correctionState } from '../../src/shared/corrections.ts';
import { closeAfterTest, tempFolder } from '../support/engine.ts';
import { LINES_SUMS } from '../support/old-stores/cache-1-orders.ts';
import {
  asBefore,
  emptyAt,
  FILLED,
  fillUpTo,
  OLD_STORES,
  oldStore,
  type Rows,
  rowsOf,
  schemaOf,
  tablesOf,
  type Versions,
} from '../support/old-stores.ts';

/*
 * Stores of every released version of each file, with rows in every table, come to the newest version: no row is lost,
 * every value is what it was, and what a step converts is what it must be.
 */

function readFile(folder: string, name: string): { rows: Rows; version: number } {
  const file = openSqlite(join(folder, name), { readonly: true });
  const read = { rows: rowsOf(file), version: schemaVersion(file) };
  file.close();
  return read;
}

interface Migrated {
  before: { cache: Rows; local: Rows };
  cache: SqliteFile;
  local: SqliteFile;
}

/** Opens an old folder for writing; what was in it before, and its files now. `change` alters `local.db` before. */
function migrated(versions: Versions, change = ''): Migrated {
  const folder = tempFolder();
  oldStore(folder, versions);
  const altered = openSqlite(join(folder, 'local.db'), { readonly: false });
  altered.exec(change);
  altered.close();
  const before = { cache: readFile(folder, 'cache.db'), local: readFile(folder, 'local.db') };
  expect([before.cache.version, before.local.version]).toEqual([versions.cache, versions.local]);
  const { cache, local } = closeAfterTest(openWriterFiles(folder));
  return { before: { cache: before.cache.rows, local: before.local.rows }, cache, local };
}

/** Words that a CHECK of a table lets stand in a column, by column. */
function choices(file: SqliteFile, table: string): [column: string, words: string[]][] {
  const sql = file.prepare<[string], string>(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?`);
  const found = (sql.pluck().get(table) ?? '').matchAll(/CHECK\s*\((\w+)\s+IN\s*\(([^)]*)\)\)/g);
  return [...found].map(([, column = '', list = '']) => [
    column,
    list.split(',').map((word) => word.trim().replaceAll("'", '')),
  ]);
}

describe.each(FILLED)('the made-up rows of $name', (filled) => {
  test('stand in each table of each version, and show each of its columns and choices', () => {
    expect(filled.rows, 'a step without rows of what it gave room for').toHaveLength(filled.migrations.length);
    const lacking: string[] = [];
    fillUpTo(join(tempFolder(), 'filled.db'), filled, filled.migrations.length, (file, version) => {
      const rows = rowsOf(file);
      for (const table of tablesOf(file)) {
        const of = rows[table] ?? [];
        const at = `version ${version}, ${table}`;
        if (of.length === 0) lacking.push(at);
        for (const column of Object.keys(of[0] ?? {}))
          if (of.every((row) => row[column] === null)) lacking.push(`${at}.${column}`);
        for (const [column, words] of choices(file, table))
          for (const word of words)
            if (!of.some((row) => row[column] === word)) lacking.push(`${at}.${column} = ${word}`);
      }
    });
    expect(lacking).toEqual([]);
  });
});

test('the made-up stores show every version, every state of a correction, and what is hard to keep', () => {
  const folder = tempFolder();
  oldStore(folder, { cache: CACHE_MIGRATIONS.length, local: LOCAL_MIGRATIONS.length });
  const { cache, local } = { cache: readFile(folder, 'cache.db').rows, local: readFile(folder, 'local.db').rows };
  expect(OLD_STORES.map((versions) => versions.cache)).toEqual(CACHE_MIGRATIONS.map(({ version }) => version));
  expect([...new Set(OLD_STORES.map((versions) => versions.local))]).toEqual(
    LOCAL_MIGRATIONS.map(({ version }) => version),
  );
  expect(new Set(local.corrections?.map(({ state }) => state))).toEqual(new Set(correctionState.options));
  for (const rows of [cache, local]) {
    const texts = Object.values(rows).flatMap((of) => of.flatMap((row) => Object.values(row).map(String)));
    for (const hard of ['9007199254740993', '-1', 'ığüşöç']) expect(texts.join('\n')).toContain(hard);
  }
});

/** Tables whose rows a step after a version converts or leaves to be worked out again; tests of their own say into what. */
function convertedAfter({ cache }: Versions): string[] {
  return [...(cache < 2 ? ['passes'] : []), ...(cache < 6 ? ['findings', 'check_run'] : [])];
}

describe.each(OLD_STORES)('a store of version $cache of cache.db and version $local of local.db', (versions) => {
  test('comes to the newest schema, that of a new store, with every row as it was', () => {
    const { before, cache, local } = migrated(versions);
    for (const [file, migrations] of [
      [cache, CACHE_MIGRATIONS],
      [local, LOCAL_MIGRATIONS],
    ] as const) {
      const fresh = closeAfterTest(emptyAt(':memory:', migrations, migrations.length));
      expect(schemaVersion(file)).toBe(migrations.length);
      expect(schemaOf(file)).toEqual(schemaOf(fresh));
      expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(file.pragma('foreign_key_check')).toEqual([]);
    }
    const now = { cache: rowsOf(cache), local: rowsOf(local) };
    const converted = convertedAfter(versions);
    for (const name of ['cache', 'local'] as const)
      for (const table of Object.keys(before[name]).filter((table) => !converted.includes(table)))
        expect([table, asBefore(now[name], before[name], table)]).toEqual([table, before[name][table]]);
  });
});

describe.each(OLD_STORES.filter(({ cache }) => cache < 6))('findings of version $cache', (versions) => {
  test('are forgotten, to be worked out again, and each order knows what its lines add up to', () => {
    const { before, cache } = migrated(versions);
    const now = rowsOf(cache);
    expect([now.findings, now.check_run, now.touched_orders]).toEqual([[], [], []]);
    const sums = now.orders?.map(({ id, lines_discount, lines_interest }) => [id, [lines_discount, lines_interest]]);
    expect(sums).toEqual(before.cache.orders?.map(({ id }) => [id, LINES_SUMS[Number(id)] ?? [null, null]]));
  });
});

test('passes of version 1 become runs; those that were under way walked otherwise and are given up', () => {
  const { cache, before } = migrated({ cache: 1, local: 1 });
  const passes = before.cache.passes ?? [];
  const expected = passes.map((pass) =>
    pass.state === 'running' ? { ...pass, state: 'incomplete', finished_ms: pass.started_ms } : pass,
  );
  expect(asBefore(rowsOf(cache), before.cache, 'passes')).toEqual(expected);
  expect(
    cache.prepare('SELECT kind, cause, state, started_ms, finished_ms, remote_count FROM runs ORDER BY id').raw().all(),
  ).toEqual([
    ['full', 'unknown', 'complete', 1_767_600_000_000, 1_767_600_060_000, 300],
    ['full', 'unknown', 'incomplete', 1_767_603_600_000, 1_767_603_660_000, 301],
    ['full', 'unknown', 'incomplete', 1_767_607_200_000, 1_767_607_200_000, 303],
    ['full', 'unknown', 'incomplete', 1_767_607_300_000, 1_767_607_300_000, null],
  ]);
  expect(cache.prepare('SELECT scope, run_id, direction, page_size, in_question FROM passes').raw().all()).toEqual(
    passes.map(() => ['all', null, 'up', null, 0]),
  );
  expect(cache.prepare('SELECT * FROM sync_state').raw().all()).toEqual([
    [1, null, null, null, 0, null, 1, null, 'quantity', '[]'],
  ]);
});

test('rows of OMS that were put aside before version 9 get the time of their pass', () => {
  const { cache } = migrated({ cache: 8, local: 4 });
  expect(cache.prepare('SELECT row_key, seen_ms FROM oms_quarantine ORDER BY row_key').raw().all()).toEqual([
    ['page 1 row 2', 1_767_613_002_500],
    ['row 75', 1_767_613_000_500],
  ]);
});

describe('corrections from before there were batches', () => {
  const batches = (local: SqliteFile): unknown[] =>
    local
      .prepare('SELECT id, year, seq, state, kind, maker, reason, created_ms, content_hash FROM batches')
      .raw()
      .all();
  const BATCHED = 'SELECT id, batch_id, kind, maker, profile, reverses, successor, sends FROM corrections ORDER BY id';

  test.each([1, 2])('of version %i: those that wait become the first draft', (version) => {
    const { before, local } = migrated({ cache: 5, local: version });
    // The oldest that waits was made in the last half hour of 2025.
    expect(batches(local)).toEqual([[1, 2025, 1, 'draft', 'corrections', '', '', 1_767_223_800_000, null]]);
    expect(local.prepare(BATCHED).raw().all()).toEqual(
      before.local.corrections?.map(({ id, state }) => {
        const waits = state !== 'applied' && state !== 'withdrawn';
        return [Number(id), waits ? 1 : null, 'fields', '', null, null, null, 0];
      }),
    );
  });

  test('none of which waits make no draft', () => {
    const done = "UPDATE corrections SET state = iif(id % 2, 'applied', 'withdrawn')";
    const { local } = migrated({ cache: 5, local: 1 }, done);
    expect(batches(local)).toEqual([]);
    expect(local.prepare('SELECT count(*), count(batch_id) FROM corrections').raw().get()).toEqual([9, 0]);
  });
});
