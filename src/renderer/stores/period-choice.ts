import type { Period } from '../../shared/period.ts';

export const PERIOD_PRESETS = ['thisMonth', 'lastMonth', 'quarter', 'year', 'all'] as const;
export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

/** What the period picker holds: a preset that moves with the calendar, or fixed days. */
export type PeriodChoice = { preset: PeriodPreset } | { preset: 'custom'; period: Period };

function day(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
}

/** The days that a choice means on `today` (a business day, `YYYY-MM-DD`). Quarters and years are calendar ones. */
export function periodOf(choice: PeriodChoice, today: string): Period {
  if (choice.preset === 'custom') return choice.period;
  if (choice.preset === 'all') return { from: null, to: null };
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  switch (choice.preset) {
    case 'thisMonth':
      return { from: day(year, month, 1), to: day(year, month + 1, 0) };
    case 'lastMonth':
      return { from: day(year, month - 1, 1), to: day(year, month, 0) };
    case 'quarter': {
      const first = month - (month % 3);
      return { from: day(year, first, 1), to: day(year, first + 3, 0) };
    }
    case 'year':
      return { from: day(year, 0, 1), to: day(year, 11, 31) };
  }
}
