/**
 * The wait that a `Retry-After` header asks for, in milliseconds, or null where there is none or it says nothing.
 * Both forms are read: seconds and an HTTP date. A date is held against the server's own `Date` header where there is
 * one, so that a wrong clock on this computer does not matter.
 */
export function retryAfterMs(headers: { get(name: string): string | null }, nowMs: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const until = httpDate(text);
  if (until === null) return null;
  return Math.max(0, until - (httpDate(headers.get('date') ?? '') ?? nowMs));
}

/** An HTTP date names its weekday; anything else that the runtime would take for a date is not one. */
function httpDate(text: string): number | null {
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)) return null;
  // The third form of the standard (asctime) carries no zone and means UTC.
  const ms = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(ms) ? null : ms;
}
