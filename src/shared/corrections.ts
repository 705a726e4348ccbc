import { z } from 'zod';
import { instantText, omnitronId } from './primitives.ts';

/** Fields that a correction of an order may set: `is_send` is the only one Omnitron documents as writable. */
export const ORDER_FIELDS = ['is_send'] as const;
/** Line fields that this version corrects (contract, section 7.3). */
export const LINE_FIELDS = ['invoice_number', 'invoice_date', 'e_archive_url'] as const;
export const correctionField = z.enum([...ORDER_FIELDS, ...LINE_FIELDS]);
export type CorrectionField = z.infer<typeof correctionField>;

/**
 * queued: waits for a push. checking, sending, verifying: under way (after a crash: looked at again by the next push).
 * waiting: the server could not be asked or its answer is unknown; the next push reads first. conflict: Omnitron holds
 * a value that is neither the one seen nor the one wanted. rejected: Omnitron refused it. withdrawn: taken back here.
 */
export const correctionState = z.enum([
  'queued',
  'checking',
  'sending',
  'verifying',
  'applied',
  'waiting',
  'conflict',
  'rejected',
  'withdrawn',
]);
export type CorrectionState = z.infer<typeof correctionState>;

/** States in which a correction lies over the server's value in every list. */
export const PENDING_STATES: readonly CorrectionState[] = [
  'queued',
  'checking',
  'sending',
  'verifying',
  'waiting',
  'conflict',
  'rejected',
];
/** States that the next push takes up. */
export const PUSHABLE_STATES: readonly CorrectionState[] = ['queued', 'checking', 'sending', 'verifying', 'waiting'];

/** States from which a person may take a correction back, or from which a newer one takes its place. */
export const WITHDRAWABLE_STATES: readonly CorrectionState[] = ['queued', 'waiting', 'conflict', 'rejected'];

/**
 * Problems of a correction that are no errors. CHANGE_IGNORED: Omnitron accepted the write, and the reading after it
 * still shows the old value.
 */
export const CORRECTION_PROBLEMS = ['CHANGE_IGNORED'] as const;
export type CorrectionProblem = (typeof CORRECTION_PROBLEMS)[number];

/** A value of a correction field; invoice dates are `YYYY-MM-DD` as wanted, ISO instants as read. */
export const fieldValue = z.union([z.string().max(2000), z.boolean(), z.null()]);
export type FieldValue = z.infer<typeof fieldValue>;

export const correctionFieldRow = z.strictObject({
  field: correctionField,
  /** What the accountant saw when the correction was made. */
  base: fieldValue,
  /** What the accountant wants. */
  target: fieldValue,
  /** What Omnitron said last, where it has been asked; undefined = not asked yet. */
  server: fieldValue.optional(),
});

export const correctionRow = z.strictObject({
  id: z.number().int().positive(),
  state: correctionState,
  order: z.strictObject({ id: omnitronId, number: z.string() }),
  /** Null for a correction of the order itself. */
  lineId: omnitronId.nullable(),
  fields: z.array(correctionFieldRow),
  createdAt: instantText,
  updatedAt: instantText,
  /** Why it is waiting, rejected or, where the three values do not tell, in conflict; `code` is an error's or a problem's. */
  problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});
export type CorrectionRow = z.infer<typeof correctionRow>;

/** What a new correction says. Exactly one target: an order or one of its lines. */
export const newCorrection = z.strictObject({
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('order'), orderId: omnitronId }),
    z.strictObject({ kind: z.literal('line'), lineId: omnitronId }),
  ]),
  /** Field → wanted value. `invoice_date` takes YYYY-MM-DD. */
  set: z.partialRecord(correctionField, fieldValue),
});
export type NewCorrection = z.infer<typeof newCorrection>;

export const pushSummary = z.strictObject({
  applied: z.number().int(),
  conflict: z.number().int(),
  rejected: z.number().int(),
  waiting: z.number().int(),
});
export type PushSummary = z.infer<typeof pushSummary>;
