import { z } from 'zod';
import { auditEntry, auditFilter, auditVerdict } from '../audit.ts';
import { batchReason, batchRow, batchState, dryRunResult, openedBatchFile } from '../batches.ts';
import { newCancellation } from '../cancellations.ts';
import {
  conflictChoice,
  correctionRow,
  correctionState,
  newCorrection,
  pastedRow,
  pushSummary,
  receiptStep,
} from '../corrections.ts';
import { orderFilter, orderSelection } from '../orders.ts';
import { amountText, currencyCode, omnitronId } from '../primitives.ts';
import { controlRules, user, userName, userPin, versionedControl } from '../users.ts';

const nothing = z.undefined();
const done = z.null();
const count = z.number().int().nonnegative();
const id = z.number().int().positive();
const windowOf = { offset: count, limit: z.number().int().min(1).max(500) };
/** A path that a dialog gave; null = the person closed it. */
const written = z.strictObject({ path: z.string() }).nullable();
const MOST_ROWS = 10_000;
/** As much text as ten thousand rows of a table hold. */
export const MOST_PASTED_TEXT = 4_000_000;
const pasted = z.strictObject({ text: z.string().max(MOST_PASTED_TEXT) });

/** Proposals: what shall change at Omnitron. */
export const CORRECTION_CALLS = {
  'corrections.list': {
    request: z.strictObject({
      states: z.array(correctionState).max(10),
      /** Of one batch; null = of all. */
      batch: id.nullable(),
      ...windowOf,
    }),
    response: z.strictObject({
      total: count,
      offset: count,
      rows: z.array(correctionRow).max(500),
      counts: z.partialRecord(correctionState, count),
    }),
  },
  'corrections.add': { request: newCorrection, response: correctionRow },
  /** Queues "sent to ERP" for every selected order that is not sent and has no such correction pending. */
  'corrections.markSent': {
    request: z.strictObject({ filter: orderFilter, selection: orderSelection }),
    response: z.strictObject({ queued: count, skipped: count, ids: z.array(id).max(10_000_000) }),
  },
  /** The same for every order that a row of an ERP statement is matched with. */
  'corrections.markSentOfStatement': {
    request: z.strictObject({ statement: id }),
    response: z.strictObject({ queued: count, skipped: count, ids: z.array(id).max(10_000_000) }),
  },
  /** Reads rows copied from a spreadsheet; nothing is queued. */
  'corrections.previewPaste': {
    request: pasted,
    response: z.strictObject({
      rows: z.array(pastedRow).max(MOST_ROWS),
      good: count,
      bad: count,
      /** Headings of columns that are no field of a correction. */
      ignored: z.array(z.string()).max(500),
    }),
  },
  /** Queues the rows of a paste that can be; the others are answered. */
  'corrections.addPaste': {
    request: pasted,
    response: z.strictObject({ queued: count, refused: z.array(pastedRow).max(MOST_ROWS) }),
  },
  /** Takes corrections back that are queued, waiting, in conflict or rejected. */
  'corrections.withdraw': {
    request: z.strictObject({ ids: z.array(id).min(1).max(MOST_ROWS) }),
    response: z.strictObject({ withdrawn: count }),
  },
  /** Makes new proposals of conflicting, rejected or unknown corrections, over what Omnitron holds now. */
  'corrections.keepMine': {
    request: z.strictObject({ ids: z.array(id).min(1).max(MOST_ROWS) }),
    response: z.strictObject({ queued: count }),
  },
  /** Decides conflicts field by field. `queued` counts new proposals, `withdrawn` those where Omnitron's values stay. */
  'corrections.resolve': {
    request: z.strictObject({ choices: z.array(conflictChoice).min(1).max(MOST_ROWS) }),
    response: z.strictObject({ queued: count, withdrawn: count }),
  },
  'corrections.receipts': { request: z.strictObject({ id }), response: z.array(receiptStep).max(200) },
  /** What cancelling these lines gives back, to be typed as confirmation. */
  'corrections.cancellationAmount': {
    request: z.strictObject({
      orderId: omnitronId,
      all: z.boolean(),
      lines: z.array(omnitronId).max(500),
      cargo: z.boolean(),
    }),
    response: z.strictObject({ amount: amountText, currency: currencyCode }),
  },
  /** Proposes a cancellation or refund, where the rules of control allow it. */
  'corrections.addCancellation': { request: newCancellation, response: correctionRow },
  /** Pushes what is approved; without maker-checker first submits and approves what is queued. Null = every batch. */
  'corrections.push': { request: z.strictObject({ batch: id.nullable() }), response: pushSummary },
  /** Stops the push after the correction it is at. */
  'corrections.pausePush': { request: nothing, response: done },
} as const;

