import { AppError } from '../../../shared/errors.ts';
import { isBusinessDay, startOfDay } from '../../../shared/period.ts';
import { closingOf } from '../../../shared/rules.ts';
import type { OrderChange } from '../../../shared/runs.ts';
import type { Connection } from '../../connections/connection.ts';
import { instantMs } from '../../omnitron/instants.ts';
import { allRows } from '../all-rows.ts';
import { type Arguments, wholeNumber } from '../arguments.ts';
import { type CliContext, type Command, openConnection } from '../context.ts';
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

/**
 * The instant that `--since` means: an instant as it is, a business day its beginning, `close` the instant in which the
 * closed periods were closed.
 * @throws AppError VALUE_INVALID for anything else, or where no period is closed
 */
async function sinceOf({ args, settings }: CliContext, { reader }: Connection): Promise<string | null> {
  const since = args.value('since') ?? null;
  if (since !== null && isBusinessDay(since)) return new Date(startOfDay(since, settings.timeZone)).toISOString();
  if (since !== null && since !== 'close' && instantMs(since) === null)
    throw new AppError(
      'VALUE_INVALID',
      `"${since.slice(0, 40)}" is neither a day nor an instant with its zone nor the close; write --since 2026-01-31, --since 2026-01-31T09:00:00Z or --since close.`,
    );
  if (since !== 'close') return since;
  const closing = closingOf(await reader.rulesHistory());
  if (closing !== null) return closing.at;
  throw new AppError('VALUE_INVALID', 'No period is closed. Name a day or an instant, or close one: rules set.');
}

/** `history`: what changed on one order, since an instant, a day or the close, or both; newest first. */
export const history: Command = async (context) => {
  const { args } = context;
  const orders = (['order', 'order-id'] as const).filter((name) => args.has(name)).length;
  if (orders > 1 || (orders === 0 && !args.has('since')))
    throw new AppError('USAGE', 'Name --order NUMBER or --order-id ID, or since when: --since DAY|ISO|close.');
  const connection = await openConnection(context, 'read');
  const since = await sinceOf(context, connection);
  const orderId = await orderIdOf(args, connection);
  const changes = await allRows((window) => connection.reader.changes({ orderId, since, ...window }));
  return {
    json: { since, changes },
    text: [
      `${counted(changes.length, 'change')}${since === null ? '' : ` since ${since}`}.`,
      ...(changes.length > 0 ? ['', ...table(COLUMNS, changes.map(rowOf))] : []),
    ].join('\n'),
    needsPerson: false,
  };
};
