import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { PlanStep } from '../../shared/sync.ts';
import type { HeldOrders, PageOutcome, PassOutcome } from '../engine/services.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import { assertGoing, PAGE_LIMIT, type RunContext } from './run-context.ts';
import { readTail } from './tail.ts';
import { startWalk } from './walk.ts';
import { walkUp } from './walk-up.ts';

/** A filtered list whose count moves while it is walked is walked again, at most this often. */
const ROUNDS = 5;
/** So often the end of the list is read again where orders seem to have come while filtered lists were read. */
const NEWS_ROUNDS = 3;

export interface PartialOptions {
  steps: readonly PlanStep[];
  /** Orders that the server should count, by what is held and set aside. */
  expected: number;
  pageSize: number;
  timeZone: string;
  rollingAfter: number;
}

/** What a run over some orders came to. */
export interface PartialPass {
  finished: PassOutcome;
  remoteCount: number;
  /** Held orders of a verified period that Omnitron did not show any more. */
  notMet: number;
  /**
   * What was found to be otherwise than planned with, a reason to read everything: `list` = orders have gone, or pages
   * are of another size; `server` = it does not honour what the probe had shown.
   */
  doubt: 'list' | 'server' | null;
}

interface Part {
  run: RunContext;
  passId: number;
  /** Reads pages of the list of all orders. */
  all: PageReader;
  pageSize: number;
  remoteCount: number;
  notMet: number;
  doubt: PartialPass['doubt'];
}

/**
 * Reads some orders: new ones, those that filters name, a slice of the others, those of a period. Ends early when it
 * turns out that everything has to be read.
 * @throws AppError as the client does; RESPONSE_INVALID when a page stays wrong; CANCELLED
 */
export async function runPartialPass(run: RunContext, options: PartialOptions): Promise<PartialPass> {
  const { writer, clock, runId } = run;
  const { passId } = await writer.beginPart({ runId, limit: PAGE_LIMIT, nowMs: clock.now() });
  const part: Part = {
    run,
    passId,
    all: createPageReader(run, passId),
    pageSize: options.pageSize,
    remoteCount: options.expected,
    notMet: 0,
    doubt: null,
  };
  const { steps } = options;
  for (const step of steps) if (part.doubt === null) await takeStep(part, step, options);
  // What is no longer open or unsent at Omnitron is missing from the filtered lists; this is how its change is seen.
  if (part.doubt === null && steps.some(({ step }) => step === 'unsent')) await readHeld(part, { which: 'unsettled' });
  await catchUp(part);
  const { remoteCount, notMet, doubt } = part;
  const finished = await writer.finishPass({ passId, complete: true, remoteCount, nowMs: clock.now() });
  return { finished, remoteCount, notMet, doubt };
}

async function takeStep(
  part: Part,
  step: PlanStep,
  { expected, rollingAfter, timeZone }: PartialOptions,
): Promise<void> {
  if (step.step === 'new') await readNew(part, expected);
  else if (step.step === 'rolling') await readSlice(part, step.requests, rollingAfter);
  else if (step.step === 'period')
    part.notMet = await readHeld(part, { which: 'period', period: step.period, timeZone });
  else if (step.step === 'plans') await readChangedPlans(part, step.since);
  else await readFiltered(part, step);
}

/** Orders that came while other lists were read are fetched; a count that still disagrees tells that some have gone. */
async function catchUp(part: Part): Promise<void> {
  for (let round = 0; part.doubt === null; round += 1) {
    const { held, setAside } = await part.run.writer.syncFacts();
    if (part.remoteCount === held + setAside) return;
    if (round === NEWS_ROUNDS) part.doubt = 'list';
    else await readNew(part, held + setAside);
  }
}

/** Reads the end of the list, and below it while there is something new. */
async function readNew(part: Part, expected: number): Promise<void> {
  const { pageSize } = part;
  let lastId = 0;
  async function read(page: number): Promise<PageOutcome | null> {
    // Once everything has to be read anyway, there is nothing to look for.
    const outcome = part.doubt === null ? await readAll(part, page) : null;
    lastId = Math.max(lastId, outcome?.ids?.last ?? 0);
    return outcome;
  }
  const page = Math.max(1, Math.ceil(expected / pageSize));
  const outcome = await read(page);
  // A new order whose row is put aside is news as well.
  const isNews = ({ created, quarantined }: PageOutcome): boolean => created + quarantined > 0;
  await readTail({ page, outcome }, { pageSize, read, isNews });
  // The greatest id stands last where ids ascend; else it has gone, or they do not. The page past the end says as much.
  const { next } = await part.run.writer.heldAround({ id: lastId });
  if (outcome === null || next !== null) part.doubt ??= 'list';
}

async function readAll(part: Part, page: number): Promise<PageOutcome | null> {
  const outcome = await part.all.read({ page, nextPage: 0, pageSize: part.pageSize });
  if (outcome === null) return null;
  part.remoteCount = outcome.remoteCount;
  if (outcome.hasNext && outcome.rows !== part.pageSize) part.doubt ??= 'list';
  if (outcome.ids?.ascending === false) part.doubt = 'server';
  part.run.onPage({ outcome, done: outcome.rows, total: outcome.rows, pagesTotal: 0 });
  return outcome;
}

