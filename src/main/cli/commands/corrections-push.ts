import type { PushSummary } from '../../../shared/corrections.ts';
import { type Command, openConnection } from '../context.ts';

/** A push in one sentence. */
export function describePush({ applied, conflict, rejected, waiting }: PushSummary): string {
  return `Corrections: ${applied} applied, ${conflict} in conflict, ${rejected} rejected, ${waiting} waiting.`;
}

/** `corrections push`: sends what is queued. Needs a person when anything did not end as applied. */
export const correctionsPush: Command = async (context) => {
  const connection = await openConnection(context, 'write');
  const summary = await connection.push({
    signal: context.signal,
    onProgress: (done, total) => context.tell(`${done} of ${total} corrections`),
  });
  const { conflict, rejected, waiting } = summary;
  return { json: summary, text: describePush(summary), needsPerson: conflict + rejected + waiting > 0 };
};
