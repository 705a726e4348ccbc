import { AppError, type ErrorCode, toErrorShape } from '../../../shared/errors.ts';
import type { Clock } from '../../connections/ports.ts';
import type { PushItem } from '../../engine/push-service.ts';
import type { Remote, WriterService } from '../../engine/services.ts';
import type { OmnitronClient } from '../../omnitron/client.ts';
import { UNDECIDED_STATUSES } from '../undecided.ts';
import type { CancellationReading } from './reading.ts';
import type { CancelAnswer } from './record-cancellation.ts';

interface PushParts {
  client: OmnitronClient;
  writer: Remote<WriterService>;
  clock: Clock;
}

/** Answers to a reading by number after which the lines are read one by one. */
const ASK_BY_LINE: readonly ErrorCode[] = ['NOT_FOUND', 'VALUE_INVALID', 'REQUEST_REJECTED', 'RESPONSE_INVALID'];
/** Answers to a reading before the call that would come again: the order or a line is gone, or may not be read. */
const REFUSALS: readonly ErrorCode[] = ['REQUEST_REJECTED', 'FORBIDDEN', 'NOT_FOUND', 'LINE_UNKNOWN', 'ORDER_UNKNOWN'];

/**
 * Pushes one cancellation: reads the order, makes the call once where everything stands as it was seen, and reads the
 * order back. Where the call has begun before, by an earlier push or before a crash, it only reads.
 *
 * `unknown` = the call may have been carried out: the push ends there. `waiting` = the calls have been switched off
 * since; nothing was sent.
 * @throws AppError where the server could not be asked before the call: nothing was sent then.
 */
export async function pushCancellation(
  parts: PushParts,
  item: PushItem,
  signal: AbortSignal,
): Promise<'applied' | 'conflict' | 'rejected' | 'unknown' | 'waiting'> {
  const { writer, clock } = parts;
  const { id } = item;
  try {
    const start = await writer.cancelStart({ id, nowMs: clock.now() });
    if (start.called) return await lookUp(parts, item, start.lines, signal);
    const isFree = await mayCall(parts, item, start, signal);
    if (!isFree) return 'conflict';
    const begun = await writer.cancelBegin({ id, nowMs: clock.now() });
    const answer = await callOnce(parts, begun, signal);
    await writer.cancelAnswered({ id, ...answer, nowMs: clock.now() });
    return answer.outcome === 'refused' ? 'rejected' : await lookUp(parts, item, start.lines, signal);
  } catch (thrown) {
    // Nothing that follows the call ends here, but for defects and damaged files.
    if (!(thrown instanceof AppError)) throw thrown;
    const { code, message } = thrown;
    const state = code === 'CANCELLATION_OFF' ? 'waiting' : 'rejected';
    if (state === 'rejected' && !REFUSALS.includes(code)) throw thrown;
    await writer.pushProblem({ id, state, code, message, httpStatus: null, nowMs: clock.now() });
    return state;
  }
}

/** Reads the order and compares it with what was seen. False = conflict, which is recorded. */
async function mayCall(
  parts: PushParts,
  item: PushItem,
  { all, lines }: { all: boolean; lines: number[] },
  signal: AbortSignal,
): Promise<boolean> {
  const { writer, clock } = parts;
  const { id } = item;
  const check = async (reading: CancellationReading): Promise<boolean> =>
    (await writer.cancelCheck({ id, reading, nowMs: clock.now() })).action === 'call';
  const { order } = await consult(parts, item, signal, check);
  if (order !== undefined) return order;
  if (!all) return check(await readLines(parts, lines, signal));
  const message =
    'The order cannot be read as a whole by its number, so nobody can say which lines it has now. Propose its lines one by one.';
  await writer.cancelConflict({ id, message, nowMs: clock.now() });
  return false;
}

/** Makes the call. Whatever happens, it is made once; only an answer of the server's decides that it did nothing. */
async function callOnce(
  { client }: PushParts,
  { orderId, body }: { orderId: number; body: Record<string, unknown> },
  signal: AbortSignal,
): Promise<CancelAnswer> {
  try {
    return { outcome: 'accepted', httpStatus: await client.cancelOrder(orderId, body, signal), problem: null };
  } catch (thrown) {
    const { code, message, details } = toErrorShape(thrown);
    const status = typeof details?.status === 'number' ? details.status : null;
    const isRefused = status !== null && status >= 400 && status < 500 && !UNDECIDED_STATUSES.includes(status);
    return { outcome: isRefused ? 'refused' : 'unknown', httpStatus: status, problem: { code, message } };
  }
}

/** What became of a call that has begun. Whatever keeps it from being read leaves it unknown. */
async function lookUp(
  parts: PushParts,
  item: PushItem,
  lines: readonly number[],
  signal: AbortSignal,
): Promise<'applied' | 'unknown'> {
  const { writer, clock } = parts;
  const { id } = item;
  const verify = async (reading: CancellationReading) =>
    (await writer.cancelVerify({ id, reading, nowMs: clock.now() })).state;
  try {
    const { order } = await consult(parts, item, signal, verify);
    return order ?? (await verify(await readLines(parts, lines, signal)));
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === 'INTERNAL') throw thrown;
    await writer.cancelUnread({ id, message: thrown.message, nowMs: clock.now() });
    return 'unknown';
  }
}

/** Reads the order by its number; without `order` where the number leads nowhere or to another order. */
async function consult<T>(
  { client }: PushParts,
  item: PushItem,
  signal: AbortSignal,
  use: (reading: CancellationReading) => Promise<T>,
): Promise<{ order?: T }> {
  try {
    const body = await client.orderByNumber(item.orderNumber, signal);
    return { order: await use({ shape: 'order', body }) };
  } catch (thrown) {
    if (thrown instanceof AppError && ASK_BY_LINE.includes(thrown.code)) return {};
    throw thrown;
  }
}

async function readLines(
  { client }: PushParts,
  lines: readonly number[],
  signal: AbortSignal,
): Promise<CancellationReading> {
  const bodies: Uint8Array[] = [];
  for (const line of lines) bodies.push(await client.line(line, signal));
  return { shape: 'lines', bodies };
}
