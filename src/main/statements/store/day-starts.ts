import { startOfDay } from '../../../shared/period.ts';

/** Some fifty years of days in one time zone. */
const MOST = 20_000;
const starts = new Map<string, number>();

/** When a day begins in the business time zone, epoch milliseconds. Working it out takes long, and files repeat days. */
export function dayStart(day: string, timeZone: string): number {
  const place = `${day} ${timeZone}`;
  const known = starts.get(place);
  if (known !== undefined) return known;
  const start = startOfDay(day, timeZone);
  if (starts.size < MOST) starts.set(place, start);
  return start;
}
