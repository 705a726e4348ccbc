import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';

/** One finding, as a comparable text: "invoice.missing 1042". */
export type NaiveFinding = `${string} ${number}`;

const INVOICED = ['500', '510', '520', '540', '550'];
const ERP = ['400', '450', '500', '510', '520', '540', '544', '545', '550'];

/**
 * The definitions of the checks, sentence by sentence and as plainly as possible, over orders in the i1 shape: an
 * opinion of its own about what the planted orders must trip.
 */
export function naiveFindings(orders: readonly WireOrder[], nowMs: number): NaiveFinding[] {
  const found: NaiveFinding[] = [];
  for (const order of orders) {
    for (const check of checksTripped(order, nowMs)) found.push(`${check} ${order.id}`);
  }
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
  const allCancelled = lines.every((line) => line.cancel_status === 'completed');
  const old = Date.parse(order.date_placed) < nowMs - 24 * 3_600_000;
  if (!order.is_send && ERP.includes(order.status) && !allCancelled && old) tripped.push('erp.not-sent');
  return tripped;
}

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
