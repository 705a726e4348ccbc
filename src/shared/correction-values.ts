import type { CorrectionField, FieldValue } from './corrections.ts';
import { isBusinessDay } from './period.ts';

/** Letters, digits and . / _ - signs and blanks, not at the start, so that no number can be read as a formula. */
const INVOICE_NUMBER = /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,127}$/u;
const LONGEST_ADDRESS = 2_000;
/** The zone that is furthest ahead of UTC, in milliseconds (IANA: Pacific/Kiritimati). */
const FURTHEST_AHEAD_MS = 14 * 3_600_000;

/**
 * The value of a correction field as it may be queued, or null where Omnitron could not take it. Texts are trimmed.
 * The sent flag can only be set (taking it back is not documented); nothing can be cleared (nor is that). An invoice is
 * not dated later than the day it is anywhere on earth at `nowMs`, epoch milliseconds.
 */
export function acceptedValue(field: CorrectionField, value: FieldValue, nowMs: number): FieldValue {
  if (field === 'is_send') return value === true ? true : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  switch (field) {
    case 'invoice_number':
      return INVOICE_NUMBER.test(text) ? text : null;
    case 'invoice_date':
      return isBusinessDay(text) && text <= latestDay(nowMs) ? text : null;
    case 'e_archive_url':
      return isWebAddress(text) ? text : null;
  }
}

/** The latest calendar day that any clock on earth shows. */
function latestDay(nowMs: number): string {
  return new Date(nowMs + FURTHEST_AHEAD_MS).toISOString().slice(0, 10);
}

/** A complete http(s) address without a user name or password. */
function isWebAddress(text: string): boolean {
  if (text.length > LONGEST_ADDRESS || /\s/.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return ['https:', 'http:'].includes(url.protocol) && url.username === '' && url.password === '';
}
