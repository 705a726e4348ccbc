import type { MappedPayments } from '../omnitron/map-payments.ts';
import type { SqliteFile } from './open.ts';

/** What storing the payments of one order did. `older` = a reading that began later is held; `unknown` = no such order. */
export type PaymentsOutcome = 'stored' | 'older' | 'unknown';

export interface PaymentStore {
  /** Replaces what is held of an order's payments, in one transaction. */
  store(payments: MappedPayments, place: { reading: number; nowMs: number }): PaymentsOutcome;
  /** Keeps of held orders that their payments are still to be read, beside what is kept of those that failed before. */
  noteOwed(orderIds: readonly number[], nowMs: number): void;
  /** Keeps why a reading failed, unless the order is not held, or a later reading of it went well. */
  noteFailure(
    orderId: number,
    failure: { reading: number; problem: { code: string; message: string }; nowMs: number },
  ): void;
}

/** The code under which an order is kept whose payments are still to be read: nothing has failed. */
export const OWED = 'CANCELLED';

const jsonOf = (ids: number[] | null): string | null => (ids === null ? null : JSON.stringify(ids));

/** Prepares the statements that store payments. They go with their order. */
export function preparePaymentStore(cache: SqliteFile): PaymentStore {
  const version = cache.prepare<[number], number>('SELECT version FROM orders WHERE id = ?').pluck();
  const held = cache.prepare<[number], number>('SELECT reading FROM payment_readings WHERE order_id = ?').pluck();
  const drop = cache.prepare('DELETE FROM payment_readings WHERE order_id = ?');
  const begin = cache.prepare(
    'INSERT INTO payment_readings (order_id, reading, read_ms, order_version) VALUES (?, ?, ?, ?)',
  );
  const transaction = cache.prepare(
    `INSERT INTO transactions (order_id, set_name, id, type, succeeded, amount, currency, created, created_ms, reference)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const discount = cache.prepare(
    'INSERT INTO discount_items (order_id, id, name, type, amount, line_ids) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const plan = cache.prepare(
    `INSERT INTO cancellation_plans (order_id, id, type, status, refund_amount, created, modified, line_ids)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const unreadable = cache.prepare('INSERT INTO unreadable_payments (order_id, part, path, code) VALUES (?, ?, ?, ?)');

  const forgetFailure = cache.prepare('DELETE FROM payment_failures WHERE order_id = ?');
  const failed = cache.prepare(
    `INSERT OR REPLACE INTO payment_failures (order_id, code, message, failed_ms)
     SELECT o.id, ?, ?, ? FROM orders o WHERE o.id = ?
       AND NOT EXISTS (SELECT 1 FROM payment_readings p WHERE p.order_id = o.id AND p.reading > ?)`,
  );

  const owed = cache.prepare(
    `INSERT OR IGNORE INTO payment_failures (order_id, code, message, failed_ms)
     SELECT o.id, '${OWED}', '', ? FROM orders o WHERE o.id = ?`,
  );
  const noteOwed = cache.transaction((orderIds: readonly number[], nowMs: number): void => {
    for (const id of orderIds) owed.run(nowMs, id);
  });

  const store = cache.transaction(
    (payments: MappedPayments, { reading, nowMs }: { reading: number; nowMs: number }): PaymentsOutcome => {
      const { orderId } = payments;
      const orderVersion = version.get(orderId);
      if (orderVersion === undefined) return 'unknown';
      if ((held.get(orderId) ?? 0) > reading) return 'older';
      drop.run(orderId);
      forgetFailure.run(orderId);
      begin.run(orderId, reading, nowMs, orderVersion);
      for (const each of payments.transactions) {
        const { id, set, type, succeeded, amount, currency, created, createdMs, reference } = each;
        transaction.run(orderId, set, id, type, succeeded ? 1 : 0, amount, currency, created, createdMs, reference);
      }
      for (const { id, name, type, amount, lineIds } of payments.discountItems) {
        discount.run(orderId, id, name, type, amount, jsonOf(lineIds));
      }
      for (const { id, type, status, refund, created, modified, lineIds } of payments.plans) {
        plan.run(orderId, id, type, status, refund, created, modified, jsonOf(lineIds));
      }
      for (const { part, path, code } of payments.unreadable) unreadable.run(orderId, part, path, code);
      return 'stored';
    },
  );
  return {
    store: (payments, place) => store.immediate(payments, place),
    noteOwed: (orderIds, nowMs) => noteOwed.immediate(orderIds, nowMs),
    noteFailure(orderId, { reading, problem, nowMs }) {
      failed.run(problem.code, problem.message, nowMs, orderId, reading);
    },
  };
}
