import { type RunOms, type RunRow, runOms, runState } from '../../shared/runs.ts';
import { runKind, type SyncPlan, syncCause, syncPlan } from '../../shared/sync.ts';
import type { SqliteFile } from './open.ts';

interface RawRun {
  id: number;
  kind: string;
  cause: string;
  plan: string;
  state: string;
  started_ms: number;
  finished_ms: number | null;
  pages: number;
  requests: number;
  retries: number;
  created: number;
  updated: number;
  unchanged: number;
  quarantined: number;
  not_seen: number;
  remote_count: number | null;
  probe_requests: number | null;
  probe_retries: number;
  payments_read: number | null;
  payments_failed: number;
  payments_requests: number;
  payments_retries: number;
  problem_code: string | null;
  problem: string | null;
  oms_state: string | null;
  oms_requests: number;
  oms_created: number;
  oms_updated: number;
  oms_unchanged: number;
  oms_quarantined: number;
  oms_not_seen: number;
  oms_remote_count: number | null;
  oms_problem_code: string | null;
  oms_problem: string | null;
}

/** The log of runs, newest first. */
export function readRuns(
  file: SqliteFile,
  { offset, limit }: { offset: number; limit: number },
): { total: number; rows: RunRow[] } {
  const total = Number(file.prepare('SELECT count(*) FROM runs').pluck().get());
  const raws = file
    .prepare<[number, number], RawRun>('SELECT * FROM runs ORDER BY id DESC LIMIT ? OFFSET ?')
    .all(limit, offset);
  return { total, rows: raws.map(toRun) };
}

function toRun(raw: RawRun): RunRow {
  const { id, pages, created, updated, unchanged, quarantined } = raw;
  const running = raw.state === 'running';
  // Only whoever asks knows how often, and tells it when the run has ended.
  const asked = running || raw.state === 'interrupted' ? { requests: null, retries: null } : raw;
  return {
    id,
    kind: runKind.parse(raw.kind),
    cause: syncCause.parse(raw.cause),
    plan: planOf(raw.plan),
    state: runState.parse(raw.state),
    startedAt: new Date(raw.started_ms).toISOString(),
    // While a run goes on, its row says when it last stored something.
    finishedAt: running || raw.finished_ms === null ? null : new Date(raw.finished_ms).toISOString(),
    pages,
    requests: asked.requests,
    retries: asked.retries,
    created,
    updated,
    unchanged,
    quarantined,
    notSeen: raw.not_seen,
    remoteCount: raw.remote_count,
    problem: problemOf(raw.problem_code, raw.problem),
    probe: raw.probe_requests === null ? null : { requests: raw.probe_requests, retries: raw.probe_retries },
    payments: paymentsOf(raw),
    oms: omsOf(raw),
  };
}

function paymentsOf(raw: RawRun): RunRow['payments'] {
  if (raw.payments_read === null) return null;
  return {
    read: raw.payments_read,
    failed: raw.payments_failed,
    requests: raw.payments_requests,
    retries: raw.payments_retries,
  };
}

function problemOf(code: string | null, message: string | null): RunRow['problem'] {
  return code === null ? null : { code, message: message ?? code };
}

function omsOf(raw: RawRun): RunOms | null {
  if (raw.oms_state === null) return null;
  return {
    state: runOms.shape.state.parse(raw.oms_state),
    requests: raw.oms_requests,
    created: raw.oms_created,
    updated: raw.oms_updated,
    unchanged: raw.oms_unchanged,
    quarantined: raw.oms_quarantined,
    notSeen: raw.oms_not_seen,
    remoteCount: raw.oms_remote_count,
    problem: problemOf(raw.oms_problem_code, raw.oms_problem),
  };
}

/** Runs from before plans were kept hold something else. */
function planOf(json: string): SyncPlan | null {
  const parsed = syncPlan.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : null;
}
