import { AppError } from '../../../shared/errors.ts';
import { statusCode } from '../../../shared/statuses.ts';
import type { SqliteFile } from '../../database/open.ts';
import { lineReading } from '../../database/quantity-key.ts';
import { heldOrder } from '../../database/raw-order.ts';
import { parseJsonLiterals } from '../../omnitron/json-literals.ts';
import type { MappedOrder } from '../../omnitron/mapped-order.ts';
import { firstFault, notContract, parseOrder } from '../../omnitron/parse-page.ts';
import { idText, wireLine } from '../../omnitron/wire.ts';

/** What the server says of an order: the order itself, or, where its number leads elsewhere, every line that was seen. */
export type CancellationReading = { shape: 'order'; body: Uint8Array } | { shape: 'lines'; bodies: Uint8Array[] };

/** What a cancellation goes by of `GET /api/v1/order_items/{pk}/`. */
const wireLineState = wireLine
  .pick({ status: true, cancel_status: true, price: true, discount_amount: true })
  .extend({ id: idText.optional(), pk: idText.optional(), order: idText });

/**
 * The order as the server says it is now.
 * @throws AppError NOT_FOUND when the answer is about another order (its number exists in several channels), LINE_UNKNOWN
 * when a line has moved to another order, ORDER_UNKNOWN, RESPONSE_INVALID
 */
export function readOrderNow(cache: SqliteFile, orderId: number, reading: CancellationReading): MappedOrder {
  if (reading.shape === 'order') {
    const order = parseOrder(reading.body, lineReading(cache));
    if (order.id === orderId) return order;
    throw new AppError(
      'NOT_FOUND',
      'Omnitron answered with another order: its number exists in more than one channel.',
    );
  }
  const held = heldOrder(cache, orderId);
  if (held === undefined) throw new AppError('ORDER_UNKNOWN', `Order ${orderId} is not in the cache. Sync, then push.`);
  for (const body of reading.bodies) overlay(held, body);
  return held;
}

function overlay(order: MappedOrder, body: Uint8Array): void {
  const parsed = wireLineState.safeParse(parseJsonLiterals(body));
  if (!parsed.success) throw notContract('an order line', firstFault(parsed.error));
  const wire = parsed.data;
  const line = order.lines.find(({ id }) => id === (wire.pk ?? wire.id));
  if (line === undefined || wire.order !== order.id) {
    throw new AppError(
      'LINE_UNKNOWN',
      `A line no longer belongs to order ${order.number} at Omnitron. Sync, then look.`,
    );
  }
  line.status = statusCode(wire.status);
  line.cancelStatus = wire.cancel_status ?? null;
  line.price = wire.price;
  if (wire.discount_amount !== null) line.discountAmount = wire.discount_amount;
}
