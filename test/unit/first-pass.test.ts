import { expect, test, vi } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { prepareFirstPass, type WalCopier } from '../../src/main/database/first-pass.ts';
import type { SqliteFile } from '../../src/main/database/open.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { CHECKING, closeAfterTest, NOW_MS, storeOrders, tempFolder } from '../support/engine.ts';
import { wireOrder } from '../support/wire-orders.ts';

const NORMAL = 1;
const FULL = 2;

function copierOf(calls: string[]) {
  return (): WalCopier => {
    calls.push('start');
    return { copy: () => calls.push('copy'), close: () => calls.push('close') };
  };
}

const waitsForDisk = (cache: SqliteFile): unknown => cache.pragma('synchronous', { simple: true });
const walPages = (cache: SqliteFile): unknown => cache.pragma('wal_autocheckpoint', { simple: true });

test('commits of a first pass do not wait for the disk, and those after it do', () => {
  const { cache } = closeAfterTest(openWriterFiles(tempFolder()));
  const calls: string[] = [];
  const firstPass = prepareFirstPass(cache, copierOf(calls));
  const before = walPages(cache);

  firstPass.begin();
  expect(waitsForDisk(cache)).toBe(NORMAL);
  for (let page = 1; page <= 11; page += 1) firstPass.pageStored(NOW_MS);
  expect(calls).toEqual([]);
  for (let page = 12; page <= 24; page += 1) firstPass.pageStored(NOW_MS);
  expect(calls).toEqual(['start', 'copy', 'copy']);
  expect(Number(walPages(cache))).toBeGreaterThan(Number(before));

  firstPass.end();
  expect(calls.at(-1)).toBe('close');
  expect([waitsForDisk(cache), walPages(cache)]).toEqual([FULL, before]);
  firstPass.pageStored(NOW_MS);
  firstPass.end();
  expect(calls).toEqual(['start', 'copy', 'copy', 'close']);
});

test('where pages come slowly, the WAL is copied every second', () => {
  const { cache } = closeAfterTest(openWriterFiles(tempFolder()));
  const calls: string[] = [];
  const firstPass = prepareFirstPass(cache, copierOf(calls));
  firstPass.begin();
  for (const afterMs of [0, 600, 1_200, 1_800, 2_400]) firstPass.pageStored(NOW_MS + afterMs);
  expect(calls).toEqual(['start', 'copy', 'copy']);
  firstPass.end();
});

test('findings are on the disk before the reason to work them out is forgotten', () => {
  const { cache } = closeAfterTest(openWriterFiles(tempFolder()));
  const writer = closeAfterTest(createWriter(tempFolder()));
  storeOrders(writer, [wireOrder(1)], { end: 'not ended' });
  const pragma = vi.spyOn(Object.getPrototypeOf(cache) as SqliteFile, 'pragma');
  try {
    writer.runChecks({ ...CHECKING, all: true });
    const modes = pragma.mock.calls.map(([text]) => text).filter((text) => text.startsWith('synchronous'));
    expect(modes).toEqual(['synchronous = FULL', 'synchronous = NORMAL']);
  } finally {
    pragma.mockRestore();
  }
});

test('what a person decides meanwhile waits for the disk, also when it fails', () => {
  const { cache } = closeAfterTest(openWriterFiles(tempFolder()));
  const firstPass = prepareFirstPass(cache, null);
  const service = firstPass.durable({
    look: (more: number) => Number(waitsForDisk(cache)) + more,
    fail: () => {
      throw new Error(`fails at ${waitsForDisk(cache)}`);
    },
  });
  firstPass.begin();
  expect(service.look(10)).toBe(FULL + 10);
  expect(waitsForDisk(cache)).toBe(NORMAL);
  expect(() => service.fail()).toThrow(`fails at ${FULL}`);
  expect(waitsForDisk(cache)).toBe(NORMAL);
});

test('once a pass over all orders has been complete, every commit waits for the disk', () => {
  const folder = tempFolder();
  const writer = createWriter(folder);
  storeOrders(writer, [wireOrder(1)]);
  writer.close();
  const { cache } = closeAfterTest(openWriterFiles(folder));
  prepareFirstPass(cache, copierOf([])).begin();
  expect(waitsForDisk(cache)).toBe(FULL);
});

test.each(['finishPass', 'finishRun', 'close'] as const)('%s ends it', (by) => {
  const calls: string[] = [];
  const writer = createWriter(tempFolder(), undefined, null, undefined, copierOf(calls));
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
  const { runId } = writer.beginRun({ kind: 'full', cause: 'manual', plan, nowMs: NOW_MS });
  const { passId } = writer.beginPass({ runId, limit: 100, direction: 'down', nowMs: NOW_MS });
  for (let page = 12; page >= 1; page -= 1) {
    const body = new TextEncoder().encode(JSON.stringify({ count: 0, next: null, previous: null, results: [] }));
    writer.applyPage({ passId, page, nextPage: page - 1, pageSize: 100, reading: 20 - page, nowMs: NOW_MS, body });
  }
  expect(calls).toEqual(['start', 'copy']);
  if (by === 'finishPass') writer.finishPass({ passId, complete: true, remoteCount: 0, nowMs: NOW_MS });
  if (by === 'finishRun') {
    const none = { pages: 12, requests: 12, retries: 0, created: 0, updated: 0, unchanged: 0, quarantined: 0 };
    const counts = { ...none, notSeen: 0, remoteCount: 0, problem: null };
    writer.finishRun({ runId, state: 'cancelled', counts, nowMs: NOW_MS });
  }
  if (by === 'close') writer.close();
  expect(calls).toEqual(['start', 'copy', 'close']);
  if (by !== 'close') writer.close();
});
