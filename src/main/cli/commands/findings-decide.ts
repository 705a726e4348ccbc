import type { FindingSelection } from '../../../shared/decisions.ts';
import { AppError } from '../../../shared/errors.ts';
import { FINDING_STATUSES, noteText, ownerName, QUEUE_STATUSES, REASON_CODES } from '../../../shared/queue.ts';
import { oneOf, wholeNumber } from '../arguments.ts';
import { type Command, openForDeciding, periodOf } from '../context.ts';
import { checkNamed, findingsNamed, requireOneFinding } from '../finding-of.ts';
import { counted } from '../table.ts';

/** A text option within its limits, or null. @throws AppError VALUE_INVALID */
export function textOf(
  text: string | undefined,
  { schema, what }: { schema: typeof noteText | typeof ownerName; what: string },
): string | null {
  if (text === undefined) return null;
  const parsed = schema.safeParse(text);
  if (!parsed.success) throw new AppError('VALUE_INVALID', `${what} is too long or empty.`);
  return parsed.data;
}

/** `findings decide`: a status, reason, owner or note for one finding, or for every one of a check in the queue. */
export const findingsDecide: Command = async (context) => {
  const { args, settings, clock } = context;
  const check = checkNamed(args);
  const isAll = args.has('all');
  if (!isAll) requireOneFinding(args);
  const decision = {
    status: oneOf(args, 'status', FINDING_STATUSES) ?? null,
    reason: oneOf(args, 'reason', REASON_CODES) ?? null,
    owner: textOf(args.value('owner'), { schema: ownerName, what: 'The owner' }),
    note: textOf(args.value('note'), { schema: noteText, what: 'The note' }),
    correction: wholeNumber(args, 'correction', 1, Number.MAX_SAFE_INTEGER) ?? null,
  };
  const period = periodOf(context);
  const connection = await openForDeciding(context);
  const selection: FindingSelection = isAll
    ? { mode: 'all', except: [] }
    : { mode: 'named', findings: await findingsNamed(args, connection) };
  const { entry, findings } = await connection.writer.decideFindings({
    filter: { period, checks: [check], text: '', statuses: [...QUEUE_STATUSES] },
    selection,
    timeZone: settings.timeZone,
    decision,
    nowMs: clock.now(),
  });
  return {
    json: { entry, findings },
    text: `${counted(findings, 'finding')} decided. Take it back with: findings undo --entry ${entry}`,
    needsPerson: false,
  };
};
