import { AppError } from '../../shared/errors.ts';
import type { SyncProgress, SyncSummary } from '../../shared/sync.ts';
import type { Clock } from '../connections/ports.ts';
import type { PageOutcome, Remote, WriterService } from '../engine/services.ts';
import type { OmnitronClient } from '../omnitron/client.ts';
import { createRate } from './rate.ts';
import { walkPages } from './walk-pages.ts';

/** Orders a page: what Akinon's own channel client asks for (contract, section 17). */
const PAGE_LIMIT = 100;
/** A list that changes while it is walked is walked again, at most this often in one run. */
const ROUNDS = 3;

export interface SyncParts {
  client: OmnitronClient;
  writer: Pick<Remote<WriterService>, 'beginPass' | 'applyPage' | 'finishPass'>;
  clock: Clock;
}

/**
 * Pulls every order: full passes over the numbered pages until one is complete, at most three. A pass is complete when
 * as many ids were met as Omnitron counts at its end, and the count did not fall meanwhile. An interrupted pass goes on
 * where it stopped, one page back.
 * @returns an incomplete summary with its `problem` when a page was refused after something had been stored.
 * @throws AppError as the client does; RESPONSE_INVALID when not even the first page is the contract's; CANCELLED.
 * Whatever was stored stays, and the next run resumes.
 */
export async function runSync(
  parts: SyncParts,
  options: { signal: AbortSignal; onProgress(progress: SyncProgress): void },
): Promise<SyncSummary> {
  const { client, writer, clock } = parts;
  const startedMs = clock.elapsed();
  const before = { ...client.counters };
  const counts = { created: 0, updated: 0, unchanged: 0, quarantined: 0, pages: 0 };
  const rate = createRate(startedMs);
  options.onProgress(rate.progress('starting', clock.elapsed()));

  function onPage(outcome: PageOutcome, page: number, pagesTotal: number): void {
    counts.created += outcome.created;
    counts.updated += outcome.updated;
    counts.unchanged += outcome.unchanged;
    counts.quarantined += outcome.quarantined;
    counts.pages += 1;
    rate.page({ page, pagesTotal, rows: outcome.rows, remoteCount: outcome.remoteCount });
    options.onProgress(rate.progress('reading', clock.elapsed()));
  }

  for (let round = 1; ; round += 1) {
    const pass = await writer.beginPass({ limit: PAGE_LIMIT, nowMs: clock.now() });
    const walked = await walkPages({ ...parts, pass, limit: PAGE_LIMIT, signal: options.signal, onPage });
    if (walked.problem !== null && counts.pages === 0) throw walked.problem;
    const complete =
      walked.problem === null && walked.seen === walked.remoteCount && walked.countAtStart <= walked.remoteCount;
    const last = complete || round === ROUNDS || walked.problem !== null;
    const finished = await writer.finishPass({
      passId: pass.passId,
      complete,
      remoteCount: walked.remoteCount,
      nowMs: clock.now(),
    });
    if (!last) continue;
    const problem = walked.problem ?? (complete ? null : driftProblem(walked.seen, walked.remoteCount));
    return {
      complete,
      orders: finished.orders,
      lines: finished.lines,
      ...counts,
      notSeen: finished.notSeen,
      remoteCount: walked.remoteCount,
      requests: client.counters.requests - before.requests,
      retries: client.counters.retries - before.retries,
      durationMs: Math.round(clock.elapsed() - startedMs),
      ...(problem === null ? {} : { problem: { code: problem.code, message: problem.message } }),
    };
  }
}

function driftProblem(seen: number, remoteCount: number): AppError {
  return new AppError(
    'RESPONSE_INVALID',
    `Omnitron counts ${remoteCount} orders, but ${seen} were met: the list kept changing while it was read. Sync again.`,
    { retryable: true },
  );
}
