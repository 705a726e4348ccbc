/** The clock. Nothing reads the time in any other way, so that tests and `--now` decide what time it is. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment, for durations: goes on even where `now` is fixed. */
  elapsed(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Randomness in [0, 1), for jitter only. */
export type Random = () => number;

/** How a connection signs in at Omnitron. Lives in memory and in the token store, nowhere else. */
export type Credentials = { token: string } | { username: string; password: string };
