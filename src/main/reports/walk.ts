import { AppError } from '../../shared/errors.ts';

/** Rows handled between two looks at the event loop: a few milliseconds of work, so that others are answered soon. */
const SLICE = 200;

/**
 * @throws AppError CANCELLED when the export has been cancelled.
 */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('CANCELLED', 'The report was cancelled; no file was written.');
}

/** Lets everything else that waits on this thread run once. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * Walks chunks of any size as slices of a few milliseconds' work and gives the thread to others between them.
 * @throws AppError CANCELLED
 */
export async function* slices<Row>(chunks: Iterable<Row[]>, signal: AbortSignal): AsyncGenerator<Row[]> {
  for (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += SLICE) {
      throwIfCancelled(signal);
      yield chunk.slice(start, start + SLICE);
      await pause();
    }
  }
  throwIfCancelled(signal);
}
