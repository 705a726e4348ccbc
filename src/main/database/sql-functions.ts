import { damagedRange } from '../../shared/damaged-key.ts';
import { type Micros, parseAmount, roundToCurrency } from '../../shared/money.ts';
import { workingCalendar } from '../../shared/rules.ts';
import { foldForSearch } from '../../shared/text.ts';
import { addWorkingDays } from '../../shared/working-days.ts';
import type { SqliteFile } from './open.ts';

/** Millionths in one. A rate is kept in millionths, a per cent too. */
const ONE = 1_000_000n;
const LIMIT = 9_223_372_036_854_775_807n;
/** Most days that are remembered. */
const MOST_DAYS = 10_000;

const stored = (value: Micros): Micros | null => (value > LIMIT || value < -LIMIT ? null : value);

/** A row's amount in the currency of its order, rounded to that currency; null where it would leave 64 bits. */
export function converted(amount: Micros, rate: Micros, currency: string): Micros | null {
  // Rounded once: what dividing loses is less than a millionth, and no currency has a unit as small.
  return stored(roundToCurrency((amount * rate) / ONE, currency));
}

/** So many per cent of an amount without its sign, rounded down to a millionth; null where it would leave 64 bits. */
export function percentOf(amount: Micros, percent: Micros): Micros | null {
  return stored(((amount < 0n ? -amount : amount) * percent) / (100n * ONE));
}

/** A fee by its schedule: a share of the amount, rounded to the currency, and a fixed sum. */
export function scheduledFee(amount: Micros, percent: Micros, fixed: Micros, currency: string): Micros | null {
  return stored(roundToCurrency((amount * percent) / (100n * ONE), currency) + fixed);
}

const days = new Map<string, string | null>();

/** What {@link addWorkingDays} answers, remembered: rows of a statement share their days. `calendar` is its JSON. */
function workingDayAfter(day: string, count: number, calendar: string): string | null {
  const name = `${day} ${count} ${calendar}`;
  const known = days.get(name);
  if (known !== undefined) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const found = addWorkingDays(day, count, workingCalendar.parse(JSON.parse(calendar)));
  days.set(name, found);
  return found;
}

/**
 * Gives a connection functions, so that SQL calculates as the rest of the program does: `converted(amount, rate,
 * currency)`, `percent_of(amount, percent)`, `scheduled_fee(amount, percent, fixed, currency)`, `micros(text)`,
 * `working_day_after(day, count, calendar)`, and `key_from(key)`, `key_to(key)` for the numbers that a damaged key may have been,
 * and `search_fold(text)` for searching. Each is NULL where an argument is.
 */
export function addSqlFunctions(file: SqliteFile): void {
  const define = <Args extends unknown[]>(
    name: string,
    work: (...args: Args) => unknown,
    safeIntegers = true,
  ): void => {
    file.function(name, { deterministic: true, safeIntegers, varargs: true }, (...args: unknown[]) =>
      args.some((value) => value === null) ? null : work(...(args as Args)),
    );
  };
  define('converted', converted);
  define('percent_of', percentOf);
  define('scheduled_fee', scheduledFee);
  define('micros', parseAmount);
  define('working_day_after', workingDayAfter, false);
  define('search_fold', foldForSearch);
  define('key_from', (key: string) => damagedRange(key)?.from ?? null);
  define('key_to', (key: string) => damagedRange(key)?.to ?? null);
}
