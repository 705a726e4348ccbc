import { AppError } from '../../shared/errors.ts';
import { systemAuthor } from '../audit/author.ts';
import { keepingHead } from '../audit/head.ts';
import type { Author, AuthoredFiles } from '../audit/journal.ts';
import { toAuditKey } from '../audit/keys.ts';
import { createAuditWriter, recordVanished } from '../audit/service.ts';
import { setAuditKey } from '../audit/trail.ts';
import { createBatchWriter } from '../corrections/batches/service.ts';
import { createCancellationWriter } from '../corrections/cancellation/service.ts';
import { createProposalWriter } from '../corrections/proposals.ts';
import { createPushWriter } from '../corrections/push-writer.ts';
import { openWriterFiles } from '../database/connection-files.ts';
import { prepareCorrectionReads } from '../database/corrections-read.ts';
import { prepareCorrectionWrites } from '../database/corrections-write.ts';
import { prepareOmsStore } from '../database/oms-write.ts';
import type { SqliteFile } from '../database/open.ts';
import { prepareOrderChanges } from '../database/order-changes.ts';
import { prepareOrderStore } from '../database/orders-write.ts';
import { preparePassStore } from '../database/passes.ts';
import { preparePaymentStore } from '../database/payments-write.ts';
import { prepareLineReading, rememberAlike } from '../database/quantity-key.ts';
import { countQuarantined, readQuarantinedOrders } from '../database/quarantine-read.ts';
import { prepareQuarantineRetry, type Retried } from '../database/quarantine-retry.ts';
import { prepareRunStore } from '../database/runs.ts';
import type { SideQuery, StartSideReading } from '../database/side-reading.ts';
import { listFacts, prepareSyncState } from '../database/sync-state.ts';
import { prepareWalCopying, type WalCopier } from '../database/wal-copying.ts';
import type { LineReading } from '../omnitron/map-order.ts';
import type { MappedOrder } from '../omnitron/mapped-order.ts';
import { parseOms } from '../omnitron/parse-oms.ts';
import { parseOrder, parseOrdersPage } from '../omnitron/parse-page.ts';
import { parseDetailedNumber, parsePayments, parsePlanOrders } from '../omnitron/parse-payments.ts';
import { createRulesWriter } from '../reconcile/calibration/service.ts';
import { createMatchWriter } from '../reconcile/matching/service.ts';
import { createQueueWriter } from '../reconcile/queue/service.ts';
import { runChecks } from '../reconcile/run-checks.ts';
import { createStatementWriter } from '../statements/service.ts';
import { PIN_COST, type PinCost } from '../users/sealed-key.ts';
import { createUserWriter } from '../users/service.ts';
import type { Session } from '../users/session.ts';
import type { WriterService } from './services.ts';

/** Orders from which on another thread spares the checks more than starting it takes. */
const LARGE_STORE = 50_000;

function holdsRows(file: SqliteFile, table: 'orders' | 'corrections'): boolean {
  return file.prepare(`SELECT EXISTS (SELECT 1 FROM ${table})`).pluck().get() === 1;
}

/** Faults of an answer that is no JSON at all, like a page of a proxy: it says nothing about the order. */
const NO_JSON: readonly string[] = ['invalid_json', 'invalid_utf8'];

/** An answer that is JSON but not the contract's order says where it is wrong. */
function readRetried(body: Uint8Array, reading: LineReading): Retried {
  try {
    return { ok: true, order: parseOrder(body, reading) };
  } catch (thrown) {
    const { path, code } = thrown instanceof AppError ? (thrown.details ?? {}) : {};
    if (typeof path === 'string' && typeof code === 'string' && !NO_JSON.includes(code))
      return { ok: false, path, code };
    throw thrown;
  }
}

/**
 * The writer of a connection folder: opens, migrates and locks it, and owns every write from then on.
 * Runs in a worker thread of the program and in-process in tests. `auditKey` authenticates the entries of the audit trail,
 * null = they are chained only. `pinCost` is what trying a PIN costs. `startCopier` copies the WAL of `cache.db` in another
 * thread during a first pass, `startSideReading` reads beside the checks of a large store; null = there is no other thread.
 */
