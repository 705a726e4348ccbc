import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, vi } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import type { SqliteFile } from '../../src/main/database/open.ts';
import { PAGES_A_ROUND, prepareWalCopying, type WalCopier } from '../../src/main/database/wal-copying.ts';
import { startCopier } from '../../src/main/engine/copier.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { closeAfterTest, NOW_MS, storeOrders, tempFolder } from '../support/engine.ts';
import { wireOrder } from '../support/wire-orders.ts';

const FULL = 2;

/** Notes what is asked of it; from the round `fails` on it says that it has failed. */
function copierOf(calls: string[], fails = Number.POSITIVE_INFINITY) {
  let rounds = 0;
  return (): WalCopier => {
    calls.push('start');
    return {
      copy() {
        calls.push('copy');
        rounds += 1;
        return rounds < fails;
      },
      close: () => calls.push('close'),
    };
  };
}

const waitsForDisk = (cache: SqliteFile): unknown => cache.pragma('synchronous', { simple: true });
const walPages = (cache: SqliteFile): number => Number(cache.pragma('wal_autocheckpoint', { simple: true }));

function storePages(copying: { pageStored(): void }, pages: number): void {
  for (let page = 1; page <= pages; page += 1) copying.pageStored();
}

test('a first pass has its WAL copied every so many pages, and its commits wait for the disk as ever', () => {
  const { cache } = closeAfterTest(openWriterFiles(tempFolder()));
  const calls: string[] = [];
  const copying = prepareWalCopying(cache, copierOf(calls));
  const before = walPages(cache);

  copying.begin();
  storePages(copying, PAGES_A_ROUND - 1);
  expect([calls, walPages(cache)]).toEqual([[], before]);
  storePages(copying, PAGES_A_ROUND + 1);
  expect(calls).toEqual(['start', 'copy', 'copy']);
  expect(walPages(cache)).toBeGreaterThan(before);
  expect(waitsForDisk(cache)).toBe(FULL);

  copying.end();
  expect([calls.at(-1), walPages(cache)]).toEqual(['close', before]);
  storePages(copying, PAGES_A_ROUND);
  copying.end();
  expect(calls).toEqual(['start', 'copy', 'copy', 'close']);
});

test('where the thread has failed the writer copies by itself again', () => {
  const { cache } = closeAfterTest(openWriterFiles(tempFolder()));
  const calls: string[] = [];
  const copying = prepareWalCopying(cache, copierOf(calls, 2));
  const before = walPages(cache);
  copying.begin();
  storePages(copying, 3 * PAGES_A_ROUND);
  expect(calls).toEqual(['start', 'copy', 'copy', 'close']);
  expect(walPages(cache)).toBe(before);
});

test('a thread that cannot be loaded says so, and nobody waits for it', async () => {
  const copier = startCopier(pathToFileURL(join(tempFolder(), 'missing.mjs')), 'cache.db');
  await vi.waitFor(() => expect(copier.copy()).toBe(false), { timeout: 10_000 });
  copier.close();
});

test('once a pass over all orders has been complete, no thread is started', () => {
  const folder = tempFolder();
  const writer = createWriter(folder);
  storeOrders(writer, [wireOrder(1)]);
  writer.close();
  const { cache } = closeAfterTest(openWriterFiles(folder));
  const calls: string[] = [];
  const copying = prepareWalCopying(cache, copierOf(calls));
  copying.begin();
  storePages(copying, 2 * PAGES_A_ROUND);
  expect(calls).toEqual([]);
});

test.each(['finishPass', 'finishRun', 'close'] as const)('%s ends it', (by) => {
  const calls: string[] = [];
  const writer = createWriter(tempFolder(), undefined, null, undefined, copierOf(calls));
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
  const { runId } = writer.beginRun({ kind: 'full', cause: 'manual', plan, nowMs: NOW_MS });
  const { passId } = writer.beginPass({ runId, limit: 100, direction: 'down', nowMs: NOW_MS });
  for (let page = PAGES_A_ROUND; page >= 1; page -= 1) {
    const body = new TextEncoder().encode(JSON.stringify({ count: 0, next: null, previous: null, results: [] }));
    writer.applyPage({
      passId,
      page,
      nextPage: page - 1,
      pageSize: 100,
      reading: PAGES_A_ROUND + 1 - page,
      nowMs: NOW_MS,
      body,
    });
  }
  expect(calls).toEqual(['start', 'copy']);
  if (by === 'finishPass') writer.finishPass({ passId, complete: true, remoteCount: 0, nowMs: NOW_MS });
  if (by === 'finishRun') {
    const none = {
      pages: PAGES_A_ROUND,
      requests: PAGES_A_ROUND,
      retries: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      quarantined: 0,
    };
    const counts = { ...none, notSeen: 0, remoteCount: 0, probe: null, problem: null };
    writer.finishRun({ runId, state: 'cancelled', counts, nowMs: NOW_MS });
  }
  if (by === 'close') writer.close();
  expect(calls).toEqual(['start', 'copy', 'close']);
  if (by !== 'close') writer.close();
});
