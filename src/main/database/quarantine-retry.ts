import type { MappedOrder } from '../omnitron/mapped-order.ts';
import type { SqliteFile } from './open.ts';
import type { OrderStore } from './orders-write.ts';

/** What an order looked like when it was read again: the contract's order, or where it still breaks the contract. */
export type Retried = { ok: true; order: MappedOrder } | { ok: false; path: string; code: string };

export interface QuarantineRetry {
  /** One transaction: the order is stored and let out of quarantine, or stays there with what is wrong now. */
  apply(orderId: number, retried: Retried, args: { reading: number; nowMs: number }): void;
}

/** Prepares the statements for quarantined orders that are read again by themselves. */
export function prepareQuarantineRetry(cache: SqliteFile, orders: OrderStore): QuarantineRetry {
  const release = cache.prepare('DELETE FROM quarantine WHERE order_id = ?');
  const stay = cache.prepare('UPDATE quarantine SET page = 0, path = ?, code = ?, seen_ms = ? WHERE order_id = ?');

  const apply = cache.transaction<QuarantineRetry['apply']>((orderId, retried, { reading, nowMs }) => {
    if (!retried.ok) {
      stay.run(retried.path, retried.code, nowMs, orderId);
      return;
    }
    const { order } = retried;
    const { outcome } = orders.store(order, { passId: null, reading, nowMs });
    if (outcome === 'foreign-line') stay.run('orderitem_set', 'line_of_another_order', nowMs, order.id);
    else release.run(order.id);
  });

  return { apply: (...args) => apply.immediate(...args) };
}
