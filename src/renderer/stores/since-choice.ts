import { startOfDay } from '../../shared/period.ts';

export const SINCE_PRESETS = ['today', 'week', 'month'] as const;

/** Since when changes are asked for: a preset that moves with the calendar, or a day. */
export type SinceChoice = { preset: (typeof SINCE_PRESETS)[number] } | { preset: 'day'; day: string };

/** The business day, `YYYY-MM-DD`, that a choice means on `today`; weeks begin on Monday. */
export function sinceDay(choice: SinceChoice, today: string): string {
  switch (choice.preset) {
    case 'today':
      return today;
    case 'month':
      return `${today.slice(0, 8)}01`;
    case 'day':
      return choice.day;
    case 'week': {
      const date = new Date(`${today}T00:00:00Z`);
      date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
      return date.toISOString().slice(0, 10);
    }
  }
}

/** The instant at which a business day begins, as the contract takes it. */
export function sinceInstant(day: string, timeZone: string): string {
  return new Date(startOfDay(day, timeZone)).toISOString();
}
