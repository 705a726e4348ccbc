import { businessDay } from '../../shared/period.ts';

/** Epoch milliseconds. The window's only look at the clock. */
export function now(): number {
  return Date.now();
}

/** Today's business day, `YYYY-MM-DD`, in a time zone. */
export function today(timeZone: string): string {
  return businessDay(now(), timeZone);
}
