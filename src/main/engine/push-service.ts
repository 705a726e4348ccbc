import type { CorrectionState } from '../../shared/corrections.ts';

/** A correction as the push needs it: what to read, what was seen, what is wanted. */
export interface PushItem {
  id: number;
  state: CorrectionState;
  orderId: number;
  orderNumber: string;
  lineId: number | null;
}

/** Which call a reading came from: order by number (i1), order by id (detailed integration), or one line. */
export type ReadingShape = 'order' | 'detailed' | 'line';

/** What to do after the server's present values have been compared with base and target. */
export type PushDecision =
  | { action: 'send'; body: Record<string, unknown> }
  | { action: 'applied' }
  | { action: 'conflict' };

/** What the writer thread does for a push: every step of a correction on its way is recorded before the next. */
export interface PushWriter {
  /** Corrections that a push takes up, oldest first. */
  pushItems(): PushItem[];
  pushChecking(args: { id: number; nowMs: number }): null;
  /**
   * Puts the server's answer into the cache, compares it with base and target and records the reading.
   * @throws AppError NOT_FOUND when the answer is about another order (its number exists in several channels).
   */
  pushCompare(args: { id: number; shape: ReadingShape; body: Uint8Array; nowMs: number }): PushDecision;
  /** After a PATCH was answered: the next reading must show the targets. */
  pushVerifying(args: { id: number; httpStatus: number; nowMs: number }): null;
  /** The reading after the PATCH: applied, or conflict when the server does not hold the targets. */
  pushVerify(args: { id: number; shape: ReadingShape; body: Uint8Array; nowMs: number }): {
    state: 'applied' | 'conflict';
  };
  pushProblem(args: {
    id: number;
    state: 'waiting' | 'rejected';
    code: string;
    message: string;
    httpStatus: number | null;
    nowMs: number;
  }): null;
}
