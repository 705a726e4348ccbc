import { formatAmount, type Micros } from '../../shared/money.ts';
import { type PaymentSum, type SumGap, TRANSACTION_TYPES } from '../../shared/payments.ts';

/*
 * How sums of payments are formed (contract, sections 6.6 and 13.3): SQL over an order `o`, for the view of one order
 * and for the checks alike. `sum` is how a column of amounts is added.
 */

/** Adds up a column of amounts, like `sumSql` or `boundedSum`. */
type SumOf = (column: string) => string;

/** True where the payments of the order have been read. */
export const PAYMENTS_READ = 'o.id IN (SELECT p.order_id FROM payment_readings p)';

const LISTS = `'discounts', 'plans'`;
const isUnreadable = (parts: string): string =>
  `EXISTS (SELECT 1 FROM unreadable_payments u WHERE u.order_id = o.id AND u.part ${parts})`;

/** True where every set of transactions that was read could be read. */
export const SETS_READABLE = `NOT ${isUnreadable(`NOT IN (${LISTS})`)}`;
/** The same for the list of discount items. */
export const DISCOUNTS_READABLE = `NOT ${isUnreadable(`= 'discounts'`)}`;
/** The same for the list of cancellation plans. */
export const PLANS_READABLE = `NOT ${isUnreadable(`= 'plans'`)}`;

const SUCCEEDED = 'FROM transactions t WHERE t.order_id = o.id AND t.succeeded = 1';
const KNOWN_TYPES = TRANSACTION_TYPES.map((type) => `'${type}'`).join(', ');

/** Types of transactions that move money. `pre_purchase` only reserves it. */
export type MovingType = 'purchase' | 'refund';

/**
 * Why the succeeded transactions of a type cannot be added up; NULL where they can. Something that succeeded under a type
 * which is not known may have moved money either way.
 */
export function transactionGap(type: MovingType): string {
  return `CASE WHEN NOT (${SETS_READABLE}) THEN 'unreadable'
    WHEN EXISTS (SELECT 1 ${SUCCEEDED} AND t.type NOT IN (${KNOWN_TYPES})) THEN 'type'
    WHEN EXISTS (SELECT 1 ${SUCCEEDED} AND t.type = '${type}' AND ifnull(t.currency, o.currency) <> o.currency) THEN 'currency'
    END`;
}

/** The succeeded transactions of a type over all sets; failed attempts move nothing. To be used where there is no gap. */
export function transactionSum(type: MovingType, sum: SumOf): string {
  return `(SELECT ${sum('t.amount')} ${SUCCEEDED} AND t.type = '${type}')`;
}

/** The discount items, which are in the order's currency. To be used where they are readable. */
export function discountItemSum(sum: SumOf): string {
  return `(SELECT ${sum('d.amount')} FROM discount_items d WHERE d.order_id = o.id)`;
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
