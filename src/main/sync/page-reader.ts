import { AppError } from '../../shared/errors.ts';
import type { PageOutcome } from '../engine/services.ts';
import { addToCounts, assertGoing, cancelled, type ListRun, PAGE_LIMIT } from './run-context.ts';

/** How often a page whose body is not the contract's is asked for before it is refused for good. */
const BODY_TRIES = 3;
const BODY_PAUSE_MS = 1_000;

/** Reads pages of one list and stores them. */
export interface PageReader {
  /**
   * Fetches a page and stores it together with the walk's progress. While it is stored, the page that comes next is
   * on its way: not before this one has arrived, for a walk relies on each answer being younger than the last.
   * @returns null for a page past the end of the list.
   * @throws AppError as the client does; RESPONSE_INVALID when the body stays wrong; CANCELLED
   */
  read(args: {
    page: number;
    /** 0 = none; the walk has reached its end. */
    nextPage: number;
    pageSize: number | null;
    /** Whether the next page is known to exist; true where it is not given. */
    fetchAhead?: boolean;
  }): Promise<PageOutcome | null>;
}

interface Fetched {
  body: Uint8Array;
  reading: number;
}

/** @param query names the list by its filters; none = every order. */
export function createPageReader(
  run: ListRun,
  passId: number,
  query: Readonly<Record<string, string>> = {},
): PageReader {
  let ahead: { page: number; fetched: Promise<Fetched> } | null = null;

  async function fetchPage(page: number): Promise<Fetched> {
    const reading = run.nextReading();
    const asked = { ...run.listQuery, ...query };
    return { body: await run.client.listOrders(page, PAGE_LIMIT, run.signal, asked, run.listPath), reading };
  }

  function take(page: number): Promise<Fetched> {
    const waiting = ahead;
    ahead = null;
    return waiting?.page === page ? waiting.fetched : fetchPage(page);
  }

  function want(page: number): void {
    const fetched = fetchPage(page);
    // Whoever takes it sees the failure; one that nobody takes any more is of no interest.
    fetched.catch(() => undefined);
    ahead = { page, fetched };
  }

  /** Null for a page past the end: the contract's 404. The first page always exists. */
  async function takeIfThere(page: number): Promise<Fetched | null> {
    try {
      return await take(page);
    } catch (thrown) {
      if (run.signal.aborted) throw cancelled();
      if (page > 1 && thrown instanceof AppError && thrown.code === 'NOT_FOUND') return null;
      throw thrown;
    }
  }

  return {
    async read({ page, nextPage, pageSize, fetchAhead = true }) {
      for (let attempt = 1; ; attempt += 1) {
        assertGoing(run.signal);
        const fetched = await takeIfThere(page);
        if (fetched === null) return null;
        if (nextPage > 0 && fetchAhead) want(nextPage);
        try {
          const nowMs = run.clock.now();
          const outcome = await run.writer.applyPage({ passId, page, nextPage, pageSize, ...fetched, nowMs });
          addToCounts(run.counts, outcome);
          return outcome;
        } catch (thrown) {
          if (attempt === BODY_TRIES || !(thrown instanceof AppError && thrown.code === 'RESPONSE_INVALID'))
            throw thrown;
          ahead = null;
          await run.clock.sleep(BODY_PAUSE_MS * attempt, run.signal).catch(() => undefined);
        }
      }
    },
  };
}
