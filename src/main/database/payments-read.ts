import { AppError } from '../../shared/errors.ts';
import { formatAmount } from '../../shared/money.ts';
import {
  type CancellationPlan,
  type DiscountItem,
  type OrderPayments,
  type OrderTransaction,
  type PaymentsFailure,
  type SumGap,
  transactionSet,
  type UnreadablePart,
} from '../../shared/payments.ts';
import {
  besideOrder,
  DISCOUNTS_READABLE,
  discountItemSum,
  type MovingType,
  transactionGap,
  transactionSum,
} from '../payments/sums.ts';
import { exactSum, sumSql } from './exact-sum.ts';
import type { SqliteFile } from './open.ts';
import { OWED } from './payments-write.ts';
import { type RawOrder, selectOrder } from './raw-order.ts';

interface RawTransaction {
  set_name: string;
  id: bigint;
  type: string;
  succeeded: bigint;
  amount: bigint;
  currency: string | null;
  created: string;
  reference: string | null;
}

interface RawDiscount {
  id: bigint;
  name: string | null;
  type: string | null;
  amount: bigint;
  line_ids: string | null;
}

interface RawPlan {
  id: bigint;
  type: string;
  status: string;
  refund_amount: bigint | null;
  created: string | null;
  modified: string | null;
  line_ids: string | null;
}

interface RawSums {
  purchase: string | null;
  purchase_gap: SumGap | null;
  refund: string | null;
  refund_gap: SumGap | null;
  discount: string | null;
  discount_gap: SumGap | null;
}

export interface PaymentReads {
  /** What is held of an order's payments and since when; null = never read. @throws AppError ORDER_UNKNOWN */
  ofOrder(orderId: number): { payments: OrderPayments; readMs: number } | null;
  /** Why the last reading failed; null = it went well, or there was none. */
  failureOf(orderId: number): PaymentsFailure | null;
}

/** Prepares the statements that read payments. */
export function preparePaymentReads(file: SqliteFile): PaymentReads {
  const readMs = file.prepare<[number], number>('SELECT read_ms FROM payment_readings WHERE order_id = ?').pluck();
  const rows = <T>(table: string, order: string) =>
    file.prepare<[number], T>(`SELECT * FROM ${table} WHERE order_id = ? ORDER BY ${order}`).safeIntegers();
  const transactions = rows<RawTransaction>('transactions', 'created_ms, id');
  const discounts = rows<RawDiscount>('discount_items', 'id');
  const plans = rows<RawPlan>('cancellation_plans', 'id');
  const transactionColumns = (type: MovingType): string =>
    `${transactionSum(type, sumSql)} AS ${type}, ${transactionGap(type)} AS ${type}_gap`;
  const sums = file.prepare<[number], RawSums>(
    `SELECT ${transactionColumns('purchase')}, ${transactionColumns('refund')}, ${discountItemSum(sumSql)} AS discount,
       CASE WHEN NOT ${DISCOUNTS_READABLE} THEN 'unreadable' END AS discount_gap
     FROM orders o WHERE o.id = ?`,
  );
  const unreadable = file.prepare<[number], UnreadablePart>(
    'SELECT part, path, code FROM unreadable_payments WHERE order_id = ? ORDER BY part',
  );

  const failure = file.prepare<[number], { code: string; message: string; failed_ms: number }>(
    `SELECT code, message, failed_ms FROM payment_failures WHERE order_id = ? AND code <> '${OWED}'`,
  );

  const ofOrder = file.transaction((orderId: number) => {
    const order = selectOrder(file, orderId);
    if (order === undefined) {
      throw new AppError('ORDER_UNKNOWN', `Order ${orderId} is not in the cache. Sync, then try again.`);
    }
    const ms = readMs.get(orderId);
    if (ms === undefined) return null;
    const payments = describe(order, {
      sums: sums.get(orderId),
      transactions: transactions.all(orderId),
      discounts: discounts.all(orderId),
      plans: plans.all(orderId),
      unreadable: unreadable.all(orderId),
    });
    return { payments, readMs: ms };
  });
  return {
    ofOrder,
    failureOf(orderId) {
      const found = failure.get(orderId);
      if (found === undefined) return null;
      const { code, message, failed_ms } = found;
      return { code, message, at: new Date(failed_ms).toISOString() };
    },
  };
}

function describe(
  order: RawOrder,
  held: {
    sums: RawSums | undefined;
    transactions: RawTransaction[];
    discounts: RawDiscount[];
    plans: RawPlan[];
    unreadable: UnreadablePart[];
  },
): OrderPayments {
  const { currency } = order;
  const { sums } = held;
  const beside = (sum: string | null | undefined, gap: SumGap | null | undefined, amount: bigint | null) =>
    besideOrder({ sum: gap ? null : (exactSum(sum ?? null) ?? 0n), gap: gap ?? null }, amount, currency);
  return {
    order: { id: Number(order.id), number: order.number },
    currency,
    purchase: beside(sums?.purchase, sums?.purchase_gap, order.amount),
    refund: beside(sums?.refund, sums?.refund_gap, order.refund_amount),
    discount: beside(sums?.discount, sums?.discount_gap, order.discount_amount),
    transactions: held.transactions.map((raw) => toTransaction(raw, currency)),
    discountItems: held.discounts.map((raw) => toDiscount(raw, currency)),
    plans: held.plans.map((raw) => toPlan(raw, currency)),
    unreadable: held.unreadable,
  };
}

function toTransaction(raw: RawTransaction, orderCurrency: string): OrderTransaction {
  const currency = raw.currency ?? orderCurrency;
  return {
    id: Number(raw.id),
    set: transactionSet.parse(raw.set_name),
    type: raw.type,
    succeeded: raw.succeeded === 1n,
    amount: formatAmount(raw.amount, currency),
    currency,
    createdAt: raw.created,
    reference: raw.reference,
  };
}

function toDiscount(raw: RawDiscount, currency: string): DiscountItem {
  return {
    id: Number(raw.id),
    name: raw.name,
    type: raw.type,
    amount: formatAmount(raw.amount, currency),
    lineIds: lineIdsOf(raw.line_ids),
  };
}

function toPlan(raw: RawPlan, currency: string): CancellationPlan {
  return {
    id: Number(raw.id),
    type: raw.type,
    status: raw.status,
    refund: raw.refund_amount === null ? null : formatAmount(raw.refund_amount, currency),
    createdAt: raw.created,
    modifiedAt: raw.modified,
    lineIds: lineIdsOf(raw.line_ids),
  };
}

function lineIdsOf(json: string | null): number[] | null {
  return json === null ? null : (JSON.parse(json) as number[]);
}
