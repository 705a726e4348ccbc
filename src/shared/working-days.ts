import { isBusinessDay, nextDay } from './period.ts';

/** Turkish public holidays with a fixed date, `MM-DD`. Religious ones move and are not known here. */
const HOLIDAYS: readonly string[] = ['01-01', '04-23', '05-01', '05-19', '07-15', '08-30', '10-29'];

/** True for Monday to Friday, but for a Turkish public holiday with a fixed date. `day` is `YYYY-MM-DD`. */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.includes(day.slice(5));
}

/**
 * The day that is `count` working days after `day`, neither counting `day` itself; with 0 it is `day`.
 * @throws RangeError for a day that is none
 */
export function addWorkingDays(day: string, count: number): string {
  if (!isBusinessDay(day)) throw new RangeError(`${day} is not a day`);
  let reached = day;
  for (let left = count; left > 0; ) {
    reached = nextDay(reached);
    if (isWorkingDay(reached)) left -= 1;
  }
  return reached;
}
