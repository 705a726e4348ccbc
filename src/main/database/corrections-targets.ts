import type { SqliteFile } from './open.ts';

/** Prepares the reading of those of the given orders that `cache.db` holds as not sent, in the given order. */
export function prepareUnsentOrders(
  cache: SqliteFile,
): (orderIds: readonly number[]) => { id: number; number: string }[] {
  // CROSS JOIN keeps this order of the loops: the list outside, the key's look-up inside. The other way round is quadratic.
  const unsent = cache.prepare<[string], { id: number; number: string }>(
    `SELECT o.id, o.number FROM json_each(?) AS wanted CROSS JOIN orders o ON o.id = wanted.value
     WHERE o.sent = 0 ORDER BY wanted.key`,
  );
  return (orderIds) => unsent.all(JSON.stringify(orderIds));
}
