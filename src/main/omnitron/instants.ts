const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The runtime reads 31 February as 3 March; a day that is not in the calendar is refused instead. */
function isCalendarDay(day: string): boolean {
  if (day.slice(8) <= '28') return !Number.isNaN(Date.parse(day));
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/**
 * Epoch milliseconds of an ISO 8601 instant as Omnitron writes it (contract, section 14: UTC, up to microseconds, which
 * are cut to milliseconds here); null for text that is none: no zone, or a day that is not in the calendar.
 */
export function instantMs(text: string): number | null {
  const match = INSTANT.exec(text);
  if (match === null || !isCalendarDay(match[1] ?? '')) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** True for an invoice date as documented: an instant, or a bare `YYYY-MM-DD`. */
export function isInvoiceDate(text: string): boolean {
  return DAY.test(text) ? isCalendarDay(text) : instantMs(text) !== null;
}
