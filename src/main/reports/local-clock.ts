import { formatDay } from '../../shared/format.ts';
import { zoneOffsetMs } from '../../shared/period.ts';
import type { Language } from './label-types.ts';

const DAY_MS = 86_400_000;
/** The spreadsheet serial number of 1970-01-01 (day 1 is 1900-01-01, and 1900 counts as a leap year). */
const EPOCH_SERIAL = 25_569;
/** Every offset of the time zone database since 1970 changes on a quarter of an hour. */
const QUARTER_MS = 900_000;
const CACHE_LIMIT = 50_000;

/** Turns instants into wall-clock time of the business time zone. Offsets are remembered: asking `Intl` is slow. */
export class LocalClock {
  readonly #zone: string;
  readonly #offsets = new Map<number, number>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  #wallMs(instant: number): number {
    const quarter = Math.floor(instant / QUARTER_MS);
    let offset = this.#offsets.get(quarter);
    if (offset === undefined) {
      if (this.#offsets.size >= CACHE_LIMIT) this.#offsets.clear();
      offset = zoneOffsetMs(quarter * QUARTER_MS, this.#zone);
      this.#offsets.set(quarter, offset);
    }
    return instant + offset;
  }

  /** The spreadsheet's serial number of the wall-clock time, in days, cut to whole seconds. */
  serial(instant: number): number {
    return Math.floor(this.#wallMs(instant) / 1000) / (DAY_MS / 1000) + EPOCH_SERIAL;
  }

  /** A date and time that spreadsheets of the language read as one: `2026-01-31 14:05:09` in English, `31.01.2026 14:05:09` in Turkish. */
  text(instant: number, language: Language): string {
    const [day = '', time = ''] = new Date(this.#wallMs(instant)).toISOString().split('T');
    return `${language === 'tr' ? formatDay(day, 'tr') : day} ${time.slice(0, 8)}`;
  }
}
