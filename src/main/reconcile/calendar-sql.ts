import type { Rules, WorkingCalendar } from '../../shared/rules.ts';
import { STATEMENT_KINDS } from '../../shared/statements.ts';
import { calendarOf, DEFAULT_CALENDAR } from '../../shared/working-days.ts';
import { sqlText } from './check.ts';

const asJson = ({ weekend, holidays, closed, open }: WorkingCalendar): string =>
  sqlText(JSON.stringify({ weekend, holidays, closed, open }));

/** SQL for the calendar of a statement's source, as JSON: of its `profile`, else of its `kind`, else the default. */
export function calendarSql({ calendars }: Rules): string {
  if (calendars.length === 0) return asJson(DEFAULT_CALENDAR);
  const kinds: readonly string[] = STATEMENT_KINDS;
  const ofProfiles = calendars
    .filter(({ source }) => !kinds.includes(source))
    .map((each) => `WHEN profile = ${sqlText(each.source)} THEN ${asJson(each)}`);
  const ofKinds = kinds.map(
    (kind) => `WHEN kind = ${sqlText(kind)} THEN ${asJson(calendarOf(calendars, { kind, profile: null }))}`,
  );
  return `CASE ${[...ofProfiles, ...ofKinds].join(' ')} END`;
}
