import type { FieldValue } from '../../shared/corrections.ts';

/** A value of a correction field in a table: lists and objects as JSON, "none" for what says nothing. */
export function shownValue(value: FieldValue): string {
  if (value === null || value === '') return 'none';
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}
