import { z } from 'zod';
import { cancellationCall } from './cancellations.ts';
import { bilingual, instantText, omnitronId } from './primitives.ts';

/** Fields that a correction of an order may set: `is_send` is the only one Omnitron documents as writable. */
export const ORDER_FIELDS = ['is_send'] as const;
/**
 * Line fields with a name of their own that the contract documents as writable (section 7.3). `attributes` and
 * `attributes_kwargs` are not among them: the server replaces them whole, so they are never sent.
 */
export const LINE_FIELDS = [
  'invoice_number',
  'invoice_date',
  'e_archive_url',
  'tracking_number',
  'shipping_company',
  'status',
  'cancel_status',
] as const;
/** What the name of a key of a line's `extra_field` begins with, as a field of a correction. */
export const EXTRA_FIELD = 'extra_field.';
/** One key of a line's `extra_field`, which the server merges: `extra_field.KEY`. */
export const extraFieldName = z.templateLiteral(['extra_field.', z.string().min(1).max(100)]);
export type ExtraFieldName = z.infer<typeof extraFieldName>;
const namedField = z.enum([...ORDER_FIELDS, ...LINE_FIELDS]);
export const correctionField = z.union([namedField, extraFieldName]);
export type CorrectionField = z.infer<typeof correctionField>;

/**
 * queued: waits for a push. checking, sending, verifying: under way (after a crash: looked at again by the next push).
 * waiting: the server could not be asked; nothing was written. unknown: a write may have arrived, and could not be read
 * back; the next push reads first. conflict: Omnitron holds a value that is neither the one seen nor the one wanted.
 * rejected: Omnitron refused it. withdrawn: taken back here, or replaced by its successor.
 */
