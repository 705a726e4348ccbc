import { formatAmount, type Micros } from '../../shared/money.ts';
import { isTransactionType, type PaymentSum, type SumGap, type TransactionType } from '../../shared/payments.ts';

/** What of a transaction counts for sums. */
export interface Counted {
  type: string;
  succeeded: boolean;
  amount: Micros;
  currency: string;
}

/**
 * Adds up the succeeded transactions of one type over all sets (contract, sections 6.6 and 13.3). Failed attempts and
 * `pre_purchase`, which only reserves, move nothing and are not added. Null with the reason where no sum can be formed.
 * @param complete false where a set could not be read
 */
export function sumOfTransactions(
  transactions: readonly Counted[],
  type: TransactionType,
  { currency, complete }: { currency: string; complete: boolean },
): { sum: Micros | null; gap: SumGap | null } {
  if (!complete) return { sum: null, gap: 'unreadable' };
  const done = transactions.filter(({ succeeded }) => succeeded);
  if (done.some((each) => !isTransactionType(each.type))) return { sum: null, gap: 'type' };
  const mine = done.filter((each) => each.type === type);
  if (mine.some((each) => each.currency !== currency)) return { sum: null, gap: 'currency' };
  return { sum: mine.reduce((sum, { amount }) => sum + amount, 0n), gap: null };
}

/** A sum beside the order's own amount; difference = sum − order's. */
export function besideOrder(
  { sum, gap }: { sum: Micros | null; gap: SumGap | null },
  order: Micros | null,
  currency: string,
): PaymentSum {
  const text = (micros: Micros | null): string | null => (micros === null ? null : formatAmount(micros, currency));
  const difference = sum === null || order === null ? null : sum - order;
  return { sum: text(sum), gap, order: text(order), difference: text(difference) };
}
