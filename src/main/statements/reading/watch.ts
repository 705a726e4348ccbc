import { AppError } from '../../../shared/errors.ts';
import type { CallContext } from '../../engine/rpc.ts';
import type { ReadingWatch } from './source.ts';

/** Progress is told in so many steps. */
const STEPS = 200;

/**
 * Tells progress over several passes of a file and stops once the caller is gone. `passes` is how often the file is read
 * from its beginning to its end; a pass that is not needed is simply missing at the end.
 */
export function createWatch(context: CallContext | undefined, size: number, passes: number): ReadingWatch {
  const total = size * passes;
  let done = 0;
  let told = 0;

  function stopIfCancelled(): void {
    if (context?.signal.aborted === true) {
      throw new AppError('CANCELLED', 'The import was cancelled. Nothing was stored.');
    }
  }

  return {
    advance(bytes) {
      stopIfCancelled();
      done = Math.min(total, done + bytes);
      if (context === undefined || done - told < total / STEPS) return;
      told = done;
      context.progress({ done, total });
    },
    async pause() {
      // A turn of the event loop: a cancel arrives as a message.
      await new Promise<void>((resolve) => void setImmediate(resolve));
      stopIfCancelled();
    },
  };
}
