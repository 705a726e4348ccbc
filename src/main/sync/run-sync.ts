import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import {
  type AskedCounts,
  listAscends,
  RESUME_WITHIN_MS,
  type SyncCause,
  type SyncPlan,
  type SyncProgress,
  type SyncRequest,
  type SyncSummary,
} from '../../shared/sync.ts';
import type { Clock } from '../connections/ports.ts';
import type { PassOutcome, Remote, RunState, SyncFacts, WriterService } from '../engine/services.ts';
import type { OmnitronClient } from '../omnitron/client.ts';
import { ORDER_LIST_PATH } from '../omnitron/create-client.ts';
import { tallyOf } from '../omnitron/tally.ts';
import { runFullPass } from './full-pass.ts';
import { createMeanwhile } from './meanwhile.ts';
import { runPartialPass } from './partial-pass.ts';
import type { Besides } from './plan.ts';
import { probeServer } from './probe.ts';
import { type PlanContext, planAfterProbe, planRun } from './probing.ts';
import { createRate } from './rate.ts';
import { cancelled, PAGE_LIMIT, type RunContext } from './run-context.ts';

const AUTO: SyncRequest = { mode: 'auto' };
const NOTHING_AFTER = { payments: null, oms: null } as const;
const noCounts = (): RunContext['counts'] => ({ created: 0, updated: 0, unchanged: 0, quarantined: 0, pages: 0 });

export interface SyncParts {
  client: OmnitronClient;
  writer: Remote<WriterService>;
  clock: Clock;
}

export interface SyncOptions {
  signal: AbortSignal;
  onProgress(progress: SyncProgress): void;
  /** Told before the first request, and once more where a probe has changed the plan. */
  onPlan?(plan: SyncPlan): void;
  request?: SyncRequest;
  cause?: SyncCause;
  /** Business time zone, for verifying a period. */
  timeZone?: string;
  /** Whether a probe that is due comes first; absent = what is known of the server is taken as it is. */
  probes?: boolean;
  /** What will be read after this run, for its plan; absent = nothing. */
  after?: Pick<Besides, 'payments' | 'oms'>;
}

/** What the steps of a run came to. */
interface Result {
  complete: boolean;
  finished: PassOutcome;
  remoteCount: number;
  notSeen: number;
  vanished: number;
  problem: AppError | null;
}

/**
 * One run: makes a plan, finds out first what the server honours where that is due, carries the plan out, and keeps all of
 * it in the run log.
 * @returns an incomplete summary with its `problem` when the list kept changing, or a page was refused after something
 * had been stored.
 * @throws AppError as the client does; RESPONSE_INVALID when not even the first page is the contract's; CANCELLED.
 * Whatever was stored stays, and the next run goes on from there.
 */
export async function runSync(parts: SyncParts, options: SyncOptions): Promise<SyncSummary> {
  const { client, writer, clock } = parts;
  const startedMs = clock.elapsed();
  const asked = tallyOf(client);
  const known = await writer.syncFacts();
  const begun = await begin(parts, options, known);
  const { runId } = begun;
  let probe: AskedCounts | null = null;
  let run: RunContext | null = null;

  async function finish(state: RunState, result: Result | null, problem: AppError | null): Promise<AskedCounts> {
    const lists = asked();
    const counts = {
      ...(run?.counts ?? noCounts()),
      ...lists,
      probe,
      notSeen: result?.notSeen ?? 0,
      remoteCount: result?.remoteCount ?? null,
      problem: problem === null ? null : { code: problem.code, message: problem.message },
    };
    await writer.finishRun({ runId, state, counts, nowMs: clock.now() });
    return lists;
  }

  let { plan } = begun;
  let result: Result;
  try {
    let facts = known;
    if (begun.probes) {
      await probeServer(parts, options.signal).finally(() => {
        probe = asked();
      });
      facts = await writer.syncFacts();
      plan = await planAnew(parts, options, facts, begun);
    }
    run = createRun(parts, options, { ...begun, facts, startedMs });
    result = await carryOut(run, plan, facts, options.timeZone ?? 'UTC');
  } catch (thrown) {
    const problem = options.signal.aborted ? cancelled() : thrown;
    const failure = problem instanceof AppError ? problem : new AppError('INTERNAL', 'The sync failed unexpectedly.');
    // The list is not where the probe found it.
    if (failure.code === 'NOT_FOUND' || failure.code === 'REDIRECT_REFUSED') await forgetServer(parts);
    await finish(failure.code === 'CANCELLED' ? 'cancelled' : 'failed', null, failure);
    throw problem;
  }
  const lists = await finish(result.complete ? 'complete' : 'incomplete', result, result.problem);
  return {
    complete: result.complete,
    run: runId,
    kind: plan.kind,
    orders: result.finished.orders,
    lines: result.finished.lines,
    ...run.counts,
    ...lists,
    notSeen: result.notSeen,
    vanished: result.vanished,
    remoteCount: result.remoteCount,
    durationMs: Math.round(clock.elapsed() - startedMs),
    ...(probe === null ? {} : { probe }),
    ...(result.problem === null ? {} : { problem: { code: result.problem.code, message: result.problem.message } }),
  };
}

interface Begun {
  plan: SyncPlan;
  probes: boolean;
  runId: number;
  firstReading: number;
}