export function createWriter(
  folder: string,
  author: Author = systemAuthor(),
  auditKey: Uint8Array | null = null,
  pinCost: PinCost = PIN_COST,
  startCopier: ((path: string) => WalCopier) | null = null,
  startSideReading: StartSideReading | null = null,
): WriterService {
  const files: AuthoredFiles = { ...openWriterFiles(folder), author };
  const session: Session = { person: null };
  const { cache, local } = files;
  setAuditKey(local, auditKey === null ? null : toAuditKey(auditKey));
  const runs = prepareRunStore(cache);
  const changes = prepareOrderChanges(cache, runs.current);
  const orders = prepareOrderStore(cache, changes);
  const passes = preparePassStore(cache, orders, changes, runs);
  const walCopying = startCopier === null ? null : prepareWalCopying(cache, () => startCopier(cache.name));
  const paths = { cache: cache.name, local: local.name };
  const otherThread = startSideReading && {
    ask: (queries: readonly SideQuery[]) => startSideReading(paths, queries),
    fromOrders: LARGE_STORE,
  };
  const syncState = prepareSyncState(cache);
  const quarantineRetry = prepareQuarantineRetry(cache, orders);
  const payments = preparePaymentStore(cache);
  const lineReading = prepareLineReading(cache);
  const oms = prepareOmsStore(cache);
  const reads = prepareCorrectionReads(local, 'main');
  const writes = prepareCorrectionWrites(local);

  /** An order read by itself belongs to no pass: it keeps the mark of the pass that met it last. */
  function storeSingle(order: MappedOrder, nowMs: number): void {
    orders.store(order, { passId: null, reading: runs.nextReading(), nowMs });
  }

  const service: WriterService = {
    ...createStatementWriter(files),
    ...createUserWriter(files, session, pinCost),
    ...createBatchWriter(files, session),
    ...createMatchWriter(files),
    ...createQueueWriter(files),
    ...createRulesWriter(files),
    ...createProposalWriter(files, reads, writes),
    ...createCancellationWriter(files, storeSingle),
    ...createAuditWriter(files),
    ...createPushWriter(files, reads, writes, storeSingle),
    holdsData: () => holdsRows(cache, 'orders') || holdsRows(local, 'corrections'),
    readCount: ({ body }) => ({ count: parseOrdersPage(body).count }),
    readList: ({ body }) => listFacts(parseOrdersPage(body)),
    syncFacts: () => syncState.facts(),
    storeCapabilities: ({ capabilities, nowMs }) => {
      syncState.storeCapabilities(capabilities, nowMs);
      return null;
    },
    storeSyncState: (args) => {
      syncState.store(args);
      return null;
    },
    pagesOfHeld: ({ passId, held, pageSize }) => syncState.pagesOfHeld(passId, held, pageSize),
    notMet: ({ passId, held }) => syncState.notMet(passId, held),
    heldAround: ({ id }) => syncState.heldAround(id),
    beginRun: (start) => runs.begin(start),
    planRun: ({ runId, kind, plan }) => {
      runs.plan(runId, kind, plan);
      return null;
    },
    finishRun: ({ runId, state, counts, nowMs }) => {
      walCopying?.end();
      runs.finish(runId, state, counts, nowMs);
      return null;
    },
    readPlanOrders: ({ body }) => parsePlanOrders(body),
    beginPass: (args) => {
      walCopying?.begin();
      return passes.begin(args);
    },
    beginPart: (args) => passes.beginPart(args),
    applyPage: ({ body, ...args }) => {
      const lines = lineReading();
      const before = lines.alike.size;
      const outcome = passes.applyPage(args, parseOrdersPage(body, lines));
      rememberAlike(cache, lines.alike, before);
      walCopying?.pageStored();
      return outcome;
    },
    applyOrder: ({ body, ...reading }) => passes.applyOrder(reading, parseOrder(body, lineReading())),
    quarantined: () => ({ rows: countQuarantined(cache), orders: readQuarantinedOrders(cache) }),
    reserveReadings: ({ count }) => ({ first: runs.reserveReadings(count) }),
    applyRetried: ({ orderId, body, ...reading }) => {
      const retried = readRetried(body, lineReading());
      quarantineRetry.apply(orderId, retried, reading);
      return { id: retried.ok ? retried.order.id : null };
    },
    readDetailedNumber: ({ orderId, body }) => ({ number: parseDetailedNumber(orderId, body) }),
    finishPass: (args) => {
      walCopying?.end();
      return passes.finish(args);
    },
    markGone: (args) => passes.markGone(args),
    acceptVanished: ({ nowMs }) => {
      const accepted = passes.acceptVanished(nowMs);
      if (accepted.vanished > 0) recordVanished(files, accepted.vanished, nowMs);
      return accepted;
    },
    runChecks: ({ all = true, walkBelow, ...rules }) => {
      const upTo = Number(local.prepare('SELECT ifnull(max(id), 0) FROM touched').pluck().get());
      const outcome = runChecks(cache, rules, { all, otherThread, walkBelow });
      // Only once the findings are stored: after a crash in between the next run looks at the same again.
      if (upTo > 0) local.prepare('DELETE FROM touched WHERE id <= ?').run(upTo);
      return outcome;
    },
    applyPayments: ({ orderId, bodies, ...place }) => {
      const parsed = parsePayments(orderId, bodies);
      const { unfinished } = parsed;
      return { unfinished, outcome: unfinished.length > 0 ? null : payments.store(parsed.payments, place) };
    },
    notePaymentsFailed: ({ orderId, ...failure }) => {
      payments.noteFailure(orderId, failure);
      return null;
    },
    notePaymentsOwed: ({ orderIds, nowMs }) => {
      payments.noteOwed(orderIds, nowMs);
      return null;
    },
    notePayments: ({ runId, payments: read }) => {
      runs.notePayments(runId, read);
      return null;
    },
    omsBegin: (args) => oms.begin(args),
    omsPage: ({ list, body, ...args }) => oms.applyPage(args, parseOms(list, body)),
    omsFinish: (args) => oms.finish(args),
    omsForget: () => {
      oms.forget();
      return null;
    },
    omsNoteRun: ({ runId, oms: read }) => {
      runs.noteOms(runId, read);
      return null;
    },
    close: () => {
      walCopying?.end();
      files.close();
      return null;
    },
  };
  return keepingHead(service, folder, local);
}
