import { AppError } from '../../shared/errors.ts';
import type { Connection } from '../connections/connection.ts';

/**
 * The id of the held order with this number.
 * @throws AppError ORDER_UNKNOWN, or NUMBER_AMBIGUOUS with the candidates where several channels have one
 */
export async function orderOfNumber(number: string, { reader }: Pick<Connection, 'reader'>): Promise<number> {
  const candidates = await reader.ordersByNumber({ number });
  const [first] = candidates;
  if (first === undefined)
    throw new AppError('ORDER_UNKNOWN', 'No held order has this number. Run sync, or check the number.');
  if (candidates.length === 1) return first.id;
  const list = candidates.map(({ id, channel }) => `${id} (${channel ?? 'no channel'})`).join(', ');
  throw new AppError('NUMBER_AMBIGUOUS', `Several orders have this number. Name one with --order-id: ${list}.`, {
    details: { candidates },
  });
}
