import { AppError, fromErrorShape, toErrorShape } from '../../shared/errors.ts';
import type { OmsSummary } from '../../shared/oms.ts';
import type { SyncProgress } from '../../shared/sync.ts';
import type { Clock } from '../connections/ports.ts';
import type { PassOutcome, Remote, RunCounts, WriterService } from '../engine/services.ts';
import type { OmsClient, OmsList } from '../omnitron/oms-client.ts';
import { inOmsWords } from '../omnitron/oms-words.ts';
import { type FullPass, runFullPass } from '../sync/full-pass.ts';
import { createRate } from '../sync/rate.ts';
import type { ListRun } from '../sync/run-context.ts';

export interface OmsPullParts {
  client: OmsClient;
  writer: Remote<Pick<WriterService, 'omsBegin' | 'omsPage' | 'omsFinish'>>;
  clock: Clock;
}

export interface OmsPullOptions {
  signal: AbortSignal;
  onProgress(progress: SyncProgress): void;
}

/** Answers that mean that OMS has no such list, or none for this token. */
const NOT_SERVED: readonly string[] = ['NOT_FOUND', 'FORBIDDEN'];

type Counts = Pick<RunCounts, 'created' | 'updated' | 'unchanged' | 'quarantined' | 'pages'>;
const noCounts = (): Counts => ({ created: 0, updated: 0, unchanged: 0, quarantined: 0, pages: 0 });

/**
 * Mirrors OMS: every order, then every invoice, in the passes with which Omnitron's orders are read (docs/sync.md). An
 * interrupted reading begins anew, for OMS is small beside the time between two runs; what was stored stays. Rows put aside
 * are counted of both lists.
 * Never rejects: why a reading is not complete is told in its summary.
 */
export async function pullOms(parts: OmsPullParts, options: OmsPullOptions): Promise<OmsSummary> {
  const [counts, ofInvoices] = [noCounts(), noCounts()];
  const before = parts.client.counters.requests;
  let orders: FullPass | null = null;
  let invoices: number | null = null;
  let problem: AppError | null = null;
  try {
    orders = await readList('orders', parts, options, counts);
    problem = orders.problem ?? questionOf(orders.finished);
    if (problem === null) {
      const read = await readInvoices(parts, options, ofInvoices);
      invoices = read?.remoteCount ?? null;
      problem = read === null ? null : (read.problem ?? questionOf(read.finished));
    }
  } catch (thrown) {
    problem = problemOf(thrown, options.signal);
  }
  const { created, updated, unchanged } = counts;
  const said = problem === null ? null : toErrorShape(inOmsWords(problem));
  return {
    complete: said === null,
    orders: orders?.finished.orders ?? null,
    created,
    updated,
    unchanged,
    quarantined: counts.quarantined + ofInvoices.quarantined,
    notSeen: orders?.finished.notSeen ?? 0,
    requests: parts.client.counters.requests - before,
    remoteCount: orders?.remoteCount ?? null,
    invoices,
    ...(said === null ? {} : { problem: { code: said.code, message: said.message } }),
  };
}

async function readInvoices(parts: OmsPullParts, options: OmsPullOptions, counts: Counts): Promise<FullPass | null> {
  try {
    return await readList('invoices', parts, { ...options, onProgress: () => undefined }, counts);
  } catch (thrown) {
    if (thrown instanceof AppError && NOT_SERVED.includes(thrown.code) && !options.signal.aborted) return null;
    throw thrown;
  }
}

async function readList(
  list: OmsList,
  { client, writer, clock }: OmsPullParts,
  { signal, onProgress }: OmsPullOptions,
  counts: Counts,
): Promise<FullPass> {
  const rate = createRate(clock.elapsed());
  const tell = (): void => onProgress(rate.progress('oms', clock.elapsed()));
  let sincePass: number | null = null;
  tell();
  const run: ListRun = {
    client: { listOrders: (page, limit) => client.list(list, page, limit, signal) },
    writer: {
      async beginPass({ direction, nowMs }) {
        const { passId } = await writer.omsBegin({ list, nowMs });
        sincePass ??= passId;
        const nextPage = direction === 'up' ? 1 : 0;
        return { passId, direction, nextPage, pageSize: null, seen: 0, countAtStart: null };
      },
      applyPage: ({ passId, page, body, nowMs }) =>
        writer.omsPage({ list, passId, sincePass: sincePass ?? passId, page, body, nowMs }),
      finishPass: ({ passId, complete, nowMs }) => writer.omsFinish({ list, passId, complete, nowMs }),
    },
    clock,
    signal,
    runId: 0,
    counts,
    // Pages are stored in the order in which they are asked for, so no reading can be overtaken.
    nextReading: () => 0,
    listQuery: {},
    listPath: '',
    onPage(page) {
      rate.page(page);
      tell();
    },
  };
  return runFullPass(run, { ascending: true });
}

function questionOf({ inQuestion }: PassOutcome): AppError | null {
  if (inQuestion === 0) return null;
  return new AppError(
    'VANISHED_IN_QUESTION',
    `OMS did not show ${inQuestion} held rows any more, which is suspiciously many. Nothing was marked; if the next reading says the same, it is believed. Check that the address of OMS is right.`,
  );
}

function problemOf(thrown: unknown, signal: AbortSignal): AppError {
  if (signal.aborted) return new AppError('CANCELLED', 'Reading OMS was cancelled. What was read is kept.');
  return thrown instanceof AppError ? thrown : fromErrorShape(toErrorShape(thrown));
}
