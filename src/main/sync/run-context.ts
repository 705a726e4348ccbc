import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../connections/ports.ts';
import type { PageOutcome, Remote, RunCounts, WriterService } from '../engine/services.ts';
import type { OmnitronClient } from '../omnitron/client.ts';

/** Orders a page: what Akinon's own channel client asks for (contract, section 17). */
export const PAGE_LIMIT = 100;

/** One stored page as the progress bar sees it. */
export interface StoredPage {
  outcome: PageOutcome;
  /** Orders of this step met so far, and in all as far as known. */
  done: number;
  total: number;
  pagesTotal: number;
}

/** What every step of one run shares. */
export interface RunContext {
  readonly client: OmnitronClient;
  readonly writer: Remote<WriterService>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly runId: number;
  /** Counts of the run so far; the client's own counters are added at its end. */
  readonly counts: Pick<RunCounts, 'created' | 'updated' | 'unchanged' | 'quarantined' | 'pages'>;
  /** The next place in the sequence of readings; taken when a request leaves. */
  nextReading(): number;
  /** What every list is asked for besides page, limit and filters, like `sort`. */
  readonly listQuery: Readonly<Record<string, string>>;
  readonly listPath: string;
  /** The server's time at the run's first page, epoch milliseconds; what changes later may have been missed. */
  asOfMs(): number;
  onPage(page: StoredPage): void;
}

/** What walking over a whole list needs of a run. The lists of another server bring a client and a store of their own. */
export interface ListRun
  extends Pick<
    RunContext,
    'clock' | 'signal' | 'runId' | 'counts' | 'nextReading' | 'listQuery' | 'listPath' | 'onPage'
  > {
  readonly client: Pick<OmnitronClient, 'listOrders'>;
  readonly writer: Pick<Remote<WriterService>, 'beginPass' | 'applyPage' | 'finishPass'>;
}

/** @throws AppError CANCELLED */
export function assertGoing(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** What a cancelled run says. */
export function cancelled(): AppError {
  return new AppError('CANCELLED', 'The sync was cancelled. What was read is kept; the next sync goes on from there.');
}

/** Adds what a page did to the run's counts. */
export function addToCounts(counts: RunContext['counts'], outcome: PageOutcome): void {
  counts.created += outcome.created;
  counts.updated += outcome.updated;
  counts.unchanged += outcome.unchanged;
  counts.quarantined += outcome.quarantined;
  counts.pages += 1;
}
