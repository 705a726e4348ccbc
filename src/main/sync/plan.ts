import {
  knownRequests,
  listAscends,
  type PlanStep,
  RESUME_WITHIN_MS,
  type SyncPlan,
  type SyncRequest,
} from '../../shared/sync.ts';
import type { InterruptedPass, SyncFacts } from '../engine/services.ts';

/** Every order is read again within this time, whatever filters and flags say. */
export const ROLLING_MS = 30 * 86_400_000;
/**
 * Where orders stand in no order there are no slices, and an order that came unsaid while another one went shows on no page
 * and in no count: everything is read again within a week, early enough for a pass that takes as long as it may.
 */
export const WHOLE_AGAIN_MS = 7 * 86_400_000 - RESUME_WITHIN_MS;
/** A part must save at least this much of the requests: what it leaves out may have changed without being seen. */
const WORTH_IT = 2;
/** Omnitron's clock and its database need not agree to the second; changes are asked for from this long before. */
export const CHANGES_OVERLAP_MS = 15 * 60_000;

/**
 * What a run is going to do, with the requests it is expected to take. Everything is read where nothing less is known to
 * be enough: before the first complete pass, after an interrupted one, where the key of the quantity is another one now,
 * and where a part would take more than half of the requests. An interrupted pass is gone on with, unless everything or a period is asked for. A part is what changed,
 * where the server is proven to answer that; else new orders, those in states that are not final, unsent ones and those
 * with a cancellation under way. Orders whose cancellation plans changed and a slice of all the others come with either.
 * Where the list stands in no order, a part is only what a proven filter names. What comes beside the lists of orders
 * has no part in the choice.
 * @param held facts about the cache; @param limit rows a page where no pass has shown otherwise
 */
export function planSync(
  request: SyncRequest,
  held: SyncFacts,
  context: { nowMs: number; limit: number; besides: Besides },
): SyncPlan {
  const made = planOmnitron(request, held, context);
  return plan(
    made.kind,
    [...stepsBefore(context.besides), ...made.steps, ...stepsAfter(context.besides)],
    made.resumes,
  );
}

/** What a run is going to ask for beside the lists of orders; null = not at all. */
export interface Besides {
  /** Requests that a probe before them is expected to take. */
  probe: number | null;
  /** Payments after them: of which orders, and of how many. */
  payments: Pick<Extract<PlanStep, { step: 'payments' }>, 'of' | 'orders'> | null;
  /** Requests that OMS is expected to take, at the end; of an OMS that was never read they are not known. */
  oms: { requests: number | null } | null;
}

/** The payments of one order: its transactions, its discount items and its cancellation plans. */
const REQUESTS_OF_PAYMENTS = 3;

function stepsBefore({ probe }: Besides): PlanStep[] {
  return probe === null ? [] : [{ step: 'probe', requests: probe }];
}

function stepsAfter({ payments, oms }: Besides): PlanStep[] {
  return [
    ...(payments === null
      ? []
      : [{ step: 'payments' as const, ...payments, requests: payments.orders * REQUESTS_OF_PAYMENTS }]),
    ...(oms === null ? [] : [{ step: 'oms' as const, ...oms }]),
  ];
}

function planOmnitron(request: SyncRequest, held: SyncFacts, context: { nowMs: number; limit: number }): SyncPlan {
  const pageSize = held.lastFull?.pageSize ?? context.limit;
  const everything = fullPlan(request, held, { pageSize, nowMs: context.nowMs });
  if (request.mode === 'full' || held.lastFull === null || held.interrupted !== null) return everything;
  if (held.otherQuantityKey) return everything;
  if (request.mode === 'verify') return verifyPlan(request.period, held, pageSize) ?? everything;
  const part = partPlan(held, pageSize, context.nowMs);
  return part === null || knownRequests(part) * WORTH_IT > knownRequests(everything) ? everything : part;
}

function plan(kind: SyncPlan['kind'], steps: PlanStep[], resumes = false): SyncPlan {
  // Most runs change nothing and read no payments: with as many as there may be, the number would tell nothing.
  const isKnown = steps.every(({ requests }) => requests !== null);
  return { kind, resumes, steps, requests: isKnown ? knownRequests({ steps }) : null };
}

const pagesOf = (orders: number, pageSize: number): number => Math.max(1, Math.ceil(orders / pageSize));

/**
 * Requests of one reading of a whole list: the first page tells the count, every page is read once, the newest once more.
 * A list in no order is walked twice.
 */
export function requestsOfWhole(rows: number, pageSize: number, ascends = true): number {
  const pages = pagesOf(rows, pageSize);
  if (pages === 1) return 1;
  return ascends ? pages + 2 : 2 * pages;
}

