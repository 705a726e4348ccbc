import type { SqliteFile } from '../database/open.ts';
import { noteTouchedNumbers, refreshGaps } from './invoice-gaps.ts';
import { refreshUses } from './invoice-uses.ts';
import { refreshPairs } from './oms-pairs.ts';

/** The tables that checks share, made from orders, lines and OMS. */
export const DERIVED = ['invoice_uses', 'invoice_gaps', 'oms_pairs'] as const;

/**
 * Brings the tables that checks share up to date with orders, lines and OMS: all of them, or what the touched orders
 * have. `temporary` makes tables of this connection that hide the stored ones, and only where those are behind.
 */
export function refreshDerived(file: SqliteFile, how: { all: boolean; temporary: boolean }): void {
  if (how.temporary) {
    for (const table of DERIVED) file.exec(`DROP TABLE IF EXISTS temp.${table}`);
    const current = 'SELECT NOT EXISTS (SELECT 1 FROM main.touched_orders) AND EXISTS (SELECT 1 FROM main.check_run)';
    if (file.prepare(current).pluck().get() === 1) return;
  }
  const some = !how.all && !how.temporary;
  if (some) noteTouchedNumbers(file);
  refreshUses(file, how);
  if (some) noteTouchedNumbers(file);
  refreshGaps(file, how);
  refreshPairs(file, how);
}
