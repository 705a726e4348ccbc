import { batchReason } from '../../../shared/batches.ts';
import { PUSHABLE_STATES } from '../../../shared/corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import { readControl } from '../../users/control.ts';
import { requireSignedIn, type Session } from '../../users/session.ts';
import { batchesIn, changeBatch, numberOf, pushableIds, type RawBatch, readBatch } from './batch-store.ts';
import { contentHash, readContent } from './content.ts';
import { requireState } from './transitions.ts';

/** Submits one draft; without maker-checker approves it too. One transaction. @returns the batch's id */
export function submitBatch(
  files: AuthoredFiles,
  session: Session,
  { id, reason, nowMs }: { id: number; reason: string; nowMs: number },
): number {
  const given = validReason(reason);
  return files.local
    .transaction(() => {
      const batch = readBatch(files.local, 'main', id);
      requireState(batch, 'submit');
      const { makerChecker } = readControl(files.local, 'main').rules;
      if (makerChecker) requireSignedIn(session, 'Submitting a batch for approval');
      submit(files, batch, { reason: given, nowMs, merged: [] });
      if (!makerChecker) approveUnseconded(files, id, nowMs);
      return id;
    })
    .immediate();
}

/**
 * What a push does where no second person approves: everything that waits in drafts becomes one batch, which is
 * submitted and approved. A reversal stays a batch of its own. Drafts that were merged away are discarded.
 * @returns the id of the batch, the last reversal's where nothing else waits; null = nothing waits
 * @throws AppError BATCH_STATE when maker-checker is on
 */
export function submitEverything(
  files: AuthoredFiles,
  { reason, nowMs }: { reason: string; nowMs: number },
): number | null {
  const given = validReason(reason);
  const { local } = files;
  return local
    .transaction(() => {
      if (readControl(local, 'main').rules.makerChecker) {
        throw new AppError(
          'BATCH_STATE',
          'A second person approves batches here: submit the batch, and push it once it is approved.',
        );
      }
      const waiting = batchesIn(local, ['draft']).filter(({ id }) => pushableIds(local, id).length > 0);
      const [first, ...others] = waiting.filter(({ kind }) => kind === 'corrections');
      let last: number | null = null;
      for (const reversal of waiting.filter(({ kind }) => kind === 'reversal')) {
        last = submitted(reversal, reversal.reason || given, []);
      }
      if (first === undefined) return last;
      for (const other of others) moveInto(other, first.id);
      return submitted(first, given, others.map(numberOf));
    })
    .immediate();

  function submitted(batch: RawBatch, because: string, merged: readonly string[]): number {
    submit(files, batch, { reason: because, nowMs, merged });
    approveUnseconded(files, batch.id, nowMs);
    return batch.id;
  }

  function moveInto(from: RawBatch, id: number): void {
    local
      .prepare(
        'UPDATE main.corrections SET batch_id = ? WHERE batch_id = ? AND state IN (SELECT value FROM json_each(?))',
      )
      .run(id, from.id, JSON.stringify(PUSHABLE_STATES));
    const left = local
      .prepare(
        `SELECT EXISTS (SELECT 1 FROM main.corrections WHERE batch_id = ? AND state IN ('conflict', 'rejected'))`,
      )
      .pluck()
      .get(from.id);
    if (left === 0) changeBatch(local, from.id, { state: 'discarded', finished_ms: nowMs });
  }
}

/** From here on the content is fixed: its digest is what is approved and pushed. */
function submit(
  { local, author }: AuthoredFiles,
  batch: RawBatch,
  { reason, nowMs, merged }: { reason: string; nowMs: number; merged: readonly string[] },
): void {
  const ids = pushableIds(local, batch.id);
  if (ids.length === 0) {
    throw new AppError('VALUE_INVALID', `Batch ${numberOf(batch)} is empty. Queue a correction before submitting it.`);
  }
  const hash = contentHash(readContent(local, { ...batch, reason }, ids));
  changeBatch(local, batch.id, {
    state: 'for_approval',
    reason,
    submitted_ms: nowMs,
    submitter_profile: author.profile,
    content_hash: hash,
    content_ids: JSON.stringify(ids),
  });
  appendJournal(local, {
    ...author,
    atMs: nowMs,
    action: 'batch.submit',
    subject: `batch ${numberOf(batch)}`,
    before: { state: batch.state },
    after: { state: 'for_approval', hash, corrections: ids.length, ...(merged.length === 0 ? {} : { merged }) },
    reason,
    undoes: null,
  });
}

/** Where nobody else has to approve, submitting is approving. */
function approveUnseconded({ local, author }: AuthoredFiles, id: number, nowMs: number): void {
  const batch = readBatch(local, 'main', id);
  changeBatch(local, id, {
    state: 'approved',
    approved_ms: nowMs,
    approver: author.profile ?? author.who,
    approver_profile: author.profile,
    approval: null,
  });
  appendJournal(local, {
    ...author,
    atMs: nowMs,
    action: 'batch.approve',
    subject: `batch ${numberOf(batch)}`,
    before: { state: batch.state },
    after: { state: 'approved', hash: batch.content_hash, makerChecker: false },
    reason: null,
    undoes: null,
  });
}

/** @throws AppError VALUE_INVALID */
export function validReason(text: string): string {
  const reason = batchReason.safeParse(text);
  if (!reason.success) throw new AppError('VALUE_INVALID', 'This needs a reason of 1 to 500 characters. Give one.');
  return reason.data;
}
