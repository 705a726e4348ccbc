import { AppError } from '../../shared/errors.ts';
import type { PlanStep } from '../../shared/sync.ts';
import type { PassOutcome } from '../engine/services.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import { PAGE_LIMIT, type RunContext } from './run-context.ts';
import { endless, SPARE_PAGES } from './walk.ts';
import { walkUp } from './walk-up.ts';

/** A filtered list whose count moves while it is walked is walked again, at most this often. */
const ROUNDS = 5;

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
  /** What was found to be otherwise than planned with: a reason to read everything, or to probe anew. */
  doubt: 'count' | 'order' | 'filter' | null;
}

interface Part {
  run: RunContext;
  passId: number;
  /** Reads pages of the list of all orders. */
  all: PageReader;
  pageSize: number;
  remoteCount: number;
  ordered: boolean;
  filterWorks: boolean;
}

/**
 * Reads some orders: new ones, those that filters name, a slice of the others, those of a period.
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
    ordered: true,
    filterWorks: true,
  };
  let notMet = 0;
  for (const step of options.steps) {
    if (step.step === 'new') await readNew(part, options.expected);
    else if (step.step === 'rolling') await readSlice(part, step.requests, options.rollingAfter);
    else if (step.step === 'period') notMet += await readPeriod(part, step.period, options.timeZone);
    else await readFiltered(part, step);
  }
  const { remoteCount } = part;
  const finished = await writer.finishPass({ passId, complete: true, remoteCount, nowMs: clock.now() });
  const { held, setAside } = await writer.syncFacts();
  return { finished, remoteCount, notMet, doubt: doubtOf(part, held + setAside) };
}

function doubtOf(part: Part, known: number): PartialPass['doubt'] {
  if (!part.filterWorks) return 'filter';
  if (!part.ordered) return 'order';
  return part.remoteCount === known ? null : 'count';
}

/** Reads the end of the list, and below it while there is something new. */
async function readNew(part: Part, expected: number): Promise<void> {
  const top = Math.max(1, Math.ceil(expected / part.pageSize));
  let newest = await readAll(part, top);
  let below = top - 1;
  while (newest === null && below >= 1) {
    newest = await readAll(part, below);
    below -= 1;
  }
  let goesOn = newest !== null && newest.created > 0;
  for (let page = top + 1; newest?.hasNext === true; page += 1) {
    if (page > top + SPARE_PAGES + Math.ceil(newest.remoteCount / part.pageSize)) throw endless();
    newest = await readAll(part, page);
  }
  for (let page = below; goesOn && page >= 1; page -= 1) goesOn = ((await readAll(part, page))?.created ?? 0) > 0;
}

async function readAll(part: Part, page: number) {
  const outcome = await part.all.read({ page, nextPage: 0, pageSize: part.pageSize });
  if (outcome === null) return null;
  part.remoteCount = outcome.remoteCount;
  if (outcome.ids?.ascending === false) part.ordered = false;
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
  for (let round = 1; round <= ROUNDS; round += 1) {
    const start = { passId: part.passId, nextPage: 1, seen: 0, countAtStart: null };
    const walked = await walkUp(part.run, start, queryOf(step));
    // A filter that lets everything through is most likely none.
    if (walked.remoteCount >= part.remoteCount && part.remoteCount > part.pageSize) part.filterWorks = false;
    if (!part.filterWorks || walked.atOnce || walked.countAtStart === walked.remoteCount) return;
  }
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
 * Reads the page on which the order after the `upTo` first ones stands; an earlier page where orders in between have gone.
 * @returns the last id read
 */
async function readAfter(part: Part, upTo: number, wanted: number | null): Promise<number | null> {
  for (let page = Math.floor(upTo / part.pageSize) + 1; page >= 1; page -= 1) {
    const outcome = await readAll(part, page);
    const ids = outcome?.ids ?? null;
    if (ids !== null && (wanted === null || page === 1 || ids.first <= wanted)) return ids.last;
  }
  return null;
}

/** Reads the pages on which the period's orders stand, then singly those that were not there. */
async function readPeriod(
  part: Part,
  period: Extract<PlanStep, { step: 'period' }>['period'],
  timeZone: string,
): Promise<number> {
  const { run, passId, pageSize } = part;
  const { pages } = await run.writer.pagesOfPeriod({ period, timeZone, pageSize });
  for (const page of pages) await readAll(part, page);
  let notMet = 0;
  for (const { id, number } of await run.writer.notMet({ passId, period, timeZone })) {
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
    return answer.id === id;
  } catch (thrown) {
    if (thrown instanceof AppError && (thrown.code === 'NOT_FOUND' || thrown.code === 'VALUE_INVALID')) return false;
    throw thrown;
  }
}
