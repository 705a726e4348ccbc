import type { CorrectionField, FieldValue } from '../../shared/corrections.ts';
import { isNone } from '../../shared/text.ts';

/** One field of a correction beside what Omnitron says now. */
export interface ComparedField {
  field: CorrectionField;
  /** What the accountant saw. */
  base: FieldValue;
  /** What the accountant wants. */
  target: FieldValue;
  /** What Omnitron holds now; undefined where the reading does not carry the field. */
  server: FieldValue | undefined;
}

/**
 * The three-way compare of one field. `done`: Omnitron already holds the target. `send`: it still holds what the
 * accountant saw. `conflict`: it holds something else, or does not say.
 */
export type FieldVerdict = 'done' | 'send' | 'conflict';

/** Compares one field: "" and null are both "none"; invoice dates are compared as instants. */
export function compareField({ field, base, target, server }: ComparedField): FieldVerdict {
  if (server === undefined) return 'conflict';
  if (sameValue(field, server, target)) return 'done';
  return sameValue(field, server, base) ? 'send' : 'conflict';
}

/** Whether two values of a field say the same. */
export function sameValue(field: CorrectionField, a: FieldValue, b: FieldValue): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  if (isNone(a) || isNone(b)) return isNone(a) && isNone(b);
  if (field !== 'invoice_date') return a === b;
  const [first, second] = [instantOf(a), instantOf(b)];
  return first === null || second === null ? a === b : first === second;
}

/** Epoch milliseconds of an invoice date: a bare day is midnight UTC (contract, section 14). */
function instantOf(text: string): number | null {
  const instant = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  return Number.isNaN(instant) ? null : instant;
}

/** The value as it is sent: an invoice date as midnight UTC, so that no time zone can move it to another day. */
export function wireValue(field: CorrectionField, target: FieldValue): FieldValue {
  return field === 'invoice_date' && typeof target === 'string' ? `${target}T00:00:00.000000Z` : target;
}
