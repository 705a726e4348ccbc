import type { DryRunLine } from '../../shared/batches.ts';
import type { CorrectionState } from '../../shared/corrections.ts';

/** A correction as the push needs it: what to read, what was seen, what is wanted. */
export interface PushItem {
  id: number;
  state: CorrectionState;
  orderId: number;
  orderNumber: string;
  lineId: number | null;
  /** Whether only the line's own answer carries every corrected field. */
  byLine: boolean;
  /** fields: values to be set. cancellation: a call that is sent at most once. */
  kind: 'fields' | 'cancellation';
}

/** Which call a reading came from: order by number (i1), order by id (detailed integration), or one line. */
export type ReadingShape = 'order' | 'detailed' | 'line';

/**
 * What to do after the server's present values have been compared with base and target. held: Omnitron still holds the
 * base, and no further write was allowed.
 */
export type PushDecision =
  | { action: 'send'; body: Record<string, unknown> }
  | { action: 'held' }
  | { action: 'applied' }
  | { action: 'conflict' };

/** What the writer thread does for a push: every step of a correction on its way is recorded before the next. */
export interface PushWriter {
  /** The corrections of a batch that a push takes up, oldest first. */
  pushItems(args: { batch: number }): PushItem[];
  /**
   * A correction is taken up: nobody else changes it from here on. Where a write may have arrived, its state goes on
   * saying so. `taken` is false where it is none that a push takes up any more: a person was faster.
   */
  pushChecking(args: { id: number; nowMs: number }): { taken: boolean };
  /**
   * Puts the server's answer into the cache, compares it with base and target and records the reading. Where the
   * decision is to send, the body and the count of writes are recorded with it, before the write goes out.
   * @throws AppError NOT_FOUND when the answer is about another order (its number exists in several channels).
   */
  pushCompare(args: {
    id: number;
    shape: ReadingShape;
    body: Uint8Array;
    /** Whether a write may follow. */
    maySend: boolean;
    nowMs: number;
  }): PushDecision;
  /** The write was answered so that nothing was written, or never left: a later failure finds nothing unknown. */
  pushNotWritten(args: { id: number; httpStatus: number | null; nowMs: number }): null;
  /** The write was answered: the next reading says whether it was carried out. */
  pushVerifying(args: { id: number; httpStatus: number; nowMs: number }): null;
  /** The reading after the PATCH: applied, or conflict when the server does not hold the targets. */
  pushVerify(args: { id: number; shape: ReadingShape; body: Uint8Array; nowMs: number }): {
    state: 'applied' | 'conflict';
  };
  /** A correction cannot go on. `waiting` becomes `unknown` where a write may have arrived; answers the state. */
  pushProblem(args: {
    id: number;
    state: 'waiting' | 'unknown' | 'rejected';
    code: string;
    message: string;
    httpStatus: number | null;
    nowMs: number;
  }): { state: 'waiting' | 'unknown' | 'rejected' };
  /** The line of a dry run for a correction that could not be read. */
  dryRunUnread(args: {
    id: number;
    outcome: 'gone' | 'unread';
    problem: { code: string; message: string };
  }): DryRunLine;
}
