import { AppError } from '../../shared/errors.ts';
import { createAuditReader } from '../audit/service.ts';
import { createBatchReader } from '../corrections/batches/service.ts';
import { createCancellationReader } from '../corrections/cancellation/service.ts';
import { createOutboxReader } from '../corrections/outbox-reader.ts';
import { createProposalReader } from '../corrections/proposals.ts';
import { readChanges } from '../database/changes-read.ts';
import { openReaderFile } from '../database/connection-files.ts';
import { prepareCorrectionReads } from '../database/corrections-read.ts';
import { damagedCopy } from '../database/damaged-cache.ts';
import { readDataState } from '../database/data-state.ts';
import { prepareFindingReads } from '../database/findings-read.ts';
import { prepareOmsReads } from '../database/oms-read.ts';
import { readOrderDetail } from '../database/order-detail.ts';
import { periodCondition } from '../database/order-filter.ts';
import { currencyTotals } from '../database/order-totals.ts';
import { prepareOrderReads } from '../database/orders-read.ts';
import { readOverview } from '../database/overview.ts';
import { ordersWithPaymentsDue } from '../database/payments-due.ts';
import { preparePaymentReads } from '../database/payments-read.ts';
import { readQuarantine } from '../database/quarantine-read.ts';
import { openReportSource } from '../database/report-source.ts';
import { readRuns } from '../database/runs-read.ts';
import { readCapabilities } from '../database/sync-state.ts';
import { createRulesReader } from '../reconcile/calibration/service.ts';
import { createMatchReader } from '../reconcile/matching/service.ts';
import { createQueueReader } from '../reconcile/queue/service.ts';
import { runChecksAside } from '../reconcile/run-checks.ts';
import { skippedOfPeriod } from '../reconcile/skipped.ts';
import { exportReport } from '../reports/export-report.ts';
import { createStatementReader } from '../statements/service.ts';
import { createUserReader } from '../users/service.ts';
import type { CallContext } from './rpc.ts';
import type { CheckRules, ReaderService } from './services.ts';

/** What a reader's method gets besides its arguments: a cancel signal and a way to report progress. */
export type ReaderWithContext = Omit<ReaderService, 'report'> & {
  report(args: Parameters<ReaderService['report']>[0], context: CallContext): ReturnType<ReaderService['report']>;
};

/**
 * The reader of a connection folder: everything the window and reading commands show. Never writes to a file.
 * `elapsedMs` is a monotonic clock, used for staleness only; `nowMs` is the computer's, used for ages only.
 */
export function createReader(folder: string, elapsedMs: () => number, nowMs: () => number): ReaderWithContext {
  const file = openReaderFile(folder);
  const orders = prepareOrderReads(file, elapsedMs);
  const corrections = prepareCorrectionReads(file, 'local');
  const payments = preparePaymentReads(file);
  const oms = prepareOmsReads(file);
  let temporaryRules: CheckRules | null = null;
  // Findings made as of an instant are as old as they are then.
  const findings = prepareFindingReads(file, () => temporaryRules?.nowMs ?? nowMs());

  async function report(
    { request, path, nowMs: runAtMs, settings, connection, programVersion }: Parameters<ReaderService['report']>[0],
    { signal, progress }: CallContext,
  ): ReturnType<ReaderService['report']> {
    // A connection of its own: the snapshot must not freeze what the window reads meanwhile.
    const own = openReaderFile(folder);
    try {
      // The rows are walked in order, so a large page cache would only take memory; so would sorting in the checks.
      own.pragma('cache_size = -4000');
      const source = openReportSource(own, {
        company: settings.company,
        connection: connection.name,
        source: connection.baseUrl,
        period: request.period,
        timeZone: settings.timeZone,
        runAtMs,
        programVersion,
        rules: temporaryRules,
      });
      return await exportReport(source, request, {
        path,
        negativeStyle: settings.negativeStyle,
        signal,
        onProgress: (rows, total) => progress({ rows, total }),
      });
    } finally {
      own.close();
    }
  }

  return {
    ...createStatementReader(file),
    ...createUserReader(file),
    ...createBatchReader(file),
    ...createMatchReader(file),
    ...createQueueReader(file, findings),
    ...createRulesReader(file),
    ...createCancellationReader(file),
    ...createAuditReader(file, folder),
    ...createOutboxReader(file, corrections),
    ...createProposalReader(file),
    overview: () => {
      // Asked for after every change, just before lists are told to read again.
      orders.dataChanged();
      return readOverview(file);
    },
    dataState: () => readDataState(file),
    damagedCopy: () => damagedCopy(folder, file),
    refreshFindings: (rules) => {
      temporaryRules = rules;
      return runChecksAside(file, rules);
    },
    ordersWindow: (args) => orders.window(args),
    ordersTotals: (args) => orders.totals(args),
    ordersFacets: (args) => orders.facets(args),
    orderDetail: ({ id }) => readOrderDetail(file, id, { findings, corrections }),
    ordersSelected: ({ limit, ...args }) => {
      const rows = orders.selected({ ...args, limit: limit + 1 });
      if (rows.length > limit) {
        throw new AppError(
          'VALUE_INVALID',
          `More than ${limit} orders are selected. Select fewer, or export a report.`,
        );
      }
      return rows;
    },
    ordersByNumber: ({ number }) => orders.byNumber(number),
    findingsWindow: (args) => findings.window(args),
    findingsSummary: (args) => findings.summary(args),
    skippedOrders: (args) => skippedOfPeriod(file, args),
    findingsAll: ({ filter, timeZone }) => [...findings.chunks(filter, timeZone, 1_000)].flat(),
    periodTotals: ({ period, timeZone }) => {
      const totals = currencyTotals(file, periodCondition(period, timeZone));
      return {
        orders: totals.reduce((sum, each) => sum + each.orders, 0),
        totals: Object.fromEntries(
          totals.map(({ currency, orders: n, amount, refund }) => [currency, { orders: n, amount, refund }]),
        ),
        findings: findings.count({ period, checks: [], text: '' }, timeZone),
      };
    },
    report,
    runs: (window) => ({ ...readRuns(file, window), offset: window.offset }),
    quarantine: (window) => ({ ...readQuarantine(file, window), offset: window.offset }),
    changes: (args) => ({ ...readChanges(file, args), offset: args.offset }),
    capabilities: () => readCapabilities(file),
    orderPayments: ({ id }) => payments.ofOrder(id),
    paymentsFailure: ({ id }) => payments.failureOf(id),
    paymentsDue: (wanted) => ordersWithPaymentsDue(file, wanted),
    omsOfOrder: ({ id }) => oms.ofOrder(id),
    omsReadMs: () => oms.readMs(),
    omsExpected: () => oms.expected(),
    close: () => {
      file.close();
      return null;
    },
  };
}
