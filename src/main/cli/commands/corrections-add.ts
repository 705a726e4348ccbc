import {
  type CorrectionField,
  correctionField,
  type FieldValue,
  type NewCorrection,
} from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Connection } from '../../connections/connection.ts';
import { type Arguments, wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { orderOfNumber } from '../order-of-number.ts';

/** The fields and values of `--set FIELD=VALUE …`. @throws AppError USAGE, FIELD_NOT_WRITABLE */
export function parseSet(texts: readonly string[]): Partial<Record<CorrectionField, FieldValue>> {
  const set: Partial<Record<CorrectionField, FieldValue>> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) throw new AppError('USAGE', 'Write --set FIELD=VALUE, like --set is_send=true.');
    const field = correctionField.safeParse(text.slice(0, at));
    if (!field.success) {
      const known = correctionField.options.join(', ');
      throw new AppError('FIELD_NOT_WRITABLE', `"${text.slice(0, at)}" cannot be corrected; only ${known} can.`);
    }
    if (field.data in set) throw new AppError('USAGE', `The field ${field.data} is set twice.`);
    const value = text.slice(at + 1);
    set[field.data] = field.data === 'is_send' ? readFlag(value) : value;
  }
  return set;
}

function readFlag(text: string): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new AppError('VALUE_INVALID', 'is_send is true or false.');
}

async function targetOf(args: Arguments, connection: Connection): Promise<NewCorrection['target']> {
  const number = args.value('order');
  const orderId = wholeNumber(args, 'order-id', 1, Number.MAX_SAFE_INTEGER);
  const lineId = wholeNumber(args, 'line', 1, Number.MAX_SAFE_INTEGER);
  if (number !== undefined) return { kind: 'order', orderId: await orderOfNumber(number, connection) };
  if (orderId !== undefined) return { kind: 'order', orderId };
  return { kind: 'line', lineId: lineId ?? 0 };
}

/** `corrections add`: queues one correction, or takes the pending one back where it sets what Omnitron already holds. */
export const correctionsAdd: Command = async (context) => {
  const { args } = context;
  const targets = (['order', 'order-id', 'line'] as const).filter((name) => args.has(name));
  if (targets.length !== 1) {
    throw new AppError('USAGE', 'Name one target: --order NUMBER, --order-id ID or --line ID.');
  }
  const set = parseSet(args.values('set'));
  const connection = await openConnection(context, 'write');
  const correction: NewCorrection = { target: await targetOf(args, connection), set };
  const { id, state } = await connection.writer.addCorrection({ correction, nowMs: context.clock.now() });
  return {
    json: { id, state },
    text:
      state === 'withdrawn'
        ? `Correction ${id} is withdrawn: Omnitron already holds the value.`
        : `Correction ${id} is ${state}. Send it with: corrections push`,
    needsPerson: false,
  };
};
