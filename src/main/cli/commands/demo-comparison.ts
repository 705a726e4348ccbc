import type { CorrectionRow } from '../../../shared/corrections.ts';
import type { Finding } from '../../../shared/findings.ts';
import type { PlantedDiscrepancy } from '../../sandbox/planting.ts';

/** What was planted and not found, and what was found and not planted; each as `check order-id`. */
export interface Comparison {
  expected: number;
  found: number;
  missing: string[];
  unexpected: string[];
}

/** The check whose finding goes away once a correction of this field is applied. */
const REMEDY: Readonly<Record<string, string>> = { is_send: 'erp.not-sent', invoice_number: 'invoice.missing' };

const key = (check: string, orderId: number): string => `${check} ${orderId}`;

/** Holds the findings against what the sandbox planted, less what corrections have put right in it since. */
export function compareWithPlanted(
  planted: readonly PlantedDiscrepancy[],
  corrections: readonly CorrectionRow[],
  found: readonly Finding[],
): Comparison {
  const remedied = new Set(
    corrections
      .filter((row) => row.state === 'applied')
      .flatMap((row) => row.fields.map(({ field }) => key(REMEDY[field] ?? '', row.order.id))),
  );
  const expected = planted.map(({ check, orderId }) => key(check, orderId)).filter((each) => !remedied.has(each));
  const actual = found.map(({ check, subject }) => key(check, subject));
  return {
    expected: expected.length,
    found: actual.length,
    missing: without(expected, actual),
    unexpected: without(actual, expected),
  };
}

function without(these: readonly string[], those: readonly string[]): string[] {
  const others = new Set(those);
  return these.filter((each) => !others.has(each));
}

/** True when every planted discrepancy was found and no other. */
export function isExact({ missing, unexpected, expected, found }: Comparison): boolean {
  return missing.length === 0 && unexpected.length === 0 && expected === found;
}