export const correctionState = z.enum([
  'queued',
  'checking',
  'sending',
  'verifying',
  'applied',
  'waiting',
  'unknown',
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
  'unknown',
  'conflict',
  'rejected',
];
/** States that the next push takes up. */
export const PUSHABLE_STATES: readonly CorrectionState[] = [
  'queued',
  'checking',
  'sending',
  'verifying',
  'waiting',
  'unknown',
];
/** States that need a person: what is in conflict, was refused, or may have arrived. */
export const UNDECIDED_STATES = ['conflict', 'rejected', 'unknown'] as const satisfies readonly CorrectionState[];
export type UndecidedState = (typeof UNDECIDED_STATES)[number];
/** States in which a write may have arrived. */
export const WRITTEN_STATES: readonly CorrectionState[] = ['sending', 'verifying', 'unknown'];

/** States from which a person may take a correction back, or from which a newer one takes its place. */
export const WITHDRAWABLE_STATES: readonly CorrectionState[] = ['queued', 'waiting', 'conflict', 'rejected'];

/**
 * Whether a person may take a correction back. A cancellation of which nobody knows whether it was carried out, too:
 * nothing but a person's look at Omnitron can settle it, and taking it back here sends nothing.
 */
export function isWithdrawable({ state, cancellation }: Pick<CorrectionRow, 'state' | 'cancellation'>): boolean {
  return WITHDRAWABLE_STATES.includes(state) || (state === 'unknown' && cancellation !== null);
}

/**
 * Problems of a correction that are no errors. CHANGE_IGNORED: Omnitron accepted the write, and the reading after it
 * still shows the old value. CANCELLATION_STALE: before the call, the order did not stand any more as it was seen.
 * CANCELLATION_UNKNOWN: the call went out once and may have been carried out; the message says what Omnitron shows.
 */
export const CORRECTION_PROBLEMS = ['CHANGE_IGNORED', 'CANCELLATION_STALE', 'CANCELLATION_UNKNOWN'] as const;
export type CorrectionProblem = (typeof CORRECTION_PROBLEMS)[number];

/**
 * A value of a correction field; invoice dates are `YYYY-MM-DD` as wanted, ISO instants as read. A number inside an
 * `extra_field` is the text of its literal. Only a value of an `extra_field` key may be a list or an object.
 */
export type FieldValue = string | boolean | null | FieldValue[] | { [key: string]: FieldValue };
export const fieldValue: z.ZodType<FieldValue> = z.lazy(() =>
  z.union([
    z.string().max(2000),
    z.boolean(),
    z.null(),
    z.array(fieldValue).max(100),
    z.record(z.string().max(200), fieldValue),
  ]),
);

export const correctionFieldRow = z.strictObject({
  field: correctionField,
  /** What the accountant saw when the correction was made. */
  base: fieldValue,
  /** What the accountant wants. */
  target: fieldValue,
  /** What Omnitron said last, where it has been asked; undefined = not asked yet. */
  server: fieldValue.optional(),
});

/**
 * What speaks against a value that may be sent all the same. date-future, date-early (before the order), date-closed (in a
 * closed period); number-taken: another order has the invoice number, or is to get it.
 */
export const correctionWarning = z.strictObject({
  code: z.enum(['date-future', 'date-early', 'date-closed', 'number-taken']),
  field: z.enum(['invoice_date', 'invoice_number']),
  text: bilingual,
});
export type CorrectionWarning = z.infer<typeof correctionWarning>;

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
  /** The batch that it belongs to, with its number like `2026-0007`; null for one from before there were batches. */
  batch: z.strictObject({ id: z.number().int().positive(), number: z.string() }).nullable(),
  /** Who proposed it: the person signed in here, otherwise the user of the operating system. */
  maker: z.string(),
  /** The correction that this one takes back; null = it is none of a reversal. */
  reverses: z.number().int().positive().nullable(),
  /** The correction that a person made of it after a conflict or a refusal; null = none. */
  successor: z.number().int().positive().nullable(),
  /** A call that starts a cancellation or refund, instead of fields; null = a correction of fields. */
  cancellation: cancellationCall.nullable(),
  /** What speaks against it now, while it is not settled; not given where nobody asked. */
  warnings: z.array(correctionWarning).optional(),
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

/** How a push ended. `batch` is the number of the last batch that it worked on; null = there was nothing to push. */
export const pushSummary = z.strictObject({
  batch: z.string().nullable(),
  applied: z.number().int(),
  conflict: z.number().int(),
  rejected: z.number().int(),
  /** A write may have arrived and could not be read back. */
  unknown: z.number().int(),
  waiting: z.number().int(),
});
export type PushSummary = z.infer<typeof pushSummary>;

/** One step of a push, as the receipt keeps it: what was asked or sent, when, and what came back. */
export const receiptStep = z.strictObject({
  at: instantText,
  step: z.enum(['read', 'write', 'read-back']),
  /** Null where no answer came. */
  httpStatus: z.number().int().nullable(),
  /** The corrected fields as the server showed them; null for a write, and where no answer came. */
  reading: z.record(z.string(), fieldValue).nullable(),
  /** The body of a write; null for a reading. */
  sent: z.record(z.string(), fieldValue).nullable(),
});
export type ReceiptStep = z.infer<typeof receiptStep>;

/** What a person says about one field of a conflict: the server's value stays, theirs goes over it, or another does. */
export const fieldChoice = z.discriminatedUnion('keep', [
  z.strictObject({ field: correctionField, keep: z.literal('theirs') }),
  z.strictObject({ field: correctionField, keep: z.literal('mine') }),
  z.strictObject({ field: correctionField, keep: z.literal('edit'), value: fieldValue }),
]);
export type FieldChoice = z.infer<typeof fieldChoice>;
/** The choices about one correction; fields that are not named stay the server's. */
export const conflictChoice = z.strictObject({ id: z.number().int().positive(), fields: z.array(fieldChoice).max(50) });
export type ConflictChoice = z.infer<typeof conflictChoice>;

/** One row of a paste, after reading: what it would propose, or why it cannot. */
export const pastedRow = z.strictObject({
  /** Line of the pasted text, 1 = its first. */
  line: z.number().int().positive(),
  orderNumber: z.string(),
  lineId: omnitronId.nullable(),
  set: z.record(z.string(), fieldValue),
  /** How many lines it sets fields of: several where no line is named and the order has them. */
  lines: z.number().int().nonnegative(),
  /**
   * Null = it can be proposed. `field` names the column, where one is at fault; `reason` is one of `labels/refusals.ts`,
   * null = only the code says why.
   */
  problem: z
    .strictObject({
      code: z.string(),
      message: z.string(),
      field: z.string().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
});
export type PastedRow = z.infer<typeof pastedRow>;
