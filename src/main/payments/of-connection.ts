import { toErrorShape } from '../../shared/errors.ts';
import { PAYMENTS_FRESH_MS, type PaymentsAnswer } from '../../shared/payments.ts';
import type { Period } from '../../shared/period.ts';
import type { RunPayments, SyncProgress, SyncRequest, SyncSummary } from '../../shared/sync.ts';
import type { Clock } from '../connections/ports.ts';
import type { ReaderService, Remote } from '../engine/services.ts';
import type { Besides } from '../sync/plan.ts';
import type { PaymentReader, PaymentsRequest, PaymentsRun } from './reader.ts';

/**
 * The most orders whose payments follow an ordinary run, three requests each: never more than it found new or changed, and
 * those that an earlier run owes, each once a run. So a run that finds nothing new reads none, and the first one of a large
 * store is not held up by them.
 */
const MOST_AFTER_RUN = 50;

/** Payments as the window and the command line work with them. */
export interface Payments {
  /** Reads the payments of orders, two at once. @throws AppError TOKEN_MISSING, DATA_LOCKED, CANCELLED */
  read(request: PaymentsRequest): Promise<PaymentsRun>;
  /**
   * What is held of an order's payments; `refresh` reads them first and gives up such a reading of another order, which
   * nobody looks at any more. What goes wrong then is told beside what is held. @throws AppError ORDER_UNKNOWN
   */
  ofOrder(request: { id: number; refresh: boolean }): Promise<PaymentsAnswer>;
}

export interface FollowUp {
  request: SyncRequest;
  summary: SyncSummary;
  timeZone: string;
  signal: AbortSignal;
  onProgress(progress: SyncProgress): void;
}

export interface PaymentsParts {
  /** Null where the connection was opened for reading only; `read` then throws. */
  reader: () => PaymentReader;
  held: Remote<Pick<ReaderService, 'orderPayments' | 'paymentsFailure' | 'paymentsDue'>>;
  clock: Clock;
}

/** Puts the reader of payments and what is held of them together. */
export function createPayments({ reader, held, clock }: PaymentsParts): Payments & {
  /** Of which orders, and of how many, payments will be read after a run, as far as is known before it. */
  planned(request: SyncRequest, timeZone: string): Promise<Besides['payments']>;
  /**
   * Reads the payments that a run makes worth having. Never fails: a run is what it is without them.
   * @returns what it came to, also where it was cancelled; null = none were due
   */
  afterRun(run: FollowUp): Promise<RunPayments | null>;
} {
  let looking = new AbortController();

  /** From the moment in which an order is looked at, not from that in which its reading begins: who looked last counts. */
  function lookAt(): AbortSignal {
    looking.abort();
    looking = new AbortController();
    return looking.signal;
  }

  async function refreshed(id: number, signal: AbortSignal): Promise<PaymentsAnswer['problem']> {
    try {
      const { failed } = await reader().read({ ids: [id], signal });
      return failed[0] === undefined ? null : shapeOf(failed[0].problem);
    } catch (thrown) {
      return shapeOf(thrown);
    }
  }

  return {
    read: async (request) => reader().read(request),
    async ofOrder({ id, refresh }) {
      const signal = refresh ? lookAt() : null;
      // Asked for first, so that nothing is requested for an order that is not held.
      let found = await held.orderPayments({ id });
      let problem: PaymentsAnswer['problem'] = null;
      if (signal !== null) {
        problem = await refreshed(id, signal);
        found = await held.orderPayments({ id });
      }
      const stale = found === null || clock.now() - found.readMs > PAYMENTS_FRESH_MS;
      const readAt = found === null ? null : new Date(found.readMs).toISOString();
      const failure = await held.paymentsFailure({ id });
      return { payments: found?.payments ?? null, readAt, stale, problem, failure };
    },
    async planned(request, timeZone) {
      if (request.mode !== 'verify') return { of: 'changed', orders: MOST_AFTER_RUN };
      const ids = await held.paymentsDue(wantedOf(request.period, { timeZone, limit: 0, nowMs: clock.now() }));
      return { of: 'period', orders: ids.length };
    },
    async afterRun({ request, summary, timeZone, signal, onProgress }) {
      const period = request.mode === 'verify' ? request.period : null;
      const limit = Math.min(MOST_AFTER_RUN, summary.created + summary.updated);
      const progress = (done: number, total: number): void => onProgress(progressOf(summary, done, total));
      let counts: RunPayments | null = null;
      try {
        const ids = await held.paymentsDue(wantedOf(period, { timeZone, limit, nowMs: clock.now() }));
        if (ids.length === 0) return null;
        progress(0, ids.length);
        const onEnd = ({ read, failed, asked }: PaymentsRun): void => {
          counts = { read: read.length, failed: failed.length, ...asked };
        };
        await reader().read({ ids, signal, owed: true, onProgress: progress, onEnd });
        return counts;
      } catch {
        return counts;
      }
    },
  };
}

function wantedOf(
  period: Period | null,
  { timeZone, limit, nowMs }: { timeZone: string; limit: number; nowMs: number },
): Parameters<ReaderService['paymentsDue']>[0] {
  if (period === null) return { of: 'changed', limit, most: MOST_AFTER_RUN };
  return { of: 'period', period, timeZone, readBeforeMs: nowMs - PAYMENTS_FRESH_MS };
}

function progressOf({ pages }: SyncSummary, done: number, total: number): SyncProgress {
  return {
    phase: 'payments',
    pagesDone: pages,
    pagesTotal: pages,
    ordersDone: done,
    ordersTotal: total,
    ordersPerSecond: null,
    secondsLeft: null,
  };
}

function shapeOf(thrown: unknown): PaymentsAnswer['problem'] {
  const { code, message } = toErrorShape(thrown);
  return { code, message };
}
