import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { sideReaderOf } from '../../src/main/engine/side-reader.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { runChecks } from '../../src/main/reconcile/run-checks.ts';
import { bundled } from '../support/bundled.ts';
import { checkResults, openBeside } from '../support/checked-store.ts';
import { CHECKING, closeAfterTest, storeOrders, tempFolder } from '../support/engine.ts';
import { askByOther } from '../support/other-connection.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

const start = sideReaderOf(pathToFileURL(bundled('src/main/engine/worker.ts')));
const query = (sql: string, values: Record<string, bigint> = {}) => ({ sql, values });

/** Starts the thread and tells when it has ended. */
function startKnown(...args: Parameters<typeof start>) {
  const created = once(process, 'worker');
  const reading = start(...args);
  return { reading, ended: created.then(([worker]) => once(worker as Worker, 'exit')) };
}

/** A store of a few orders, some with findings; its paths, and its files as the writer holds them. */
function openStore() {
  const folder = tempFolder();
  const writer = createWriter(folder);
  const odd = { refund_amount: '500.00', orderitem_set: [wireLine(21, { invoice_number: 'B2', price: '-1.00' })] };
  storeOrders(writer, [wireOrder(1), wireOrder(2, odd), wireOrder(3, { status: '999', amount: '1.00' })]);
  writer.close();
  const files = closeAfterTest(openWriterFiles(folder));
  return { folder, files, paths: { cache: files.cache.name, local: files.local.name } };
}

test('answers what is committed, not what is being written, and nobody else can commit meanwhile', async () => {
  const { folder, files, paths } = openStore();
  const beside = closeAfterTest(openBeside(folder));
  beside.pragma('busy_timeout = 0');
  files.cache.exec('BEGIN IMMEDIATE; DELETE FROM orders WHERE id = 3');
  const { reading, ended } = startKnown(paths, [
    query('SELECT count(*), group_concat(id) FROM orders WHERE id < :most', { most: 9n }),
    query('SELECT no_such_column FROM orders'),
    query('SELECT count(*) FROM local.statements'),
  ]);
  await ended;
  expect([0, 1, 2].map((index) => reading.answer(index))).toEqual([[3, '1,2,3'], null, [0]]);
  for (const table of ['main.touched_sources', 'local.touched']) {
    expect(() => beside.exec(`DELETE FROM ${table}`), table).toThrow('locked');
  }
  reading.end();
  files.cache.exec('COMMIT');
  expect(files.cache.prepare('SELECT count(*) FROM orders').pluck().get()).toBe(2);
  beside.close();
  files.close();
  expect(existsSync(join(folder, 'cache.db-wal'))).toBe(false);
});

test('what it has not come to is left to the caller, and it opens no file after that', () => {
  const { folder, files, paths } = openStore();
  const reading = start(paths, [query('SELECT 1'), query('SELECT 2')]);
  expect([1, 0].map((index) => reading.answer(index))).toEqual([null, null]);
  reading.end();
  files.close();
  expect(existsSync(join(folder, 'cache.db-wal'))).toBe(false);
});

test.each([
  ['loaded', pathToFileURL('/no/such/worker.mjs')],
  ['started', new URL('https://shop.example.com/worker.mjs')],
])('a thread that cannot be %s keeps nobody waiting', (_what, entry) => {
  const { paths } = openStore();
  const reading = sideReaderOf(entry)(paths, [query('SELECT 1')]);
  expect(reading.answer(0)).toBeNull();
  reading.end();
});

test('the checks find with the thread what they find without it', () => {
  const { folder, files } = openStore();
  const asked: string[] = [];
  const run = (fromOrders: number | null) => {
    files.cache.exec('DELETE FROM findings; DELETE FROM finding_events; DELETE FROM check_skips');
    const otherThread = fromOrders === null ? null : { ask: askByOther(folder, asked), fromOrders };
    runChecks(files.cache, CHECKING, { all: true, otherThread });
    return { ...checkResults(files.cache), skips: files.cache.prepare('SELECT * FROM check_skips').all() };
  };
  const alone = run(null);
  expect(alone.findings.length).toBeGreaterThan(3);
  expect(run(4)).toEqual(alone);
  expect(asked).toEqual([]);
  expect(run(3)).toEqual(alone);
  expect(asked.length).toBeGreaterThan(1);
});

test('a run that fails gives the reading up', () => {
  const { files } = openStore();
  const done: string[] = [];
  const ask = () => ({
    answer: (): never => {
      throw new Error('lost');
    },
    end: () => done.push('end'),
  });
  expect(() => runChecks(files.cache, CHECKING, { all: true, otherThread: { ask, fromOrders: 1 } })).toThrow('lost');
  expect(done).toEqual(['end']);
  expect(runChecks(files.cache, CHECKING, { all: true }).findings).toBeGreaterThan(3);
});

test('a run over what was touched starts no thread', () => {
  const { folder, files } = openStore();
  const asked: string[] = [];
  const run = (all: boolean) =>
    runChecks(files.cache, CHECKING, {
      all,
      otherThread: { ask: askByOther(folder, asked), fromOrders: 1 },
      walkBelow: 0,
    });
  run(true);
  const first = asked.length;
  files.cache.exec('INSERT INTO touched_orders SELECT id FROM orders WHERE id = 2');
  expect(run(false).judged).toBe(1);
  expect([first > 0, asked.length]).toEqual([true, first]);
});
