import { z } from 'zod';
import { batchRow, type OpenedBatchFile } from '../../../shared/batches.ts';
import { AppError } from '../../../shared/errors.ts';
import { instantText } from '../../../shared/primitives.ts';
import { userName } from '../../../shared/users.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { requireSignedIn, type Session } from '../../users/session.ts';
import { fileRefused, openSignedText, signedFileText } from '../../users/signed-text.ts';
import { fingerprintOf, signatureText } from '../../users/signing-keys.ts';
import { everybody } from '../../users/user-store.ts';
import {
  approvalText,
  approvedBatch,
  type FileConnection,
  fileConnection,
  fileSigner,
  hashText,
  isSameName,
  makersOf,
  openApproval,
  ownBatch,
} from './approval.ts';
import { setApproved } from './approve.ts';
import { prepareBatchReads } from './batch-row.ts';
import { idOfNumber, numberOf, type Place, readBatch } from './batch-store.ts';
import { batchContent, contentHash, submittedContent } from './content.ts';
import { batchState, requireState } from './transitions.ts';

/** A file and the name that is proposed for it. */
export interface NamedFile {
  name: string;
  text: string;
}

/** As many corrections as a window shows for approval. */
const MOST_CORRECTIONS = 10_000;
const KIND = 'a batch file';

const batchFileSchema = z.strictObject({
  format: z.literal('mutabakat-batch'),
  version: z.literal(1),
  connection: fileConnection,
  content: batchContent.extend({ corrections: batchContent.shape.corrections.max(MOST_CORRECTIONS) }),
  hash: hashText,
  /** The orders concerned, as they are shown to the approver. */
  totals: batchRow.shape.totals.max(500),
  submittedAt: instantText,
  /** Everybody who had a part in making it: none of them may approve it. */
  makers: z.array(userName).min(1).max(500),
  /** Who signs: the submitter, or the batch's maker. */
  maker: fileSigner,
  signature: signatureText,
});
type BatchFile = z.infer<typeof batchFileSchema>;

/**
 * The signed file of a batch that waits for approval, for another workstation.
 * @throws AppError BATCH_UNKNOWN, BATCH_STATE, USER_NEEDED, VALUE_INVALID when it is too large for a file
 */
export function batchFile(
  files: AuthoredFiles,
  session: Session,
  { id, connection, nowMs }: { id: number; connection: FileConnection; nowMs: number },
): NamedFile {
  const { local, author } = files;
  return local
    .transaction(() => {
      const batch = readBatch(local, 'main', id);
      requireState(batch, 'export');
      const number = numberOf(batch);
      const person = requireSignedIn(session, 'Signing a batch file');
      const signers = [batch.submitter_profile, batch.maker_profile].filter((name) => name !== null);
      if (!signers.includes(person.name)) {
        throw new AppError(
          'USER_NEEDED',
          `Batch ${number} is signed by who submitted it: sign in as ${signers[0] ?? 'that person'}.`,
        );
      }
      const content = submittedContent(local, batch);
      if (content.corrections.length > MOST_CORRECTIONS) {
        throw new AppError(
          'VALUE_INVALID',
          `Batch ${number} has more than ${MOST_CORRECTIONS} corrections, too many for a file. Let it be approved here, or send it back and submit less.`,
        );
      }
      const body: Omit<BatchFile, 'signature'> = {
        format: 'mutabakat-batch',
        version: 1,
        connection,
        content,
        hash: contentHash(content),
        totals: prepareBatchReads(local, 'main').one(id).totals,
        submittedAt: new Date(batch.submitted_ms ?? nowMs).toISOString(),
        makers: makersOf(local, batch),
        maker: { name: person.name, publicKey: person.publicKey },
      };
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'batch.export',
        subject: `batch ${number}`,
        before: null,
        after: { hash: body.hash, signedBy: person.name },
        reason: null,
        undoes: null,
      });
      return { name: `Mutabakat_batch_${number}.json`, text: signedFileText(body, person.key) };
    })
    .immediate();
}

/**
 * Reads a batch file; every doubt about it is a refusal. `place` is where `file` has `local.db`.
 * @throws AppError FILE_REFUSED
 */
function readBatchFile(file: SqliteFile, place: Place, text: string): BatchFile & { makerKnown: boolean } {
  const found = openSignedText(text, batchFileSchema, KIND, ({ maker }) => maker.publicKey);
  if (contentHash(found.content) !== found.hash) throw fileRefused('does not fit its own digest. Ask for it again.');
  if (!found.makers.includes(found.maker.name)) throw fileRefused('was not signed by who made the batch.');
  const known = everybody(file, place).find(({ name }) => isSameName(name, found.maker.name));
  if (known !== undefined && known.public_key !== found.maker.publicKey) {
    throw fileRefused(`is signed with another key than the one known here for ${known.name}. Ask that person.`);
  }
  return { ...found, makerKnown: known !== undefined && known.disabled_ms === null };
}