type FilteredStep = Extract<PlanStep, { step: 'all' | 'changes' | 'status' | 'unsent' | 'cancellation' }>;

function queryOf(step: FilteredStep): Record<string, string> {
  if (step.step === 'changes') return { modified_date__gte: step.since };
  if (step.step === 'status') return { status: step.status };
  if (step.step === 'cancellation') return { cancel_status: step.status };
  // The documented spelling, with a capital letter (contract, section 2.3).
  return step.step === 'unsent' ? { is_send: 'False' } : {};
}

/** Reads a filtered list until its count has stood still while it was read. */
async function readFiltered(part: Part, step: FilteredStep): Promise<void> {
  // A filter that lets everything through is most likely none.
  const tooMany = part.remoteCount > part.pageSize ? part.remoteCount : Number.POSITIVE_INFINITY;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const walked = startWalk({ seen: 0, countAtStart: null });
    const start = { passId: part.passId, nextPage: 1, countAtStart: null };
    await walkUp(part.run, start, walked, { query: queryOf(step), tooMany });
    if (walked.remoteCount >= tooMany) part.doubt = 'server';
    if (part.doubt !== null || walked.atOnce || walked.countAtStart === walked.remoteCount) return;
  }
}

/** Answers with which a tenant says that it has no list of cancellation plans, or none that can be read. */
const NO_PLANS: readonly ErrorCode[] = ['NOT_FOUND', 'FORBIDDEN', 'REQUEST_REJECTED', 'RESPONSE_INVALID'];
/** More changed plans than this are no small change; the rolling reading meets their orders. */
const MOST_PLAN_PAGES = 20;

/** Reads the orders whose cancellation plans changed, which need not show in any filter of orders. */
async function readChangedPlans(part: Part, since: string): Promise<void> {
  const { client, signal, writer } = part.run;
  const ids = new Set<number>();
  try {
    for (let page = 1; page <= MOST_PLAN_PAGES; page += 1) {
      assertGoing(signal);
      const { orderIds, hasNext } = await writer.readPlanOrders({
        body: await client.changedPlans(since, page, signal),
      });
      for (const id of orderIds) ids.add(id);
      if (!hasNext) break;
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError && NO_PLANS.includes(thrown.code))) throw thrown;
  }
  if (ids.size > 0) await readHeld(part, { which: 'ids', ids: [...ids] });
}

/** Reads on where the last slice ended, so that every order is met again in time. */
async function readSlice(part: Part, pages: number, rollingAfter: number): Promise<void> {
  const { run } = part;
  let after = rollingAfter;
  for (let read = 0; read < pages; read += 1) {
    const { upTo, next } = await run.writer.heldAround({ id: after });
    if (next === null) after = 0;
    const last = await readAfter(part, next === null ? 0 : upTo, next);
    if (last === null) break;
    after = last;
  }
  await run.writer.storeSyncState({ rolling: { after, ms: run.clock.now() } });
}

/**
 * Reads the page on which the order after the `upTo` first ones stands: an earlier one where orders in between have gone,
 * a later one where orders that are set aside stand in between.
 * @returns the last id read
 */
async function readAfter(part: Part, upTo: number, wanted: number | null): Promise<number | null> {
  let page = Math.floor(upTo / part.pageSize) + 1;
  let outcome = await readAll(part, page);
  while (page > 1 && wanted !== null && (outcome === null || (outcome.ids?.first ?? 0) > wanted)) {
    page -= 1;
    outcome = await readAll(part, page);
  }
  while (wanted !== null && outcome?.hasNext === true && (outcome.ids?.last ?? 0) < wanted) {
    page += 1;
    outcome = await readAll(part, page);
  }
  return outcome?.ids?.last ?? null;
}

/**
 * Reads the pages on which held orders stand that the pass has not met, then singly those that were not there.
 * @returns how many of them Omnitron did not show
 */
async function readHeld(part: Part, held: HeldOrders): Promise<number> {
  const { run, passId, pageSize } = part;
  const { pages } = await run.writer.pagesOfHeld({ passId, held, pageSize });
  for (const page of pages) await readAll(part, page);
  let notMet = 0;
  for (const { id, number } of await run.writer.notMet({ passId, held })) {
    if (!(await readSingly(part, id, number))) notMet += 1;
  }
  return notMet;
}

/** @returns whether Omnitron still has the order. */
async function readSingly({ run, passId }: Part, id: number, number: string): Promise<boolean> {
  const reading = run.nextReading();
  try {
    const body = await run.client.orderByNumber(number, run.signal);
    const answer = await run.writer.applyOrder({ passId, body, reading, nowMs: run.clock.now() });
    if (answer.counts !== null) run.counts[answer.counts] += 1;
    return answer.id === id;
  } catch (thrown) {
    if (thrown instanceof AppError && (thrown.code === 'NOT_FOUND' || thrown.code === 'VALUE_INVALID')) return false;
    throw thrown;
  }
}
