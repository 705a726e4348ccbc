import type { BatchRow, DryRunLine, DryRunResult } from '../../shared/batches.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { PushItem } from '../engine/push-service.ts';
import { consult } from './consult.ts';
import type { PushParts } from './push-one.ts';

/** Contract, section 17: at most two readings at a time. */
const AT_ONCE = 2;

/** After so many failures in a row to ask the server, the rest is not asked about. */
const GIVE_UP_AFTER = 3;

/** The order or line is not there, or not where it was. */
const GONE: readonly ErrorCode[] = ['NOT_FOUND', 'LINE_UNKNOWN'];
/** Every further reading would end the same way. */
const STOPS: readonly ErrorCode[] = ['SIGN_IN_REFUSED', 'SIGN_IN_CODE_NEEDED', 'SIGN_IN_PAUSED', 'CANCELLED'];
/** This answer is at fault, and not the server as a whole. */
const OF_ONE: readonly ErrorCode[] = [...GONE, 'RESPONSE_INVALID', 'REQUEST_REJECTED', 'FORBIDDEN', 'VALUE_INVALID'];

/** As many lines as are shown; all are counted. */
const MOST_LINES = 10_000;

type Parts = Pick<PushParts, 'client' | 'writer' | 'clock'>;

interface Options {
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/**
 * Reads Omnitron for every correction of a batch that a push would take up, and says what it would do. Nothing is
 * written there, and the corrections stay as they are; what was read goes to the cache.
 * @throws AppError SIGN_IN_REFUSED and its kin, CANCELLED
 */
export async function runDryRun(
  parts: Parts,
  { id, number }: Pick<BatchRow, 'id' | 'number'>,
  options: Options,
): Promise<DryRunResult> {
  const items = await parts.writer.pushItems({ batch: id });
  const lines = await lookAtAll(parts, items, options);
  const counts = { send: 0, done: 0, conflict: 0, gone: 0, unread: 0 };
  for (const { outcome } of lines) counts[outcome] += 1;
  const oneWay = lines.filter((line) => line.fields.length === 0 || line.fields.some(({ reversible }) => !reversible));
  return { batch: number, counts, oneWay: oneWay.length, lines: lines.slice(0, MOST_LINES) };
}

/** The lines in the order of the items, however many are asked about at once. */
async function lookAtAll(parts: Parts, items: readonly PushItem[], options: Options): Promise<DryRunLine[]> {
  const lines: DryRunLine[] = [];
  let next = 0;
  let done = 0;
  let failedInARow = 0;
  let failure: AppError | null = null;
  async function work(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item === undefined) return;
      if (options.signal.aborted) throw new AppError('CANCELLED', 'The dry run was stopped. Nothing was changed.');
      if (failure !== null && failedInARow >= GIVE_UP_AFTER) {
        lines[index] = await unread(parts, item, failure);
      } else {
        const { line, error } = await lookAt(parts, item, options.signal);
        lines[index] = line;
        const isOfServer = error !== null && !OF_ONE.includes(error.code);
        failedInARow = isOfServer ? failedInARow + 1 : 0;
        if (isOfServer) failure = error;
      }
      done += 1;
      options.onProgress(done, items.length);
    }
  }
  options.onProgress(0, items.length);
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return lines;
}

async function lookAt(
  parts: Parts,
  item: PushItem,
  signal: AbortSignal,
): Promise<{ line: DryRunLine; error: AppError | null }> {
  try {
    const line = await consult(parts.client, item, signal, (reading) =>
      parts.writer.dryRunCompare({ id: item.id, ...reading, nowMs: parts.clock.now() }),
    );
    return { line, error: null };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === 'INTERNAL' || STOPS.includes(thrown.code)) throw thrown;
    return { line: await unread(parts, item, thrown), error: thrown };
  }
}

function unread({ writer }: Parts, { id }: PushItem, { code, message }: AppError): Promise<DryRunLine> {
  return writer.dryRunUnread({ id, outcome: GONE.includes(code) ? 'gone' : 'unread', problem: { code, message } });
}