/** What a batch file holds and proves. `file` is a reader's, with `local.db` attached. @throws AppError FILE_REFUSED */
export function openBatchFile(file: SqliteFile, { text, path }: { text: string; path: string }): OpenedBatchFile {
  const { content, connection, maker, submittedAt, totals, makerKnown } = readBatchFile(file, 'local', text);
  return {
    path,
    number: content.number,
    connection: connection.baseUrl === '' ? connection.name : `${connection.name} (${connection.baseUrl})`,
    maker: maker.name,
    reason: content.reason,
    submittedAt,
    fingerprint: fingerprintOf(maker.publicKey),
    makerKnown,
    totals,
    lines: content.corrections.map(({ order, line, fields, cancellation }) => ({
      order: order.number,
      lineId: line,
      fields:
        cancellation === null ? fields : [...fields, { field: 'cancellation', base: null, target: cancellation.body }],
    })),
  };
}

/**
 * Approves a batch file from another workstation, in the name of the person who is signed in here.
 * @throws AppError FILE_REFUSED, USER_NEEDED, OWN_BATCH
 */
export function approveBatchFile(
  { local, author }: AuthoredFiles,
  session: Session,
  { text, baseUrl, nowMs }: { text: string; baseUrl: string; nowMs: number },
): NamedFile {
  return local
    .transaction(() => {
      const { content, connection, hash, maker, makers, submittedAt } = readBatchFile(local, 'main', text);
      requireSameOmnitron(connection, baseUrl);
      const person = requireSignedIn(session, 'Approving a batch file');
      const isMaker = makers.some((name) => isSameName(name, person.name)) || person.publicKey === maker.publicKey;
      if (isMaker) throw ownBatch(content.number);
      appendJournal(local, {
        ...author,
        atMs: nowMs,
        action: 'batch.approve',
        subject: `batch file ${content.number}`,
        before: { maker: maker.name, fingerprint: fingerprintOf(maker.publicKey) },
        after: { hash, approver: person.name, corrections: content.corrections.length },
        reason: null,
        undoes: null,
      });
      return {
        name: `Mutabakat_approval_${content.number}.json`,
        text: approvalText(person, { connection, batch: { number: content.number, hash, submittedAt }, nowMs }),
      };
    })
    .immediate();
}

/**
 * Takes over an approval that was signed at another workstation.
 * @returns the batch's id
 * @throws AppError FILE_REFUSED, BATCH_UNKNOWN, BATCH_STATE, OWN_BATCH; USER_UNKNOWN when the approver is not known here
 */
export function importApproval(
  files: AuthoredFiles,
  { text, baseUrl, nowMs }: { text: string; baseUrl: string; nowMs: number },
): number {
  const { local } = files;
  return local
    .transaction(() => {
      const { connection, batch: named, approver } = openApproval(text);
      if (connection === null) throw fileRefused('is no approval from another workstation.');
      requireSameOmnitron(connection, baseUrl);
      const person = everybody(local, 'main').find(({ public_key }) => public_key === approver.publicKey);
      if (person === undefined || person.disabled_ms !== null || !isSameName(person.name, approver.name)) {
        throw new AppError(
          'USER_UNKNOWN',
          `The key that signed this approval is not known here as ${approver.name}'s (${fingerprintOf(approver.publicKey)}). Import that person's identity file first.`,
        );
      }
      const batch = readBatch(local, 'main', idOfNumber(local, 'main', named.number));
      requireState(batch, 'approve');
      submittedContent(local, batch);
      if (named.hash !== batch.content_hash) {
        throw batchState(batch, 'is not what was approved: it was changed since it was exported. Export it again.');
      }
      if (named.submittedAt !== approvedBatch(batch).submittedAt) {
        throw batchState(batch, 'was sent back since this approval was given, and submitted again. Export it again.');
      }
      if (makersOf(local, batch).some((name) => isSameName(name, person.name))) throw ownBatch(named.number);
      setApproved(files, batch, { approver: person.name, approval: text, nowMs });
      return batch.id;
    })
    .immediate();
}

/** A batch of one Omnitron must not be approved by somebody who looks at another. */
function requireSameOmnitron(connection: FileConnection, baseUrl: string): void {
  if (connection.baseUrl === baseUrl) return;
  throw fileRefused(
    `is about another Omnitron (${connection.baseUrl || 'a demo store'}). Open the connection to that one first.`,
  );
}
