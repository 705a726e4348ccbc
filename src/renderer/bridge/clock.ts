import { businessDay } from '../../shared/period.ts';

/** Today's business day, `YYYY-MM-DD`, in a time zone. The window's only look at the clock. */
export function today(timeZone: string): string {
  return businessDay(Date.now(), timeZone);
}
