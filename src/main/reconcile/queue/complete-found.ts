import { businessDay, startOfDay } from '../../../shared/period.ts';
import type { Rules, Tolerance } from '../../../shared/rules.ts';
import { isWithin } from '../../../shared/tolerance.ts';
import { addWorkingDays, calendarOf } from '../../../shared/working-days.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { CheckRules } from '../../engine/services.ts';
import { sidesOf } from '../amount-sides.ts';
import { sqlList } from '../check.ts';
import { CHECKS } from '../checks/catalogue.ts';

/** Completes what a run found, in `temp.found`: when each finding was due, and whether a tolerance covers it. */
export function completeFound(file: SqliteFile, run: CheckRules, rules: Rules): void {
  file
    .prepare(`UPDATE temp.found SET due_ms = date_ms + CASE check_code WHEN 'erp.not-sent' THEN ? ELSE 0 END`)
    .run(BigInt(run.erpHours * 3_600_000));
  setSettlementDays(file, run.timeZone, rules.calendars);
  setTolerated(file, rules.tolerances);
}

interface SettledRow {
  check_code: string;
  subject: number;
  kind: string;
  profile: string | null;
  from_ms: number;
  days: number;
}

/**
 * A row of a statement was due on the settlement day that its source leads to expect: so many working days after the
 * order, or after the day of the row where no order is known. Where the source's calendar does not know, it stays due at its
 * date.
 */
function setSettlementDays(file: SqliteFile, timeZone: string, calendars: Rules['calendars']): void {
  const rows = file
    .prepare<[], SettledRow>(
      `SELECT f.check_code, f.subject, s.kind, s.profile, ifnull(o.date_placed_ms, f.date_ms) AS from_ms, s.spec ->> '$.settlementDays' AS days
       FROM temp.found f JOIN local.statement_rows r ON r.id = f.row_id JOIN local.statements s ON s.id = r.statement_id
         LEFT JOIN main.orders o ON o.id = f.order_id
       WHERE s.spec ->> '$.settlementDays' IS NOT NULL AND ifnull(o.date_placed_ms, f.date_ms) IS NOT NULL`,
    )
    .all();
  const set = file.prepare('UPDATE temp.found SET due_ms = ? WHERE check_code = ? AND subject = ?');
  const known = new Map<string, bigint | null>();
  for (const { check_code, subject, from_ms, days, kind, profile } of rows) {
    const from = businessDay(from_ms, timeZone);
    const key = `${from} ${days} ${kind} ${profile}`;
    let due = known.get(key);
    if (due === undefined) {
      const day = addWorkingDays(from, days, calendarOf(calendars, { kind, profile }));
      due = day === null ? null : BigInt(startOfDay(day, timeZone));
      known.set(key, due);
    }
    if (due !== null) set.run(due, check_code, subject);
  }
}

/** Marks the findings of tolerant checks whose difference a tolerance of the rules covers. */
function setTolerated(file: SqliteFile, tolerances: readonly Tolerance[]): void {
  if (tolerances.length === 0) return;
  const checks = CHECKS.filter(({ tolerant }) => tolerant).map(({ code }) => code);
  const rows = file
    .prepare<
      [string],
      { check_code: string; subject: number; actual: bigint | null; difference: bigint; several: string | null }
    >(
      `SELECT check_code, subject, actual, difference, iif(json_array_length(facts, '$.sides') > 1, facts, NULL) AS several FROM temp.found
       WHERE currency = ? AND difference IS NOT NULL AND check_code IN (${sqlList(checks)})`,
    )
    .safeIntegers();
  const mark = file.prepare('UPDATE temp.found SET tolerated = 1 WHERE check_code = ? AND subject = ?');
  for (const tolerance of tolerances) {
    for (const { check_code, subject, actual, difference, several } of rows.all(tolerance.currency)) {
      if (isWithin(tolerance, difference, actual) && allWithin(tolerance, several)) mark.run(check_code, subject);
    }
  }
}

/** A finding of which several things differ is covered where every one of them is. */
function allWithin(tolerance: Tolerance, facts: string | null): boolean {
  const sides = facts === null ? [] : sidesOf(JSON.parse(facts));
  return sides.every(
    ({ currency, actual, difference }) =>
      currency === tolerance.currency &&
      difference !== null &&
      isWithin(tolerance, BigInt(difference), actual === null ? null : BigInt(actual)),
  );
}
