import { TRANSACTION_SETS } from '../../src/main/sandbox/payment-options.ts';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { invoiceChecksTripped, ordersBehindGaps } from './naive-invoice-checks.ts';
import type { PaymentAnswers } from './sandbox-payments.ts';

/** One finding, as a comparable text: "invoice.missing 1042". */
export type NaiveFinding = `${string} ${number}`;

const INVOICED = ['500', '510', '520', '540', '550'];
const STATUSES = [
  '50',
  '100',
  '200',
  '300',
  '350',
  '400',
  '450',
  '500',
  '510',
  '520',
  '540',
  '544',
  '545',
  '546',
  '547',
].concat('550', '600');
const CANCEL_STATUSES: (string | null)[] = [
  ...[null, 'waiting', 'confirmation_waiting', 'confirmed', 'approved', 'rejected'],
  ...['waiting_for_payment', 'manuel_refund_need', 'completed'],
];
const ERP = ['400', '450', '500', '510', '520', '540', '544', '545', '550'];

/**
 * The definitions of the checks, sentence by sentence and as plainly as possible, over orders in the i1 shape: an
 * opinion of its own about what the planted orders must trip.
 */
export function naiveFindings(orders: readonly WireOrder[], nowMs: number): NaiveFinding[] {
  const found: NaiveFinding[] = [];
  for (const order of orders) {
    const checks = [...checksTripped(order, nowMs), ...invoiceChecksTripped(order, nowMs)];
    for (const check of checks) found.push(`${check} ${order.id}`);
  }
  for (const id of ordersBehindGaps(orders)) found.push(`invoice.gap ${id}`);
  return [...found, ...duplicates(orders)].sort();
}

function checksTripped(order: WireOrder, nowMs: number): string[] {
  const lines = order.orderitem_set;
  const tripped: string[] = [];
  if (lines.some((line) => line.price_currency !== order.currency)) {
    tripped.push('amount.currency');
  } else {
    const prices = lines.reduce((sum, line) => sum + micros(line.price), 0n);
    const fees = micros(order.installment_interest_amount) + micros(order.shipping_interest_amount);
    const expected = prices + micros(order.shipping_amount) - micros(order.discount_amount) + fees;
    if (expected !== micros(order.amount)) tripped.push('amount.total');
  }
  if (micros(order.net_shipping_amount) !== micros(order.shipping_amount) + micros(order.shipping_interest_amount)) {
    tripped.push('amount.shipping');
  }
  if (micros(order.refund_amount) > micros(order.amount)) tripped.push('refund.exceeds-order');
  const takenBack = lines.some((line) => line.status === '600' || line.cancel_status === 'completed');
  if (micros(order.refund_amount) === 0n && takenBack) tripped.push('refund.missing');
  const invoicedSomewhere = Boolean(order.invoice_number) || lines.some((line) => line.invoice_number);
  if (INVOICED.includes(order.status) && !invoicedSomewhere) tripped.push('invoice.missing');
  if (order.invoice_number && lines.some((line) => (line.invoice_number || null) !== order.invoice_number)) {
    tripped.push('invoice.line-mismatch');
  }
  const discounts = lines.reduce((sum, line) => sum + micros(line.discount_amount), 0n);
  const interests = lines.reduce((sum, line) => sum + micros(line.installment_interest_amount), 0n);
  if (lines.every((line) => line.price_currency === order.currency)) {
    if (discounts !== micros(order.discount_amount)) tripped.push('amount.discount');
    if (interests !== micros(order.installment_interest_amount)) tripped.push('amount.interest');
  }
  if (order.currency === 'try' && lines.some((line) => !isRateValid(line.tax_rate, order.date_placed))) {
    tripped.push('amount.tax');
  }
  if (amountsOf(order).some((amount) => micros(amount) < 0n)) tripped.push('amount.negative');
  if (lines.some((line) => line.cancel_status === 'manuel_refund_need')) tripped.push('refund.manual-needed');
  const known = (status: string) => STATUSES.includes(status);
  const strange = lines.some((line) => !known(line.status) || !CANCEL_STATUSES.includes(line.cancel_status));
  if (!known(order.status) || strange) tripped.push('data.unknown-status');
  const allCancelled = lines.every((line) => line.cancel_status === 'completed');
  const old = Date.parse(order.date_placed) < nowMs - 24 * 3_600_000;
  if (!order.is_send && ERP.includes(order.status) && !allCancelled && old) tripped.push('erp.not-sent');
  return tripped;
}

