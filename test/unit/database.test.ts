import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReaderFile, openWriterFiles } from '../../src/main/database/connection-files.ts';
import { migrate, schemaVersion } from '../../src/main/database/migrate.ts';
import { CACHE_MIGRATIONS, LOCAL_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { assertNodeVersion } from '../../src/main/database/node-version.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import { withDataErrors } from '../../src/main/database/sqlite-errors.ts';
import { closeAfterTest, tempFolder } from '../support/engine.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

function made(): string {
  const folder = tempFolder();
  openWriterFiles(folder).close();
  return folder;
}

test.each(['20.20.2', '22.13.1', '18.0.0'])('Node %s is refused in words', (version) => {
  expect(() => assertNodeVersion(version)).toThrow(code('NODE_TOO_OLD'));
  expect(() => assertNodeVersion(version)).toThrow(/22\.14/);
});

test.each(['22.14.0', '24.21.0', process.versions.node])('Node %s is accepted', (version) => {
  expect(() => assertNodeVersion(version)).not.toThrow();
});

test('writers run in WAL with full synchronisation, foreign keys and no trusted schema', () => {
  const files = closeAfterTest(openWriterFiles(tempFolder()));
  for (const file of [files.cache, files.local]) {
    const pragma = (name: string): unknown => file.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('trusted_schema')).toBe(0);
  }
});

test('every table is STRICT and money columns are whole numbers', () => {
  const files = closeAfterTest(openWriterFiles(tempFolder()));
  for (const file of [files.cache, files.local]) {
    const loose = file.prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    );
    expect(loose.pluck().all()).toEqual([]);
  }
  const money = files.cache.prepare(
    `SELECT type FROM pragma_table_info('orders') WHERE name LIKE '%amount' OR name = 'lines_total'`,
  );
  expect(new Set(money.pluck().all())).toEqual(new Set(['INTEGER']));
});

test('a reader cannot write', () => {
  const reader = closeAfterTest(openReaderFile(made()));
  expect(() => reader.exec('DELETE FROM orders')).toThrow(/readonly/);
  expect(() => reader.exec('DELETE FROM local.corrections')).toThrow(/readonly/);
});

test('a second writer on the folder is refused, a reader is not; the lock ends with its holder', () => {
  const folder = tempFolder();
  const first = closeAfterTest(openWriterFiles(folder));
  expect(() => openWriterFiles(folder)).toThrow(code('DATA_LOCKED'));
  closeAfterTest(openReaderFile(folder));
  first.close();
  closeAfterTest(openWriterFiles(folder));
});

test.each(['cache.db', 'local.db'])('%s of a newer program is refused and left as it is', (name) => {
  const folder = made();
  const file = openSqlite(join(folder, name), { readonly: false });
  file.pragma('user_version = 999');
  file.close();
  const before = readFileSync(join(folder, name));
  expect(() => openWriterFiles(folder)).toThrow(code('DATA_TOO_NEW'));
  expect(() => openReaderFile(folder)).toThrow(code('DATA_TOO_NEW'));
  expect(readFileSync(join(folder, name))).toEqual(before);
});

test('a damaged local.db is a typed error and is kept', () => {
  const folder = made();
  const garbage = Buffer.alloc(8192, 'x');
  writeFileSync(join(folder, 'local.db'), garbage);
  expect(() => openWriterFiles(folder)).toThrow(code('DATA_DAMAGED'));
  expect(readFileSync(join(folder, 'local.db'))).toEqual(garbage);
});

test('a folder that cannot be made is a typed error', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'occupied'), '');
  expect(() => openWriterFiles(join(folder, 'occupied', 'inside'))).toThrow(code('DATA_NOT_WRITABLE'));
  mkdirSync(join(folder, 'a', 'cache.db'), { recursive: true });
  expect(() => openWriterFiles(join(folder, 'a'))).toThrow(code('DATA_NOT_WRITABLE'));
});

test('a full disk is a typed error and the transaction leaves nothing', () => {
  const files = closeAfterTest(openWriterFiles(tempFolder()));
  const pages = Number(files.local.pragma('page_count', { simple: true }));
  files.local.pragma(`max_page_count = ${pages}`);
  const fill = files.local.transaction(() => {
    const insert = files.local.prepare(
      `INSERT INTO corrections (order_id, order_number, state, created_ms, updated_ms) VALUES (1, ?, 'queued', 0, 0)`,
    );
    for (let row = 0; row < 200; row += 1) insert.run('x'.repeat(500));
  });
  expect(() => withDataErrors(() => fill.immediate())).toThrow(code('DATA_FULL'));
  expect(files.local.prepare('SELECT count(*) FROM corrections').pluck().get()).toBe(0);
});

test('reading a folder without files is said so and makes none', () => {
  const folder = tempFolder();
  expect(() => openReaderFile(folder)).toThrow(code('DATA_DAMAGED'));
  expect(readdirSync(folder)).toEqual([]);
});

test('data of an older schema is migrated before it is read', () => {
  const folder = tempFolder();
  for (const name of ['cache.db', 'local.db']) openSqlite(join(folder, name), { readonly: false }).close();
  const reader = closeAfterTest(openReaderFile(folder));
  expect(schemaVersion(reader)).toBe(CACHE_MIGRATIONS.length);
  expect(reader.pragma('local.user_version', { simple: true })).toBe(LOCAL_MIGRATIONS.length);
});

test('a migration that fails leaves the version and the schema as they were', () => {
  const path = join(tempFolder(), 'm.db');
  const file = closeAfterTest(openSqlite(path, { readonly: false })) as SqliteFile;
  const steps = [
    { version: 1, sql: 'CREATE TABLE a (x INTEGER) STRICT' },
    { version: 2, sql: 'CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (again INTEGER) STRICT' },
  ];
  expect(() => migrate(file, steps)).toThrow(/already exists/);
  expect(schemaVersion(file)).toBe(1);
  expect(file.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()).toEqual(['a']);
});

test('copies of a closed connection are whole: nothing stays behind in a WAL', () => {
  const folder = made();
  const copy = tempFolder();
  for (const name of ['cache.db', 'local.db']) {
    expect(existsSync(join(folder, `${name}-wal`))).toBe(false);
    copyFileSync(join(folder, name), join(copy, name));
  }
  expect(schemaVersion(closeAfterTest(openReaderFile(copy)))).toBe(CACHE_MIGRATIONS.length);
});
