import type { Clock } from '../../src/main/connections/ports.ts';

/** A clock that never waits: a sleep moves it forward and is over at once. For retries. */
export interface SteppingClock extends Clock {
  readonly sleeps: number[];
}

/** Sleeps that are longer than `longestMs` never end: these are deadlines, not pauses. */
export function steppingClock(startMs: number, longestMs = Number.POSITIVE_INFINITY): SteppingClock {
  let now = startMs;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    elapsed: () => now - startMs,
    async sleep(ms, signal) {
      if (ms > longestMs) await untilAborted(signal);
      signal?.throwIfAborted();
      sleeps.push(ms);
      now += ms;
    },
  };
}

/** A clock that only `advance` moves. For deadlines. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  /** Sleeps that have not ended. */
  readonly pending: number;
}

export function manualClock(startMs: number): ManualClock {
  let now = startMs;
  const waiting = new Set<{ due: number; wake: () => void }>();
  return {
    now: () => now,
    elapsed: () => now - startMs,
    get pending() {
      return waiting.size;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      const { promise, resolve } = Promise.withResolvers<void>();
      const entry = { due: now + ms, wake: resolve };
      waiting.add(entry);
      await Promise.race([promise, untilAborted(signal)]).finally(() => waiting.delete(entry));
    },
    advance(ms) {
      now += ms;
      for (const entry of waiting) if (entry.due <= now) entry.wake();
    },
  };
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    else signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
