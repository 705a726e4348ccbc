import { createPageReader } from './page-reader.ts';
import { PAGE_LIMIT, type RunContext } from './run-context.ts';
import { endless, notePage, SPARE_PAGES, type Walked } from './walk.ts';

/** Where an upward walk begins. */
export interface UpwardStart {
  passId: number;
  nextPage: number;
  seen: number;
  countAtStart: number | null;
}

/**
 * Walks a list from its first page to its last. Right for lists that orders only enter while they are walked, and for
 * those whose order is unknown, which are walked twice.
 * @param query names the list by its filters; none = every order.
 * @throws AppError as the client does; RESPONSE_INVALID when a page stays wrong or the list never ends
 */
export async function walkUp(
  run: RunContext,
  start: UpwardStart,
  query: Readonly<Record<string, string>> = {},
): Promise<Walked> {
  const reader = createPageReader(run, start.passId, query);
  const walked: Walked = {
    seen: start.seen,
    newToRun: 0,
    countAtStart: start.countAtStart ?? 0,
    remoteCount: start.countAtStart ?? 0,
    ordered: true,
    atOnce: false,
    refused: null,
  };
  let pageSize = PAGE_LIMIT;
  let started = start.countAtStart !== null;
  for (let page = start.nextPage; ; page += 1) {
    const mayGoOn = started && page * pageSize < walked.remoteCount;
    const outcome = await reader.read({ page, nextPage: page + 1, pageSize: null, fetchAhead: mayGoOn });
    if (outcome === null) return walked;
    if (!started) walked.countAtStart = outcome.remoteCount;
    started = true;
    // The server may serve fewer rows than asked for; every page but the last shows how many.
    if (outcome.hasNext && outcome.rows > 0) pageSize = outcome.rows;
    if (outcome.ids?.ascending === false) walked.ordered = false;
    notePage(walked, outcome, run, pageSize);
    if (!outcome.hasNext || outcome.rows === 0) return { ...walked, atOnce: page === 1 };
    if (page > Math.ceil(outcome.remoteCount / pageSize) + SPARE_PAGES) throw endless();
  }
}
