import type { CheckRules, ReaderService } from '../../src/main/engine/services.ts';
import type { PaymentBodies } from '../../src/main/omnitron/parse-payments.ts';
import type { Finding } from '../../src/shared/findings.ts';
import { CHECKING, ISTANBUL, NOW_MS, startEngine, storeOrders } from './engine.ts';
import { wireLine, wireOrder } from './wire-orders.ts';

/** What is answered about the payments of order 1. */
export interface PaymentsOfOne {
  /** By set; a purchase of 107.00 by card where nothing is said. */
  sets?: Record<string, readonly Record<string, unknown>[]>;
  discounts?: readonly Record<string, unknown>[] | { refused: string };
  plans?: readonly Record<string, unknown>[] | { refused: string };
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const list = (given: PaymentsOfOne['plans'] = []): PaymentBodies['plans'] =>
  'refused' in given ? given : { pages: [encode(given)] };

let pk = 0;

/** A transaction as a detailed order carries it: a succeeded purchase. */
export function transaction(amount: string, given: Record<string, unknown> = {}): Record<string, unknown> {
  pk += 1;
  const plain = { transaction_type: 'purchase', is_succeeded: true, created_date: '2026-01-05T10:00:00Z' };
  return { pk, ...plain, amount, ...given };
}

/** A succeeded refund. */
export function paidBack(amount: string, given: Record<string, unknown> = {}): Record<string, unknown> {
  return transaction(amount, { transaction_type: 'refund', ...given });
}

/** A cancellation plan of order 1: completed, over line 10. */
export function plan(refund: string | null, given: Record<string, unknown> = {}): Record<string, unknown> {
  pk += 1;
  const dates = { created_date: '2026-01-06T10:00:00Z', modified_date: '2026-01-06T10:00:00Z' };
  const plain = { order: 1, plan_type: 'refund', status: 'completed', order_items: [10] };
  return { pk, ...plain, refund_amount: refund, ...dates, ...given };
}

/** A line and an order with nothing wrong: 100.00 and 7.00 shipping, approved, not invoiced yet. */
export function plainLine(id: number, given: Record<string, unknown> = {}): Record<string, unknown> {
  return wireLine(id, { invoice_number: null, invoice_date: null, ...given });
}
export function plainOrder(given: Record<string, unknown> = {}): Record<string, unknown> {
  return wireOrder(1, { status: '400', invoice_number: null, orderitem_set: [plainLine(10)], ...given });
}

/** A store with order 1, checked: what one check finds, and how many orders it could not judge. */
export interface Checked {
  findings: Finding[];
  skipped: number;
}

export interface CheckCase {
  order: unknown;
  payments?: PaymentsOfOne;
  rules?: Partial<CheckRules>;
}

/** Stores order 1, with its payments where they are given, and answers what the check finds. */
export function checkOne(check: string, { order, payments, rules }: CheckCase): Checked {
  const { writer, reader } = startEngine();
  if (storeOrders(writer, [order]).quarantined > 0) throw new Error('the order of this test cannot be read');
  if (payments !== undefined) {
    const { sets = { transaction_set: [transaction('107.00')] }, discounts, plans } = payments;
    const { first: reading } = writer.reserveReadings({ count: 1 });
    const bodies = {
      detailed: encode({ pk: 1, transaction_set: [], ...sets }),
      discounts: list(discounts),
      plans: list(plans),
    };
    writer.applyPayments({ orderId: 1, bodies, reading, nowMs: NOW_MS });
  }
  writer.runChecks({ ...CHECKING, ...rules });
  return foundBy(check, reader());
}

/** What is stored of one check. */
export function foundBy(check: string, reader: Pick<ReaderService, 'findingsAll' | 'findingsSummary'>): Checked {
  const filter = { period: { from: null, to: null }, checks: [check], text: '' };
  const summary = reader.findingsSummary({ filter, timeZone: ISTANBUL }).find((each) => each.check === check);
  return { findings: reader.findingsAll({ filter, timeZone: ISTANBUL }), skipped: summary?.skipped ?? 0 };
}
