import { WRITTEN_STATES } from '../../shared/corrections.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Clock, Random } from '../connections/ports.ts';
import type { PushItem } from '../engine/push-service.ts';
import type { Remote, WriterService } from '../engine/services.ts';
import type { OmnitronClient } from '../omnitron/client.ts';
import { DEFAULT_RETRY, pauseAfter } from '../omnitron/retry.ts';
import { consult } from './consult.ts';
import { UNDECIDED_STATUSES } from './undecided.ts';

/** What a push works with. */
export interface PushParts {
  client: OmnitronClient;
  writer: Remote<WriterService>;
  clock: Clock;
  random: Random;
}

/** How a correction ended that could be settled; withdrawn: a person took it back before its turn came. */
export type Settled = 'applied' | 'conflict' | 'rejected' | 'withdrawn';

/** A write whose outcome is unknown is looked up; while Omnitron still holds the base it is sent once more, no oftener. */
const SENDS = 2;

/** The server said no, and would say it again. */
export const REFUSALS: readonly ErrorCode[] = ['REQUEST_REJECTED', 'FORBIDDEN', 'NOT_FOUND', 'LINE_UNKNOWN'];
/** Nobody knows whether the write happened. */
const UNKNOWN: readonly ErrorCode[] = [
  'TIMEOUT',
  'NOT_REACHABLE',
  'SERVER_ERROR',
  'RESPONSE_TOO_LARGE',
  'REDIRECT_REFUSED',
];

/**
 * Sends one correction: read, compare three ways, PATCH what still differs, read back. A write that was not answered is
 * read and decided; one that was put off by the server (429) was not carried out, and begins anew after the wait that the
 * server asks for.
 * @throws AppError when the server could not be asked; what was recorded says whether a write may have arrived
 */
export async function pushOne(parts: PushParts, item: PushItem, signal: AbortSignal): Promise<Settled> {
  const { writer, clock } = parts;
  let unanswered: AppError | null = null;
  let mayBeWritten = WRITTEN_STATES.includes(item.state);
  let sends = 0;
  for (let putOff = 0; ; ) {
    const { taken } = await writer.pushChecking({ id: item.id, nowMs: clock.now() });
    if (!taken) return 'withdrawn';
    const decision = await readAndCompare(parts, item, signal, { maySend: sends < SENDS, mayBeWritten });
    if (decision === 'rejected') return decision;
    if (decision.action === 'held') throw recorded(unanswered);
    if (decision.action !== 'send') return decision.action;
    const written = await write(parts, item, decision.body, signal);
    if (written.outcome === 'rejected') return written.outcome;
    if (written.outcome === 'done') return readBack(parts, item, written.status, signal);
    mayBeWritten = written.outcome === 'unknown';
    if (written.outcome === 'unknown') {
      unanswered = written.error;
      sends += 1;
    }
    if (written.outcome === 'put off' || asksToWait(written.error)) {
      putOff += 1;
      await pause(parts, { error: written.error, made: putOff }, signal);
    }
  }
}

async function readAndCompare(
  parts: PushParts,
  item: PushItem,
  signal: AbortSignal,
  { maySend, mayBeWritten }: { maySend: boolean; mayBeWritten: boolean },
) {
  const { client, writer, clock } = parts;
  try {
    return await consult(client, item, signal, (reading) =>
      writer.pushCompare({ id: item.id, ...reading, maySend, nowMs: clock.now() }),
    );
  } catch (thrown) {
    // Whoever may not read any more does not know that nothing was written.
    if (mayBeWritten) throw thrown;
    return reject(parts, item, thrown);
  }
}

type Written =
  | { outcome: 'done'; status: number }
  | { outcome: 'rejected' }
  | { outcome: 'put off' | 'unknown'; error: AppError };

async function write(
  parts: PushParts,
  item: PushItem,
  body: Record<string, unknown>,
  signal: AbortSignal,
): Promise<Written> {
  const { client, writer, clock } = parts;
  try {
    const status =
      item.lineId === null
        ? await client.patchOrder(item.orderId, body, signal)
        : await client.patchLine(item.lineId, body, signal);
    return { outcome: 'done', status };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const httpStatus = statusOf(thrown);
    if (isUndecided(thrown)) {
      if (httpStatus !== null) await writer.pushVerifying({ id: item.id, httpStatus, nowMs: clock.now() });
      return { outcome: 'unknown', error: thrown };
    }
    if (REFUSALS.includes(thrown.code)) return { outcome: await reject(parts, item, thrown) };
    // Aborted in flight: it may have arrived.
    if (thrown.code === 'CANCELLED') throw thrown;
    await writer.pushNotWritten({ id: item.id, httpStatus, nowMs: clock.now() });
    if (thrown.code === 'RATE_LIMITED') return { outcome: 'put off', error: thrown };
    if (UNKNOWN.includes(thrown.code)) return { outcome: 'unknown', error: thrown };
    throw recorded(thrown);
  }
}

/** Whether nobody knows what became of a write. */
function isUndecided({ code, details }: AppError): boolean {
  if (code === 'REQUEST_REJECTED') return UNDECIDED_STATUSES.includes(details?.status);
  return UNKNOWN.includes(code) && details?.sent !== false;
}

async function readBack(parts: PushParts, item: PushItem, status: number, signal: AbortSignal): Promise<Settled> {
  const { client, writer, clock } = parts;
  await writer.pushVerifying({ id: item.id, httpStatus: status, nowMs: clock.now() });
  const { state } = await consult(client, item, signal, (reading) =>
    writer.pushVerify({ id: item.id, ...reading, nowMs: clock.now() }),
  );
  return state;
}

/** Records a refusal; throws on whatever is none. */
async function reject({ writer, clock }: PushParts, item: PushItem, thrown: unknown): Promise<'rejected'> {
  if (!(thrown instanceof AppError) || !REFUSALS.includes(thrown.code)) throw thrown;
  const { code, message } = thrown;
  const httpStatus = statusOf(thrown);
  await writer.pushProblem({ id: item.id, state: 'rejected', code, message, httpStatus, nowMs: clock.now() });
  return 'rejected';
}

/** Waits as long as the server asks for, or a while. @throws AppError the server's, once it is not worth waiting */
async function pause(
  { clock, random }: PushParts,
  { error, made }: { error: AppError; made: number },
  signal: AbortSignal,
): Promise<void> {
  const ms = pauseAfter(error, made, DEFAULT_RETRY, random);
  if (ms === null) throw recorded(error);
  await clock.sleep(ms, signal).catch(() => undefined);
  if (signal.aborted) throw stopped();
}

/** Whether the server says when to ask again. */
function asksToWait({ details }: AppError): boolean {
  return typeof details?.retryAfterMs === 'number';
}

/** The error of a write of which the receipt has the answer already: nothing more is recorded of it. */
function recorded(error: AppError | null): AppError {
  if (error === null) return new AppError('INTERNAL', 'A write was held back unasked.');
  return new AppError(error.code, error.message, { retryable: error.retryable });
}

/** The HTTP status that an error came with, or null. */
export function statusOf({ details }: AppError): number | null {
  return typeof details?.status === 'number' ? details.status : null;
}

/** The error of a push that was aborted. */
export function stopped(): AppError {
  return new AppError('CANCELLED', 'The push was stopped. What was not sent stays queued.');
}
