import { readFiltered } from './filtered-list.ts';
import { createPageReader } from './page-reader.ts';
import { sinceText } from './plan.ts';
import { PAGE_LIMIT, type RunContext } from './run-context.ts';
import { notePage, type Walked } from './walk.ts';

/** So often what has come meanwhile is asked for, where more comes each time. */
const ROUNDS = 3;

/** Reads what has come while a list in no order was walked, where the server is proven to tell. */
export interface Meanwhile {
  /** The server's time, epoch milliseconds, as far as is known. */
  nowMs(): number;
  /**
   * Reads into a pass what has changed since it began, and how many orders there are.
   * @param args.before the pass before it, over the same list
   * @returns whether the pass has met as many orders as there are, and every one that the pass before it had met. An order
   * that slid past it would have had to slide past the one before too.
   * @throws AppError as the client does; RESPONSE_INVALID when a page stays wrong; CANCELLED
   */
  settles(args: { passId: number; before: number; sinceMs: number; walked: Walked }): Promise<boolean>;
}

/** For a run at a tenant that honours `modified_date__gte`. */
export function createMeanwhile(run: RunContext): Meanwhile {
  return {
    nowMs: () => run.client.serverNowMs() ?? run.clock.now(),
    async settles({ passId, before, sinceMs, walked }) {
      const query = { modified_date__gte: sinceText(sinceMs) };
      const all = createPageReader(run, passId);
      for (let round = 1; round <= ROUNDS && walked.seen <= walked.remoteCount; round += 1) {
        const list = { query, everything: walked.remoteCount, pageSize: PAGE_LIMIT, ascends: false };
        const { found, met } = await readFiltered(run, passId, list);
        walked.seen += met;
        const first = found === 'read' ? await all.read({ page: 1, nextPage: 1, pageSize: null }) : null;
        if (first === null) return false;
        notePage(walked, first, run, PAGE_LIMIT);
        if (walked.seen !== walked.remoteCount) continue;
        const lost = await run.writer.notMet({ passId, held: { which: 'pass', passId: before } });
        return lost.length === 0;
      }
      return false;
    },
  };
}
