import { AppError } from '../../../shared/errors.ts';
import type { OmsSummary } from '../../../shared/oms.ts';
import { periodBounds } from '../../../shared/period.ts';
import type { SyncProgress, SyncRequest, SyncSummary } from '../../../shared/sync.ts';
import type { Connection } from '../../connections/connection.ts';
import { type CliContext, type Command, openConnection } from '../context.ts';
import { inOmsTokenWords } from '../oms-token-words.ts';
import { planInWords } from '../plan-words.ts';
import { counted } from '../table.ts';
import { firstQuarantined } from './quarantine-list.ts';

/** One line of progress for people. */
export function progressLine(progress: SyncProgress): string {
  if (progress.phase === 'checking') return 'Running the checks.';
  if (progress.phase === 'payments')
    return `Payments of ${progress.ordersDone} of ${counted(progress.ordersTotal ?? 0, 'order')}`;
  if (progress.phase === 'oms') return `${progress.ordersDone} orders of OMS`;
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
  if (notSeen > 0) sentences.push(goneSentence(summary));
  if (summary.oms !== undefined) sentences.push(omsSentence(summary.oms));
  const failed = summary.payments?.failed ?? 0;
  if (failed > 0)
    sentences.push(
      `The payments of ${counted(failed, 'order')} could not be read. The next sync tries again; payments --order NUMBER says why.`,
    );
  if (!summary.complete) sentences.push(`The run is not complete. ${summary.problem?.message ?? 'Run sync again.'}`);
  if (summary.problem?.code === 'VANISHED_IN_QUESTION') sentences.push('Accept it with: sync --accept-vanished');
  return sentences.join('\n');
}

function goneSentence({ notSeen, vanished }: SyncSummary): string {
  const gone = `${counted(notSeen, 'held order')} did not occur at Omnitron any more`;
  if (vanished < notSeen) return `${gone}; none of them was marked.`;
  return `${gone} and ${notSeen === 1 ? 'is' : 'are'} marked as vanished. See which with: findings --check data.vanished`;
}

function omsSentence({ remoteCount, created, updated, unchanged, quarantined, problem }: OmsSummary): string {
  if (problem !== undefined) return `OMS was not read completely. ${problem.message}`;
  const aside = quarantined === 0 ? '' : `, ${quarantined} set aside`;
  return `OMS has ${counted(remoteCount ?? 0, 'order')}: ${created} new, ${updated} changed, ${unchanged} unchanged${aside}.`;
}

/** What `--full` and `--verify FROM..TO` ask for. @throws AppError USAGE, VALUE_INVALID */
export function syncRequestOf({ args, settings }: Pick<CliContext, 'args' | 'settings'>): SyncRequest {
  const verify = args.value('verify');
  if (args.has('full') && verify !== undefined)
    throw new AppError('USAGE', 'Choose one: --full reads every order, --verify those of a period.');
  if (args.has('full')) return { mode: 'full' };
  if (verify === undefined) return { mode: 'auto' };
  const days = verify.split('..');
  const [from, to] = days.map((day) => day || null);
  if (days.length !== 2 || from === undefined || to === undefined || (from === null && to === null))
    throw new AppError('USAGE', 'Write --verify FROM..TO with days, like --verify 2026-01-01..2026-01-31.');
  const period = { from, to };
  periodBounds(period, settings.timeZone);
  return { mode: 'verify', period };
}

function needsPerson({ complete, quarantined, notSeen, vanished, oms }: SyncSummary): boolean {
  return !complete || vanished < notSeen || quarantined > 0 || oms?.complete === false || (oms?.quarantined ?? 0) > 0;
}

/** The summary with the reason why OMS was not read in the command line's words. */
function withOmsWords(summary: SyncSummary): SyncSummary {
  const { oms } = summary;
  if (oms?.problem === undefined) return summary;
  return { ...summary, oms: { ...oms, problem: inOmsTokenWords(oms.problem) } };
}

async function acceptVanished(context: CliContext, connection: Connection): Promise<void> {
  const { vanished } = await connection.acceptVanished();
  context.warn(
    `${counted(vanished, 'order')} that Omnitron does not have any more ${vanished === 1 ? 'is' : 'are'} marked as vanished.`,
  );
}

/** `sync`: pulls what the plan says. Needs a person when the run is not complete or rows are set aside, since whenever. */
export const sync: Command = async (context) => {
  const { args, signal, tell, warn } = context;
  const request = syncRequestOf(context);
  const connection = await openConnection(context, 'write');
  if (args.has('accept-vanished')) await acceptVanished(context, connection);
  const forPeople = !args.has('json');
  const pulled = await connection.sync({
    signal,
    request,
    cause: 'command',
    onPlan: (plan) => {
      if (forPeople) warn(planInWords(plan));
    },
    onProgress: (progress) => tell(progressLine(progress)),
  });
  const summary = withOmsWords(pulled);
  if (forPeople && summary.quarantined + (summary.oms?.quarantined ?? 0) > 0)
    for (const line of await firstQuarantined(connection.reader)) warn(line);
  const { quarantined } = await connection.reader.dataState();
  const before = quarantined - summary.quarantined;
  const text = [
    describeSync(summary),
    ...(before > 0 ? [`Set aside before and still not read: ${counted(before, 'row')}. See: quarantine list.`] : []),
  ].join('\n');
  return { json: summary, text, needsPerson: needsPerson(summary) || quarantined > 0 };
};
