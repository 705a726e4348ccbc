import { z } from 'zod';
import { batchNumber } from '../../../shared/batches.ts';
import { canonicalJson } from '../../../shared/canonical-json.ts';
import { AppError } from '../../../shared/errors.ts';
import { instantText } from '../../../shared/primitives.ts';
import { userName } from '../../../shared/users.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { SignedIn } from '../../users/session.ts';
import { openSignedText, signedFileText } from '../../users/signed-text.ts';
import { publicKeyText, signatureText } from '../../users/signing-keys.ts';
import { personNamed } from '../../users/user-store.ts';
import { numberOf, type RawBatch } from './batch-store.ts';
import { contentIds } from './content.ts';
import { batchState } from './transitions.ts';

/** Which Omnitron a file is about. */
export const fileConnection = z.strictObject({
  name: z.string().min(1).max(40),
  /** The host's root; empty for a demo store. */
  baseUrl: z.string().max(500),
});
export type FileConnection = z.infer<typeof fileConnection>;

/** A person in a file: what the signature proves is that the holder of this key signed. */
export const fileSigner = z.strictObject({ name: userName, publicKey: publicKeyText });

/** The digest of a batch's content. */
export const hashText = z.string().regex(/^[0-9a-f]{64}$/);

const approvalSchema = z.strictObject({
  format: z.literal('mutabakat-approval'),
  version: z.literal(1),
  /** Null in an approval that was given where the batch is kept. */
  connection: fileConnection.nullable(),
  /** Of this submission only: what was sent back and submitted again needs another approval. */
  batch: z.strictObject({ number: batchNumber, hash: hashText, submittedAt: instantText }),
  approver: fileSigner,
  approvedAt: instantText,
  signature: signatureText,
});
export type Approval = z.infer<typeof approvalSchema>;

/** What an approver signs: this content of this batch as it was submitted then, as text of a file. */
export function approvalText(
  approver: SignedIn,
  { connection, batch, nowMs }: { connection: FileConnection | null; batch: Approval['batch']; nowMs: number },
): string {
  const body = {
    format: 'mutabakat-approval',
    version: 1,
    connection,
    batch,
    approver: { name: approver.name, publicKey: approver.publicKey },
    approvedAt: new Date(nowMs).toISOString(),
  };
  return signedFileText(body, approver.key);
}

/** @throws AppError FILE_REFUSED */
export function openApproval(text: string): Approval {
  return openSignedText(text, approvalSchema, 'an approval', ({ approver }) => approver.publicKey);
}

/** What an approval of a batch that waits for it is bound to. */
export function approvedBatch(batch: RawBatch): Approval['batch'] {
  const submittedAt = new Date(batch.submitted_ms ?? 0).toISOString();
  return { number: numberOf(batch), hash: batch.content_hash ?? '', submittedAt };
}

/** Everybody who had a part in making a batch, as far as they were signed in: none of them approves it. */
export function makersOf(local: SqliteFile, batch: RawBatch): string[] {
  const proposers = local
    .prepare<[string], string>(
      `SELECT DISTINCT profile FROM main.corrections
       WHERE id IN (SELECT value FROM json_each(?)) AND profile IS NOT NULL ORDER BY profile`,
    )
    .pluck()
    .all(JSON.stringify(contentIds(batch)));
  return [...new Set([batch.maker_profile, batch.submitter_profile, ...proposers].filter((name) => name !== null))];
}

/** Whether two names are one person's. */
export function isSameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}

/** The refusal to approve one's own batch. */
export function ownBatch(number: string): AppError {
  return new AppError(
    'OWN_BATCH',
    `Batch ${number} has to be approved by somebody who had no part in making it. Let another person approve it.`,
  );
}

/**
 * Checks the approval that stands in the batch: signed, over this content, by a person who is known here and had no part
 * in making it.
 * @throws AppError BATCH_STATE
 */
export function requireSecondPerson(local: SqliteFile, batch: RawBatch): void {
  if (isSeconded(local, batch)) return;
  throw batchState(batch, 'has no valid approval of another person. Send it back and submit it again.');
}

function isSeconded(local: SqliteFile, batch: RawBatch): boolean {
  if (batch.approval === null) return false;
  let approval: Approval;
  try {
    approval = openApproval(batch.approval);
  } catch {
    return false;
  }
  const { approver } = approval;
  return (
    canonicalJson(approval.batch) === canonicalJson(approvedBatch(batch)) &&
    isSameName(batch.approver ?? '', approver.name) &&
    personNamed(local, approver.name)?.public_key === approver.publicKey &&
    !makersOf(local, batch).some((name) => isSameName(name, approver.name))
  );
}
