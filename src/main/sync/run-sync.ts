import { AppError } from '../../shared/errors.ts';
import {
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
import { runFullPass } from './full-pass.ts';
import { runPartialPass } from './partial-pass.ts';
import { planSync } from './plan.ts';
import { createRate } from './rate.ts';
import { cancelled, PAGE_LIMIT, type RunContext } from './run-context.ts';

export interface SyncParts {
  client: OmnitronClient;
  writer: Remote<WriterService>;
  clock: Clock;
}

export interface SyncOptions {
  signal: AbortSignal;
  onProgress(progress: SyncProgress): void;
  /** Told before the first request. */
  onPlan?(plan: SyncPlan): void;
  request?: SyncRequest;
  cause?: SyncCause;
  /** Business time zone, for verifying a period. */
  timeZone?: string;
  /** Requests that reading OMS after this run is expected to take; null or absent = it will not be read. */
  omsRequests?: number | null;
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
 * One run: makes a plan, carries it out, keeps it in the run log.
 * @returns an incomplete summary with its `problem` when the list kept changing, or a page was refused after something
 * had been stored.
 * @throws AppError as the client does; RESPONSE_INVALID when not even the first page is the contract's; CANCELLED.
 * Whatever was stored stays, and the next run goes on from there.
 */
export async function runSync(parts: SyncParts, options: SyncOptions): Promise<SyncSummary> {
  const { client, writer, clock } = parts;
  const startedMs = clock.elapsed();
  const before = { ...client.counters };
  const facts = await writer.syncFacts();
  const request = options.request ?? { mode: 'auto' };
  const { omsRequests = null } = options;
  const plan = planSync(request, facts, { nowMs: clock.now(), limit: PAGE_LIMIT, omsRequests });
  options.onPlan?.(plan);
  const { runId, firstReading } = await writer.beginRun({
    kind: plan.kind,
    cause: options.cause ?? 'manual',
    plan,
    nowMs: clock.now(),
  });
  const run = createRun(parts, options, { runId, firstReading, facts, startedMs });
  const counts = () => ({
    ...run.counts,
    requests: client.counters.requests - before.requests,
    retries: client.counters.retries - before.retries,
  });

  async function finish(state: RunState, result: Result | null, problem: AppError | null): Promise<void> {
    await writer.finishRun({
      runId,
      state,
      counts: {
        ...counts(),
        notSeen: result?.notSeen ?? 0,
        remoteCount: result?.remoteCount ?? null,
        problem: problem === null ? null : { code: problem.code, message: problem.message },
      },
      nowMs: clock.now(),
    });
  }

  let result: Result;
  try {
    result = await carryOut(run, plan, facts, options.timeZone ?? 'UTC');
  } catch (thrown) {
    const problem = options.signal.aborted ? cancelled() : thrown;
    const known = problem instanceof AppError ? problem : new AppError('INTERNAL', 'The sync failed unexpectedly.');
    // The list is not where the probe found it.
    if (known.code === 'NOT_FOUND' || known.code === 'REDIRECT_REFUSED') await forgetServer(run);
    await finish(known.code === 'CANCELLED' ? 'cancelled' : 'failed', null, known);
    throw problem;
  }
  await finish(result.complete ? 'complete' : 'incomplete', result, result.problem);
  return {
    complete: result.complete,
    run: runId,
    kind: plan.kind,
    orders: result.finished.orders,
    lines: result.finished.lines,
    ...counts(),
    notSeen: result.notSeen,
    vanished: result.vanished,
    remoteCount: result.remoteCount,
    durationMs: Math.round(clock.elapsed() - startedMs),
    ...(result.problem === null ? {} : { problem: { code: result.problem.code, message: result.problem.message } }),
  };
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
  const { complete, finished, remoteCount, ordered, problem } = await runFullPass(run, { ascending, anew: !resumes });
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
    counts: { created: 0, updated: 0, unchanged: 0, quarantined: 0, pages: 0 },
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
