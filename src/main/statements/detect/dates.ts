import { businessDay, isBusinessDay } from '../../../shared/period.ts';

/** The order of day, month and year. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

const PARTED = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ,].*)?$/s;
const PACKED = /^(\d{4})(\d{2})(\d{2})(?:\d{6}|\d{4})?$/;
const SERIAL = /^(\d{5})(?:[.,]\d+)?$/;
const TIME = /^\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?:\s*(?:am|pm|öö|ös))?$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;
/** No date with its time is longer. */
const LONGEST = 60;
const DAY_MS = 86_400_000;
/** Day 0 of a workbook's calendar; it wrongly has a 29 February 1900, which later days make up for. */
const SERIAL_ZERO = Date.UTC(1899, 11, 30);
const EARLIEST = '1990-01-01';
const LATEST = '2100-12-31';

/** What a date cell may mean. */
export type DateReading =
  | { kind: 'certain'; day: string }
  | { kind: 'open'; dmy: string | null; mdy: string | null }
  | null;

/**
 * What a date's text can mean; times are left out, an instant with its zone is cut in the business time zone. A date with
 * points is day first everywhere; one with slashes or dashes may be either. Null = no date, or one before 1990 or after
 * 2100.
 */
export function readDate(text: string, timeZone: string): DateReading {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return null;
  if (INSTANT.test(trimmed)) {
    const instant = Date.parse(trimmed);
    return Number.isNaN(instant) ? null : certain(businessDay(instant, timeZone));
  }
  const parted = PARTED.exec(trimmed);
  if (parted !== null) return readParted(parted, trimmed);
  const packed = PACKED.exec(trimmed);
  if (packed !== null) return certain(`${packed[1]}-${packed[2]}-${packed[3]}`);
  const serial = SERIAL.exec(trimmed);
  return serial === null ? null : certain(serialDay(Number(serial[1])));
}

function readParted(match: RegExpExecArray, text: string): DateReading {
  const [, first = '', separator, second = '', third = ''] = match;
  const end = first.length + second.length + third.length + 2;
  const time = text.slice(end + 1).trim();
  if (time !== '' && !TIME.test(time)) return null;
  if (first.length === 4) return third.length > 2 ? null : certain(dayOf(first, second, third));
  const year = third.length === 2 ? `20${third}` : third;
  if (year.length !== 4 || first.length > 2) return null;
  const dmy = within(dayOf(year, second, first));
  if (separator === '.') return dmy === null ? null : { kind: 'certain', day: dmy };
  const mdy = within(dayOf(year, first, second));
  if (dmy === null && mdy === null) return null;
  return dmy === mdy && dmy !== null ? { kind: 'certain', day: dmy } : { kind: 'open', dmy, mdy };
}

function dayOf(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function within(day: string): string | null {
  return isBusinessDay(day) && day >= EARLIEST && day <= LATEST ? day : null;
}

function certain(day: string): DateReading {
  const checked = within(day);
  return checked === null ? null : { kind: 'certain', day: checked };
}

/** The day of a workbook's day number, whose calendar begins in 1900. */
export function serialDay(serial: number): string {
  return new Date(SERIAL_ZERO + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10);
}

/** The day of a date's text in the order that was found or chosen; null = it is none. */
export function dayUnder(order: DateOrder, reading: DateReading): string | null {
  if (reading === null) return null;
  if (reading.kind === 'certain') return reading.day;
  return order === 'mdy' ? reading.mdy : order === 'dmy' ? reading.dmy : null;
}

/** What the date column proves about the order of day and month. */
export interface DateEvidence {
  add(reading: DateReading, line: number): void;
  /** The order; null = unclear, with the line of a date that could be either, or the lines that contradict each other. */
  judge(): { order: DateOrder | null; lines: number[] };
}

/** Collects the evidence of one file. */
export function createDateEvidence(): DateEvidence {
  let dmy: number | null = null;
  let mdy: number | null = null;
  let either: number | null = null;
  return {
    add(reading, line) {
      if (reading === null || reading.kind === 'certain') return;
      if (reading.mdy === null) dmy ??= line;
      else if (reading.dmy === null) mdy ??= line;
      else either ??= line;
    },
    judge() {
      if (dmy !== null && mdy !== null) return { order: null, lines: [dmy, mdy] };
      if (mdy !== null) return { order: 'mdy', lines: [] };
      if (dmy !== null || either === null) return { order: 'dmy', lines: [] };
      return { order: null, lines: [either] };
    },
  };
}
