import type { Period } from './period.ts';

/** Languages in which the program writes for people. */
export type PeopleLanguage = 'en' | 'tr';

export interface AmountStyle {
  language: PeopleLanguage;
  /** `-1.234,56` or `(1.234,56)`. */
  negativeStyle: 'minus' | 'parentheses';
  /** The least number of decimals; digits beyond it are kept unless they are zeros. 2 where it is not given. */
  decimals?: number;
  /** Shows zero as a dash, as accounting layouts do. Empty stays empty: it means that there is no value. */
  zeroAsDash?: boolean;
}

const AMOUNT = /^(-?)(\d+)(?:\.(\d+))?$/;
const SEPARATORS = { en: { group: ',', decimal: '.' }, tr: { group: '.', decimal: ',' } } as const;
const ENGLISH_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DASH = '–';

function group(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator);
}

/**
 * Writes a decimal amount for people: `1.234,56` in Turkish, `1,234.56` in English. Works on the text, so that no digit
 * is lost and nothing is rounded. Null is no data and gives empty text; text that is no amount comes back as it is.
 */
export function formatAmountForPeople(amount: string | null, style: AmountStyle): string {
  if (amount === null) return '';
  const match = AMOUNT.exec(amount);
  if (match === null) return amount;
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '');
  const decimals = style.decimals ?? 2;
  const given = match[3] ?? '';
  const fraction = (given.slice(0, decimals) + given.slice(decimals).replace(/0+$/, '')).padEnd(decimals, '0');
  const isZero = !/[1-9]/.test(whole + fraction);
  if (isZero && style.zeroAsDash === true) return DASH;
  const { group: separator, decimal } = SEPARATORS[style.language];
  const size = fraction === '' ? group(whole, separator) : `${group(whole, separator)}${decimal}${fraction}`;
  if (match[1] === '' || isZero) return size;
  return style.negativeStyle === 'parentheses' ? `(${size})` : `-${size}`;
}

/**
 * Reads an amount as people type it in a language: `1.234,56` in Turkish, `1,234.56` in English; groups may be left out,
 * but where they are they must be whole, so that a sign meant as the other language's is refused and not misread. Gives
 * the decimal text with a point, or null for text that is no amount of zero or more.
 */
export function parseAmountForPeople(text: string, language: PeopleLanguage): string | null {
  const { group: separator, decimal } = SEPARATORS[language];
  const [whole = '', fraction, ...more] = text.trim().split(decimal);
  if (more.length > 0 || (fraction !== undefined && !/^\d{1,6}$/.test(fraction))) return null;
  const [first = '', ...groups] = whole.split(separator);
  if (!/^\d{1,15}$/.test(first) || groups.length > 4) return null;
  if (groups.length > 0 && (first.length > 3 || groups.some((each) => !/^\d{3}$/.test(each)))) return null;
  return `${first}${groups.join('')}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Writes a count with the grouping of the language: `12.345` or `12,345`. */
export function formatCount(count: number, language: PeopleLanguage): string {
  const digits = group(Math.abs(Math.trunc(count)).toString(), SEPARATORS[language].group);
  return count < 0 ? `-${digits}` : digits;
}

/** Writes a calendar day, `YYYY-MM-DD`: `05.03.2026` in Turkish, `05 Mar 2026` in English (no day-month mix-up). */
export function formatDay(day: string, language: PeopleLanguage): string {
  const [year, month, date] = day.split('-');
  if (year === undefined || month === undefined || date === undefined) return day;
  if (language === 'tr') return `${date}.${month}.${year}`;
  return `${date} ${ENGLISH_MONTHS[Number(month) - 1] ?? month} ${year}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter is a thousand times dearer than using it, and a grid formats thousands of cells. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(timeZone, made);
  return made;
}

function wallClock(instant: string, timeZone: string): { day: string; time: string } | null {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return null;
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  return {
    day: `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`,
    time: `${parts.get('hour')}:${parts.get('minute')}`,
  };
}

/** The day of an instant in a time zone, written for people. Text that is no instant comes back as it is. */
export function formatInstantDay(instant: string, language: PeopleLanguage, timeZone: string): string {
  const clock = wallClock(instant, timeZone);
  return clock === null ? instant : formatDay(clock.day, language);
}

/** Day and minute of an instant in a time zone: `05.03.2026 14:07`. Text that is no instant comes back as it is. */
export function formatInstant(instant: string, language: PeopleLanguage, timeZone: string): string {
  const clock = wallClock(instant, timeZone);
  return clock === null ? instant : `${formatDay(clock.day, language)} ${clock.time}`;
}

/**
 * The UTC calendar day, `YYYY-MM-DD`, of an instant; null for text that is no instant. Invoice dates are shown so: they
 * are written as midnight UTC, and any time zone would shift some of them to another day.
 */
export function utcDay(instant: string): string | null {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().slice(0, 10);
}

/** Writes an invoice date (an instant as Omnitron gives it, or a day as typed here) as its unshifted UTC day. */
export function formatInvoiceDate(value: string, language: PeopleLanguage): string {
  const day = utcDay(value);
  return day === null ? value : formatDay(day, language);
}

/**
 * Reads a day as people type it: `05.03.2026`, `5/3/2026`, `05 Mar 2026` or `2026-03-05` (day before month, always).
 * Gives `YYYY-MM-DD`, or null for text that is no real day.
 */
export function parseDayForPeople(text: string): string | null {
  const trimmed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed);
  if (iso !== null) return realDay(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(trimmed);
  if (dotted !== null) return realDay(dotted[3], dotted[2], dotted[1]);
  const named = /^(\d{1,2}) ([A-Za-z]{3}) (\d{4})$/.exec(trimmed);
  if (named === null) return null;
  const month = ENGLISH_MONTHS.findIndex((name) => name.toLowerCase() === named[2]?.toLowerCase());
  return month === -1 ? null : realDay(named[3], String(month + 1), named[1]);
}

function realDay(year = '', month = '', date = ''): string | null {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return utcDay(day) === day ? day : null;
}

/** Writes a period of business days: `01.03.2026 – 31.03.2026`; an open side is an ellipsis. */
export function formatPeriod(period: Period, language: PeopleLanguage): string {
  const side = (day: string | null): string => (day === null ? '…' : formatDay(day, language));
  return `${side(period.from)} ${DASH} ${side(period.to)}`;
}
