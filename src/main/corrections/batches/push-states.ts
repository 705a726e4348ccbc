import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { readControl } from '../../users/control.ts';
import { requireSecondPerson } from './approval.ts';
import { changeBatch, numberOf, pushableIds, type RawBatch, readBatch } from './batch-store.ts';
import { submittedContent } from './content.ts';
import { batchState, requireState } from './transitions.ts';

/**
 * A push of a batch begins, or goes on after a pause or a crash. Nothing but what was approved may be sent.
 * @throws AppError BATCH_UNKNOWN; BATCH_STATE, also when the content is not what was approved
 */
export function beginPushing({ local, author }: AuthoredFiles, { id, nowMs }: { id: number; nowMs: number }): void {
  local
    .transaction(() => {
      const batch = readBatch(local, 'main', id);
      requireState(batch, 'push');
      const left = pushableIds(local, id).length;
      // With nothing left to send there is nothing to approve: the batch is only closed.
      if (left > 0) requireApproved(local, batch);
      changeBatch(local, id, { state: 'pushing', pushed_ms: batch.pushed_ms ?? nowMs });
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'push.begin',
        subject: `batch ${numberOf(batch)}`,
        before: { state: batch.state },
        after: { state: 'pushing', hash: batch.content_hash, left },
        reason: null,
        undoes: null,
      });
    })
    .immediate();
}

/** @throws AppError BATCH_STATE when what would be sent is not what was approved */
function requireApproved(local: SqliteFile, batch: RawBatch): void {
  submittedContent(local, batch);
  if (batch.approval !== null) requireSecondPerson(local, batch);
  else if (batch.state === 'approved' && readControl(local, 'main').rules.makerChecker) {
    throw batchState(batch, 'was approved by nobody else. Send it back and submit it again.');
  }
}

/**
 * A push of a batch ended or was paused: with anything left to send it stays as it is, otherwise it is done, with
 * exceptions where something was refused or is in conflict.
 * @throws AppError BATCH_UNKNOWN, BATCH_STATE
 */
export function endPushing({ local, author }: AuthoredFiles, { id, nowMs }: { id: number; nowMs: number }): void {
  local
    .transaction(() => {
      const batch = readBatch(local, 'main', id);
      requireState(batch, 'finish');
      const left = pushableIds(local, id).length;
      const counts = local
        .prepare<[number], { state: string; n: number }>(
          'SELECT state, count(*) AS n FROM main.corrections WHERE batch_id = ? GROUP BY state ORDER BY state',
        )
        .all(id);
      const exceptions = counts.some(({ state }) => state === 'conflict' || state === 'rejected');
      const state = left > 0 ? 'pushing' : exceptions ? 'done_with_exceptions' : 'done';
      if (left === 0) changeBatch(local, id, { state, finished_ms: nowMs });
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: left > 0 ? 'push.pause' : 'push.end',
        subject: `batch ${numberOf(batch)}`,
        before: { state: batch.state },
        after: { state, corrections: Object.fromEntries(counts.map((each) => [each.state, each.n])) },
        reason: null,
        undoes: null,
      });
    })
    .immediate();
}
