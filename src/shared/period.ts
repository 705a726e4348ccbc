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

/** What to add to a UTC instant to get the wall-clock time of `zone` at that instant, milliseconds. */
export function zoneOffsetMs(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1000) * 1000;
}

/** The instant at which `day` begins in `zone`. Where clocks skip midnight, the first instant after it. */
export function startOfDay(day: string, zone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`);
  const first = wall - zoneOffsetMs(wall, zone);
  return wall - zoneOffsetMs(first, zone);
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
