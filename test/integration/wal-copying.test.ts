import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { PAGES_A_ROUND } from '../../src/main/database/wal-copying.ts';
import { startWriter } from '../../src/main/engine/threads.ts';
import { bundled } from '../support/bundled.ts';
import { NOW_MS, tempFolder } from '../support/engine.ts';
import { wireOrder, wirePage } from '../support/wire-orders.ts';

const PAGES = PAGES_A_ROUND + 10;
const PAGE = 10;

/** What stands in the file itself, without its WAL. */
function ordersInFile(folder: string): number {
  const alone = join(tempFolder(), 'alone.db');
  copyFileSync(join(folder, 'cache.db'), alone);
  const file = openSqlite(alone, { readonly: true });
  try {
    return Number(file.prepare('SELECT count(*) FROM orders').pluck().get());
  } finally {
    file.close();
  }
}

test('during a first pass another thread copies the WAL to the file, which stands for itself once it is closed', async () => {
  const folder = tempFolder();
  const { service, close } = await startWriter(bundled('src/main/engine/worker.ts'), folder, null);
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: PAGES };
  const { runId, firstReading } = await service.beginRun({ kind: 'full', cause: 'manual', plan, nowMs: NOW_MS });
  const { passId } = await service.beginPass({ runId, limit: PAGE, direction: 'up', nowMs: NOW_MS });
  for (let page = 1; page <= PAGES; page += 1) {
    const orders = Array.from({ length: PAGE }, (_, place) => wireOrder(page * 100 + place));
    const body = wirePage(orders, { count: PAGES * PAGE, next: null });
    const place = { page, nextPage: page < PAGES ? page + 1 : 0, pageSize: PAGE, reading: firstReading + page };
    await service.applyPage({ passId, ...place, nowMs: NOW_MS, body });
  }
  // So little is in the WAL that the writer itself has not copied anything yet.
  await vi.waitFor(() => expect(ordersInFile(folder)).toBeGreaterThanOrEqual(PAGES_A_ROUND * PAGE), {
    timeout: 10_000,
  });

  await service.finishPass({ passId, complete: true, remoteCount: PAGES * PAGE, nowMs: NOW_MS });
  await close();
  expect(existsSync(join(folder, 'cache.db-wal'))).toBe(false);
  expect(ordersInFile(folder)).toBe(PAGES * PAGE);
});
