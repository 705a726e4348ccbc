import type { Explanation } from '../../../shared/explanations.ts';
import type { CheckCode } from '../../../shared/findings.ts';
import type { SqliteFile } from '../../database/open.ts';
import { prepared } from '../prepared.ts';
import { explain } from './explain.ts';
import { readComponents } from './read-components.ts';

interface RawFinding {
  order_id: bigint | null;
  row_id: bigint | null;
  currency: string;
  expected: bigint | null;
  actual: bigint | null;
  difference: bigint | null;
}

const FINDING = `SELECT order_id, row_id, currency, expected, actual, difference FROM findings
  WHERE check_code = ? AND subject = ?`;

/**
 * The smallest explanation of a finding's difference from its order, the order's payments and the rows matched to it.
 * Null where the finding is not open (any more), has no difference or no order, or stays unexplained. `file` is `cache.db`
 * with `local.db` attached as `local`.
 */
export function explainFinding(
  file: SqliteFile,
  { check, subject }: { check: CheckCode; subject: number },
): Explanation | null {
  const found = prepared(file, FINDING).safeIntegers().get(check, subject) as RawFinding | undefined;
  if (found === undefined || found.difference === null || found.order_id === null) return null;
  const { row_id, currency, expected, actual, difference } = found;
  const parts = readComponents(file, Number(found.order_id), row_id === null ? null : Number(row_id));
  if (parts === null) return null;
  // In another currency than the order's, its amounts are no parts of the difference; a rate may still explain it.
  const own = parts.currency === currency ? parts : { components: [], lines: 0, rates: parts.rates };
  return explain({ ...own, difference, expected, actual, currency });
}
