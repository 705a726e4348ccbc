import { AppError, type ErrorCode, fromErrorShape, toErrorShape } from '../../shared/errors.ts';
import type { OmnitronClient } from '../omnitron/client.ts';
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
}

export interface PaymentsRequest {
  ids: readonly number[];
  signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

export interface PaymentReader {
  /**
   * Reads the payments of orders. The failure of one order does not stop the others.
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

  async function readAll({ ids, signal, onProgress }: PaymentsRequest): Promise<PaymentsRun> {
    const client = await createClient();
    const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const run: PaymentsRun = { read: [], failed: [] };
    let outOfReach = 0;
    let end: AppError | null = null;

    async function readOne(id: number): Promise<void> {
      if (stop.aborted) return;
      const problem = end ?? (await failureOf(() => readOrderPayments({ client, ...parts }, id, stop)));
      if (problem === null) run.read.push(id);
      else run.failed.push({ id, problem });
      outOfReach = problem !== null && OUT_OF_REACH.includes(problem.code) ? outOfReach + 1 : 0;
      if (problem !== null && (!OF_ONE_ORDER.includes(problem.code) || outOfReach === MOST_IN_A_ROW)) end ??= problem;
      onProgress?.(run.read.length + run.failed.length, ids.length);
    }

    await Promise.all(ids.map((id) => gate.pass(() => readOne(id))));
    if (stop.aborted) throw new AppError('CANCELLED', 'Reading payments was cancelled. What was read is kept.');
    return run;
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
    return thrown instanceof AppError ? thrown : fromErrorShape(toErrorShape(thrown));
  }
}
