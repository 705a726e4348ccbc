import type { PushSummary } from '../../../shared/corrections.ts';
import type { PushProgress } from '../../corrections/push.ts';
import { type Command, openConnection } from '../context.ts';

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

/** `corrections push`: sends what is approved, one batch or all. Needs a person when anything did not end as applied. */
export const correctionsPush: Command = async (context) => {
  const { args, signal, tell } = context;
  const connection = await openConnection(context, 'write');
  const number = args.value('batch');
  const batch = number === undefined ? null : await connection.reader.batchOfNumber({ number });
  const summary = await connection.push({
    batch,
    signal,
    onProgress: (progress) => tell(describeProgress(progress)),
  });
  const { conflict, rejected, unknown, waiting } = summary;
  const needsPerson = conflict + rejected + unknown + waiting > 0;
  return { json: summary, text: describePush(summary), needsPerson };
};