/** Turkey's rates of value added tax; 8 and 18 became 10 and 20 on 10 July 2023. */
function isRateValid(rate: string, placed: string): boolean {
  const day = new Date(Date.parse(placed) + 3 * 3_600_000).toISOString().slice(0, 10);
  return ['0.00', '1.00', ...(day < '2023-07-10' ? ['8.00', '18.00'] : ['10.00', '20.00'])].includes(rate);
}

function amountsOf(order: WireOrder): (string | number)[] {
  return [
    ...[order.amount, order.shipping_amount, order.net_shipping_amount, order.discount_amount],
    ...[order.installment_interest_amount, order.shipping_interest_amount],
    ...[order.refund_amount, order.discount_refund_amount, order.shipping_refund_amount],
    ...order.orderitem_set.flatMap((line) => [line.price, line.discount_amount, line.installment_interest_amount]),
  ];
}

/** The same for the checks that look at an order's payments: what was paid, paid back and planned. */
export function naivePaymentFindings(
  order: WireOrder,
  { detailed, discounts, plans }: PaymentAnswers,
  nowMs: number,
): NaiveFinding[] {
  const done = TRANSACTION_SETS.flatMap((set) => detailed[set] as Answer[]).filter((one) => one.is_succeeded === true);
  const paid = done.filter((one) => one.transaction_type === 'purchase').map(amountOf);
  const back = done.filter((one) => one.transaction_type === 'refund');
  const refund = micros(order.refund_amount);
  const lines = order.orderitem_set;
  const tripped: string[] = [];
  if (sum(paid) !== micros(order.amount)) tripped.push('amount.payment');
  if (sum(discounts.map(amountOf)) !== micros(order.discount_amount)) tripped.push('amount.discount');
  if (sum(back.map(amountOf)) !== refund) tripped.push('refund.transactions');
  const takenBack = lines.some((line) => line.cancel_status !== null || ['100', '600'].includes(line.status));
  if (refund > 0n && !takenBack && plans.length === 0) tripped.push('refund.without-cancellation');
  const completed = plans.filter((plan) => plan.status === 'completed');
  if (completed.length > 0 && sum(completed.map((plan) => micros(String(plan.refund_amount)))) !== refund) {
    tripped.push('refund.plan');
  }
  const twoWeeksAgo = new Date(nowMs - 14 * 86_400_000).toISOString();
  const waits = (plan: Answer) => !['completed', 'rejected', 'manuel_refund_need'].includes(String(plan.status));
  if (plans.some((plan) => waits(plan) && String(plan.created_date) < twoWeeksAgo)) tripped.push('refund.stuck');
  const equal = (one: Answer, other: Answer, keys: string[]) =>
    one !== other && keys.every((key) => String(one[key]) === String(other[key]));
  const twice = (list: Answer[], keys: string[]) => list.some((one) => list.some((other) => equal(one, other, keys)));
  const oneSet = TRANSACTION_SETS.some((set) =>
    twice(
      back.filter((one) => (detailed[set] as Answer[]).includes(one)),
      ['amount'],
    ),
  );
  if ((oneSet && plans.length < 2) || twice(completed, ['refund_amount', 'order_items'])) tripped.push('refund.double');
  return tripped.map((check): NaiveFinding => `${check} ${order.id}`);
}

type Answer = Record<string, unknown>;

const amountOf = (answer: Answer): bigint => micros(String(answer.amount));
const sum = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

function duplicates(orders: readonly WireOrder[]): NaiveFinding[] {
  const owners = new Map<string, Set<number>>();
  for (const order of orders) {
    for (const number of [order.invoice_number, ...order.orderitem_set.map((line) => line.invoice_number)]) {
      if (number) owners.set(number, (owners.get(number) ?? new Set()).add(order.id));
    }
  }
  const shared = new Set<number>();
  for (const ids of owners.values()) if (ids.size > 1) for (const id of ids) shared.add(id);
  return [...shared].map((id): NaiveFinding => `invoice.duplicate ${id}`);
}

/** Millionths, from a decimal text or a JSON number. */
function micros(amount: string | number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(String(amount));
  if (match === null) throw new Error(`${amount} is no plain decimal amount`);
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -value : value;
}
