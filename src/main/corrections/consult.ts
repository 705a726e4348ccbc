import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { PushItem, ReadingShape } from '../engine/push-service.ts';
import type { OmnitronClient } from '../omnitron/client.ts';

/** One answer of Omnitron about a corrected order or line. */
export interface Reading {
  shape: ReadingShape;
  body: Uint8Array;
}

/** Answers to a reading by number after which the id decides. VALUE_INVALID: no address can be made of the number. */
const ASK_BY_ID: readonly ErrorCode[] = ['NOT_FOUND', 'VALUE_INVALID', 'REQUEST_REJECTED', 'RESPONSE_INVALID'];

/** What names a correction's order and line at Omnitron. */
export type Asked = Pick<PushItem, 'orderId' | 'orderNumber' | 'lineId' | 'byLine'>;

/**
 * Reads the order with its lines by number and hands the answer on. Where the number cannot be asked for, where Omnitron
 * does not find it, answers with another order because the number exists in several channels, or with something that is
 * no order, the id decides: detailed integration for an order, the line itself for a line. A line of which a field is
 * set that no order's answer carries (`byLine`) is asked for by its id at once.
 * @throws AppError NOT_FOUND when Omnitron does not find the id either.
 */
export async function consult<T>(
  client: OmnitronClient,
  item: Asked,
  signal: AbortSignal,
  use: (reading: Reading) => Promise<T>,
): Promise<T> {
  if (!item.byLine) {
    try {
      return await use({ shape: 'order', body: await client.orderByNumber(item.orderNumber, signal) });
    } catch (thrown) {
      if (!(thrown instanceof AppError && ASK_BY_ID.includes(thrown.code))) throw thrown;
    }
  }
  const { orderId, lineId } = item;
  try {
    return lineId === null
      ? await use({ shape: 'detailed', body: await client.orderDetailed(orderId, signal) })
      : await use({ shape: 'line', body: await client.line(lineId, signal) });
  } catch (thrown) {
    throw thrown instanceof AppError && thrown.details?.status === 404 ? goneAtOmnitron(item, thrown) : thrown;
  }
}

/** Neither the number nor the id is found: the order or the line has been removed at Omnitron. */
function goneAtOmnitron({ orderId, orderNumber, lineId }: Asked, { details }: AppError): AppError {
  const order = orderNumber === '' ? `order ${orderId}` : `order ${orderNumber} (${orderId})`;
  const target = lineId === null ? order : `line ${lineId} of ${order}`;
  const message = `Omnitron no longer has ${target} (404). Withdraw this correction.`;
  return new AppError('NOT_FOUND', message, details === undefined ? {} : { details });
}
