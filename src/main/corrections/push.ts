import type { BatchRow } from '../../shared/batches.ts';
import type { PushSummary } from '../../shared/corrections.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { PushItem } from '../engine/push-service.ts';
import { pushCancellation } from './cancellation/push-cancellation.ts';
import { type PushParts, pushOne, REFUSALS, statusOf, stopped } from './push-one.ts';

/** How far a push is within a batch. `perMinute` and `secondsLeft` are null while too little has been done to tell. */
export interface PushProgress {
  batch: string;
  done: number;
  total: number;
  perMinute: number | null;
  secondsLeft: number | null;
}

export interface PushOptions {
  /** Ends the push at once; a request in flight is given up and looked at by the next push. */
  signal: AbortSignal;
  /** Ends the push after the correction that it is at. */
  pause?: AbortSignal;
  onProgress(progress: PushProgress): void;
}

type Counts = Omit<PushSummary, 'batch'>;

/** One correction's answer is at fault and not the server as a whole: the push goes on with the others. */
const OF_ONE: readonly ErrorCode[] = [...REFUSALS, 'RESPONSE_INVALID'];

/** What stops a push at once: every further correction would end the same way. */
const STOPS: readonly ErrorCode[] = ['SIGN_IN_REFUSED', 'SIGN_IN_CODE_NEEDED', 'SIGN_IN_PAUSED', 'CANCELLED'];

/** After so many corrections in a row that the server could not be asked about, the push stops asking. */
const GIVE_UP_AFTER = 3;

/** What goes on from one correction, and one batch, to the next. */
interface Course {
  counts: Counts;
  failedInARow: number;
  /** The last failure to begin a batch, or to ask the server at all. */
  failure: AppError | null;
  /** Nothing more is sent in this push. */
  halted: boolean;
}

/**
 * Pushes batches in their order, and the corrections of each one at a time. A correction that the server cannot be asked
 * about waits for the next push, or is unknown where a write may have arrived; after three in a row, or when the sign-in
 * is refused, all of the rest wait. A paused push counts what it leaves as waiting.
 * @throws AppError SIGN_IN_REFUSED and its kin; NOT_REACHABLE and its kin when nothing could be settled at all;
 * CANCELLED; BATCH_STATE when a batch is not what was approved and nothing else could be settled
 */
export async function runPush(
  parts: PushParts,
  batches: readonly Pick<BatchRow, 'id' | 'number'>[],
  options: PushOptions,
): Promise<PushSummary> {
  const course: Course = {
    counts: { applied: 0, conflict: 0, rejected: 0, unknown: 0, waiting: 0 },
    failedInARow: 0,
    failure: null,
    halted: false,
  };
  let batch: string | null = null;
  for (const next of batches) {
    if (isOver(course, options)) {
      course.counts.waiting += (await parts.writer.pushItems({ batch: next.id })).length;
      continue;
    }
    batch = next.number;
    await pushBatch(parts, next, course, options);
  }
  const { applied, conflict, rejected } = course.counts;
  if (course.failure !== null && applied + conflict + rejected === 0) throw course.failure;
  return { batch, ...course.counts };
}

function isOver({ failedInARow, halted }: Course, { pause }: PushOptions): boolean {
  return halted || failedInARow >= GIVE_UP_AFTER || pause?.aborted === true;
}

async function pushBatch(
  parts: PushParts,
  { id, number }: Pick<BatchRow, 'id' | 'number'>,
  course: Course,
  options: PushOptions,
): Promise<void> {
  const { writer, clock } = parts;
  if (!(await begun(parts, id, course))) return;
  try {
    const items = await writer.pushItems({ batch: id });
    const begunMs = clock.elapsed();
    const tell = (done: number): void =>
      options.onProgress({
        batch: number,
        done,
        total: items.length,
        ...pace(done, items.length, clock.elapsed() - begunMs),
      });
    for (const [index, item] of items.entries()) {
      tell(index);
      if (options.signal.aborted) throw stopped();
      if (isOver(course, options)) {
        course.counts.waiting += items.length - index;
        return;
      }
      await settle(parts, item, course, options.signal);
    }
    tell(items.length);
  } finally {
    await writer.endPushing({ id, nowMs: clock.now() });
  }
}

/** A batch that is not what was approved is left as it is, and does not keep the others back. */
async function begun({ writer, clock }: PushParts, id: number, course: Course): Promise<boolean> {
  try {
    await writer.beginPushing({ id, nowMs: clock.now() });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'BATCH_STATE')) throw thrown;
    course.counts.waiting += (await writer.pushItems({ batch: id })).length;
    course.failure = thrown;
    return false;
  }
}

/** Corrections a minute so far, and how long the rest takes at that rate. */
function pace(done: number, total: number, elapsedMs: number): Pick<PushProgress, 'perMinute' | 'secondsLeft'> {
  if (done === 0 || elapsedMs <= 0) return { perMinute: null, secondsLeft: null };
  return {
    perMinute: Math.round((done * 60_000) / elapsedMs),
    secondsLeft: Math.round(((total - done) * elapsedMs) / done / 1000),
  };
}

async function settle(parts: PushParts, item: PushItem, course: Course, signal: AbortSignal): Promise<void> {
  try {
    const outcome =
      item.kind === 'cancellation' ? await cancelOnce(parts, item, signal) : await pushOne(parts, item, signal);
    if (outcome !== 'withdrawn') course.counts[outcome] += 1;
    course.failedInARow = 0;
    // Money may have moved: a person looks at it before anything else is sent. One that was unknown before was seen.
    if (item.kind === 'cancellation' && outcome === 'unknown' && item.state !== 'unknown') course.halted = true;
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === 'INTERNAL') throw thrown;
    course.counts[await putOff(parts, item, thrown)] += 1;
    if (STOPS.includes(thrown.code)) throw thrown;
    if (OF_ONE.includes(thrown.code)) {
      course.failedInARow = 0;
      return;
    }
    course.failure = thrown;
    course.failedInARow += 1;
  }
}

/** A person may have withdrawn a cancellation since the push began. */
async function cancelOnce(parts: PushParts, item: PushItem, signal: AbortSignal) {
  const { taken } = await parts.writer.pushChecking({ id: item.id, nowMs: parts.clock.now() });
  return taken ? pushCancellation(parts, item, signal) : 'withdrawn';
}

async function putOff({ writer, clock }: PushParts, item: PushItem, reason: AppError): Promise<'waiting' | 'unknown'> {
  const { code, message } = reason;
  const problem = { id: item.id, code, message, httpStatus: statusOf(reason), nowMs: clock.now() };
  const { state } = await writer.pushProblem({ ...problem, state: 'waiting' });
  return state === 'unknown' ? 'unknown' : 'waiting';
}
