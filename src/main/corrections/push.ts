import type { PushSummary } from '../../shared/corrections.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../connections/ports.ts';
import type { PushItem, ReadingShape } from '../engine/push-service.ts';
import type { Remote, WriterService } from '../engine/services.ts';
import type { OmnitronClient } from '../omnitron/client.ts';

interface PushParts {
  client: OmnitronClient;
  writer: Remote<WriterService>;
  clock: Clock;
}

type Outcome = 'applied' | 'conflict' | 'rejected' | 'waiting';

/** A write whose outcome is unknown is looked up; while Omnitron still holds the base it is sent once more, no oftener. */
const SENDS = 2;

/** The server said no, and would say it again. */
const REFUSALS: readonly ErrorCode[] = ['REQUEST_REJECTED', 'FORBIDDEN', 'NOT_FOUND', 'LINE_UNKNOWN'];
/** Nobody knows whether the write happened. */
const UNKNOWN: readonly ErrorCode[] = [
  'TIMEOUT',
  'NOT_REACHABLE',
  'SERVER_ERROR',
  'RESPONSE_TOO_LARGE',
  'REDIRECT_REFUSED',
];

/** One correction's answer is at fault and not the server as a whole: the push goes on with the others. */
const OF_ONE: readonly ErrorCode[] = [...REFUSALS, 'RESPONSE_INVALID'];

/** What stops a push at once: every further correction would end the same way. */
const STOPS: readonly ErrorCode[] = ['SIGN_IN_REFUSED', 'SIGN_IN_CODE_NEEDED', 'SIGN_IN_PAUSED', 'CANCELLED'];

/** After so many corrections in a row that the server could not be asked about, the push stops asking. */
const GIVE_UP_AFTER = 3;

/**
 * Sends corrections one at a time: read, compare three ways, PATCH what still differs, read back. A correction that the
 * server cannot be asked about waits for the next push; after three in a row, or when the sign-in is refused, all of the
 * rest do. One whose answers cannot be read, or whose write arrived and could not be read back, waits by itself.
 * @throws AppError SIGN_IN_REFUSED and its kin; NOT_REACHABLE and its kin when nothing could be settled at all; CANCELLED.
 */
export async function runPush(
  parts: PushParts,
  options: { signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<PushSummary> {
  const items = await parts.writer.pushItems();
  const summary: PushSummary = { applied: 0, conflict: 0, rejected: 0, waiting: 0 };
  let failedInARow = 0;
  let failure: AppError | null = null;
  for (const [index, item] of items.entries()) {
    options.onProgress(index, items.length);
    if (options.signal.aborted)
      throw new AppError('CANCELLED', 'The push was stopped. What was not sent stays queued.');
    try {
      summary[await pushOne(parts, item, options.signal)] += 1;
      failedInARow = 0;
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code === 'INTERNAL') throw thrown;
      await putOff(parts, item, thrown);
      if (STOPS.includes(thrown.code)) throw thrown;
      summary.waiting += 1;
      if (OF_ONE.includes(thrown.code)) {
        failedInARow = 0;
        continue;
      }
      failure = thrown;
      failedInARow += 1;
      if (failedInARow < GIVE_UP_AFTER) continue;
      summary.waiting += items.length - index - 1;
      break;
    }
  }
  if (failure !== null && summary.waiting === items.length) throw failure;
  options.onProgress(items.length, items.length);
  return summary;
}

async function putOff({ writer, clock }: PushParts, item: PushItem, reason: AppError): Promise<void> {
  const { code, message } = reason;
  await writer.pushProblem({ id: item.id, state: 'waiting', code, message, httpStatus: null, nowMs: clock.now() });
}

async function pushOne(parts: PushParts, item: PushItem, signal: AbortSignal): Promise<Outcome> {
  const { writer, clock } = parts;
  /** A write has arrived, or may have: what is read then decides nothing but that, and no refusal means "not written". */
  let mayBeWritten = false;
  try {
    for (let send = 1; ; send += 1) {
      await writer.pushChecking({ id: item.id, nowMs: clock.now() });
      const decision = await consult(parts, item, signal, (reading) =>
        writer.pushCompare({ id: item.id, ...reading, nowMs: clock.now() }),
      );
      if (decision.action !== 'send') return decision.action;
      mayBeWritten = false;
      const status = await write(parts, item, decision.body, signal, send);
      mayBeWritten = true;
      if (status === 'unknown') continue;
      await writer.pushVerifying({ id: item.id, httpStatus: status, nowMs: clock.now() });
      const verified = await consult(parts, item, signal, (reading) =>
        writer.pushVerify({ id: item.id, ...reading, nowMs: clock.now() }),
      );
      return verified.state;
    }
  } catch (thrown) {
    if (mayBeWritten || !(thrown instanceof AppError) || !REFUSALS.includes(thrown.code)) throw thrown;
    const status = thrown.details?.status;
    const { code, message } = thrown;
    const httpStatus = typeof status === 'number' ? status : null;
    await writer.pushProblem({ id: item.id, state: 'rejected', code, message, httpStatus, nowMs: clock.now() });
    return 'rejected';
  }
}

/** Sends the PATCH. `unknown` = it may or may not have happened, and may be looked up and sent again. */
async function write(
  { client }: PushParts,
  item: PushItem,
  body: Record<string, unknown>,
  signal: AbortSignal,
  send: number,
): Promise<number | 'unknown'> {
  try {
    return item.lineId === null
      ? await client.patchOrder(item.orderId, body, signal)
      : await client.patchLine(item.lineId, body, signal);
  } catch (thrown) {
    if (thrown instanceof AppError && UNKNOWN.includes(thrown.code) && send < SENDS) return 'unknown';
    throw thrown;
  }
}

interface Reading {
  shape: ReadingShape;
  body: Uint8Array;
}

/** Answers to a reading by number after which the id decides. VALUE_INVALID: no address can be made of the number. */
const ASK_BY_ID: readonly ErrorCode[] = ['NOT_FOUND', 'VALUE_INVALID', 'REQUEST_REJECTED', 'RESPONSE_INVALID'];

/**
 * Reads the order with its lines by number and hands the answer on. Where the number cannot be asked for, where Omnitron
 * does not find it, answers with another order because the number exists in several channels, or with something that is
 * no order, the id decides: detailed integration for an order, the line itself for a line.
 * @throws AppError NOT_FOUND when Omnitron does not find the id either.
 */
async function consult<T>(
  { client }: PushParts,
  item: PushItem,
  signal: AbortSignal,
  use: (reading: Reading) => Promise<T>,
): Promise<T> {
  try {
    return await use({ shape: 'order', body: await client.orderByNumber(item.orderNumber, signal) });
  } catch (thrown) {
    if (!(thrown instanceof AppError && ASK_BY_ID.includes(thrown.code))) throw thrown;
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
function goneAtOmnitron({ orderId, orderNumber, lineId }: PushItem, { details }: AppError): AppError {
  const order = orderNumber === '' ? `order ${orderId}` : `order ${orderNumber} (${orderId})`;
  const target = lineId === null ? order : `line ${lineId} of ${order}`;
  const message = `Omnitron no longer has ${target} (404). Withdraw this correction.`;
  return new AppError('NOT_FOUND', message, details === undefined ? {} : { details });
}
