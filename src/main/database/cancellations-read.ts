import { z } from 'zod';
import { type CancellationCall, cancellationCall } from '../../shared/cancellations.ts';
import { formatAmount, type Micros } from '../../shared/money.ts';
import type { SqliteFile } from './open.ts';

/** A line of the order as it stood when the cancellation was proposed. */
const seenLine = z.strictObject({ id: z.number(), status: z.string(), cancelStatus: z.string().nullable() });
export type SeenLine = z.infer<typeof seenLine>;
const seenLines = z.array(seenLine);

/** What `cancellations.body` holds: the call, without the amount that was confirmed, which is not sent. */
export const storedCall = cancellationCall.omit({ amount: true, currency: true });
export type StoredCall = z.infer<typeof storedCall>;

/** A proposed call as `local.db` keeps it. */
export interface StoredCancellation {
  id: number;
  state: string;
  orderId: number;
  orderNumber: string;
  call: CancellationCall;
  amount: Micros;
  /** Every line of the order, ascending by id. */
  seen: SeenLine[];
  /** Whether the call has begun; it is counted before it goes out. */
  called: boolean;
}

interface RawCancellation {
  id: bigint;
  state: string;
  order_id: bigint;
  order_number: string;
  body: string;
  amount: bigint;
  currency: string;
  seen: string;
  calls: bigint;
}

/** The cancellation of a correction; undefined where it has none. `local` is the writer's connection to `local.db`. */
export function selectCancellation(local: SqliteFile, id: number): StoredCancellation | undefined {
  const raw = local
    .prepare<[number], RawCancellation>(
      `SELECT c.id, c.state, c.order_id, c.order_number, x.body, x.amount, x.currency, x.seen, x.calls
       FROM main.cancellations x JOIN main.corrections c ON c.id = x.correction_id WHERE c.id = ?`,
    )
    .safeIntegers()
    .get(id);
  if (raw === undefined) return undefined;
  const { amount, currency } = raw;
  return {
    id,
    state: raw.state,
    orderId: Number(raw.order_id),
    orderNumber: raw.order_number,
    call: { ...storedCall.parse(JSON.parse(raw.body)), amount: formatAmount(amount, currency), currency },
    amount,
    seen: seenLines.parse(JSON.parse(raw.seen)),
    called: raw.calls !== 0n,
  };
}
