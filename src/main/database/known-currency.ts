import { isRetailCurrency } from '../../shared/currencies.ts';
import type { SqliteFile } from './open.ts';

/** Whether a code, lower case, is a currency: by the list, or because an order is in it. `local` has `cache.db` attached. */
export function isKnownCurrency(local: SqliteFile, code: string): boolean {
  if (isRetailCurrency(code)) return true;
  const held = local.prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM cache.orders WHERE currency = ?)').pluck();
  return held.get(code) === 1;
}