/** Batches: corrections as documents. */
export const BATCH_CALLS = {
  'batches.list': {
    request: z.strictObject({ states: z.array(batchState).max(7), ...windowOf }),
    response: z.strictObject({ total: count, rows: z.array(batchRow).max(500) }),
  },
  'batches.get': { request: z.strictObject({ id }), response: batchRow },
  /** Submits a draft for approval; without maker-checker that approves it too. */
  'batches.submit': { request: z.strictObject({ id, reason: batchReason }), response: batchRow },
  'batches.approve': { request: z.strictObject({ ids: z.array(id).min(1).max(500) }), response: z.array(batchRow) },
  /** Sends a batch back to its maker: it is a draft again. */
  'batches.sendBack': { request: z.strictObject({ id, reason: batchReason }), response: batchRow },
  /** Reads the server and says line by line what a push would do. */
  'batches.dryRun': { request: z.strictObject({ id }), response: dryRunResult },
  'batches.cancelDryRun': { request: nothing, response: done },
  /** Generates the batch that takes a finished one back, as a draft. */
  'batches.reverse': {
    request: z.strictObject({ id, reason: batchReason }),
    response: z.strictObject({ batch: batchRow, corrections: count, oneWay: count }),
  },
  /** Saves a submitted batch as a signed file, for approval at another workstation. */
  'batches.export': { request: z.strictObject({ id }), response: written },
  /** Opens a batch file from another workstation. */
  'batches.openFile': { request: nothing, response: openedBatchFile.nullable() },
  /** Approves the batch file that was opened last and saves the signed approval. */
  'batches.approveFile': { request: z.strictObject({ path: z.string().max(4096) }), response: written },
  /** Takes over an approval from another workstation. */
  'batches.importApproval': { request: nothing, response: batchRow.nullable() },
} as const;

/** People with a PIN, and the rules of control. */
export const USER_CALLS = {
  'users.list': {
    request: nothing,
    response: z.strictObject({ users: z.array(user).max(500), signedIn: z.string().nullable() }),
  },
  'users.add': { request: z.strictObject({ name: userName, pin: userPin }), response: user },
  'users.changePin': { request: z.strictObject({ name: userName, pin: userPin, newPin: userPin }), response: user },
  'users.disable': { request: z.strictObject({ name: userName }), response: user },
  'users.signIn': { request: z.strictObject({ name: userName, pin: userPin }), response: user },
  'users.signOut': { request: nothing, response: done },
  /** Saves a person's public key, so that another workstation can check what the person signs. */
  'users.exportIdentity': { request: z.strictObject({ name: userName }), response: written },
  'users.importIdentity': { request: nothing, response: user.nullable() },
  'control.get': { request: nothing, response: versionedControl },
  'control.set': { request: z.strictObject({ rules: controlRules, reason: batchReason }), response: versionedControl },
} as const;

/** The audit trail. */
export const AUDIT_CALLS = {
  'audit.window': {
    request: z.strictObject({ filter: auditFilter, ...windowOf }),
    response: z.strictObject({ total: count, offset: count, rows: z.array(auditEntry).max(500) }),
  },
  /** Recomputes the whole chain. */
  'audit.verify': { request: nothing, response: auditVerdict },
} as const;
