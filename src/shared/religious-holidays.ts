/**
 * The first days of Ramazan Bayramı (three days) and Kurban Bayramı (four days), which law 2429 makes public holidays, as
 * the calendar of the Presidency of Religious Affairs has them. It is published a year or two ahead; the days from 2027 on
 * follow from its rule (the crescent 8° from the sun and 5° above the horizon at sunset anywhere on earth). The afternoon
 * before, from 13:00, is a holiday too; banks settle in its morning, so the eve counts as a working day.
 */
const FIRST_DAYS: readonly (readonly [ramazan: string, kurban: string])[] = [
  ['2020-05-24', '2020-07-31'],
  ['2021-05-13', '2021-07-20'],
  ['2022-05-02', '2022-07-09'],
  ['2023-04-21', '2023-06-28'],
  ['2024-04-10', '2024-06-16'],
  ['2025-03-30', '2025-06-06'],
  ['2026-03-20', '2026-05-27'],
  ['2027-03-09', '2027-05-16'],
  ['2028-02-26', '2028-05-05'],
  ['2029-02-14', '2029-04-24'],
  ['2030-02-04', '2030-04-13'],
];
const RAMAZAN_DAYS = 3;
const KURBAN_DAYS = 4;
const DAY_MS = 86_400_000;

const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, day) => new Date(Date.parse(first) + day * DAY_MS).toISOString().slice(0, 10));

const DAYS: ReadonlySet<string> = new Set(
  FIRST_DAYS.flatMap(([ramazan, kurban]) => [...daysFrom(ramazan, RAMAZAN_DAYS), ...daysFrom(kurban, KURBAN_DAYS)]),
);

/** The first and the last day of the years whose religious holidays are known. */
export const RELIGIOUS_KNOWN = { from: '2020-01-01', to: '2030-12-31' } as const;

/** True for a whole day of Ramazan or Kurban Bayramı; null for a day of a year that is not known. */
export function isReligiousHoliday(day: string): boolean | null {
  return day < RELIGIOUS_KNOWN.from || day > RELIGIOUS_KNOWN.to ? null : DAYS.has(day);
}
