import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../connections/ports.ts';
import type { PageOutcome, PassState, Remote, WriterService } from '../engine/services.ts';
import type { OmnitronClient } from '../omnitron/client.ts';

/** How often a page whose body is not the contract's is asked for before it is refused for good. */
const BODY_TRIES = 3;
const BODY_PAUSE_MS = 1_000;
/** A list may grow while it is walked; one that goes on this many pages past its own count is not a list. */
const SPARE_PAGES = 20;

export interface WalkOptions {
  client: OmnitronClient;
  writer: Pick<Remote<WriterService>, 'applyPage'>;
  clock: Clock;
  pass: PassState;
  limit: number;
  signal: AbortSignal;
  onPage(outcome: PageOutcome, page: number, pagesTotal: number): void;
}

export interface Walked {
  /** Ids this pass has met, from its first page on. */
  seen: number;
  countAtStart: number;
  remoteCount: number;
  /** Why the walk ended early; null = it reached the end of the list. */
  problem: AppError | null;
}

/**
 * Walks the numbered pages of a pass from where it stands to the end. While the writer stores one page, the next is on
 * its way; the server's `next` is only a sign that there is one.
 */
export async function walkPages(options: WalkOptions): Promise<Walked> {
  const { pass, onPage } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const ahead = createAhead((page) => options.client.listOrders(page, options.limit, signal));
  const walked: Walked = {
    seen: pass.seen,
    countAtStart: pass.countAtStart ?? 0,
    remoteCount: pass.countAtStart ?? 0,
    problem: null,
  };
  let started = pass.countAtStart !== null;
  let pageSize = options.limit;
  try {
    for (let page = pass.nextPage; ; page += 1) {
      options.signal.throwIfAborted();
      if (started && page * pageSize < walked.remoteCount) ahead.want(page + 1);
      const outcome = await storePage(options, page, ahead, signal);
      if (outcome === 'past the end') return walked;
      walked.seen += outcome.firstSeen;
      walked.remoteCount = outcome.remoteCount;
      if (!started) walked.countAtStart = outcome.remoteCount;
      started = true;
      // The server may serve fewer rows than asked for; every page but the last shows how many.
      if (outcome.hasNext && outcome.rows > 0) pageSize = outcome.rows;
      const pagesExpected = Math.ceil(outcome.remoteCount / pageSize);
      onPage(outcome, page, Math.max(page, pagesExpected));
      if (!outcome.hasNext || outcome.rows === 0) return walked;
      if (page > pagesExpected + SPARE_PAGES) throw endless();
    }
  } catch (thrown) {
    if (options.signal.aborted)
      throw new AppError(
        'CANCELLED',
        'The sync was cancelled. What was read is kept; the next sync goes on from there.',
      );
    if (thrown instanceof AppError && thrown.code === 'RESPONSE_INVALID') return { ...walked, problem: thrown };
    throw thrown;
  } finally {
    stop.abort();
  }
}

/** Fetches a page and stores it; a body that is not the contract's is asked for again before it is refused. */
async function storePage(
  { writer, clock, pass }: WalkOptions,
  page: number,
  ahead: Ahead,
  signal: AbortSignal,
): Promise<PageOutcome | 'past the end'> {
  for (let attempt = 1; ; attempt += 1) {
    let body: Uint8Array;
    try {
      body = await ahead.take(page);
    } catch (thrown) {
      // The contract's page past the end; the first page always exists.
      if (page > 1 && thrown instanceof AppError && thrown.code === 'NOT_FOUND') return 'past the end';
      throw thrown;
    }
    try {
      return await writer.applyPage({ passId: pass.passId, page, body, nowMs: clock.now() });
    } catch (thrown) {
      if (attempt === BODY_TRIES || !(thrown instanceof AppError && thrown.code === 'RESPONSE_INVALID')) throw thrown;
      await clock.sleep(BODY_PAUSE_MS * attempt, signal);
    }
  }
}

interface Ahead {
  /** Starts fetching a page unless it is on its way. */
  want(page: number): void;
  /** The page, fetched now if nobody wanted it before. A page taken is fetched anew next time. */
  take(page: number): Promise<Uint8Array>;
}

function createAhead(fetchPage: (page: number) => Promise<Uint8Array>): Ahead {
  const underWay = new Map<number, Promise<Uint8Array>>();
  const start = (page: number): Promise<Uint8Array> => {
    const body = fetchPage(page);
    // Whoever takes it sees the failure; one that nobody takes any more is of no interest.
    body.catch(() => undefined);
    return body;
  };
  return {
    want(page) {
      if (!underWay.has(page)) underWay.set(page, start(page));
    },
    take(page) {
      const body = underWay.get(page) ?? start(page);
      underWay.delete(page);
      return body;
    },
  };
}

function endless(): AppError {
  return new AppError(
    'RESPONSE_INVALID',
    'The list of orders never ends: the server names a next page after every page.',
  );
}