function fullPlan(
  request: SyncRequest,
  { held, setAside, interrupted, lastFull, capabilities, otherQuantityKey }: SyncFacts,
  { pageSize, nowMs }: { pageSize: number; nowMs: number },
): SyncPlan {
  const rows = Math.max(held + setAside, interrupted?.remoteCount ?? 0);
  // Before the first page of the first pass nothing tells how many orders there are.
  const isKnown = lastFull !== null || rows > 0;
  const whole = isKnown ? requestsOfWhole(rows, pageSize, listAscends(capabilities)) : null;
  // Whoever asks for everything or for a period wants what is there now, and not what an interrupted pass has met already.
  const anew = request.mode === 'verify' || (request.mode === 'full' && lastFull !== null);
  const because = otherQuantityKey && lastFull !== null ? ({ because: 'quantity-key' } as const) : {};
  // An older pass is begun anew.
  if (anew || interrupted === null || nowMs - interrupted.startedMs > RESUME_WITHIN_MS)
    return plan('full', [{ step: 'all', requests: whole, ...because }]);
  return plan('full', [{ step: 'all', requests: requestsLeft(interrupted) ?? whole, ...because }], true);
}

/** Requests that finish an interrupted pass; null where it has not stored so much that this could be told. */
function requestsLeft({ direction, nextPage, pageSize, remoteCount }: InterruptedPass): number | null {
  if (pageSize === null || remoteCount === null) return null;
  // Downwards the pages to the first one are left, and the newest once more.
  if (direction === 'down') return nextPage + 1;
  // Upwards one page is read again, and everything once more.
  const pages = pagesOf(remoteCount, pageSize);
  return Math.max(1, pages - Math.max(1, nextPage - 1) + 1) + pages;
}

function partPlan(held: SyncFacts, pageSize: number, nowMs: number): SyncPlan | null {
  const changes = changesStep(held);
  const ascends = listAscends(held.capabilities);
  // Without ascending ids there is no telling where new orders stand; only a list of what changed brings them.
  if (!ascends && (changes === null || isWholeDue(held, nowMs))) return null;
  const steps: PlanStep[] = ascends ? [{ step: 'new', requests: 2 }] : [];
  if (changes !== null) {
    steps.push(changes);
  } else {
    for (const { status, orders } of held.open)
      steps.push({ step: 'status', status, requests: pagesOf(orders, pageSize) });
    steps.push({ step: 'unsent', requests: pagesOf(held.unsent, pageSize) });
    for (const { status, orders } of cancellationSteps(held))
      steps.push({ step: 'cancellation', status, requests: pagesOf(orders, pageSize) });
  }
  if (held.plansSinceMs !== null) steps.push({ step: 'plans', since: sinceText(held.plansSinceMs), requests: 1 });
  const rolling = ascends ? rollingPages(held, pageSize, nowMs) : 0;
  if (rolling > 0) steps.push({ step: 'rolling', requests: rolling });
  return plan(changes === null ? 'refresh' : 'changes', steps);
}

/** From when on changes are asked for, where they are known up to a server's time. */
export const sinceText = (knownMs: number): string => new Date(knownMs - CHANGES_OVERLAP_MS).toISOString();

/** Null where what changed cannot be asked for. Where ids do not ascend, one request more tells how many orders there are. */
function changesStep({ capabilities, changesSinceMs }: SyncFacts): Extract<PlanStep, { step: 'changes' }> | null {
  if (capabilities?.modifiedSince !== true || changesSinceMs === null) return null;
  return { step: 'changes', since: sinceText(changesSinceMs), requests: listAscends(capabilities) ? 1 : 2 };
}

/**
 * Whether everything has to be read again for its age. A pass that lies ahead was made before the clock was set back,
 * nobody knows how long ago; only a day is overlooked.
 */
function isWholeDue({ lastFull }: SyncFacts, nowMs: number): boolean {
  const agoMs = nowMs - (lastFull?.finishedMs ?? 0);
  return agoMs >= WHOLE_AGAIN_MS || agoMs < -RESUME_WITHIN_MS;
}

/** A cancellation may begin on any order, so its first state is always asked for. */
function cancellationSteps({ cancellations }: SyncFacts): SyncFacts['cancellations'] {
  return cancellations.some(({ status }) => status === 'waiting')
    ? cancellations
    : [{ status: 'waiting', orders: 0 }, ...cancellations];
}

/**
 * As many pages as keep every order younger than the limit, given the time since the last slice. A mark that lies ahead
 * was made before the clock was set back: nobody knows how long ago, and it must not put off the slices until the clock
 * has caught up. As much is read as for a mark that lies as far behind.
 */
function rollingPages({ held, rolling, lastFull }: SyncFacts, pageSize: number, nowMs: number): number {
  const marks = [rolling.ms, lastFull?.finishedMs ?? null].filter((mark) => mark !== null);
  const elapsedMs = Math.min(...marks.map((markMs) => Math.abs(nowMs - markMs)));
  return Math.ceil(pagesOf(held, pageSize) * Math.min(1, elapsedMs / ROLLING_MS));
}

/** Null where the orders of the period can be found neither by their place in the list nor by their dates. */
function verifyPlan(
  period: Extract<SyncRequest, { mode: 'verify' }>['period'],
  held: SyncFacts,
  pageSize: number,
): SyncPlan | null {
  const step: PlanStep = { step: 'period', period, requests: pagesOf(held.held, pageSize) };
  if (listAscends(held.capabilities)) return plan('verify', [{ step: 'new', requests: 2 }, step]);
  const isEverything = period.from === null && period.to === null;
  if (held.capabilities?.placedRange !== true || isEverything) return null;
  const changes = changesStep(held);
  return plan('verify', changes === null ? [step] : [changes, step]);
}
