import { type CorrectionRow, EXTRA_FIELD, type FieldValue, type ReceiptStep } from '../../shared/corrections.ts';
import { isReversible } from '../../shared/reversibility.ts';
import type { ControlRules } from '../../shared/users.ts';
import { type AuthoredFiles, appendJournal } from '../audit/journal.ts';
import type { CorrectionReads } from '../database/corrections-read.ts';
import type { CorrectionWrites, NewEntry } from '../database/corrections-write.ts';
import type { SqliteFile } from '../database/open.ts';
import { readControl } from '../users/control.ts';
import { prepareBatchReads } from './batches/batch-row.ts';
import { changeBatch, numberOf, readBatch } from './batches/batch-store.ts';
import { openDraft } from './batches/draft.ts';
import { validReason } from './batches/submit.ts';
import { batchState } from './batches/transitions.ts';
import { sameValue } from './compare.ts';
import type { BatchWriter } from './service.ts';

/** What takes one applied correction back. */
interface Reversal {
  of: CorrectionRow;
  fields: NewEntry['fields'];
}

/**
 * Generates the batch that takes a finished one back, from its receipts: what the reading before the write showed is the
 * target, what the reading after it showed the base. Fields that Omnitron held already were never written, so there is
 * nothing to take back; fields that are one-way are left out and counted. One transaction, journalled.
 */
export function createReversalWriter(
  files: AuthoredFiles,
  reads: CorrectionReads,
  writes: CorrectionWrites,
): Pick<BatchWriter, 'reverseBatch'> {
  const { local, author } = files;
  const batchReads = prepareBatchReads(local, 'main');

  function reverseBatch({ id, reason, timeZone, nowMs }: Parameters<BatchWriter['reverseBatch']>[0]) {
    const given = validReason(reason);
    const batch = readBatch(local, 'main', id);
    if (batch.state !== 'done' && batch.state !== 'done_with_exceptions') {
      throw batchState(batch, 'is not finished; only a batch that was pushed to its end can be taken back.');
    }
    const earlier = reversalOf(local, id);
    if (earlier !== null) throw batchState(batch, `is taken back by batch ${earlier} already.`);
    const control = readControl(local, 'main').rules;
    const applied = reads.byIds(reads.idsOfBatch(id, ['applied']));
    const found = applied.map((row) => reversalFor(row, reads.receipts(row.id), control));
    const reversals = found.flatMap(({ reversal }) => reversal ?? []);
    const oneWay = found.filter((each) => each.oneWay).length;
    if (reversals.length === 0) {
      throw batchState(
        batch,
        oneWay > 0
          ? 'has only changes that count as one-way; the rules of control say which these are.'
          : 'has changed nothing.',
      );
    }
    const draft = openDraft(files, { nowMs, timeZone, kind: 'reversal', reverses: id });
    changeBatch(local, draft, { reason: given });
    for (const { of, fields } of reversals) writes.insert(entryOf(of, fields, draft), nowMs);
    appendJournal(local, {
      ...author,
      atMs: nowMs,
      action: 'batch.reverse',
      subject: `batch ${numberOf(batch)}`,
      before: { state: batch.state, applied: applied.length },
      after: { batch: numberOf(readBatch(local, 'main', draft)), corrections: reversals.length, oneWay },
      reason: given,
      undoes: null,
    });
    return { batch: batchReads.one(draft), corrections: reversals.length, oneWay };
  }

  function entryOf({ id, order, lineId }: CorrectionRow, fields: NewEntry['fields'], batchId: number): NewEntry {
    const maker = author.profile ?? author.who;
    const place = { orderId: order.id, orderNumber: order.number, lineId };
    return { ...place, fields, batchId, maker, profile: author.profile, reverses: id };
  }

  const inTransaction = local.transaction(reverseBatch);
  return { reverseBatch: (args) => inTransaction.immediate(args) };
}

/** The number of the batch that takes this one back, unless nothing of that is left; null = none does. */
function reversalOf(local: SqliteFile, id: number): string | null {
  const found = local
    .prepare<[number], { year: number; seq: number }>(
      `SELECT b.year, b.seq FROM main.batches b WHERE b.reverses = ? AND b.state <> 'discarded'
       AND EXISTS (SELECT 1 FROM main.corrections c WHERE c.batch_id = b.id AND c.state <> 'withdrawn')`,
    )
    .get(id);
  return found === undefined ? null : numberOf(found);
}

/** What would take a correction back; `oneWay` = some of it cannot be. */
function reversalFor(
  of: CorrectionRow,
  receipts: readonly ReceiptStep[],
  control: ControlRules,
): { reversal: Reversal | null; oneWay: boolean } {
  if (of.cancellation !== null) return { reversal: null, oneWay: true };
  const changes = of.fields.flatMap(({ field }) => {
    const change = changeOf(field, receipts);
    return change === null || sameValue(field, change.before, change.after) ? [] : [{ field, ...change }];
  });
  const fields = changes
    .filter(({ field, before, after }) => isReversible({ field, base: before, target: after }, control))
    .map(({ field, before, after }) => ({ field, base: after, target: before }));
  return { reversal: fields.length === 0 ? null : { of, fields }, oneWay: fields.length < changes.length };
}

/** What a push changed in a field, by its receipts; null = it never wrote it. */
function changeOf(field: string, receipts: readonly ReceiptStep[]): { before: FieldValue; after: FieldValue } | null {
  const written = receipts.findIndex(({ sent }) => sent !== null && sets(sent, field));
  if (written < 0) return null;
  const before = receipts.slice(0, written).findLast(({ reading }) => reading !== null)?.reading?.[field];
  const after = receipts.slice(written).findLast(({ reading }) => reading !== null)?.reading?.[field];
  if (before === undefined || after === undefined) return null;
  return { before, after };
}

/** Whether the body of a write sets a field, or a key of `extra_field`. */
function sets(sent: Record<string, FieldValue>, field: string): boolean {
  if (!field.startsWith(EXTRA_FIELD)) return Object.hasOwn(sent, field);
  const { extra_field: extra } = sent;
  return typeof extra === 'object' && extra !== null && Object.hasOwn(extra, field.slice(EXTRA_FIELD.length));
}
