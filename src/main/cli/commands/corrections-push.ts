import type { BatchRow } from '../../../shared/batches.ts';
import { type PushSummary, UNDECIDED_STATES, type UndecidedState } from '../../../shared/corrections.ts';
import type { Connection } from '../../connections/connection.ts';
import type { PushProgress } from '../../corrections/push.ts';
import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';

/** A push in one sentence. */
export function describePush({ batch, applied, conflict, rejected, unknown, waiting }: PushSummary): string {
  const counts = `${applied} applied, ${conflict} in conflict, ${rejected} rejected, ${unknown} unknown, ${waiting} waiting`;
  return batch === null ? `Nothing to push. Corrections: ${counts}.` : `Batch ${batch}: ${counts}.`;
}

/** How far a push is, in one line. */
export function describeProgress({ batch, done, total, perMinute, secondsLeft }: PushProgress): string {
  const rate = perMinute === null || secondsLeft === null ? '' : `, ${perMinute} a minute, ${secondsLeft} s left`;
  return `Batch ${batch}: ${done} of ${total} corrections${rate}`;
}

/** Batches that hold something and are not approved yet, where a second person approves. */
async function unapproved({ reader }: Connection): Promise<BatchRow[]> {
  const { makerChecker } = (await reader.control()).rules;
  if (!makerChecker) return [];
  const { rows } = await reader.batchesList({ states: ['draft', 'for_approval'], offset: 0, limit: 500 });
  return rows.filter(({ count }) => count > 0).reverse();
}

function describeUnapproved(batches: readonly BatchRow[]): string[] {
  if (batches.length === 0) return [];
  const named = batches.map(({ number, state }) => `${number} (${state === 'draft' ? 'draft' : 'waits for approval'})`);
  return [`Not approved yet, so nothing of it was sent: ${named.join(', ')}.`];
}

/** How many corrections stand undecided, of one batch or of all. */
async function countUndecided({ reader }: Connection, batch: number | null): Promise<Record<UndecidedState, number>> {
  const count = async (state: UndecidedState): Promise<number> =>
    (await reader.correctionsList({ states: [state], batch, offset: 0, limit: 1 })).total;
  return { conflict: await count('conflict'), rejected: await count('rejected'), unknown: await count('unknown') };
}

const UNDECIDED_WORDS: Readonly<Record<UndecidedState, string>> = {
  conflict: 'conflict',
  rejected: 'rejection',
  unknown: 'unknown outcome',
};

/** What stands undecided and is not of this push, which has counted its own. */
function describeEarlier(standing: Record<UndecidedState, number>, summary: PushSummary): string[] {
  const earlier = UNDECIDED_STATES.map((state) => ({ state, count: standing[state] - summary[state] })).filter(
    ({ count }) => count > 0,
  );
  if (earlier.length === 0) return [];
  const named = earlier.map(({ state, count }) => counted(count, UNDECIDED_WORDS[state])).join(', ');
  const verb = earlier.reduce((sum, { count }) => sum + count, 0) === 1 ? 'waits' : 'wait';
  const states = earlier.map(({ state }) => state).join(',');
  return [`${named} from before ${verb} for a decision: corrections list --state ${states}`];
}

/**
 * `corrections push`: sends what is approved, one batch or all. Needs a person when anything did not end as applied,
 * waits for a submission or an approval, or stands undecided from an earlier push. Stopping the program pauses the
 * push: it ends with its summary after the correction that it is at.
 */
export const correctionsPush: Command = async (context) => {
  const { args, signal, tell, warn } = context;
  const connection = await openConnection(context, 'write');
  const number = args.value('batch');
  const batch = number === undefined ? null : await connection.reader.batchOfNumber({ number });
  const pausing = (): void => warn('Pausing after the present correction. Stop once more to end at once.');
  signal.addEventListener('abort', pausing, { once: true });
  const summary = await connection
    .push({
      batch,
      signal: new AbortController().signal,
      pause: signal,
      onProgress: (progress) => tell(describeProgress(progress)),
    })
    .finally(() => signal.removeEventListener('abort', pausing));
  const left = batch === null ? await unapproved(connection) : [];
  const standing = await countUndecided(connection, batch);
  const undecided = standing.conflict + standing.rejected + standing.unknown;
  const { conflict, rejected, unknown, waiting } = summary;
  const needsPerson = conflict + rejected + unknown + waiting + undecided + left.length > 0;
  const paused = signal.aborted && waiting > 0 ? ['Paused. Go on with: corrections push'] : [];
  return {
    json: { ...summary, undecided },
    text: [describePush(summary), ...paused, ...describeUnapproved(left), ...describeEarlier(standing, summary)].join(
      '\n',
    ),
    needsPerson,
  };
};
