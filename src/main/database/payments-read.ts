import { AppError } from '../../shared/errors.ts';
import { formatAmount } from '../../shared/money.ts';
import {
  type CancellationPlan,
  type DiscountItem,
  type OrderPayments,
  type OrderTransaction,
  transactionSet,
  type UnreadablePart,
} from '../../shared/payments.ts';
import { besideOrder, type Counted, sumOfTransactions } from '../payments/sums.ts';
import type { SqliteFile } from './open.ts';
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

export interface PaymentReads {
  /** What is held of an order's payments and since when; null = never read. @throws AppError ORDER_UNKNOWN */
  ofOrder(orderId: number): { payments: OrderPayments; readMs: number } | null;
}

/** Prepares the statements that read payments. */
export function preparePaymentReads(file: SqliteFile): PaymentReads {
  const readMs = file.prepare<[number], number>('SELECT read_ms FROM payment_readings WHERE order_id = ?').pluck();
  const rows = <T>(table: string, order: string) =>
    file.prepare<[number], T>(`SELECT * FROM ${table} WHERE order_id = ? ORDER BY ${order}`).safeIntegers();
  const transactions = rows<RawTransaction>('transactions', 'created_ms, id');
  const discounts = rows<RawDiscount>('discount_items', 'id');
  const plans = rows<RawPlan>('cancellation_plans', 'id');
  const unreadable = file.prepare<[number], UnreadablePart>(
    'SELECT part, path, code FROM unreadable_payments WHERE order_id = ? ORDER BY part',
  );

  const ofOrder = file.transaction((orderId: number) => {
    const order = selectOrder(file, orderId);
    if (order === undefined) {
      throw new AppError('ORDER_UNKNOWN', `Order ${orderId} is not in the cache. Sync, then try again.`);
    }
    const ms = readMs.get(orderId);
    if (ms === undefined) return null;
    const payments = describe(order, {
      transactions: transactions.all(orderId),
      discounts: discounts.all(orderId),
      plans: plans.all(orderId),
      unreadable: unreadable.all(orderId),
    });
    return { payments, readMs: ms };
  });
  return { ofOrder };
}

function describe(
  order: RawOrder,
  held: {
    transactions: RawTransaction[];
    discounts: RawDiscount[];
    plans: RawPlan[];
    unreadable: UnreadablePart[];
  },
): OrderPayments {
  const { currency } = order;
  const isUnreadable = (isMeant: (part: string) => boolean): boolean =>
    held.unreadable.some(({ part }) => isMeant(part));
  const counted: Counted[] = held.transactions.map((raw) => ({
    type: raw.type,
    succeeded: raw.succeeded === 1n,
    amount: raw.amount,
    currency: raw.currency ?? currency,
  }));
  const complete = !isUnreadable((part) => part !== 'discounts' && part !== 'plans');
  const discount = isUnreadable((part) => part === 'discounts')
    ? { sum: null, gap: 'unreadable' as const }
    : { sum: held.discounts.reduce((sum, { amount }) => sum + amount, 0n), gap: null };
  const beside = (type: 'purchase' | 'refund', amount: bigint | null) =>
    besideOrder(sumOfTransactions(counted, type, { currency, complete }), amount, currency);
  return {
    order: { id: Number(order.id), number: order.number },
    currency,
    purchase: beside('purchase', order.amount),
    refund: beside('refund', order.refund_amount),
    discount: besideOrder(discount, order.discount_amount, currency),
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
