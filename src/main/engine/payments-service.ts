import type { OrderPayments, PaymentsFailure } from '../../shared/payments.ts';
import type { RunPayments } from '../../shared/sync.ts';
import type { PaymentsWanted } from '../database/payments-due.ts';
import type { PaymentsOutcome } from '../database/payments-write.ts';
import type { PaymentBodies, UnfinishedList } from '../omnitron/parse-payments.ts';

/** What the writer thread does about payments. */
export interface PaymentsWriter {
  /**
   * Maps the answers about one order's payments through the allow-list and replaces what is held of them. While
   * `unfinished` names lists of which further pages are needed, nothing is stored and `outcome` is null.
   * @throws AppError RESPONSE_INVALID when the detailed answer is no JSON about this order
   */
  applyPayments(args: { orderId: number; bodies: PaymentBodies; reading: number; nowMs: number }): {
    unfinished: UnfinishedList[];
    outcome: PaymentsOutcome | null;
  };
  /**
   * Keeps why the payments of an order could not be read, until they can; nothing for an order that is not held, or where a
   * later reading went well.
   */
  notePaymentsFailed(args: {
    orderId: number;
    reading: number;
    problem: { code: string; message: string };
    nowMs: number;
  }): null;
  /** Keeps of orders that their payments are still to be read, until they are, or the next try fails. */
  notePaymentsOwed(args: { orderIds: readonly number[]; nowMs: number }): null;
  /** Keeps in the run log what reading payments after a run came to. */
  notePayments(args: { runId: number; payments: RunPayments }): null;
}

/** What the reader thread shows of payments. */
export interface PaymentsReader {
  /** What is held of an order's payments and since when; null = never read. @throws AppError ORDER_UNKNOWN */
  orderPayments(args: { id: number }): { payments: OrderPayments; readMs: number } | null;
  /** Why the last reading of an order's payments failed; null = it went well, or there was none. */
  paymentsFailure(args: { id: number }): PaymentsFailure | null;
  /** Orders whose payments are worth reading, the newest first, and those owed since an earlier run. */
  paymentsDue(wanted: PaymentsWanted): number[];
}
