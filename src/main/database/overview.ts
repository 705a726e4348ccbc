import { PENDING_STATES } from '../../shared/corrections.ts';
import type { LastSync } from '../../shared/sync.ts';
import { sqlList } from '../reconcile/check.ts';
import { COUNT_IN_QUEUE } from '../reconcile/queue/status-sql.ts';
import { ENDED } from './data-state.ts';
import { type HeldCounts, prepareHeldCounts } from './held-counts.ts';
import type { SqliteFile } from './open.ts';

/** The counts in the window's frame. */
export function readOverview(file: SqliteFile): HeldCounts & {
  openFindings: number;
  pendingCorrections: number;
  lastSync: LastSync | null;
  inQuestion: number;
} {
  const count = (sql: string): number => Number(file.prepare(sql).pluck().get());
  return {
    ...prepareHeldCounts(file)(),
    openFindings: count(COUNT_IN_QUEUE),
    pendingCorrections: count(`SELECT count(*) FROM local.corrections WHERE state IN (${sqlList(PENDING_STATES)})`),
    lastSync: readLastSync(file),
    // Only the newest complete pass tells: an older one's question is answered by it.
    inQuestion: count(
      `SELECT ifnull((SELECT in_question FROM passes WHERE scope = 'all' AND state = 'complete'
       ORDER BY id DESC LIMIT 1), 0)`,
    ),
  };
}

/** The newest run that came to its end, or null. */
export function readLastSync(file: SqliteFile): LastSync | null {
  const row = file
    .prepare<[], { finished_ms: number; state: string; remote_count: number | null; quarantined: number }>(
      `SELECT finished_ms, state, remote_count,
         (SELECT count(*) FROM quarantine) + (SELECT count(*) FROM oms_quarantine) AS quarantined
       FROM runs WHERE state IN (${ENDED}) ORDER BY id DESC LIMIT 1`,
    )
    .get();
  if (row === undefined) return null;
  return {
    finishedAt: new Date(row.finished_ms).toISOString(),
    complete: row.state === 'complete',
    quarantined: row.quarantined,
    remoteCount: row.remote_count,
  };
}
