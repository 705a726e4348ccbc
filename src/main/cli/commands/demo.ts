import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { readProfile } from '../../connections/profile.ts';
import { GENERATED_UNTIL_MS } from '../../sandbox/calendar.ts';
import { type Arguments, wholeNumber } from '../arguments.ts';
import { type CliContext, createContext, type Outcome } from '../context.ts';
import { counted } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { describePush } from './corrections-push.ts';
import { type Comparison, isExact } from './demo-comparison.ts';
import { type DemoJob, runDemoJob } from './demo-job.ts';
import { totalsTable } from './reconcile.ts';
import { describeSync } from './sync.ts';

const MOST_ORDERS = 1_000_000;

function describeComparison(when: string, comparison: Comparison): string[] {
  const { expected, found, missing, unexpected } = comparison;
  const verdict = isExact(comparison) ? 'every one planted, and no other' : 'NOT what was planted';
  return [
    `${when}: ${found} findings, ${expected} discrepancies in the store: ${verdict}.`,
    ...missing.map((each) => `  planted, not found: ${each}`),
    ...unexpected.map((each) => `  found, not planted: ${each}`),
  ];
}

function describeJob(job: DemoJob, ok: boolean): string {
  return [
    'Sync',
    describeSync(job.sync),
    '',
    'Compare',
    ...describeComparison('Before the corrections', job.before),
    '',
    'Correct',
    describePush(job.push),
    `Read anew, the store holds ${job.held} of the ${job.queued} queued by this run.`,
    ...describeComparison('After the corrections', job.after),
    '',
    'Report',
    `Wrote ${job.report.rows} rows to ${job.report.path}`,
    `Totals of the file, the window and the command line ${job.tiesOut ? 'are the same' : 'DIFFER'}:`,
    ...totalsTable(job.totals),
    '',
    ok ? 'The demo did the whole job.' : 'The demo did NOT come out as it should.',
  ].join('\n');
}

function outcome(job: DemoJob, store: { orders: number; seed: number }): Outcome {
  const { push, held } = job;
  const pushed = push.conflict + push.rejected + push.unknown + push.waiting === 0 && held === job.queued;
  const ok = job.sync.complete && isExact(job.before) && isExact(job.after) && pushed && job.tiesOut;
  return { json: { ok, store, ...job }, text: describeJob(job, ok), needsPerson: !ok };
}

/** The checks find everything that is planted once the store's newest orders are due in the ERP, and not before. */
function assertAfterStore({ clock, settings }: CliContext): void {
  const earliestMs = GENERATED_UNTIL_MS + settings.erpHours * 3_600_000;
  if (clock.now() > earliestMs) return;
  throw new AppError(
    'VALUE_INVALID',
    `The demo store's newest orders are due in the ERP at ${new Date(earliestMs).toISOString()}; give a later --now.`,
  );
}

/**
 * `demo`: the whole job against an own sandbox. Without `--data-dir` the data goes when the demo ends, and the report
 * stays in a temporary folder; with it both stay, and the window can open the demo store there.
 */
export async function demo(args: Arguments, terminal: Terminal): Promise<Outcome> {
  const wanted = wholeNumber(args, 'orders', 0, MOST_ORDERS);
  const named = args.value('data-dir');
  const home = named === undefined ? mkdtempSync(join(tmpdir(), 'mutabakat-demo-')) : resolve(named);
  const dataDir = named === undefined ? join(home, 'data') : home;
  const context = createContext(args, terminal, dataDir);
  let forgotten = named === undefined ? dataDir : null;
  try {
    assertAfterStore(context);
    const connection = await context.workspace.openDemo({ orders: wanted ?? 300 });
    const store = readProfile(join(dataDir, 'connections', connection.name))?.demo;
    if (!store)
      throw new AppError('DATA_DAMAGED', 'The connection "demo" of this folder is no demo store. Name another folder.');
    if (wanted !== undefined && wanted !== store.orders)
      context.warn(
        `The demo store of this folder exists already: its ${counted(store.orders, 'order')} are used, not ${wanted}.`,
      );
    return outcome(await runDemoJob(context, connection, store, join(home, 'demo-report.xlsx')), store);
  } catch (thrown) {
    if (named === undefined) forgotten = home;
    throw thrown;
  } finally {
    await context.workspace.close();
    if (forgotten !== null) await rm(forgotten, { recursive: true, force: true });
  }
}
