import type { SyncProgress, SyncSummary } from '../../../shared/sync.ts';
import { type Command, openConnection } from '../context.ts';
import { counted } from '../table.ts';

/** One line of progress for people. */
export function progressLine(progress: SyncProgress): string {
  if (progress.phase === 'checking') return 'Running the checks.';
  const of = progress.ordersTotal === null ? '' : ` of ${progress.ordersTotal}`;
  const rate = progress.ordersPerSecond === null ? '' : `, ${Math.round(progress.ordersPerSecond)} a second`;
  const left = progress.secondsLeft === null ? '' : `, ${Math.ceil(progress.secondsLeft)} s left`;
  return `${progress.ordersDone}${of} orders${rate}${left}`;
}

/** A finished run in sentences. */
export function describeSync(summary: SyncSummary): string {
  const { orders, lines, created, updated, unchanged, quarantined, notSeen } = summary;
  const sentences = [
    `Held now: ${counted(orders, 'order')} with ${counted(lines, 'line')}; Omnitron has ${summary.remoteCount}.`,
    `This run: ${created} new, ${updated} changed, ${unchanged} unchanged, in ${counted(summary.pages, 'page')}.`,
  ];
  if (quarantined > 0)
    sentences.push(`${counted(quarantined, 'row')} did not fit the API's description and were set aside.`);
  if (notSeen > 0) sentences.push(`${counted(notSeen, 'held order')} did not occur at Omnitron any more.`);
  if (!summary.complete) sentences.push(`The run is not complete. ${summary.problem?.message ?? 'Run sync again.'}`);
  return sentences.join('\n');
}

/** `sync`: pulls every order. Needs a person when the pass is not complete or rows were set aside. */
export const sync: Command = async (context) => {
  const connection = await openConnection(context, 'write');
  const summary = await connection.sync({
    signal: context.signal,
    onProgress: (progress) => context.tell(progressLine(progress)),
  });
  return { json: summary, text: describeSync(summary), needsPerson: !summary.complete || summary.quarantined > 0 };
};
