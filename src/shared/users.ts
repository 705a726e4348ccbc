import { z } from 'zod';
import { instantText } from './primitives.ts';

/** A person's name on this data folder: what `--as` takes. Compared without regard to case. */
export const userName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u);
/** Four to sixty-four characters. */
export const userPin = z.string().min(4).max(64);

/** A person who prepares or approves batches on this data folder, or whose approvals are accepted from elsewhere. */
export const user = z.strictObject({
  name: z.string(),
  /** The first sixteen hex digits of the SHA-256 of the person's public key, in groups of four. */
  fingerprint: z.string(),
  /** False for a person who works at another workstation: known by an identity file, cannot sign in here. */
  local: z.boolean(),
  createdAt: instantText,
  disabled: z.boolean(),
  /** Until when wrong PINs have paused signing in; null = not paused. */
  pausedUntil: instantText.nullable(),
});
export type User = z.infer<typeof user>;

/** The rules of control of a connection. Every change is an entry of the audit trail. */
export const controlRules = z.strictObject({
  /** Whether a second person must approve a batch. */
  makerChecker: z.boolean(),
  /** Whether calls that start a cancellation or refund may be proposed. */
  cancellationCalls: z.boolean(),
  /** Whether this Omnitron has been seen to take the sent flag back; undocumented, so false until then. */
  unsendProven: z.boolean(),
  /** Whether this Omnitron has been seen to clear a field; undocumented, so false until then. */
  clearProven: z.boolean(),
});
export type ControlRules = z.infer<typeof controlRules>;

/** The rules of a connection for which nobody has chosen any. */
export const DEFAULT_CONTROL: ControlRules = {
  makerChecker: false,
  cancellationCalls: false,
  unsendProven: false,
  clearProven: false,
};

export const versionedControl = z.strictObject({ version: z.number().int().nonnegative(), rules: controlRules });
export type VersionedControl = z.infer<typeof versionedControl>;
