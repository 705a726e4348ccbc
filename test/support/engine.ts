import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createReader } from '../../src/main/engine/reader.ts';
import type { CheckRules, PageOutcome, WriterService } from '../../src/main/engine/services.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import type { CorrectionRow, NewCorrection } from '../../src/shared/corrections.ts';
import { NO_ORDER_FILTER, type OrderFilter } from '../../src/shared/orders.ts';
import type { SyncPlan } from '../../src/shared/sync.ts';
import { withEmptyStore } from './empty-store.ts';
import { asRemote } from './remote.ts';
import { wirePage } from './wire-orders.ts';

export const ISTANBUL = 'Europe/Istanbul';
/** An instant long after every order that tests make up. */
export const NOW_MS = Date.parse('2026-11-01T09:00:00Z');
/** The instant and the settings with which tests run the checks. */
export const CHECKING: CheckRules = { nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL };

const folders: string[] = [];
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
  folders.push(folder);
  return folder;
}

/** Something to be closed after the test, newest first. */
export function closeAfterTest<T extends { close(): unknown }>(thing: T): T {
  closing.push(() => thing.close());
  return thing;
}

/** The engine of a folder in this process: a writer, and readers on demand. */
export function startEngine(folder = withEmptyStore(tempFolder())) {
  const writer = closeAfterTest(createWriter(folder));
  return {
    folder,
    writer,
    remoteWriter: asRemote(writer),
    reader: () =>
      closeAfterTest(
        createReader(
          folder,
          () => performance.now(),
          () => NOW_MS,
        ),
      ),
  };
}

/** Proposes a correction at {@link NOW_MS}. */
export function addCorrection(writer: WriterService, correction: NewCorrection): CorrectionRow {
  return writer.addCorrection({ correction, timeZone: ISTANBUL, nowMs: NOW_MS });
}

/** Stores one page of orders as a run over everything would; `end` says how the run ends, or that it does not. */
export function storeOrders(
  writer: WriterService,
  orders: readonly unknown[] | Uint8Array,
  given: { nowMs?: number; end?: 'complete' | 'incomplete' | 'not ended' } = {},
): PageOutcome {
  const { nowMs = NOW_MS, end = 'complete' } = given;
  const plan: SyncPlan = { kind: 'full', resumes: false, steps: [], requests: 0 };
  const { runId, firstReading } = writer.beginRun({ kind: 'full', cause: 'manual', plan, nowMs });
  const { passId } = writer.beginPass({ runId, limit: 100, direction: 'down', nowMs });
  const body = orders instanceof Uint8Array ? orders : wirePage(orders);
  const place = { page: 1, nextPage: 0, pageSize: 100, reading: firstReading, nowMs };
  const outcome = writer.applyPage({ passId, ...place, body });
  if (end === 'not ended') return outcome;
  const { created, updated, unchanged, quarantined, remoteCount } = outcome;
  const { notSeen } = writer.finishPass({ passId, complete: end === 'complete', remoteCount, nowMs });
  const counts = { pages: 1, requests: 1, retries: 0, created, updated, unchanged, quarantined };
  writer.finishRun({
    runId,
    state: end,
    counts: { ...counts, notSeen, remoteCount, probe: null, problem: null },
    nowMs,
  });
  return outcome;
}

/** The order filter that lets everything through, but for what is given. */
export function orderFilter(given: Partial<OrderFilter> = {}): OrderFilter {
  return { ...NO_ORDER_FILTER, ...given };
}
