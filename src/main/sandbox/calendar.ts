import { placeInSeries, SERIES_FROM_MS } from './dense-series.ts';
import { mix } from './random.ts';

const DAY_MS = 86_400_000;
/** Generated orders lie in the year that ends here, whatever the clock says, so that findings never depend on it. */
const LAST_INSTANT_MS = Date.UTC(2026, 5, 25);
const SPREAD_SECONDS = 359 * 86_400;

/** No generated order was placed, created or modified later than this, in epoch milliseconds. */
export const GENERATED_UNTIL_MS = LAST_INSTANT_MS;
/** No generated order was placed this long ago or longer before {@link GENERATED_UNTIL_MS}, in seconds. */
export const GENERATED_SPREAD_SECONDS = SPREAD_SECONDS;

/** Decides the texts of an order, and the fraction of the second at which it was placed. */
const PURPOSE_TEXTS = 7;

/** The hash from which the texts of the order with this index follow. */
export function textHash(seed: number, index: number): number {
  return mix(seed, index, PURPOSE_TEXTS);
}

/** When the order with this index was placed, in epoch microseconds: one in eight at a whole second. */
export function placedMicros(seed: number, index: number): number {
  const hash = textHash(seed, index);
  return placedAtMs(seed, index) * 1000 + (hash % 8 === 0 ? 0 : 1 + (hash % 999_999));
}

/** When the order with this index was placed, in epoch milliseconds (whole seconds). */
export function placedAtMs(seed: number, index: number): number {
  return LAST_INSTANT_MS - (mix(seed, index, 1) % SPREAD_SECONDS) * 1000;
}

/**
 * Midnight UTC of the day on which the order with this index is invoiced: one to three days after it was placed, or when
 * the series of its number begins.
 */
export function invoicedAtMs(seed: number, index: number): number {
  const placedDay = Math.floor(placedAtMs(seed, index) / DAY_MS);
  const invoicedMs = (placedDay + 1 + (mix(seed, index, 2) % 3)) * DAY_MS;
  return placeInSeries(index) === null ? invoicedMs : Math.max(invoicedMs, SERIES_FROM_MS);
}

/** `2026-03-04T11:22:33.004512Z`; no fraction where `micros` is 0, as Omnitron prints it (contract section 14). */
export function printInstant(epochMs: number, micros: number): string {
  const seconds = new Date(epochMs).toISOString().slice(0, 19);
  return micros === 0 ? `${seconds}Z` : `${seconds}.${String(micros).padStart(6, '0')}Z`;
}

/** Epoch microseconds as Omnitron prints an instant. */
export function printMicros(micros: number): string {
  const fraction = micros % 1_000_000;
  return printInstant((micros - fraction) / 1000, fraction);
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads an ISO date-time and prints it the way the server answers: UTC, "Z", a fraction only where it is not zero. Null
 * when the text is no valid date-time; a bare date is none.
 */
export function normaliseInstant(text: string): string | null {
  const instant = readInstant(text);
  return instant === null ? null : printInstant(instant.epochMs, instant.micros);
}

/** An ISO date-time in epoch microseconds, null when it is none. For comparing only: far years lose their last digits. */
export function microsOf(text: string): number | null {
  const instant = readInstant(text);
  return instant === null ? null : instant.epochMs * 1000 + instant.micros;
}

function readInstant(text: string): { epochMs: number; micros: number } | null {
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', fraction = '', zone = 'Z'] = match;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  if (new Date(local).toISOString().slice(0, 19) !== `${year}-${month}-${day}T${hour}:${minute}:${second}`) return null;
  return { epochMs: local - zoneOffsetMs(zone), micros: Number(fraction.padEnd(6, '0')) };
}

function zoneOffsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
