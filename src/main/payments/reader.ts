import { AppError, type ErrorCode, fromErrorShape, toErrorShape } from '../../shared/errors.ts';
import type { AskedCounts } from '../../shared/sync.ts';
import type { OmnitronClient } from '../omnitron/client.ts';
import { ownWords } from '../omnitron/failures.ts';
import { tallyOf } from '../omnitron/tally.ts';
import { createGate } from './gate.ts';
import { type ReadingParts, readOrderPayments } from './read-order.ts';

/** Contract, section 17: at most two reads of this kind at once, however many ask for some. */
const AT_ONCE = 2;

/** Failures that may be about one order. Any other, like a refused sign-in or a full disk, meets every further order too. */
const OF_ONE_ORDER: readonly ErrorCode[] = [
  'NOT_FOUND',
  'ORDER_UNKNOWN',
  'FORBIDDEN',
  'REQUEST_REJECTED',
  'REDIRECT_REFUSED',
  'RESPONSE_INVALID',
  'RESPONSE_TOO_LARGE',
  'SERVER_ERROR',
  'NOT_REACHABLE',
  'TIMEOUT',
  'RATE_LIMITED',
];
/** After so many orders in a row of which the server was not to be had, it is not asked for the others. */
const OUT_OF_REACH: readonly ErrorCode[] = ['NOT_REACHABLE', 'TIMEOUT', 'RATE_LIMITED', 'SERVER_ERROR'];
const MOST_IN_A_ROW = 4;

export interface PaymentsRun {
  /** Orders whose payments are now held. */
  read: number[];
  failed: { id: number; problem: AppError }[];
  /** What was asked for both. */
  asked: AskedCounts;
}

export interface PaymentsRequest {
  ids: readonly number[];
  signal?: AbortSignal;
  /** Whether the orders that a cancel or the end of the program leaves out are kept, for the next run. */
  owed?: boolean;
  onProgress?(done: number, total: number): void;
  /** Told when reading has ended, by a cancel too: what was done until then. */
  onEnd?(run: PaymentsRun): void;
}

export interface PaymentReader {
  /**
   * Reads the payments of orders. The failure of one order does not stop the others; why it failed is kept with the order
   * until its payments have been read, but for a cancel, of which nothing is kept but the orders that are `owed`.
   * @throws AppError TOKEN_MISSING, or CANCELLED; what was read until then is kept
   */
  read(request: PaymentsRequest): Promise<PaymentsRun>;
  /** Cancels what runs and resolves when nothing does any more. */
  close(): Promise<void>;
}

export interface PaymentReaderParts extends Omit<ReadingParts, 'client'> {
  client(): Promise<OmnitronClient>;
}

/** The reader of payments of one connection. */
export function createPaymentReader({ client: createClient, ...parts }: PaymentReaderParts): PaymentReader {
  const gate = createGate(AT_ONCE);
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  async function readAll({ ids, signal, owed = false, onProgress, onEnd }: PaymentsRequest): Promise<PaymentsRun> {
    if (owed) await parts.writer.notePaymentsOwed({ orderIds: ids, nowMs: parts.clock.now() });
    const client = await createClient();
    const asked = tallyOf(client);
    const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const run: PaymentsRun = { read: [], failed: [], asked: { requests: 0, retries: 0 } };
    let outOfReach = 0;
    let end: AppError | null = null;

    async function readOne(id: number): Promise<void> {
      if (stop.aborted) return;
      const problem = await attempt({ client, stop, end }, id);
      if (stop.aborted && problem !== null) return;
      if (problem === null) run.read.push(id);
      else run.failed.push({ id, problem });
      outOfReach = problem !== null && OUT_OF_REACH.includes(problem.code) ? outOfReach + 1 : 0;
      if (problem !== null && (!OF_ONE_ORDER.includes(problem.code) || outOfReach === MOST_IN_A_ROW)) end ??= problem;
      onProgress?.(run.read.length + run.failed.length, ids.length);
    }

    await Promise.all(ids.map((id) => gate.pass(() => readOne(id))));
    run.asked = asked();
    onEnd?.(run);
    if (stop.aborted) throw new AppError('CANCELLED', 'Reading payments was cancelled. What was read is kept.');
    return run;
  }

  /**
   * Reads the payments of one order, or keeps why that failed; that goes for an order too that is not asked for any more
   * because of `end`, for its payments were wanted.
   */
  async function attempt(
    { client, stop, end }: { client: OmnitronClient; stop: AbortSignal; end: AppError | null },
    id: number,
  ): Promise<AppError | null> {
    const { writer, clock } = parts;
    try {
      const { first: reading } = await writer.reserveReadings({ count: 1 });
      const problem = end ?? (await failureOf(() => readOrderPayments({ client, ...parts }, id, reading, stop)));
      if (problem === null || stop.aborted) return problem;
      const kept = { code: problem.code, message: ownWords(problem) };
      await writer.notePaymentsFailed({ orderId: id, reading, problem: kept, nowMs: clock.now() });
      return problem;
    } catch (thrown) {
      return asAppError(thrown);
    }
  }

  return {
    async read(request) {
      const work = readAll(request);
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
    async close() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}

async function failureOf(work: () => Promise<void>): Promise<AppError | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    return asAppError(thrown);
  }
}

function asAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : fromErrorShape(toErrorShape(thrown));
}
