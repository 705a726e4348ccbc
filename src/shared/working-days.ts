import { isBusinessDay, nextDay } from './period.ts';
import { isReligiousHoliday } from './religious-holidays.ts';
import type { SourceCalendar, WorkingCalendar } from './rules.ts';

/** Turkish public holidays with a fixed date, `MM-DD` (law 2429). The afternoon of 28 October counts as a working day. */
const FIXED_HOLIDAYS: readonly string[] = ['01-01', '04-23', '05-01', '05-19', '07-15', '08-30', '10-29'];

/** Monday to Friday without Turkish public holidays: the calendar of a source that has none of its own. */
export const DEFAULT_CALENDAR: WorkingCalendar = { weekend: [0, 6], holidays: 'turkey', closed: [], open: [] };

/** The source of a statement: its kind, and the profile that it was read by. */
export interface SourceOfStatement {
  kind: string;
  profile: string | null;
}

/** The calendar of a source: that of its profile, else of its kind, else {@link DEFAULT_CALENDAR}. */
export function calendarOf(
  calendars: readonly SourceCalendar[],
  { kind, profile }: SourceOfStatement,
): WorkingCalendar {
  const named = (source: string | null): SourceCalendar | undefined => calendars.find((each) => each.source === source);
  return named(profile) ?? named(kind) ?? DEFAULT_CALENDAR;
}

/** Whether a source works on a day, `YYYY-MM-DD`; null where that hangs on religious holidays of a year that is not known. */
export function isWorkingDay(day: string, { weekend, holidays, closed, open }: WorkingCalendar): boolean | null {
  if (open.includes(day)) return true;
  if (closed.includes(day) || weekend.includes(new Date(`${day}T00:00:00Z`).getUTCDay())) return false;
  if (holidays === 'none') return true;
  if (FIXED_HOLIDAYS.includes(day.slice(5))) return false;
  if (holidays === 'fixed') return true;
  const religious = isReligiousHoliday(day);
  return religious === null ? null : !religious;
}

/**
 * The day that is `count` working days after `day`, neither counting `day` itself; with 0 it is `day`. Null where a day on
 * the way is one of which {@link isWorkingDay} does not know: nothing is guessed.
 * @throws RangeError for a day that is none
 */
export function addWorkingDays(day: string, count: number, calendar: WorkingCalendar): string | null {
  if (!isBusinessDay(day)) throw new RangeError(`${day} is not a day`);
  let reached = day;
  for (let left = count; left > 0; ) {
    reached = nextDay(reached);
    const works = isWorkingDay(reached, calendar);
    if (works === null) return null;
    if (works) left -= 1;
  }
  return reached;
}
