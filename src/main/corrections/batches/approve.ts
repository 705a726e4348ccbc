import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import { readControl } from '../../users/control.ts';
import { requireSignedIn, type Session } from '../../users/session.ts';
import { approvalText, approvedBatch, isSameName, makersOf, ownBatch } from './approval.ts';
import { changeBatch, numberOf, type RawBatch, readBatch } from './batch-store.ts';
import { submittedContent } from './content.ts';
import { validReason } from './submit.ts';
import { requireState } from './transitions.ts';

/**
 * Approves batches, all or none, in the name of the person who is signed in, who signs their contents.
 * @throws AppError BATCH_UNKNOWN, BATCH_STATE, USER_NEEDED, OWN_BATCH
 */
export function approveBatches(
  files: AuthoredFiles,
  session: Session,
  { ids, nowMs }: { ids: readonly number[]; nowMs: number },
): void {
  const { local } = files;
  local
    .transaction(() => {
      for (const id of new Set(ids)) {
        const batch = readBatch(local, 'main', id);
        requireState(batch, 'approve');
        const person = requireSignedIn(session, 'Approving a batch');
        submittedContent(local, batch);
        const number = numberOf(batch);
        if (makersOf(local, batch).some((name) => isSameName(name, person.name))) throw ownBatch(number);
        const approval = approvalText(person, { connection: null, batch: approvedBatch(batch), nowMs });
        setApproved(files, batch, { approver: person.name, approval, nowMs });
      }
    })
    .immediate();
}

/** Sets the batch approved and records it; within a transaction of `local.db`. `approval` is what the approver signed. */
export function setApproved(
  { local, author }: AuthoredFiles,
  batch: RawBatch,
  { approver, approval, nowMs }: { approver: string; approval: string; nowMs: number },
): void {
  changeBatch(local, batch.id, {
    state: 'approved',
    approved_ms: nowMs,
    approver,
    approver_profile: approver,
    approval,
  });
  appendJournal(local, {
    ...author,
    atMs: nowMs,
    action: 'batch.approve',
    subject: `batch ${numberOf(batch)}`,
    before: { state: batch.state },
    after: { state: 'approved', hash: batch.content_hash, approver },
    reason: null,
    undoes: null,
  });
}

/**
 * Sends a batch that waits for approval, or that is approved and not begun, back: it is a draft again, and a new
 * submission is a new content.
 * @throws AppError BATCH_UNKNOWN, BATCH_STATE, VALUE_INVALID; USER_NEEDED where a second person approves
 */
export function sendBackBatch(
  { local, author }: AuthoredFiles,
  session: Session,
  { id, reason, nowMs }: { id: number; reason: string; nowMs: number },
): void {
  const given = validReason(reason);
  local
    .transaction(() => {
      const batch = readBatch(local, 'main', id);
      requireState(batch, 'send-back');
      if (readControl(local, 'main').rules.makerChecker) requireSignedIn(session, 'Sending a batch back');
      changeBatch(local, id, {
        state: 'draft',
        submitted_ms: null,
        submitter_profile: null,
        approved_ms: null,
        approver: null,
        approver_profile: null,
        approval: null,
        content_hash: null,
        content_ids: null,
      });
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'batch.send-back',
        subject: `batch ${numberOf(batch)}`,
        before: { state: batch.state, hash: batch.content_hash },
        after: { state: 'draft' },
        reason: given,
        undoes: null,
      });
    })
    .immediate();
}
