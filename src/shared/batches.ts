import { z } from 'zod';
import { correctionField, correctionState, fieldValue } from './corrections.ts';
import { amountText, currencyCode, instantText, omnitronId } from './primitives.ts';

const count = z.number().int().nonnegative();

/**
 * draft: proposals are collected. for_approval: submitted, unchangeable. approved: may be pushed. pushing: a push has
 * begun, or was paused. done: everything is applied or was withdrawn. done_with_exceptions: nothing is left to send, and
 * something was refused or is in conflict. discarded: a draft of which nothing is left.
 */
export const BATCH_STATES = [
  'draft',
  'for_approval',
  'approved',
  'pushing',
  'done',
  'done_with_exceptions',
  'discarded',
] as const;
export const batchState = z.enum(BATCH_STATES);
export type BatchState = z.infer<typeof batchState>;

/** A batch's number, like `2026-0007`: the year it was begun in, and its place in that year. */
export const batchNumber = z.string().regex(/^\d{4}-\d{4,}$/);

/** The number of a batch as it is printed. */
export function batchNumberOf(year: number, seq: number): string {
  return `${year}-${String(seq).padStart(4, '0')}`;
}

/** A batch of corrections: the document that is submitted, approved, pushed and kept. */
export const batchRow = z.strictObject({
  id: z.number().int().positive(),
  number: batchNumber,
  state: batchState,
  kind: z.enum(['corrections', 'reversal']),
  /** Number of the batch that this one takes back; null for no reversal. */
  reverses: batchNumber.nullable(),
  /** Number of the reversal that was generated from it; null = none. */
  reversedBy: batchNumber.nullable(),
  maker: z.string(),
  approver: z.string().nullable(),
  /** Why; empty in a draft that nobody has given a reason. */
  reason: z.string(),
  createdAt: instantText,
  submittedAt: instantText.nullable(),
  approvedAt: instantText.nullable(),
  pushedAt: instantText.nullable(),
  finishedAt: instantText.nullable(),
  /** Corrections, without those withdrawn. */
  count,
  /** How many corrections stand in each state, withdrawn ones included. */
  states: z.partialRecord(correctionState, count),
  /** The orders concerned, once each, and the sum of their amounts, per currency. */
  totals: z.array(z.strictObject({ currency: currencyCode, orders: count, amount: amountText })),
  /** Corrections of which a field cannot be taken back once it is applied. */
  oneWay: count,
});
export type BatchRow = z.infer<typeof batchRow>;

/** Why a person submits, sends back or generates a batch. */
export const batchReason = z.string().trim().min(1).max(500);

/**
 * What a push would do to one correction now. send: Omnitron holds what was seen. done: it holds the target already.
 * conflict: it holds something else. gone: the order or line is not there. unread: it could not be asked.
 */
export const dryRunOutcome = z.enum(['send', 'done', 'conflict', 'gone', 'unread']);
export type DryRunOutcome = z.infer<typeof dryRunOutcome>;

export const dryRunLine = z.strictObject({
  correction: z.number().int().positive(),
  order: z.strictObject({ id: omnitronId, number: z.string() }),
  lineId: omnitronId.nullable(),
  outcome: dryRunOutcome,
  fields: z.array(
    z.strictObject({
      field: correctionField,
      base: fieldValue,
      target: fieldValue,
      /** Undefined = not read. */
      server: fieldValue.optional(),
      verdict: z.enum(['send', 'done', 'conflict']).nullable(),
      /** False = it could not be taken back once applied. */
      reversible: z.boolean(),
    }),
  ),
  /** Why it could not be read; null = it was. */
  problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});
export type DryRunLine = z.infer<typeof dryRunLine>;

/** A dry run of a batch: the server was read, nothing was written. */
export const dryRunResult = z.strictObject({
  batch: batchNumber,
  counts: z.record(dryRunOutcome, count),
  /** Corrections of which a field cannot be taken back. */
  oneWay: count,
  lines: z.array(dryRunLine).max(10_000),
});
export type DryRunResult = z.infer<typeof dryRunResult>;

/** A batch file as it was opened for approval: what it holds, and what its signature proves. */
export const openedBatchFile = z.strictObject({
  path: z.string(),
  number: batchNumber,
  connection: z.string(),
  maker: z.string(),
  reason: z.string(),
  submittedAt: instantText,
  /** Fingerprint of the maker's key, to be compared by voice or in person. */
  fingerprint: z.string(),
  /** Whether the maker's key is known here, from an identity file that was imported before. */
  makerKnown: z.boolean(),
  totals: batchRow.shape.totals,
  lines: z
    .array(
      z.strictObject({
        order: z.string(),
        lineId: omnitronId.nullable(),
        fields: z.array(z.strictObject({ field: z.string(), base: fieldValue, target: fieldValue })),
      }),
    )
    .max(10_000),
});
export type OpenedBatchFile = z.infer<typeof openedBatchFile>;
