import type { CancellationCall } from '../../../shared/cancellations.ts';
import { AppError } from '../../../shared/errors.ts';
import { amountText } from '../../../shared/primitives.ts';
import type { Connection } from '../../connections/connection.ts';
import { type Arguments, wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { orderOfNumber } from '../order-of-number.ts';
import { counted } from '../table.ts';
import { allCorrections } from './corrections-list.ts';

function idOf(text: string): number {
  const id = /^\d{1,16}$/.test(text.trim()) ? Number(text) : 0;
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw new AppError('USAGE', 'Lines and reasons are named by their Omnitron ids, which are whole numbers.', {
    details: { command: 'corrections cancel' },
  });
}

function listOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(','));
}

/** The reasons of `--reason-id LINE=ID …`. @throws AppError USAGE */
export function parseReasons(texts: readonly string[]): CancellationCall['reasons'] {
  return listOf(texts).map((text) => {
    const [line = '', reason = '', ...more] = text.split('=');
    if (more.length > 0) throw new AppError('USAGE', 'Write --reason-id LINE=ID, like --reason-id 10011=3.');
    return { line: idOf(line), reason: idOf(reason) };
  });
}

async function orderOf(args: Arguments, connection: Connection): Promise<number> {
  const number = args.value('order');
  if (number !== undefined) return orderOfNumber(number, connection);
  return wholeNumber(args, 'order-id', 1, Number.MAX_SAFE_INTEGER) ?? 0;
}

/**
 * `corrections cancel`: proposes the call that starts a cancellation or refund. The person confirms it by what it gives
 * back; it is sent once, by a push.
 */
export const correctionsCancel: Command = async (context) => {
  const { args, clock, settings } = context;
  const usage = (message: string): AppError => new AppError('USAGE', message, { details: { command: args.command } });
  if (args.has('order') === args.has('order-id')) throw usage('Name one order: --order NUMBER or --order-id ID.');
  if (args.has('line') === args.has('all')) throw usage('Name the lines: --line ID,ID or --all.');
  const amount = args.value('confirm') ?? '';
  if (!amountText.safeParse(amount).success) {
    throw new AppError('VALUE_INVALID', 'Confirm with the amount as a decimal number with a point, like 1234.56.');
  }
  const choice = { all: args.has('all'), lines: listOf(args.values('line')).map(idOf), cargo: args.has('cargo') };
  const reasons = parseReasons(args.values('reason-id'));
  const connection = await openConnection(context, 'write');
  const orderId = await orderOf(args, connection);
  const { currency } = await connection.reader.cancellationAmount({ orderId, ...choice });
  const refundInvoiceNumber = args.value('refund-invoice') ?? null;
  const { id, state, batch } = await connection.writer.addCancellation({
    cancellation: { orderId, ...choice, reasons, refundInvoiceNumber, amount, currency },
    timeZone: settings.timeZone,
    nowMs: clock.now(),
  });
  const withdrawn = await allCorrections(connection.reader, { states: ['withdrawn'] });
  const replaced = withdrawn.filter(({ successor }) => successor === id).map((row) => row.id);
  const what = `${counted(reasons.length, 'line')}, ${amount} ${currency.toUpperCase()}`;
  return {
    json: { id, state, batch: batch?.number ?? null, amount, currency, replaced },
    text:
      `Cancellation ${id} is ${state} in batch ${batch?.number ?? '-'}: ${what}. ` +
      'A push sends it once; it cannot be taken back.' +
      (replaced.length === 0
        ? ''
        : ` It takes the place of ${counted(replaced.length, 'earlier proposal')} for this order (${replaced.join(', ')}): name all lines in one.`),
    needsPerson: false,
  };
};
