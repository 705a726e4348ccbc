import { AppError } from '../../shared/errors.ts';
import type { Clock, Random } from '../connections/ports.ts';

export interface RetryPolicy {
  /** How often a read is tried in all. */
  tries: number;
  /** The first pause, in milliseconds; each further one is twice as long. Half of a pause is jitter. */
  firstPauseMs: number;
  /** The longest wait a server may ask for; a longer one is reported instead of waited for. */
  maxWaitMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { tries: 5, firstPauseMs: 500, maxWaitMs: 120_000 };

export interface RetryOptions {
  policy: RetryPolicy;
  clock: Clock;
  random: Random;
  signal: AbortSignal;
  /** Called before each try but the first. */
  onRetry(): void;
}

/** How long to wait after try number `made` (1, 2 …) failed with `error`; null = do not try again. */
export function pauseAfter(error: AppError, made: number, policy: RetryPolicy, random: Random): number | null {
  if (!error.retryable || made >= policy.tries) return null;
  const full = policy.firstPauseMs * 2 ** (made - 1);
  const pause = full / 2 + random() * (full / 2);
  const asked = error.details?.retryAfterMs;
  if (typeof asked !== 'number') return pause;
  return asked > policy.maxWaitMs ? null : Math.max(asked, pause);
}

/**
 * Runs a read and repeats it with exponential back-off while its errors are retryable (network, time-out, 429, 5xx).
 * A `Retry-After` is honoured up to the policy's limit. Only for reads: a write whose answer is lost may have happened.
 * @throws AppError the last error of the read, or CANCELLED
 */
export async function retryRead<T>(read: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, clock, random, signal, onRetry } = options;
  for (let made = 1; ; made += 1) {
    try {
      return await read();
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      const pause = pauseAfter(thrown, made, policy, random);
      if (pause === null) throw thrown;
      await clock.sleep(pause, signal).catch(() => undefined);
      if (signal.aborted) throw new AppError('CANCELLED', 'The request was cancelled.');
      onRetry();
    }
  }
}
