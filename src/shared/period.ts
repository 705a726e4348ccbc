import { AppError } from './errors.ts';

/** A period of business days, both inclusive, `YYYY-MM-DD`; null is open on that side. */
export interface Period {
  from: string | null;
  to: string | null;
}

/** The period as instants: `fromMs` inclusive, `toMs` exclusive, epoch milliseconds; null is open. */
export interface PeriodBounds {
  fromMs: number | null;
  toMs: number | null;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a real calendar day written `YYYY-MM-DD`. */
export function isBusinessDay(text: string): boolean {
  const match = DAY.exec(text);
  if (match === null) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** True when the runtime knows the IANA time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Making one takes far longer than using it. */
const wallClocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  wallClocks.set(zone, made);
  return made;
}

/** What to add to a UTC instant to get the wall-clock time of `zone` at that instant, milliseconds. */
export function zoneOffsetMs(instant: number, zone: string): number {
  const parts = wallClock(zone).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1000) * 1000;
}

/** No clock on earth differs from UTC by as much. */
const WIDEST_OFFSET_MS = 24 * 3_600_000;

/**
 * The instant at which `day` begins in `zone`: from it on the day there is `day` or later, a millisecond before it is
 * earlier. Where clocks skip midnight, or the whole day, that is the instant to which they skip.
 */
export function startOfDay(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let before = midnight - WIDEST_OFFSET_MS;
  let start = midnight + WIDEST_OFFSET_MS;
  // Searched for, not calculated from an offset: no rule says on which side of midnight clocks are changed.
  while (start - before > 1) {
    const middle = Math.floor((before + start) / 2);
    if (businessDay(middle, zone) < day) before = middle;
    else start = middle;
  }
  return start;
}

/** The business day, `YYYY-MM-DD`, that an instant falls on in `zone`. */
export function businessDay(instant: number, zone: string): string {
  return new Date(instant + zoneOffsetMs(instant, zone)).toISOString().slice(0, 10);
}

/** The calendar day after `day`. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/**
 * Cuts a period in the business time zone.
 * @throws AppError VALUE_INVALID for a day that is not one, or a period that ends before it begins.
 */
export function periodBounds(period: Period, zone: string): PeriodBounds {
  for (const day of [period.from, period.to]) {
    if (day !== null && !isBusinessDay(day)) {
      throw new AppError('VALUE_INVALID', `"${day.slice(0, 20)}" is not a day; write it as YYYY-MM-DD.`);
    }
  }
  if (period.from !== null && period.to !== null && period.to < period.from) {
    throw new AppError('VALUE_INVALID', `The period ends (${period.to}) before it begins (${period.from}).`);
  }
  return {
    fromMs: period.from === null ? null : startOfDay(period.from, zone),
    toMs: period.to === null ? null : startOfDay(nextDay(period.to), zone),
  };
}
