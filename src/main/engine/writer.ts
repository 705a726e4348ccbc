import { createOutbox } from '../corrections/outbox.ts';
import { createPushRecorder } from '../corrections/record-push.ts';
import { openWriterFiles } from '../database/connection-files.ts';
import { prepareCorrectionReads } from '../database/corrections-read.ts';
import { prepareCorrectionWrites } from '../database/corrections-write.ts';
import type { SqliteFile } from '../database/open.ts';
import { selectionCondition } from '../database/order-filter.ts';
import { prepareOrderStore } from '../database/orders-write.ts';
import { preparePassStore } from '../database/passes.ts';
import { selectOrder } from '../database/raw-order.ts';
import type { MappedOrder } from '../omnitron/mapped-order.ts';
import { parseOrdersPage } from '../omnitron/parse-page.ts';
import { runChecks } from '../reconcile/run-checks.ts';
import type { WriterService } from './services.ts';

function holdsRows(file: SqliteFile, table: 'orders' | 'corrections'): boolean {
  return file.prepare(`SELECT EXISTS (SELECT 1 FROM ${table})`).pluck().get() === 1;
}

/**
 * The writer of a connection folder: opens, migrates and locks it, and owns every write from then on.
 * Runs in a worker thread of the program and in-process in tests.
 */
export function createWriter(folder: string): WriterService {
  const files = openWriterFiles(folder);
  const { cache, local } = files;
  const orders = prepareOrderStore(cache);
  const passes = preparePassStore(cache, orders);
  const reads = prepareCorrectionReads(local, 'main');
  const writes = prepareCorrectionWrites(local);
  const outbox = createOutbox(files, reads, writes);
  const push = createPushRecorder(files, reads, writes, storeSingle);

  /** An order read by itself belongs to no pass: it keeps the mark of the pass that met it last. */
  function storeSingle(order: MappedOrder, nowMs: number): void {
    orders.store(order, Number(selectOrder(cache, order.id)?.seen_pass ?? 0), nowMs);
    cache.prepare('UPDATE orders SET read_ms = ? WHERE id = ?').run(nowMs, order.id);
  }

  return {
    holdsData: () => holdsRows(cache, 'orders') || holdsRows(local, 'corrections'),
    readCount: ({ body }) => ({ count: parseOrdersPage(body).count }),
    beginPass: ({ limit, nowMs }) => passes.begin(limit, nowMs),
    applyPage: ({ passId, page, body, nowMs }) => passes.applyPage(passId, page, parseOrdersPage(body), nowMs),
    finishPass: ({ passId, complete, remoteCount, nowMs }) => passes.finish(passId, complete, remoteCount, nowMs),
    runChecks: (rules) => runChecks(cache, rules, { temporary: false }),
    addCorrection: ({ correction, nowMs }) => outbox.add(correction, nowMs),
    markSent: ({ filter, selection, timeZone, nowMs }) => {
      const condition = selectionCondition(filter, selection, timeZone);
      const ids = cache
        .prepare<unknown[], number>(`SELECT o.id FROM orders o WHERE ${condition.sql} ORDER BY o.id`)
        .pluck()
        .all(...condition.values);
      return outbox.markSent(ids, nowMs);
    },
    withdrawCorrections: ({ ids, nowMs }) => outbox.withdraw(ids, nowMs),
    requeueCorrections: ({ ids, nowMs }) => outbox.requeue(ids, nowMs),
    pushItems: () => push.items(),
    pushChecking: ({ id, nowMs }) => {
      push.checking(id, nowMs);
      return null;
    },
    pushCompare: ({ id, shape, body, nowMs }) => push.compare(id, shape, body, nowMs),
    pushVerifying: ({ id, httpStatus, nowMs }) => {
      push.verifying(id, httpStatus, nowMs);
      return null;
    },
    pushVerify: ({ id, shape, body, nowMs }) => push.verify(id, shape, body, nowMs),
    pushProblem: ({ id, state, code, message, httpStatus, nowMs }) => {
      push.problem(id, state, { code, message, httpStatus }, nowMs);
      return null;
    },
    close: () => {
      files.close();
      return null;
    },
  };
}
