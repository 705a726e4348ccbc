import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './ports.ts';

/** The computer's clock; with `fixedMs`, one that always says the same time (`--now`) but still waits for real. */
export function systemClock(fixedMs: number | null = null): Clock {
  return {
    now: () => fixedMs ?? Date.now(),
    elapsed: () => performance.now(),
    sleep: async (ms, signal) => {
      await wait(ms, undefined, signal === undefined ? {} : { signal });
    },
  };
}
