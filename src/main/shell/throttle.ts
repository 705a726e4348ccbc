import type { Clock } from '../connections/ports.ts';

/** Passes values on at most once per interval; of those that come closer together only the newest gets through. */
export interface Throttle<T> {
  push(value: T): void;
  /** Passes on what still waits, now. */
  flush(): void;
}

/** @param intervalMs the shortest time between two values that are passed on. */
export function createThrottle<T>(clock: Clock, intervalMs: number, passOn: (value: T) => void): Throttle<T> {
  let waiting: { value: T } | null = null;
  let timerRuns = false;
  let lastAt = Number.NEGATIVE_INFINITY;

  function flush(): void {
    if (waiting === null) return;
    const { value } = waiting;
    waiting = null;
    lastAt = clock.now();
    passOn(value);
  }

  return {
    push(value) {
      waiting = { value };
      const left = lastAt + intervalMs - clock.now();
      if (left <= 0) flush();
      else if (!timerRuns) {
        timerRuns = true;
        void clock.sleep(left).then(() => {
          timerRuns = false;
          flush();
        });
      }
    },
    flush,
  };
}
