import { periodBounds } from '../../shared/period.ts';
import type { PlanStep } from '../../shared/sync.ts';
import type { ListRun } from './run-context.ts';
import { startWalk } from './walk.ts';
import { walkUp } from './walk-up.ts';

/** A filtered list that does not stand still while it is walked is walked again, at most this often. */
const ROUNDS = 5;

/** The steps of a plan that read a list of some orders. */
export type FilteredStep = Extract<PlanStep, { step: 'changes' | 'status' | 'unsent' | 'cancellation' | 'period' }>;

/** The filters that name the orders of a step. @throws AppError VALUE_INVALID for a period that is none */
export function queryOf(step: FilteredStep, timeZone: string): Record<string, string> {
  if (step.step === 'changes') return { modified_date__gte: step.since };
  if (step.step === 'status') return { status: step.status };
  if (step.step === 'cancellation') return { cancel_status: step.status };
  // The documented spelling, with a capital letter (contract, section 2.3).
  if (step.step === 'unsent') return { is_send: 'False' };
  const { fromMs, toMs } = periodBounds(step.period, timeZone);
  const instant = (ms: number): string => new Date(ms).toISOString();
  return {
    ...(fromMs === null ? {} : { date_placed__gte: instant(fromMs) }),
    // The end is the next day's beginning: an order of that very instant is read as well.
    ...(toMs === null ? {} : { date_placed__lte: instant(toMs) }),
  };
}

/** Which list is read, and how it stands to the list of every order. */
export interface FilteredList {
  query: Readonly<Record<string, string>>;
  /** Orders that there are in all, as far as is known. */
  everything: number;
  pageSize: number;
  /** Whether orders stand by id. */
  ascends: boolean;
}

/** What came of reading a filtered list. */
export interface FilteredRead {
  /**
   * `whole` where the list is as long as that of all orders, `large` where reading everything takes no longer; both end it
   * with the page that showed it.
   */
  found: 'read' | 'large' | 'whole';
  /** Orders that the pass had not met before. */
  met: number;
}

/**
 * Reads a filtered list upwards, for orders only enter it while it is walked, until its count has stood still. What
 * enters may go on a page that was read already; it is then for the next run. An order can only be overlooked where
 * another one is removed from Omnitron and lets it slide onto such a page. Where ids ascend a new order is then found at
 * the end of the list of all orders, and the counts show that one has gone; where they do not, a list of several pages
 * is walked until a walk has met nothing that those before had not.
 * @throws AppError as the client does; RESPONSE_INVALID when a page stays wrong; CANCELLED
 */
export async function readFiltered(
  run: ListRun,
  passId: number,
  { query, everything, pageSize, ascends }: FilteredList,
): Promise<FilteredRead> {
  const whole = everything > pageSize ? everything : Number.POSITIVE_INFINITY;
  const tooMany = ascends ? whole : Math.max(pageSize + 1, whole / 2);
  let met = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const walked = startWalk({ seen: 0, countAtStart: null });
    await walkUp(run, { passId, nextPage: 1, countAtStart: null }, walked, { query, tooMany });
    met += walked.seen;
    if (walked.remoteCount >= tooMany) return { found: walked.remoteCount >= whole ? 'whole' : 'large', met };
    const stoodStill = walked.countAtStart === walked.remoteCount && (ascends || (round > 1 && walked.seen === 0));
    if (walked.atOnce || stoodStill) break;
  }
  return { found: 'read', met };
}
