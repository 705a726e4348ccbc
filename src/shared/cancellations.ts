import { z } from 'zod';
import { amountText, currencyCode, omnitronId } from './primitives.ts';
import { TAKEN_BACK_STATUSES } from './statuses.ts';

/**
 * A call that starts a cancellation or refund (contract, section 12.3): it moves money, so it is sent at most once.
 * Bank accounts and names of their holders are never entered here: orders that need them are cancelled in Omnitron.
 */
export const cancellationCall = z.strictObject({
  /** The whole order; `lines` then is empty. */
  all: z.boolean(),
  lines: z.array(omnitronId).max(500),
  /** A cancellation reason's id per line. */
  reasons: z.array(z.strictObject({ line: omnitronId, reason: omnitronId })).max(500),
  /** Whether shipping is refunded too. */
  cargo: z.boolean(),
  refundInvoiceNumber: z.string().max(128).nullable(),
  /** What the lines cost, as the person confirmed it by typing; in `currency`'s unit. */
  amount: amountText,
  currency: currencyCode,
});
export type CancellationCall = z.infer<typeof cancellationCall>;

/** A cancellation to be proposed; `amount` is what the person typed and must equal what is worked out. */
export const newCancellation = cancellationCall.extend({ orderId: omnitronId });
export type NewCancellation = z.infer<typeof newCancellation>;

/** Whether a line shows a cancellation or return: asked for, under way or done. A refused one is none. */
export function isCancelled({ status, cancelStatus }: { status: string; cancelStatus: string | null }): boolean {
  const asked = cancelStatus !== null && cancelStatus !== '' && cancelStatus !== 'rejected';
  return asked || TAKEN_BACK_STATUSES.some((code) => code === status);
}
