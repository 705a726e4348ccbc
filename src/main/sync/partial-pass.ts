import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { type Capabilities, isSuspiciousLoss, listAscends, type PlanStep } from '../../shared/sync.ts';
import type { HeldOrders, PageOutcome, PassOutcome } from '../engine/services.ts';
import { type FilteredRead, type FilteredStep, queryOf, readFiltered } from './filtered-list.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import { sinceText } from './plan.ts';
import { assertGoing, PAGE_LIMIT, type RunContext } from './run-context.ts';
import { readTail } from './tail.ts';

/** So often new orders are looked for again where some seem to have come while filtered lists were read. */
const NEWS_ROUNDS = 3;

export interface PartialOptions {
  steps: readonly PlanStep[];
  /** Held orders that have not vanished. */
  held: number;
  /** Orders that the server should count, by what is held and set aside. */
  expected: number;
  pageSize: number;
  /** What the probe has shown; null = unknown. */
  capabilities: Capabilities | null;
  timeZone: string;
  rollingAfter: number;
}

/** What a run over some orders came to. */
export interface PartialPass {
  finished: PassOutcome;
  remoteCount: number;
  /** Held orders that have proven to be gone, all of them marked as vanished. */
  gone: number;
  /** Whether Omnitron told which cancellation plans changed; true where it was not asked. */
  plansTold: boolean;
  /**
   * What was found to be otherwise than planned with, a reason to read everything: `list` = orders have gone, pages are of
   * another size, or there is so much to read that everything takes no longer; `server` = it does not honour what the probe
   * had shown.
   */
  doubt: 'list' | 'server' | null;
}

interface Part {
  run: RunContext;
  passId: number;
  /** Reads pages of the list of all orders. */
  all: PageReader;
  pageSize: number;
  /** Whether orders stand by id, so that their place can be told. */
  ascends: boolean;
  /** Whether the orders of a period can be asked for. */
  placedRange: boolean;
  timeZone: string;
  held: number;
  remoteCount: number;
  /** Held orders that stand on no page any more and that Omnitron does not know by their number. */
  gone: Set<number>;
  plansTold: boolean;
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
    ascends: listAscends(options.capabilities),
    placedRange: options.capabilities?.placedRange === true,
    timeZone: options.timeZone,
    held: options.held,
    remoteCount: options.expected,
    gone: new Set(),
    plansTold: true,
    doubt: null,
  };
  const { steps } = options;
  for (const step of steps) if (part.doubt === null) await takeStep(part, step, options);
  // What is no longer open or unsent at Omnitron is missing from the filtered lists; this is how its change is seen.
  if (part.doubt === null && steps.some(({ step }) => step === 'unsent')) await readHeld(part, { which: 'unsettled' });
  await catchUp(part, steps);
  const gone = await markGone(part);
  const { remoteCount, plansTold, doubt } = part;
  const finished = await writer.finishPass({ passId, complete: true, remoteCount, nowMs: clock.now() });
  return { finished, remoteCount, gone, plansTold, doubt };
}

async function takeStep(part: Part, step: PlanStep, { expected, rollingAfter }: PartialOptions): Promise<void> {
  if (step.step === 'new') await readNew(part, expected);
  else if (step.step === 'rolling') await readSlice(part, step.requests, rollingAfter);
  else if (step.step === 'period') await verify(part, step);
  else if (step.step === 'plans') await readChangedPlans(part, step.since);
  else if (step.step !== 'probe' && step.step !== 'payments' && step.step !== 'oms' && step.step !== 'all')
    await readNamed(part, step);
}

/**
 * Orders that came while other lists were read are fetched; a count that still disagrees tells that others have gone
 * than those that are known to be, or have come unsaid. Where no list of all orders was read, its first page is read for
 * the count, after everything else: a count from before could agree for what came afterwards.
 */
async function catchUp(part: Part, steps: readonly PlanStep[]): Promise<void> {
  const namesNew = part.ascends || steps.some(({ step }) => step === 'changes');
  if (!part.ascends && part.doubt === null) await readAll(part, 1);
  for (let round = 0; part.doubt === null; round += 1) {
    const { held, setAside } = await part.run.writer.syncFacts();
    const expected = held + setAside - part.gone.size;
    if (part.remoteCount === expected) return;
    if (round === NEWS_ROUNDS || !namesNew) part.doubt = 'list';
    else if (part.ascends) await readNew(part, expected);
    else await readLatest(part);
  }
}

/** Reads what has changed since the run began, new orders with it, and then how many orders there are. */
async function readLatest(part: Part): Promise<void> {
  await readNamed(part, { step: 'changes', since: sinceText(part.run.asOfMs()), requests: 1 });
  if (part.doubt === null) await readAll(part, 1);
}

