import type { BatchRow, BatchState, DryRunLine, OpenedBatchFile } from '../../shared/batches.ts';
import type { NewCancellation } from '../../shared/cancellations.ts';
import type {
  ConflictChoice,
  CorrectionRow,
  CorrectionState,
  NewCorrection,
  PastedRow,
  ReceiptStep,
} from '../../shared/corrections.ts';
import type { OrderFilter, OrderSelection } from '../../shared/orders.ts';
import type { ReadingShape } from '../engine/push-service.ts';
import type { WarningMoment } from './warnings.ts';

interface Window {
  offset: number;
  limit: number;
}

/** Proposing, withdrawing and resolving, in the writer thread. Every call is one transaction in `local.db`, journalled. */
export interface CorrectionWriter {
  /** @throws AppError ORDER_UNKNOWN, ORDER_VANISHED, LINE_UNKNOWN, FIELD_NOT_WRITABLE, VALUE_INVALID, CORRECTION_STATE */
  addCorrection(args: { correction: NewCorrection; timeZone: string; nowMs: number }): CorrectionRow;
  markSent(args: { filter: OrderFilter; selection: OrderSelection; timeZone: string; nowMs: number }): {
    queued: number;
    skipped: number;
    ids: number[];
  };
  /** "Sent to ERP" for every unsent order that a row of the ERP statement is matched with. @throws AppError STATEMENT_UNKNOWN, STATEMENT_STATE */
  markSentOfStatement(args: { statement: number; timeZone: string; nowMs: number }): {
    queued: number;
    skipped: number;
    ids: number[];
  };
  /** Queues the rows of a paste that can be. @throws AppError VALUE_INVALID when the text is no table of proposals */
  addPaste(args: { text: string; timeZone: string; nowMs: number }): { queued: number; refused: PastedRow[] };
  /** @throws AppError CORRECTION_UNKNOWN */
  withdrawCorrections(args: { ids: number[]; nowMs: number }): { withdrawn: number };
  /** New proposals from conflicting, rejected or unknown corrections: the same targets over what Omnitron holds now. */
  requeueCorrections(args: { ids: number[]; timeZone: string; nowMs: number }): { queued: number };
  /** Decides conflicts field by field. @throws AppError CORRECTION_UNKNOWN, CORRECTION_STATE, VALUE_INVALID */
  resolveConflicts(args: { choices: ConflictChoice[]; timeZone: string; nowMs: number }): {
    queued: number;
    withdrawn: number;
  };
  /** @throws AppError VALUE_INVALID when the amount typed is not the amount worked out; CANCELLATION_OFF, ORDER_VANISHED */
  addCancellation(args: { cancellation: NewCancellation; timeZone: string; nowMs: number }): CorrectionRow;
}

export interface CorrectionReader {
  /** Newest first. With a moment each says what speaks against it then. */
  correctionsList(args: { states: CorrectionState[]; batch: number | null; moment?: WarningMoment } & Window): {
    total: number;
    offset: number;
    rows: CorrectionRow[];
    counts: Partial<Record<CorrectionState, number>>;
  };
  /** @throws AppError CORRECTION_UNKNOWN */
  receipts(args: { id: number }): ReceiptStep[];
  /** Reads a paste without queueing anything. @throws AppError VALUE_INVALID */
  previewPaste(args: { text: string; nowMs: number; timeZone: string }): {
    rows: PastedRow[];
    good: number;
    bad: number;
    /** Headings of columns that are no field of a correction. */
    ignored: string[];
  };
  /** What cancelling these lines gives back. @throws AppError ORDER_UNKNOWN, LINE_UNKNOWN */
  cancellationAmount(args: { orderId: number; all: boolean; lines: number[]; cargo: boolean }): {
    amount: string;
    currency: string;
  };
}

/** Batches as documents, in the writer thread. Each call is one transaction, journalled. */
export interface BatchWriter {
  /**
   * Submits a draft; without maker-checker approves it too.
   * @throws AppError BATCH_UNKNOWN, BATCH_STATE, VALUE_INVALID (empty), USER_NEEDED (maker-checker, and nobody signed in)
   */
  submitBatch(args: { id: number; reason: string; nowMs: number }): BatchRow;
  /**
   * Puts everything that waits in drafts into one batch, submits and approves it; what a push does without
   * maker-checker. Null = nothing waits. @throws AppError BATCH_STATE when maker-checker is on
   */
  submitEverything(args: { reason: string; timeZone: string; nowMs: number }): BatchRow | null;
  /** All or none. @throws AppError BATCH_UNKNOWN, BATCH_STATE, USER_NEEDED, OWN_BATCH */
  approveBatches(args: { ids: number[]; nowMs: number }): BatchRow[];
  /** @throws AppError BATCH_UNKNOWN, BATCH_STATE */
  sendBackBatch(args: { id: number; reason: string; nowMs: number }): BatchRow;
  /** Generates the reversal as a draft. @throws AppError BATCH_UNKNOWN, BATCH_STATE (not finished, reversed already, nothing applied) */
  reverseBatch(args: { id: number; reason: string; timeZone: string; nowMs: number }): {
    batch: BatchRow;
    corrections: number;
    oneWay: number;
  };
  /**
   * The signed file of a submitted batch. `connection` names this connection in it.
   * @throws AppError BATCH_*, USER_NEEDED (who submitted it signs), VALUE_INVALID (too large)
   */
  batchFile(args: { id: number; connection: { name: string; baseUrl: string }; nowMs: number }): {
    name: string;
    text: string;
  };
  /** Approves a batch file from elsewhere, about the Omnitron at `baseUrl`. @throws AppError FILE_REFUSED, USER_NEEDED, OWN_BATCH */
  approveBatchFile(args: { text: string; baseUrl: string; nowMs: number }): { name: string; text: string };
  /** Takes over an approval that was signed elsewhere. @throws AppError FILE_REFUSED, BATCH_*, OWN_BATCH, USER_UNKNOWN */
  importApproval(args: { text: string; baseUrl: string; nowMs: number }): BatchRow;
  /** Approved batches and those whose push has begun, oldest first. */
  batchesToPush(): BatchRow[];
  /** A push of this batch begins or goes on. @throws AppError BATCH_STATE, also when its content is not what was approved */
  beginPushing(args: { id: number; nowMs: number }): BatchRow;
  /** A push of this batch came to its end or was paused: sets done, done_with_exceptions, or leaves it pushing. */
  endPushing(args: { id: number; nowMs: number }): BatchRow;
  /** Compares one reading of a dry run; the reading goes to the cache, the outbox stays as it is. */
  dryRunCompare(args: { id: number; shape: ReadingShape; body: Uint8Array; nowMs: number }): DryRunLine;
}

export interface BatchReader {
  batchesList(args: { states: BatchState[] } & Window): { total: number; rows: BatchRow[] };
  /** @throws AppError BATCH_UNKNOWN */
  batch(args: { id: number }): BatchRow;
  /** The id of the batch with this number. @throws AppError BATCH_UNKNOWN */
  batchOfNumber(args: { number: string }): number;
  /** What a batch file holds and proves. @throws AppError FILE_REFUSED */
  openBatchFile(args: { text: string; path: string }): OpenedBatchFile;
}
