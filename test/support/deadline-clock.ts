import type { Clock } from '../../src/main/connections/ports.ts';
import { NOW_MS } from './engine.ts';

/** What waits this long or longer is a deadline, and passes only when the test says so. */
export const DEADLINE_MS = 1_000_000;

/** A clock on which nobody waits. */
export interface DeadlineClock extends Clock {
  /** All pauses so far. */
  readonly pausedMs: number;
  expire(): void;
}

/** Pauses pass at once; deadlines pass when `expire` is called. */
export function deadlineClock(): DeadlineClock {
  let pausedMs = 0;
  const deadlines = new Set<() => void>();
  return {
    now: () => NOW_MS + pausedMs,
    elapsed: () => pausedMs,
    get pausedMs() {
      return pausedMs;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      if (ms < DEADLINE_MS) {
        pausedMs += ms;
        return;
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      deadlines.add(resolve);
      signal?.addEventListener('abort', reject, { once: true });
      await promise.finally(() => deadlines.delete(resolve));
    },
    expire() {
      for (const pass of deadlines) pass();
    },
  };
}
