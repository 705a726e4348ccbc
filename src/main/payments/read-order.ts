import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../connections/ports.ts';
import type { Remote, WriterService } from '../engine/services.ts';
import type { OmnitronClient } from '../omnitron/client.ts';
import type { ListBodies, UnfinishedList } from '../omnitron/parse-payments.ts';

/** A list of one order that goes on for so many pages is not one order's. */
const MOST_PAGES = 20;

/** A tenant may lack a list, or its user the right to it; the rest is worth having without. */
const REFUSALS: readonly ErrorCode[] = ['NOT_FOUND', 'FORBIDDEN', 'REQUEST_REJECTED', 'REDIRECT_REFUSED'];

export interface ReadingParts {
  client: OmnitronClient;
  writer: Remote<Pick<WriterService, 'reserveReadings' | 'applyPayments' | 'notePaymentsFailed' | 'notePaymentsOwed'>>;
  clock: Clock;
}

/**
 * Reads what Omnitron says about the payments of one order, one request after the other, and stores it as a whole.
 * @param reading its place in the sequence of readings, taken before anything is asked
 * @throws AppError as the client does; RESPONSE_INVALID; ORDER_UNKNOWN where the order is not held
 */
export async function readOrderPayments(
  { client, writer, clock }: ReadingParts,
  orderId: number,
  reading: number,
  signal: AbortSignal,
): Promise<void> {
  const ask: Record<UnfinishedList, (page: number) => Promise<Uint8Array>> = {
    discounts: (page) => client.discountItems(orderId, page, signal),
    plans: (page) => client.cancellationPlans(orderId, page, signal),
  };
  const bodies = {
    detailed: await client.orderDetailed(orderId, signal),
    discounts: await firstPage(ask.discounts),
    plans: await firstPage(ask.plans),
  };
  for (let page = 2; ; page += 1) {
    const { unfinished, outcome } = await writer.applyPayments({ orderId, bodies, reading, nowMs: clock.now() });
    if (outcome === 'unknown') {
      throw new AppError('ORDER_UNKNOWN', `Order ${orderId} is not in the cache. Sync, then try again.`);
    }
    if (unfinished.length === 0) return;
    if (page > MOST_PAGES) {
      throw new AppError('RESPONSE_INVALID', 'A list about one order never ends: the server names a next page again.');
    }
    for (const part of unfinished) {
      const list = bodies[part];
      if ('pages' in list) list.pages.push(await ask[part](page));
    }
  }
}

async function firstPage(ask: (page: number) => Promise<Uint8Array>): Promise<ListBodies> {
  try {
    return { pages: [await ask(1)] };
  } catch (thrown) {
    if (thrown instanceof AppError && REFUSALS.includes(thrown.code)) return { refused: thrown.code };
    throw thrown;
  }
}
