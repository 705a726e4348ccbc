import {
  type CorrectionField,
  correctionField,
  EXTRA_FIELD,
  type FieldValue,
  LINE_FIELDS,
  type NewCorrection,
  ORDER_FIELDS,
} from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import { typedExtraValue } from '../../../shared/extra-fields.ts';
import type { Connection } from '../../connections/connection.ts';
import { type Arguments, wholeNumber } from '../arguments.ts';
import { type CliContext, type Command, type Outcome, openConnection } from '../context.ts';
import { nextStep } from '../next-step.ts';
import { orderOfNumber } from '../order-of-number.ts';
import { readPasted } from '../pasted-text.ts';
import { counted, visible } from '../table.ts';

/** So many refused rows are named in words; the JSON names them all. */
const FIRST_ROWS = 20;

/** The fields and values of `--set FIELD=VALUE …`. @throws AppError USAGE, FIELD_NOT_WRITABLE */
export function parseSet(texts: readonly string[]): Partial<Record<CorrectionField, FieldValue>> {
  const set: Partial<Record<CorrectionField, FieldValue>> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) throw new AppError('USAGE', 'Write --set FIELD=VALUE, like --set is_send=true.');
    const field = correctionField.safeParse(text.slice(0, at));
    if (!field.success) {
      const known = [...ORDER_FIELDS, ...LINE_FIELDS, `${EXTRA_FIELD}KEY`].join(', ');
      throw new AppError('FIELD_NOT_WRITABLE', `"${text.slice(0, at)}" cannot be corrected; only ${known} can.`);
    }
    if (field.data in set) throw new AppError('USAGE', `The field ${field.data} is set twice.`);
    const value = text.slice(at + 1);
    set[field.data] = readValue(field.data, value);
  }
  return set;
}

function readValue(field: CorrectionField, text: string): FieldValue {
  if (field === 'is_send') return readFlag(text);
  return field.startsWith(EXTRA_FIELD) ? typedExtraValue(text) : text;
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

/** What `corrections add` takes its proposals from. */
const SOURCES = ['set', 'paste', 'sent-from-statement'] as const;
const TARGETS = ['order', 'order-id', 'line'] as const;

/** `corrections add`: proposes one correction, the rows of a paste, or the sent flag of an ERP statement's orders. */
export const correctionsAdd: Command = (context) => {
  const { args } = context;
  const [source, other] = SOURCES.filter((name) => args.has(name));
  if (source === undefined || other !== undefined) {
    throw new AppError('USAGE', 'Name what is proposed: --set FIELD=VALUE, --paste FILE or --sent-from-statement ID.');
  }
  const targets = TARGETS.filter((name) => args.has(name));
  if (source === 'set') return addOne(context, targets.length);
  if (targets.length > 0) throw new AppError('USAGE', `With --${source} the targets are named there, not by options.`);
  return source === 'paste' ? addPaste(context) : addSent(context);
};

/** One correction; or takes the pending one back where it sets what Omnitron already holds. */
async function addOne(context: CliContext, targets: number): Promise<Outcome> {
  const { args, settings, clock } = context;
  if (targets !== 1) throw new AppError('USAGE', 'Name one target: --order NUMBER, --order-id ID or --line ID.');
  const set = parseSet(args.values('set'));
  const connection = await openConnection(context, 'write');
  const correction: NewCorrection = { target: await targetOf(args, connection), set };
  const moment = { timeZone: settings.timeZone, nowMs: clock.now() };
  const { id, state, warnings = [] } = await connection.writer.addCorrection({ correction, ...moment });
  const done =
    state === 'withdrawn'
      ? `Correction ${id} is withdrawn: Omnitron already holds the value.`
      : `Correction ${id} is ${state}. Go on with: ${await nextStep(connection)}`;
  return {
    json: { id, state, warnings },
    text: [...warnings.map(({ field, text }) => `Warning, ${field}: ${visible(text.en)}`), done].join('\n'),
    needsPerson: false,
  };
}

async function addPaste(context: CliContext): Promise<Outcome> {
  const { args, settings, clock, signal } = context;
  const text = await readPasted(args.value('paste') ?? '', signal);
  const { writer } = await openConnection(context, 'write');
  const answer = await writer.addPaste({ text, timeZone: settings.timeZone, nowMs: clock.now() });
  const { queued, refused } = answer;
  const lines = refused
    .slice(0, FIRST_ROWS)
    .map(
      ({ line, orderNumber, problem }) =>
        `Line ${line}, order ${visible(orderNumber) || 'none'}: ${visible(problem?.message ?? '')}`,
    );
  const more =
    refused.length > lines.length ? [`… and ${refused.length - lines.length} more; --json names them all.`] : [];
  return {
    json: answer,
    text: [
      `${counted(queued, 'correction')} queued, ${counted(refused.length, 'row')} refused.`,
      ...lines,
      ...more,
    ].join('\n'),
    needsPerson: refused.length > 0,
  };
}

async function addSent(context: CliContext): Promise<Outcome> {
  const { args, settings, clock } = context;
  const statement = wholeNumber(args, 'sent-from-statement', 1, Number.MAX_SAFE_INTEGER) ?? 0;
  const { writer } = await openConnection(context, 'write');
  const moment = { timeZone: settings.timeZone, nowMs: clock.now() };
  const { queued, skipped, ids } = await writer.markSentOfStatement({ statement, ...moment });
  return {
    json: { queued, skipped, ids },
    text: `${counted(queued, 'correction')} queued; ${counted(skipped, 'order')} of the statement passed over, sent or pending already.`,
    needsPerson: false,
  };
}
