import type { SqliteFile } from '../database/open.ts';
import { sqlList } from './check.ts';
import type { CheckScopeOfRun } from './check-scope.ts';
import { CHECKS } from './checks/catalogue.ts';
import { prepared } from './prepared.ts';

/** What a run says of a finding beside its code and subject. */
const VALUES = [
  'order_id',
  'row_id',
  'currency',
  'date_ms',
  'expected',
  'actual',
  'difference',
  'facts',
  'due_ms',
  'tolerated',
] as const;
const columns = (alias: string): string => VALUES.map((column) => `${alias}.${column}`).join(', ');

/** What makes a finding another one than before: its amounts, or its facts but for days that pass. */
const DIFFERS = 'f.basis <> n.basis';
const SAME = 'f.check_code = n.check_code AND f.subject = n.subject';
const EVENT =
  'INSERT INTO main.finding_events (check_code, subject, event, at_ms, opened_ms, expected, actual, difference)';

/** SQL for when a finding that is not open was found first, from its trace; NULL where there is none. */
export function firstOpened(alias: string): string {
  return `(SELECT min(e.opened_ms) FROM main.finding_events e
    WHERE e.check_code = ${alias}.check_code AND e.subject = ${alias}.subject)`;
}

/**
 * Brings `findings` up to date with what a run found (`temp.found`): new ones open, those whose cause is gone close, and
 * come back with the time at which they were found first. What closed, changed or came back is noted in
 * `finding_events`.
 * @returns how many findings are held more than before
 */
export function storeFindings(file: SqliteFile, scope: CheckScopeOfRun, nowMs: number): number {
  const now = { now: BigInt(nowMs) };
  const closed = closeGone(file, scope, now);
  changeHeld(file, now);
  return openNew(file, now) - closed;
}

type Now = { now: bigint };

/** Closes the findings that a run would have found again, had their cause not gone. */
function closeGone(file: SqliteFile, scope: CheckScopeOfRun, now: Now): number {
  file.exec(`CREATE TEMP TABLE IF NOT EXISTS gone (check_code TEXT, subject INTEGER, PRIMARY KEY (check_code, subject)) WITHOUT ROWID;
    DELETE FROM temp.gone`);
  for (const judged of judgedBy(scope)) {
    prepared(
      file,
      `INSERT OR IGNORE INTO temp.gone SELECT f.check_code, f.subject FROM ${judged}
         AND NOT EXISTS (SELECT 1 FROM temp.found n WHERE ${SAME})`,
    ).run();
  }
  prepared(
    file,
    `${EVENT} SELECT f.check_code, f.subject, 'closed', :now, f.opened_ms, f.expected, f.actual, f.difference
     FROM temp.gone n CROSS JOIN main.findings f ON ${SAME}`,
  ).run(now);
  return prepared(
    file,
    'DELETE FROM main.findings WHERE (check_code, subject) IN (SELECT check_code, subject FROM temp.gone)',
  ).run().changes;
}

/** The stored findings `f` that a run has judged, from the smaller side. */
function judgedBy(scope: CheckScopeOfRun): string[] {
  if (scope.all) return ['main.findings f WHERE 1'];
  const fully = CHECKS.filter((check) => scope.fully(check));
  const rest = CHECKS.filter((check) => !scope.fully(check));
  const among = (checks: typeof CHECKS): string => `f.check_code IN (${sqlList(checks.map(({ code }) => code))})`;
  const of = (kind: 'order' | 'row'): string => among(rest.filter(({ scope: each }) => each === kind));
  return [
    `main.findings f WHERE ${among(fully)}`,
    `temp.touched_now t CROSS JOIN main.findings f ON f.order_id = t.order_id WHERE ${of('order')}`,
    `temp.touched_rows_now t CROSS JOIN main.findings f ON f.subject = t.row_id WHERE ${of('row')}`,
  ];
}

/** Gives the findings that are there again their new values. `+` lets the few that were found lead. */
function changeHeld(file: SqliteFile, now: Now): void {
  prepared(
    file,
    `${EVENT} SELECT f.check_code, f.subject, 'changed', :now, f.opened_ms, f.expected, f.actual, f.difference
     FROM temp.found n CROSS JOIN main.findings f ON ${SAME} WHERE ${DIFFERS}`,
  ).run(now);
  prepared(
    file,
    `UPDATE main.findings AS f SET ${VALUES.map((column) => `${column} = n.${column}`).join(', ')},
       changed_ms = CASE WHEN ${DIFFERS} THEN :now ELSE f.changed_ms END
     FROM temp.found n WHERE f.check_code = +n.check_code AND f.subject = +n.subject AND (${columns('f')}) IS NOT (${columns('n')})`,
  ).run(now);
}

function openNew(file: SqliteFile, now: Now): number {
  const isNew = `NOT EXISTS (SELECT 1 FROM main.findings f WHERE ${SAME})`;
  prepared(
    file,
    `${EVENT} SELECT check_code, subject, 'reopened', :now, opened_ms, expected, actual, difference
     FROM (SELECT n.*, ${firstOpened('n')} AS opened_ms FROM temp.found n WHERE ${isNew}) WHERE opened_ms IS NOT NULL`,
  ).run(now);
  return prepared(
    file,
    `INSERT INTO main.findings (check_code, subject, ${VALUES.join(', ')}, opened_ms, since_ms, changed_ms)
     SELECT n.check_code, n.subject, ${columns('n')}, ifnull(${firstOpened('n')}, :now), :now, :now
     FROM temp.found n WHERE ${isNew}`,
  ).run(now).changes;
}
