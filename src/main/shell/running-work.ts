import { AppError } from '../../shared/errors.ts';

export type WorkKind = 'sync' | 'push' | 'dryRun' | 'report' | 'statement';

/** The long tasks of the window: at most one of a kind at a time, each of which can be cancelled. */
export interface RunningWork {
  /** @throws AppError BUSY while a task of this kind runs. */
  run<T>(kind: WorkKind, task: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Asks the running task of this kind to stop; nothing where none runs. */
  cancel(kind: WorkKind): void;
  /** Asks all to stop and resolves when none runs any more. */
  cancelAll(): Promise<void>;
}

export function createRunningWork(): RunningWork {
  const running = new Map<WorkKind, { abort: AbortController; ended: Promise<unknown> }>();
  const cancelled = () => new AppError('CANCELLED', 'The task was cancelled.', { retryable: true });
  return {
    async run(kind, task) {
      if (running.has(kind))
        throw new AppError('BUSY', `A ${kind} is already running; wait for it or cancel it.`, { retryable: true });
      const abort = new AbortController();
      const outcome = task(abort.signal);
      running.set(kind, { abort, ended: outcome.catch(() => undefined) });
      try {
        return await outcome;
      } finally {
        running.delete(kind);
      }
    },
    cancel: (kind) => running.get(kind)?.abort.abort(cancelled()),
    async cancelAll() {
      const all = [...running.values()];
      for (const { abort } of all) abort.abort(cancelled());
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
