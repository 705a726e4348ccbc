import type { ReportHeader } from '../reports/source.ts';
import type { SqliteFile } from './open.ts';
import type { Condition } from './order-filter.ts';

/** Runs that came to their end; others were broken off, or go on. */
export const ENDED = `'complete', 'incomplete'`;
/** Runs that left orders here in part; one that failed or was cancelled before its first page changed nothing. */
const IN_PART = `state IN ('running', 'interrupted') OR (state IN ('failed', 'cancelled') AND pages > 0)`;

const EVERY_ORDER: Condition = { sql: '1', values: [] };

/**
 * How whole the data is: what a report must say so that nobody overlooks that orders are missing, or held although
 * Omnitron no longer has them. The latter are counted among the orders `o` of a condition.
 */
export function readDataState(
  file: SqliteFile,
  among: Condition = EVERY_ORDER,
): Pick<ReportHeader, 'lastSync' | 'lastCompleteMs' | 'unfinishedMs' | 'quarantined' | 'vanished' | 'checkRun'> {
  const number = (sql: string): number | null => file.prepare<[], number>(`SELECT (${sql})`).pluck().get() ?? null;
  const last = file
    .prepare<[], { id: number; state: string; finished_ms: number; remote_count: number | null }>(
      `SELECT id, state, finished_ms, remote_count FROM runs
       WHERE state IN (${ENDED}) ORDER BY id DESC LIMIT 1`,
    )
    .get();
  const checkRun = file
    .prepare<[], { nowMs: number; erpHours: number }>('SELECT now_ms AS nowMs, erp_hours AS erpHours FROM check_run')
    .get();
  return {
    lastSync:
      last === undefined
        ? null
        : { finishedAtMs: last.finished_ms, complete: last.state === 'complete', remoteCount: last.remote_count },
    lastCompleteMs: number(`SELECT finished_ms FROM runs WHERE state = 'complete' ORDER BY id DESC LIMIT 1`),
    unfinishedMs: number(
      `SELECT started_ms FROM runs WHERE (${IN_PART}) AND id > ${last?.id ?? 0} ORDER BY id DESC LIMIT 1`,
    ),
    quarantined: number('SELECT count(*) FROM quarantine') ?? 0,
    vanished:
      file
        .prepare<unknown[], number>(`SELECT count(*) FROM orders o WHERE o.vanished_ms IS NOT NULL AND ${among.sql}`)
        .pluck()
        .get(...among.values) ?? 0,
    checkRun: checkRun ?? null,
  };
}
