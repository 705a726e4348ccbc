import { startOfDay } from '../../shared/period.ts';
import type { Closing } from '../../shared/rules.ts';

export const SINCE_PRESETS = ['today', 'week', 'month'] as const;

/** Since when changes are asked for: a preset that moves with the calendar, a day, or the instant of the last close. */
export type SinceChoice = { preset: (typeof SINCE_PRESETS)[number] | 'close' } | { preset: 'day'; day: string };

/** The choice that can be shown: without a closed period there is no close, and the week stands in for it. */
export function sinceShown(choice: SinceChoice, closing: Closing | null): SinceChoice {
  return choice.preset === 'close' && closing === null ? { preset: 'week' } : choice;
}

/** The business day, `YYYY-MM-DD`, that a choice means on `today`; weeks begin on Monday. The close has no day. */
export function sinceDay(choice: SinceChoice, today: string): string {
  switch (choice.preset) {
    case 'close':
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