/**
 * An order is gone for certain when it is not on the page where it should stand, or not in the list of its dates, its own
 * number is answered with 404, and Omnitron counts as many orders as are held without it. Where these may not be marked, a reading of everything
 * finds out, and asks.
 * @returns how many were marked
 */
async function markGone(part: Part): Promise<number> {
  if (part.doubt !== null || part.gone.size === 0) return 0;
  const { writer, clock } = part.run;
  const { vanished } = await writer.markGone({ passId: part.passId, ids: [...part.gone], nowMs: clock.now() });
  if (vanished < part.gone.size) part.doubt = 'list';
  return vanished;
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
  if (part.ascends && outcome.hasNext && outcome.rows !== part.pageSize) part.doubt ??= 'list';
  if (part.ascends && outcome.ids?.ascending === false) part.doubt = 'server';
  part.run.onPage({ outcome, done: outcome.rows, total: outcome.rows, pagesTotal: 0 });
  return outcome;
}

async function readByFilter(part: Part, step: FilteredStep): Promise<FilteredRead['found']> {
  const { run, passId, remoteCount: everything, pageSize, ascends, timeZone } = part;
  const list = { query: queryOf(step, timeZone), everything, pageSize, ascends };
  return (await readFiltered(run, passId, list)).found;
}

async function readNamed(part: Part, step: FilteredStep): Promise<void> {
  const found = await readByFilter(part, step);
  // A filter that lets everything through is most likely none.
  if (found === 'whole') part.doubt = 'server';
  if (found === 'large') part.doubt ??= 'list';
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
    // The next run asks for the same time again: what changed in it has not been told.
    part.plansTold = false;
  }
  if (ids.size > 0) await readHeld(part, { which: 'ids', ids: [...ids] });
  // In no order there is no page on which it should have stood, and no list of those it belongs to.
  if (!part.ascends && part.gone.size > 0) part.doubt ??= 'list';
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
 * Reads every order of a period: those that it is said to have, where dates can be asked for, and then every held one that
 * was not among them. One that is neither met nor proven gone is a reason to read everything.
 */
async function verify(part: Part, step: Extract<PlanStep, { step: 'period' }>): Promise<void> {
  const { period } = step;
  const byDates = part.placedRange && (period.from !== null || period.to !== null);
  const found = byDates ? await readByFilter(part, step) : null;
  // All orders may be of the period. Where they stand by id the held ones are found without its list.
  if (found !== 'read' && !part.ascends) part.doubt ??= 'list';
  if (part.doubt !== null) return;
  const { unknown } = await readHeld(part, { which: 'period', period, timeZone: part.timeZone });
  if (unknown > 0) part.doubt ??= 'list';
}

/**
 * Reads the pages on which held orders stand that the pass has not met, then singly those that were not there; all of
 * them singly where they stand in no order.
 * @returns of how many Omnitron did not say whether it has them
 */
async function readHeld(part: Part, held: HeldOrders): Promise<{ unknown: number }> {
  const { run, passId, pageSize, ascends, remoteCount } = part;
  const { pages } = ascends ? await run.writer.pagesOfHeld({ passId, held, pageSize }) : { pages: [] };
  for (const page of pages) await readAll(part, page);
  const left = await run.writer.notMet({ passId, held });
  // One request each: so many take as long as everything does.
  if (!ascends && left.length > remoteCount / pageSize) part.doubt ??= 'list';
  let unknown = 0;
  for (const { id, number } of part.doubt === null ? left : []) {
    const found = await readSingly(part, id, number);
    if (found === 'gone') part.gone.add(id);
    if (found === 'unknown') unknown += 1;
    // Nothing of so great a loss is marked by this pass, so the rest need not be asked for one by one.
    if (isSuspiciousLoss(part.gone.size, part.held)) part.doubt ??= 'list';
    if (part.doubt !== null) break;
  }
  return { unknown };
}

/**
 * Asks for an order by its number.
 * @returns `unknown` where the number cannot be asked for, or another order has it too and answers to it
 */
async function readSingly({ run, passId }: Part, id: number, number: string): Promise<'there' | 'gone' | 'unknown'> {
  const reading = run.nextReading();
  try {
    const body = await run.client.orderByNumber(number, run.signal);
    const answer = await run.writer.applyOrder({ passId, body, reading, nowMs: run.clock.now() });
    if (answer.counts !== null) run.counts[answer.counts] += 1;
    return answer.id === id ? 'there' : 'unknown';
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'NOT_FOUND') return 'gone';
    if (thrown instanceof AppError && thrown.code === 'VALUE_INVALID') return 'unknown';
    throw thrown;
  }
}
