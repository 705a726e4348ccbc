import { AppError } from '../../shared/errors.ts';
import type { PassOutcome, PassState } from '../engine/services.ts';
import type { Meanwhile } from './meanwhile.ts';
import { type ListRun, PAGE_LIMIT } from './run-context.ts';
import { startWalk, type Walked } from './walk.ts';
import { walkDown } from './walk-down.ts';
import { walkUp } from './walk-up.ts';

/** A list that changes while it is walked is walked again, at most this often in one run. */
const ROUNDS = 5;

/** What a run over all orders came to. */
export interface FullPass {
  complete: boolean;
  finished: PassOutcome;
  remoteCount: number;
  /** What the list showed about its order; null when nothing was walked. */
  ordered: boolean;
  problem: AppError | null;
}

/**
 * Passes over every order until one is complete, at most five. Downwards a pass is complete when the orders met are as
 * many as Omnitron counts at its end and reading the newest again showed nothing new. Where ids do not ascend, the list
 * is walked upwards, and such a pass is complete when it met nothing that the one before had not met, under a count that
 * did not move; or when what came meanwhile, where that can be asked for, makes it so.
 * @param options.anew an interrupted pass is given up instead of gone on with
 * @param options.meanwhile reads what came while a list in no order was walked; absent where that cannot be asked for
 * @throws AppError as the client does; CANCELLED. The pass then stays open and the next run goes on with it.
 */
export async function runFullPass(
  run: ListRun,
  options: { ascending: boolean; anew?: boolean; meanwhile?: Meanwhile | null },
): Promise<FullPass> {
  const { writer, clock, runId } = run;
  const { anew = false, meanwhile = null } = options;
  let direction: 'up' | 'down' = options.ascending ? 'down' : 'up';
  let before: number | null = null;
  for (let round = 1; ; round += 1) {
    const sinceMs = meanwhile?.nowMs() ?? 0;
    const pass = await writer.beginPass({
      runId,
      limit: PAGE_LIMIT,
      direction,
      anew,
      nowMs: clock.now(),
    });
    const { passId } = pass;
    const walked = startWalk(pass);
    const complete = await provenComplete(run, walked, async () => {
      await (pass.direction === 'down' ? walkDown : walkUp)(run, pass, walked);
      if (isComplete(pass, walked, before !== null)) return true;
      if (before === null || meanwhile === null || walked.refused !== null) return false;
      return meanwhile.settles({ passId, before, sinceMs, walked });
    });
    const { remoteCount } = walked;
    const finished = await writer.finishPass({ passId, complete, remoteCount, nowMs: clock.now() });
    if (complete || round === ROUNDS || walked.refused !== null) {
      const problem = walked.refused ?? (complete ? null : driftProblem(walked));
      return { complete, finished, remoteCount, ordered: pass.direction === 'down' && walked.ordered, problem };
    }
    before = pass.direction === 'up' ? passId : null;
    direction = pass.direction === 'down' && walked.ordered ? 'down' : 'up';
  }
}

async function provenComplete(run: ListRun, walked: Walked, read: () => Promise<boolean>): Promise<boolean> {
  const before = run.counts.pages;
  try {
    return await read();
  } catch (thrown) {
    // A server that never answers as the contract says has nothing to go on with; otherwise what was stored counts.
    if (!(thrown instanceof AppError && thrown.code === 'RESPONSE_INVALID') || run.counts.pages === before)
      throw thrown;
    walked.refused = thrown;
    return false;
  }
}

function isComplete(pass: PassState, walked: Walked, walkedUpBefore: boolean): boolean {
  if (walked.refused !== null || walked.seen !== walked.remoteCount) return false;
  if (walked.atOnce) return true;
  if (pass.direction === 'down') return walked.ordered;
  return walkedUpBefore && walked.newToRun === 0 && walked.countAtStart === walked.remoteCount;
}

function driftProblem({ seen, remoteCount }: Walked): AppError {
  return new AppError(
    'RESPONSE_INVALID',
    `Omnitron counts ${remoteCount} orders, but ${seen} were met: the list kept changing while it was read. Sync again.`,
    { retryable: true },
  );
}
