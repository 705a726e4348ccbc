import type { Period } from '../../shared/period.ts';
import { sqlList } from '../reconcile/check.ts';
import { CHECK_CODES } from '../reconcile/checks/catalogue.ts';
import type { SqliteFile } from './open.ts';
import { periodCondition } from './order-filter.ts';

/** Checks whose findings payments help to explain. */
const MONEY_CHECKS = CHECK_CODES.filter((code) => code.startsWith('amount.') || code.startsWith('refund.'));

/**
 * Which orders' payments to read: those of a period with any finding; or those that changed with one about money, no more
 * than `limit`, and those owed since an earlier run, no more than `most` in all.
 */
export type PaymentsWanted =
  | { of: 'period'; period: Period; timeZone: string; readBeforeMs: number }
  | { of: 'changed'; limit: number; most: number };

/** Held orders whose payments are not held, or no longer as they may be, and worth reading. */
export function ordersWithPaymentsDue(file: SqliteFile, wanted: PaymentsWanted): number[] {
  if (wanted.of === 'period') return ordersWithFindings(file, wanted);
  const changed = wanted.limit > 0 ? ordersWithFindings(file, wanted) : [];
  return [...changed, ...ordersOwed(file, wanted.most - changed.length)];
}

/** Orders whose payments could not be read, or not yet; the one that has waited longest for a try first. */
function ordersOwed(file: SqliteFile, limit: number): number[] {
  return file
    .prepare<[number], number>(
      `SELECT o.id FROM payment_failures f JOIN orders o ON o.id = f.order_id
       WHERE o.vanished_ms IS NULL ORDER BY f.failed_ms, o.id DESC LIMIT ?`,
    )
    .pluck()
    .all(limit);
}

/** Orders with a finding whose payments are not held, or no longer as they may be; the newest first. */
function ordersWithFindings(file: SqliteFile, wanted: PaymentsWanted): number[] {
  const condition =
    wanted.of === 'period'
      ? periodCondition(wanted.period, wanted.timeZone)
      : {
          sql: `EXISTS (SELECT 1 FROM findings f WHERE f.order_id = o.id AND f.check_code IN (${sqlList(MONEY_CHECKS)}))
            AND o.id NOT IN (SELECT order_id FROM payment_failures)`,
          values: [],
        };
  const isOld = wanted.of === 'period' ? 'p.read_ms < ?' : 'p.order_version <> o.version';
  const limit = wanted.of === 'period' ? -1 : wanted.limit;
  return file
    .prepare<unknown[], number>(
      `SELECT o.id FROM orders o LEFT JOIN payment_readings p ON p.order_id = o.id
       WHERE o.id IN (SELECT order_id FROM findings) AND o.vanished_ms IS NULL AND ${condition.sql}
         AND (p.order_id IS NULL OR ${isOld})
       ORDER BY o.date_placed_ms DESC, o.id DESC LIMIT ?`,
    )
    .pluck()
    .all(...condition.values, ...(wanted.of === 'period' ? [wanted.readBeforeMs] : []), limit);
}
