import type { Clock } from './ports.ts';

/** Passes values on at most once per interval; of those that come closer together only the newest gets through. */
export interface Throttle<T> {
  push(value: T): void;
  /** Passes on what still waits, now. */
  flush(): void;
  /** Forgets what still waits; nothing is passed on from now on by itself. */
  stop(): void;
}

/** @param intervalMs the shortest time between two values that are passed on. */
export function createThrottle<T>(clock: Clock, intervalMs: number, passOn: (value: T) => void): Throttle<T> {
  let waiting: { value: T } | null = null;
  let timerRuns = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  const stopped = new AbortController();

  function flush(): void {
    if (waiting === null) return;
    const { value } = waiting;
    waiting = null;
    lastAt = clock.elapsed();
    passOn(value);
  }

  return {
    push(value) {
      waiting = { value };
      const left = lastAt + intervalMs - clock.elapsed();
      if (left <= 0) flush();
      else if (!timerRuns) {
        timerRuns = true;
        const endTimer = (): void => {
          timerRuns = false;
        };
        void clock.sleep(left, stopped.signal).then(() => {
          endTimer();
          flush();
        }, endTimer);
      }
    },
    flush,
    stop() {
      waiting = null;
      stopped.abort();
    },
  };
}