function planContext({ clock }: SyncParts, { probes = false, after = NOTHING_AFTER }: SyncOptions): PlanContext {
  return { nowMs: clock.now(), probes, after };
}

/** Plans a run, tells the plan and begins the run in the log. */
async function begin(parts: SyncParts, options: SyncOptions, facts: SyncFacts): Promise<Begun> {
  const { request = AUTO, cause = 'manual', onPlan } = options;
  const { plan, probes } = planRun(request, facts, planContext(parts, options));
  onPlan?.(plan);
  const { kind } = plan;
  return { plan, probes, ...(await parts.writer.beginRun({ kind, cause, plan, nowMs: parts.clock.now() })) };
}

/** The plan after the probe; told and kept once more where that has changed it. */
async function planAnew(
  parts: SyncParts,
  options: SyncOptions,
  facts: SyncFacts,
  { plan: before, runId }: Begun,
): Promise<SyncPlan> {
  const plan = planAfterProbe(options.request ?? AUTO, facts, before, planContext(parts, options));
  if (isDeepStrictEqual(plan, before)) return before;
  options.onPlan?.(plan);
  await parts.writer.planRun({ runId, kind: plan.kind, plan });
  return plan;
}

async function carryOut(run: RunContext, plan: SyncPlan, facts: SyncFacts, timeZone: string): Promise<Result> {
  const { writer } = run;
  if (plan.kind === 'full') return readEverything(run, facts, plan);
  const part = await runPartialPass(run, {
    steps: plan.steps,
    held: facts.held,
    expected: facts.held + facts.setAside,
    pageSize: facts.lastFull?.pageSize ?? PAGE_LIMIT,
    capabilities: facts.capabilities,
    timeZone,
    rollingAfter: facts.rolling.after,
  });
  if (part.doubt === 'list') return readEverything(run, facts, plan);
  if (part.doubt === 'server') {
    await forgetServer(run);
    // That ids do not ascend was no part of what was relied on.
    const { capabilities } = facts;
    return readEverything(run, { ...facts, capabilities: listAscends(capabilities) ? null : capabilities }, plan);
  }
  if (plan.kind !== 'verify' && part.plansTold) await writer.storeSyncState({ plansSinceMs: run.asOfMs() });
  if (plan.kind === 'changes') await writer.storeSyncState({ changesSinceMs: run.asOfMs() });
  return {
    complete: true,
    finished: part.finished,
    remoteCount: part.remoteCount,
    notSeen: part.gone,
    vanished: part.gone,
    problem: null,
  };
}

async function readEverything(run: RunContext, facts: SyncFacts, { resumes }: SyncPlan): Promise<Result> {
  const { capabilities, changesSinceMs } = facts;
  const ascending = listAscends(capabilities);
  const meanwhile = capabilities?.modifiedSince === true ? createMeanwhile(run) : null;
  const pass = await runFullPass(run, { ascending, anew: !resumes, meanwhile });
  const { complete, finished, remoteCount, ordered, problem } = pass;
  if (ascending && !ordered) await forgetServer(run);
  if (complete) {
    // Pages of a resumed pass may have been read as long ago as it can be.
    const since = resumes ? (changesSinceMs ?? run.asOfMs() - RESUME_WITHIN_MS) : run.asOfMs();
    await run.writer.storeSyncState({ changesSinceMs: since, plansSinceMs: since });
  }
  const { notSeen, vanished } = finished;
  const result = { finished, remoteCount, notSeen, vanished };
  if (finished.inQuestion > 0) return { ...result, complete: false, problem: inQuestion(finished) };
  return { ...result, complete, problem };
}

/** What the probe had shown does not hold any more: the next run probes anew. */
async function forgetServer({ writer, clock }: Pick<RunContext, 'writer' | 'clock'>): Promise<void> {
  await writer.storeCapabilities({ capabilities: null, nowMs: clock.now() });
}

function inQuestion({ inQuestion: orders }: PassOutcome): AppError {
  return new AppError(
    'VANISHED_IN_QUESTION',
    `${orders} held orders did not occur at Omnitron any more, which is suspiciously many. Nothing was marked. Check that the connection leads to the right store, then sync again or accept that they are gone.`,
  );
}

/** What the steps of a run work with; also for readings outside a run. */
export function createRun(
  { client, writer, clock }: SyncParts,
  { signal, onProgress }: SyncOptions,
  start: { runId: number; firstReading: number; facts: SyncFacts; startedMs: number },
): RunContext {
  const rate = createRate(start.startedMs);
  onProgress(rate.progress('starting', clock.elapsed()));
  const { capabilities } = start.facts;
  let reading = start.firstReading - 1;
  let asOfMs: number | null = null;
  return {
    client,
    writer,
    clock,
    signal,
    runId: start.runId,
    counts: noCounts(),
    nextReading() {
      reading += 1;
      return reading;
    },
    listQuery: capabilities?.sort === true ? { sort: 'id' } : {},
    listPath: capabilities?.listPath ?? ORDER_LIST_PATH,
    asOfMs: () => asOfMs ?? clock.now(),
    onPage(page) {
      asOfMs ??= client.serverNowMs() ?? clock.now();
      rate.page(page);
      onProgress(rate.progress('reading', clock.elapsed()));
    },
  };
}
