import type { TFunction } from 'i18next';

/** Codes of broken rows that the window has words for; the parser and zod give them. */
const REASONS = [
  'invalid_type',
  'invalid_value',
  'invalid_format',
  'too_small',
  'too_big',
  'too_long',
  'not_id',
  'not_amount',
  'not_instant',
  'not_count',
  'duplicate_id',
  'sum_too_large',
  'line_of_another_order',
] as const;

/** What is wrong with a row that was put aside, in words. */
export function quarantineReason(t: TFunction, code: string): string {
  return t(`quarantine.reason.${REASONS.find((known) => known === code) ?? 'other'}`);
}
