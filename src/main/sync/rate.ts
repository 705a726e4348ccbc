import type { SyncProgress } from '../../shared/sync.ts';

/** What the progress bar needs, worked out from the pages stored so far. */
export interface Rate {
  page(stored: { page: number; pagesTotal: number; rows: number; remoteCount: number }): void;
  progress(phase: SyncProgress['phase'], nowMs: number): SyncProgress;
}

/** Below this the rate says more about the start than about the run. */
const SETTLED_MS = 500;

export function createRate(startedMs: number): Rate {
  let ordersThisRun = 0;
  let last: { page: number; pagesTotal: number; remoteCount: number } | null = null;
  let pageSize = 0;
  return {
    page({ rows, ...stored }) {
      ordersThisRun += rows;
      pageSize = Math.max(pageSize, rows);
      last = stored;
    },
    progress(phase, nowMs) {
      const elapsed = nowMs - startedMs;
      const perSecond = elapsed < SETTLED_MS || ordersThisRun === 0 ? null : (ordersThisRun * 1_000) / elapsed;
      const ordersDone = last === null ? 0 : Math.min(last.remoteCount, last.page * pageSize);
      const left = last === null ? null : last.remoteCount - ordersDone;
      return {
        phase,
        pagesDone: last?.page ?? 0,
        pagesTotal: last?.pagesTotal ?? null,
        ordersDone,
        ordersTotal: last?.remoteCount ?? null,
        ordersPerSecond: perSecond === null ? null : Math.round(perSecond),
        secondsLeft: perSecond === null || left === null ? null : Math.ceil(left / perSecond),
      };
    },
  };
}
