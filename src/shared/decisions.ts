import { z } from 'zod';
import { checkCode, findingRow } from './findings.ts';
import { amountText, instantText } from './primitives.ts';
import { findingStatus, noteText, ownerName, reasonCode } from './queue.ts';

/** What identifies a finding from run to run. */
export const findingKey = z.strictObject({ check: checkCode, subject: z.number().int().nonnegative() });
export type FindingKey = z.infer<typeof findingKey>;

/** Most findings that are named one by one; more are chosen by their filter. */
const MOST_NAMED = 10_000;

/** Findings ticked in the grid: some, or everything the filter lets through but some. */
export const findingSelection = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('named'), findings: z.array(findingKey).max(MOST_NAMED) }),
  z.strictObject({ mode: z.literal('all'), except: z.array(findingKey).max(MOST_NAMED) }),
]);
export type FindingSelection = z.infer<typeof findingSelection>;

/** What a person decides about findings. Null leaves that part as it is; a status clears the reason it has none of. */
export const decision = z.strictObject({
  status: findingStatus.nullable(),
  /** Needed for explained. */
  reason: reasonCode.nullable(),
  owner: ownerName.nullable(),
  note: noteText.nullable(),
  /** Needed for corrected: the correction that does it. */
  correction: z.number().int().positive().nullable(),
});
export type Decision = z.infer<typeof decision>;

/** What a decision did: its entry in the journal, by which it can be undone, and how many findings it is about. */
export const decided = z.strictObject({ entry: z.number().int().positive(), findings: z.number().int() });
export type Decided = z.infer<typeof decided>;

/** What an undo did: its own entry, the entry it took back, and how many findings are as they were before. */
export const undone = decided.extend({ undid: z.number().int().positive() });
export type Undone = z.infer<typeof undone>;

export const findingNote = z.strictObject({
  id: z.number().int().positive(),
  text: z.string(),
  who: z.string(),
  at: instantText,
});
export type FindingNote = z.infer<typeof findingNote>;

/**
 * One thing that happened to a finding. opened, changed, closed, reopened: by the checks, with the values it had then
 * (changed: had until then). decided, noted, note-removed: by a person. undone: a decision or note was taken back.
 */
export const traceStep = z.strictObject({
  at: instantText,
  what: z.enum(['opened', 'changed', 'closed', 'reopened', 'decided', 'noted', 'note-removed', 'undone']),
  expected: amountText.nullable(),
  actual: amountText.nullable(),
  difference: amountText.nullable(),
  /** Who did it, where a person did. */
  who: z.string().nullable(),
  /** The journal's entry, where a person did it. */
  entry: z.number().int().positive().nullable(),
  /** Whether it has been taken back. */
  isUndone: z.boolean(),
  status: findingStatus.nullable(),
  reason: reasonCode.nullable(),
  owner: z.string().nullable(),
  correction: z.number().int().positive().nullable(),
  /** The person's words. */
  note: z.string().nullable(),
});
export type TraceStep = z.infer<typeof traceStep>;

/** A finding as it is now (null = it is gone), its notes, and everything that happened to it; both oldest first. */
export const findingTrace = z.strictObject({
  finding: findingRow.nullable(),
  notes: z.array(findingNote).max(1_000),
  steps: z.array(traceStep).max(5_000),
});
export type FindingTrace = z.infer<typeof findingTrace>;
