import type { OmsSummary } from '../../shared/oms.ts';
import type { RunOms } from '../../shared/runs.ts';
import type { RunKind, RunPayments, SyncPlan } from '../../shared/sync.ts';
import type { RowOutcome, RunCounts, RunStart, RunState } from '../engine/services.ts';
import type { SqliteFile } from './open.ts';

/** How many readings one run may begin; each has a number of its own. */
const READINGS_A_RUN = 10_000_000;
const SINGLES_AT_ONCE = 1_000;

export interface RunStore {
  begin(start: RunStart): { runId: number; firstReading: number };
  /**
   * Adds what a pass has stored to its run, as part of the caller's transaction: a run that is broken off has counted all
   * that it stored, and ended when it stored the last of it. Nothing for a pass outside a run.
   */
  noteStored(passId: number, stored: Readonly<Record<'pages' | RowOutcome, number>>, nowMs: number): void;
  /** Gives the run that goes on another plan. */
  plan(runId: number, kind: RunKind, plan: SyncPlan): void;
  /** Ends a run with the counts of whoever asked, which also know the requests. */
  finish(runId: number, state: RunState, counts: RunCounts, nowMs: number): void;
  /** Keeps what reading payments after a run came to. */
  notePayments(runId: number, payments: RunPayments): void;
  /** Keeps what a run read of OMS. */
  noteOms(runId: number, oms: OmsSummary): void;
  /** The run that reads at present; null = none. */
  current(): number | null;
  /** A place in the sequence of readings for one that begins now, after every earlier one. */
  nextReading(): number;
  /** The first of `count` places in that sequence, for readings outside a run. */
  reserveReadings(count: number): number;
}

/** Prepares the log of runs and the sequence of readings. */
export function prepareRunStore(cache: SqliteFile): RunStore {
  // Nothing is known of a run that is broken off but when it began and when it last stored something.
  const abandon = cache.prepare(
    `UPDATE runs SET state = 'interrupted', finished_ms = ifnull(finished_ms, started_ms) WHERE state = 'running'`,
  );
  const insert = cache.prepare(
    `INSERT INTO runs (kind, cause, plan, state, started_ms) VALUES (?, ?, ?, 'running', ?)`,
  );
  const note = cache.prepare(
    `UPDATE runs SET finished_ms = ?, pages = pages + ?, created = created + ?, updated = updated + ?,
     unchanged = unchanged + ?, quarantined = quarantined + ?
     WHERE id = (SELECT run_id FROM passes WHERE id = ?) AND state = 'running'`,
  );
  const end = cache.prepare(
    `UPDATE runs SET state = ?, finished_ms = ?, pages = ?, requests = ?, retries = ?, created = ?, updated = ?,
     unchanged = ?, quarantined = ?, not_seen = ?, remote_count = ?, probe_requests = ?, probe_retries = ?,
     problem_code = ?, problem = ? WHERE id = ?`,
  );
  const replan = cache.prepare('UPDATE runs SET kind = ?, plan = ? WHERE id = ?');
  const notePayments = cache.prepare(
    `UPDATE runs SET payments_read = ?, payments_failed = ?, payments_requests = ?, payments_retries = ? WHERE id = ?`,
  );
  const noteOms = cache.prepare(
    `UPDATE runs SET oms_state = ?, oms_requests = ?, oms_created = ?, oms_updated = ?, oms_unchanged = ?,
     oms_quarantined = ?, oms_not_seen = ?, oms_remote_count = ?, oms_problem_code = ?, oms_problem = ? WHERE id = ?`,
  );
  const reserve = cache
    .prepare<[number], number>('UPDATE sync_state SET next_reading = next_reading + ? RETURNING next_reading')
    .pluck();
  let runId: number | null = null;
  /** Numbers are reserved in the file before they are used, so that a crash never makes one twice. */
  let single = { next: 0, end: 0 };
  const reserved = (count: number): number => Number(reserve.get(count)) - count;

  function reserveReadings(count: number): number {
    // Single readings that begin later must have higher numbers than these.
    single = { next: 0, end: 0 };
    return reserved(count);
  }

  const begin = cache.transaction(({ kind, cause, plan, nowMs }: RunStart) => {
    abandon.run();
    runId = Number(insert.run(kind, cause, JSON.stringify(plan), nowMs).lastInsertRowid);
    return { runId, firstReading: reserveReadings(READINGS_A_RUN) };
  });

  return {
    begin: (start) => begin.immediate(start),
    noteStored(passId, { pages, created, updated, unchanged, quarantined }, nowMs) {
      note.run(nowMs, pages, created, updated, unchanged, quarantined, passId);
    },
    plan: (id, kind, plan) => void replan.run(kind, JSON.stringify(plan), id),
    finish(id, state, counts, nowMs) {
      end.run(
        state,
        nowMs,
        counts.pages,
        counts.requests,
        counts.retries,
        counts.created,
        counts.updated,
        counts.unchanged,
        counts.quarantined,
        counts.notSeen,
        counts.remoteCount,
        counts.probe?.requests ?? null,
        counts.probe?.retries ?? null,
        counts.problem?.code ?? null,
        counts.problem?.message ?? null,
        id,
      );
      if (runId === id) runId = null;
    },
    notePayments(id, { read, failed, requests, retries }) {
      notePayments.run(read, failed, requests, retries, id);
    },
    noteOms(id, oms) {
      noteOms.run(
        omsState(oms),
        oms.requests,
        oms.created,
        oms.updated,
        oms.unchanged,
        oms.quarantined,
        oms.notSeen,
        oms.remoteCount,
        oms.problem?.code ?? null,
        oms.problem?.message ?? null,
        id,
      );
    },
    current: () => runId,
    nextReading() {
      if (single.next === single.end) {
        const next = reserved(SINGLES_AT_ONCE);
        single = { next, end: next + SINGLES_AT_ONCE };
      }
      single.next += 1;
      return single.next - 1;
    },
    reserveReadings,
  };
}

/** `failed` = not even the list of orders was read to an end; what it gave before is stored. */
function omsState({ complete, problem, remoteCount }: OmsSummary): RunOms['state'] {
  if (complete) return 'complete';
  if (problem?.code === 'CANCELLED') return 'cancelled';
  return remoteCount === null ? 'failed' : 'incomplete';
}
