import { microsOf } from './calendar.ts';
import { fieldError, type Reply } from './reply.ts';

/** From and to in epoch microseconds, both included. */
export interface InstantRange {
  from: number;
  to: number;
}

/** A range without ends. */
export const ALWAYS: InstantRange = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** How the end of a range is named behind its field; `gt` and `lt` leave the instant itself out. */
export type RangeSuffix = 'gt' | 'gte' | 'lt' | 'lte';

/** The range that `<field>__gte` and its like span; null where none is given. */
export function readRange(
  field: string,
  given: (suffix: RangeSuffix) => string | null,
): InstantRange | null | { refusal: Reply } {
  const range = { ...ALWAYS };
  for (const suffix of ['gt', 'gte', 'lt', 'lte'] as const) {
    const text = given(suffix);
    if (text === null) continue;
    const micros = microsOf(text);
    if (micros === null) return { refusal: fieldError(`${field}__${suffix}`, 'Enter a valid date/time.') };
    if (suffix === 'gt' || suffix === 'gte') range.from = Math.max(range.from, suffix === 'gt' ? micros + 1 : micros);
    else range.to = Math.min(range.to, suffix === 'lt' ? micros - 1 : micros);
  }
  return Number.isFinite(range.from) || Number.isFinite(range.to) ? range : null;
}

/** True where there is no range or the instant lies in it. */
export function inRange(range: InstantRange | null, micros: number): boolean {
  return range === null || (micros >= range.from && micros <= range.to);
}
