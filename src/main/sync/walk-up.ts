import type { PageOutcome } from '../engine/services.ts';
import { createPageReader } from './page-reader.ts';
import { type ListRun, PAGE_LIMIT } from './run-context.ts';
import { endless, notePage, SPARE_PAGES, type Walked } from './walk.ts';

/** So often a page may show the ids of the one before; a server that goes on so does not look at the page's number. */
const MOST_SAME_PAGES = 3;

/** Where an upward walk begins. */
export interface UpwardStart {
  passId: number;
  nextPage: number;
  countAtStart: number | null;
}

/** Which list is walked: that of every order, or one that filters name. */
export interface UpwardList {
  query?: Readonly<Record<string, string>>;
  /** A list of this many orders is not the one that the filters name; the walk ends as soon as it shows. */
  tooMany?: number;
}

/**
 * Walks a list from its first page to its last. Right for lists that orders only enter while they are walked, and for
 * those whose order is unknown, which are walked twice. Everything it finds out goes into `walked`.
 * @throws AppError as the client does; RESPONSE_INVALID when a page stays wrong or the list never ends
 */
export async function walkUp(
  run: ListRun,
  start: UpwardStart,
  walked: Walked,
  { query = {}, tooMany = Number.POSITIVE_INFINITY }: UpwardList = {},
): Promise<void> {
  const reader = createPageReader(run, start.passId, query);
  let served: number | null = null;
  let started = start.countAtStart !== null;
  let before: PageOutcome['ids'] = null;
  let sameAsBefore = 0;
  for (let page = start.nextPage; ; page += 1) {
    const mayGoOn = started && page * (served ?? PAGE_LIMIT) < walked.remoteCount;
    const outcome = await reader.read({ page, nextPage: page + 1, pageSize: served, fetchAhead: mayGoOn });
    if (outcome === null) return;
    if (!started) walked.countAtStart = outcome.remoteCount;
    started = true;
    // The server may serve fewer rows than asked for; every page but the last shows how many.
    if (outcome.hasNext && outcome.rows > 0) served = outcome.rows;
    const pageSize = served ?? PAGE_LIMIT;
    if (outcome.ids?.ascending === false) walked.ordered = false;
    const isSame = outcome.ids !== null && outcome.ids.first === before?.first && outcome.ids.last === before.last;
    sameAsBefore = isSame ? sameAsBefore + 1 : 0;
    before = outcome.ids;
    if (sameAsBefore === MOST_SAME_PAGES) throw endless();
    notePage(walked, outcome, run, pageSize);
    walked.atOnce = page === 1 && !outcome.hasNext;
    if (!outcome.hasNext || outcome.rows === 0 || outcome.remoteCount >= tooMany) return;
    if (page > Math.ceil(outcome.remoteCount / pageSize) + SPARE_PAGES) throw endless();
  }
}
