import { AppError } from '../../../shared/errors.ts';
import type { OrderChange } from '../../../shared/runs.ts';
import type { Connection } from '../../connections/connection.ts';
import { allRows } from '../all-rows.ts';
import { type Arguments, wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { orderOfNumber } from '../order-of-number.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'Seen' },
  { heading: 'Order' },
  { heading: 'Line', right: true },
  { heading: 'Field' },
  { heading: 'From', right: true },
  { heading: 'To', right: true },
  { heading: 'Currency' },
  { heading: 'Run', right: true },
];

function rowOf({ order, lineId, field, from, to, currency, seenAt, run }: OrderChange): (string | null)[] {
  const ids = [lineId, run].map((id) => (id === null ? null : `${id}`));
  return [seenAt, order.number, ids[0] ?? null, field, from, to, currency, ids[1] ?? null];
}

async function orderIdOf(args: Arguments, connection: Connection): Promise<number | null> {
  const number = args.value('order');
  if (number !== undefined) return orderOfNumber(number, connection);
  return wholeNumber(args, 'order-id', 1, Number.MAX_SAFE_INTEGER) ?? null;
}

/** `history`: what changed on one order, since an instant, or both; newest first. */
export const history: Command = async (context) => {
  const { args } = context;
  const since = args.value('since') ?? null;
  const orders = (['order', 'order-id'] as const).filter((name) => args.has(name)).length;
  if (orders > 1 || (orders === 0 && since === null))
    throw new AppError('USAGE', 'Name --order NUMBER or --order-id ID, or an instant: --since ISO.');
  const connection = await openConnection(context, 'read');
  const orderId = await orderIdOf(args, connection);
  const changes = await allRows((window) => connection.reader.changes({ orderId, since, ...window }));
  return {
    json: { changes },
    text: [
      `${counted(changes.length, 'change')}.`,
      ...(changes.length > 0 ? ['', ...table(COLUMNS, changes.map(rowOf))] : []),
    ].join('\n'),
    needsPerson: false,
  };
};
