import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { listAscends } from '../../shared/sync.ts';
import type { QuarantinedOrder } from '../database/quarantine-read.ts';
import type { PageOutcome } from '../engine/services.ts';
import { createPageReader } from './page-reader.ts';
import { PAGE_LIMIT, type RunContext } from './run-context.ts';
import { createRun, type SyncParts } from './run-sync.ts';

/** Where more orders than so many requests can read are in quarantine, a sync is the way. */
const MOST_REQUESTS = 200;
/** A request takes further places in the sequence of readings where a body stays wrong. */
const READINGS = MOST_REQUESTS * 10;
/** An order that is not held stands on the page that its id leads to, or on one nearby. */
const MOST_PAGES_AN_ORDER = 4;

/** Answers that do not tell an order's number; the order may still be found on its page. */
const NO_NUMBER: readonly ErrorCode[] = [
  'NOT_FOUND',
  'FORBIDDEN',
  'REQUEST_REJECTED',
  'REDIRECT_REFUSED',
  'RESPONSE_INVALID',
];

/**
 * Reads quarantined orders again: a held one by its number, any other with the page on which it must stand. Where orders
 * stand in no order, that page is not known, for the list on which it was met may have been another one; the order is then
 * asked for its number by its id, and read by that. What is the contract's order now is stored and let out; the rest stays.
 * After about 200 requests the others are left for another time; where a pass over all orders waits to go on, orders that
 * are not held are left to it.
 * @returns orders let out, and rows that remain in quarantine, those without an id included
 * @throws AppError as the client does; RESPONSE_INVALID for an answer that is no JSON, or a page that stays wrong; CANCELLED
 */
export async function retryQuarantine(
  parts: SyncParts,
  signal: AbortSignal,
): Promise<{ released: number; remaining: number }> {
  const { client, writer, clock } = parts;
  const facts = await writer.syncFacts();
  const { orders: before } = await writer.quarantined();
  const { first } = await writer.reserveReadings({ count: READINGS });
  const place = { runId: 0, firstReading: first, facts, startedMs: clock.elapsed() };
  const run = createRun(parts, { signal, onProgress: () => undefined }, place);
  const { requests } = client.counters;
  const mayAsk = (): boolean => client.counters.requests - requests < MOST_REQUESTS;

  const elsewhere: QuarantinedOrder[] = [];
  for (const order of before) {
    if (!mayAsk()) break;
    if (order.number === null || !(await readByNumber(run, order.orderId, order.number))) elsewhere.push(order);
  }
  if (elsewhere.length > 0 && facts.interrupted === null) {
    const { capabilities, lastFull } = facts;
    const ascending = listAscends(capabilities);
    const onPages = ascending ? elsewhere : await readById(run, elsewhere, mayAsk);
    await readPages(run, onPages, { ascending, pageSize: lastFull?.pageSize ?? PAGE_LIMIT, mayAsk });
  }

  const { orders: after, rows: remaining } = await writer.quarantined();
  const stay = new Set(after.map(({ orderId }) => orderId));
  return { released: before.filter(({ orderId }) => !stay.has(orderId)).length, remaining };
}

/** @returns whether Omnitron's answer was about this order; its number may have gone to another one. */
async function readByNumber(run: RunContext, orderId: number, number: string): Promise<boolean> {
  const reading = run.nextReading();
  try {
    const body = await run.client.orderByNumber(number, run.signal);
    const answer = await run.writer.applyRetried({ orderId, body, reading, nowMs: run.clock.now() });
    return answer.id === null || answer.id === orderId;
  } catch (thrown) {
    if (thrown instanceof AppError && (thrown.code === 'NOT_FOUND' || thrown.code === 'VALUE_INVALID')) return false;
    throw thrown;
  }
}

/** Reads orders whose number is not known by their id. @returns those that could not be found that way */
async function readById(
  run: RunContext,
  orders: readonly QuarantinedOrder[],
  mayAsk: () => boolean,
): Promise<QuarantinedOrder[]> {
  const left: QuarantinedOrder[] = [];
  for (const order of orders) {
    const number = order.number === null && mayAsk() ? await numberOf(run, order.orderId) : null;
    if (number === null || !(await readByNumber(run, order.orderId, number))) left.push(order);
  }
  return left;
}

/** The number of an order, as its detailed answer has it, which is asked for by id; null where that does not tell. */
async function numberOf({ client, writer, signal }: RunContext, orderId: number): Promise<string | null> {
  try {
    return (await writer.readDetailedNumber({ orderId, body: await client.orderDetailed(orderId, signal) })).number;
  } catch (thrown) {
    if (thrown instanceof AppError && NO_NUMBER.includes(thrown.code)) return null;
    throw thrown;
  }
}

/** Reads the pages on which these orders must stand, each page once. */
async function readPages(
  run: RunContext,
  orders: readonly QuarantinedOrder[],
  { ascending, pageSize, mayAsk }: { ascending: boolean; pageSize: number; mayAsk(): boolean },
): Promise<void> {
  if (orders.length === 0) return;
  const { writer, clock } = run;
  const { passId } = await writer.beginPart({ runId: null, limit: PAGE_LIMIT, nowMs: clock.now() });
  const reader = createPageReader(run, passId);
  const known = new Map<number, PageOutcome | null>();
  let remoteCount = 0;

  async function outcomeOf(page: number): Promise<PageOutcome | null> {
    const read = known.get(page);
    if (read !== undefined) return read;
    const outcome = await reader.read({ page, nextPage: 0, pageSize });
    known.set(page, outcome);
    remoteCount = outcome?.remoteCount ?? remoteCount;
    return outcome;
  }

  /** Looks for the page that holds the id, beginning at one nearby. */
  async function readAround(id: number, start: number): Promise<void> {
    let page = start;
    for (let looked = 0; looked < MOST_PAGES_AN_ORDER && page >= 1 && mayAsk(); looked += 1) {
      const outcome = await outcomeOf(page);
      const ids = outcome?.ids ?? null;
      if (outcome === null) page -= 1;
      else if (ids !== null && id < ids.first) page -= 1;
      else if (ids !== null && id > ids.last && outcome.hasNext) page += 1;
      else return;
    }
  }

  for (const [before, { orderId, page }] of orders.entries()) {
    if (!mayAsk()) break;
    if (ascending) {
      // Those among the others that are not held stand before it too.
      const { upTo } = await writer.heldAround({ id: orderId - 1 });
      await readAround(orderId, Math.floor((upTo + before) / pageSize) + 1);
    } else if (page > 0) await outcomeOf(page);
  }
  await writer.finishPass({ passId, complete: true, remoteCount, nowMs: clock.now() });
}
