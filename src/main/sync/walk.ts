import { AppError } from '../../shared/errors.ts';
import type { PageOutcome } from '../engine/services.ts';
import type { ListRun } from './run-context.ts';

/** A list may grow while it is walked; one that goes on this many pages past its own count is not a list. */
export const SPARE_PAGES = 20;

/** What walking over a whole list has shown. */
export interface Walked {
  /** Orders that the pass has met, interrupted runs of it included. */
  seen: number;
  /** Orders that no earlier page of this run had shown. */
  newToRun: number;
  /** The server's count on the first and on the last page read. */
  countAtStart: number;
  remoteCount: number;
  /** False once ids turned out not to ascend. */
  ordered: boolean;
  /** The whole list came in one answer, which is a snapshot. */
  atOnce: boolean;
  /** The first page that stayed wrong; the walk went on without it. */
  refused: AppError | null;
}

/** What is known before the first page of a walk: what an interrupted pass has met already. */
export function startWalk({ seen, countAtStart }: { seen: number; countAtStart: number | null }): Walked {
  const count = countAtStart ?? 0;
  return {
    seen,
    newToRun: 0,
    countAtStart: count,
    remoteCount: count,
    ordered: true,
    atOnce: false,
    refused: null,
  };
}

/** Adds a stored page to what a walk knows and tells the progress bar. */
export function notePage(walked: Walked, outcome: PageOutcome, run: ListRun, pageSize: number): void {
  walked.seen += outcome.firstSeen;
  walked.newToRun += outcome.newToRun;
  walked.remoteCount = outcome.remoteCount;
  run.onPage({
    outcome,
    done: walked.seen,
    total: outcome.remoteCount,
    pagesTotal: Math.ceil(outcome.remoteCount / pageSize),
  });
}

export function endless(): AppError {
  return new AppError(
    'RESPONSE_INVALID',
    'The list of orders never ends: the server names a next page after every page.',
  );
}
