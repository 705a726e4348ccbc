import { createHash } from 'node:crypto';
import { z } from 'zod';
import { batchNumber, batchRow } from '../../../shared/batches.ts';
import { canonicalJson } from '../../../shared/canonical-json.ts';
import { correctionField, fieldValue } from '../../../shared/corrections.ts';
import { currencyCode, omnitronId } from '../../../shared/primitives.ts';
import { readFieldValue } from '../../database/corrections-read.ts';
import type { SqliteFile } from '../../database/open.ts';
import { numberOf, pushableIds, type RawBatch, readBatch } from './batch-store.ts';
import { batchState } from './transitions.ts';

const contentCorrection = z.strictObject({
  id: z.number().int().positive(),
  order: z.strictObject({ id: omnitronId, number: z.string().max(200) }),
  line: omnitronId.nullable(),
  /** The correction that this one takes back. */
  reverses: z.number().int().positive().nullable(),
  fields: z.array(z.strictObject({ field: correctionField, base: fieldValue, target: fieldValue })).max(200),
  /** A call that starts a cancellation or refund: what would be sent, its amount in millionths, and the lines as seen. */
  cancellation: z
    .strictObject({
      body: z.string().max(100_000),
      amount: z.string().regex(/^-?\d{1,19}$/),
      currency: currencyCode,
      seen: z.string().max(100_000),
    })
    .nullable(),
});

/** Everything that a batch would send, and nothing that changes on the way. */
export const batchContent = z.strictObject({
  number: batchNumber,
  kind: batchRow.shape.kind,
  reverses: batchNumber.nullable(),
  reason: z.string().max(500),
  corrections: z.array(contentCorrection).min(1),
});
export type BatchContent = z.infer<typeof batchContent>;

/** SHA-256 over the canonical JSON of the content, hex: what is submitted, approved and pushed is the same thing. */
export function contentHash(content: BatchContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** The content of a batch that consists of these corrections. `local` is the writer's connection to `local.db`. */
export function readContent(local: SqliteFile, batch: RawBatch, ids: readonly number[]): BatchContent {
  return {
    number: numberOf(batch),
    kind: batch.kind,
    reverses: batch.reverses === null ? null : numberOf(readBatch(local, 'main', batch.reverses)),
    reason: batch.reason,
    corrections: readCorrections(local, ids),
  };
}

/** The corrections that were submitted. */
export function contentIds(batch: RawBatch): number[] {
  return batch.content_ids === null ? [] : z.array(z.number().int()).parse(JSON.parse(batch.content_ids));
}

/** How a person gets on with a batch that may not be pushed. */
const WAY_OUT = {
  waiting: 'Send it back and submit it again.',
  begun: 'Withdraw what is left of it, push once more to close it, and propose that anew.',
} as const;

/**
 * The content of a batch as it was submitted.
 * @throws AppError BATCH_STATE when something in it was changed since, or something was put into it
 */
export function submittedContent(local: SqliteFile, batch: RawBatch): BatchContent {
  const ids = contentIds(batch);
  const content = readContent(local, batch, ids);
  const known = new Set(ids);
  const added = pushableIds(local, batch.id).some((id) => !known.has(id));
  if (added || contentHash(content) !== batch.content_hash) {
    throw batchState(
      batch,
      `is not what was submitted any more. ${WAY_OUT[batch.state === 'pushing' ? 'begun' : 'waiting']}`,
    );
  }
  return content;
}

interface RawContent {
  id: number;
  order_id: number;
  order_number: string;
  line_id: number | null;
  reverses: number | null;
  body: string | null;
  amount: string | null;
  currency: string | null;
  seen: string | null;
}

function readCorrections(local: SqliteFile, ids: readonly number[]): BatchContent['corrections'] {
  const wanted = JSON.stringify(ids);
  const fields = new Map<number, BatchContent['corrections'][number]['fields']>();
  const raws = local
    .prepare<[string], { correction_id: number; field: string; base: string; target: string }>(
      `SELECT correction_id, field, base, target FROM main.correction_fields
       WHERE correction_id IN (SELECT value FROM json_each(?)) ORDER BY correction_id, field`,
    )
    .iterate(wanted);
  for (const { correction_id, field, base, target } of raws) {
    const list = fields.get(correction_id) ?? [];
    list.push({
      field: correctionField.parse(field),
      base: readFieldValue(base),
      target: readFieldValue(target),
    });
    fields.set(correction_id, list);
  }
  return local
    .prepare<[string], RawContent>(
      `SELECT c.id, c.order_id, c.order_number, c.line_id, c.reverses, x.body, CAST(x.amount AS TEXT) AS amount, x.currency,
         x.seen
       FROM main.corrections c LEFT JOIN main.cancellations x ON x.correction_id = c.id
       WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id`,
    )
    .all(wanted)
    .map(({ id, order_id, order_number, line_id, reverses, ...call }) => ({
      id,
      order: { id: order_id, number: order_number },
      line: line_id,
      reverses,
      fields: fields.get(id) ?? [],
      cancellation: callOf(call),
    }));
}

function callOf({
  body,
  amount,
  currency,
  seen,
}: Pick<RawContent, 'body' | 'amount' | 'currency' | 'seen'>): BatchContent['corrections'][number]['cancellation'] {
  return body === null || amount === null || currency === null || seen === null
    ? null
    : { body, amount, currency, seen };
}
