import type { PageOutcome } from '../engine/services.ts';
import { endless, SPARE_PAGES } from './walk.ts';

export interface TailParts {
  /** Rows a page. */
  pageSize: number;
  /** Reads a page; null for one past the end. */
  read(page: number): Promise<PageOutcome | null>;
  /** Whether a page shows something that was not known before. */
  isNews(outcome: PageOutcome): boolean;
}

/**
 * Reads the end of a list whose ids ascend: from the page on which it was thought to be on to the last one, then
 * downwards while there is something new. Pages that turned out to have others behind them are read once more on the
 * way down: until the last page was there, a removal may have let a new order slide onto one of them.
 * @param start the page on which the end was thought to be, as it was just read
 * @returns whether anything was new
 * @throws AppError as `read` does; RESPONSE_INVALID when the list never ends
 */
export async function readTail(
  start: { page: number; outcome: PageOutcome | null },
  { pageSize, read, isNews }: TailParts,
): Promise<boolean> {
  const shows = (outcome: PageOutcome | null): boolean => outcome !== null && isNews(outcome);
  const startIsNews = shows(start.outcome);
  let anyNews = startIsNews;
  let { page, outcome } = start;
  for (let hops = 1; outcome?.hasNext === true; hops += 1) {
    if (hops > SPARE_PAGES) throw endless();
    page = Math.max(page + 1, Math.ceil(outcome.remoteCount / pageSize));
    outcome = await read(page);
    anyNews ||= shows(outcome);
  }
  let goesOn = page > start.page || startIsNews;
  for (let below = page - 1; goesOn && below >= 1; below -= 1) {
    const isNew = shows(await read(below));
    anyNews ||= isNew;
    goesOn = isNew || below > start.page || (below === start.page && startIsNews);
  }
  return anyNews;
}
