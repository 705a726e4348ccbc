import type { SyncProgress } from '../../shared/sync.ts';
import type { StoredPage } from './run-context.ts';

/** What the progress bar needs, worked out from the pages stored so far. */
export interface Rate {
  page(stored: StoredPage): void;
  progress(phase: SyncProgress['phase'], nowMs: number): SyncProgress;
}

/** Below this the rate says more about the start than about the run. */
const SETTLED_MS = 500;

export function createRate(startedMs: number): Rate {
  let ordersThisRun = 0;
  let pagesDone = 0;
  let last: StoredPage | null = null;
  return {
    page(stored) {
      ordersThisRun += stored.outcome.rows;
      pagesDone += 1;
      last = stored;
    },
    progress(phase, nowMs) {
      const elapsed = nowMs - startedMs;
      const perSecond = elapsed < SETTLED_MS || ordersThisRun === 0 ? null : (ordersThisRun * 1_000) / elapsed;
      const left = last === null ? null : Math.max(0, last.total - last.done);
      return {
        phase,
        pagesDone,
        pagesTotal: last === null ? null : Math.max(pagesDone, last.pagesTotal),
        ordersDone: last === null ? 0 : Math.min(last.done, last.total),
        ordersTotal: last?.total ?? null,
        ordersPerSecond: perSecond === null ? null : Math.round(perSecond),
        secondsLeft: perSecond === null || left === null ? null : Math.ceil(left / perSecond),
      };
    },
  };
}
