import { z } from 'zod';
import { instantText, periodSchema } from './primitives.ts';

const count = z.number().int().nonnegative();

/** Groups of actions, for filtering: the part of an action's code before the point. */
export const AUDIT_GROUPS = [
  'statement',
  'profile',
  'match',
  'match-rules',
  'rules',
  'findings',
  'correction',
  'batch',
  'push',
  'user',
  'control',
  'settings',
  'report',
  'connection',
  'orders',
] as const;
export const auditGroup = z.enum(AUDIT_GROUPS);
export type AuditGroup = z.infer<typeof auditGroup>;

/** What is recorded. A code is stable: entries keep it for ever. */
export const AUDIT_ACTIONS = [
  'profile.save',
  'profile.remove',
  'statement.import',
  'statement.withdraw',
  'statement.restore',
  'rules.choose',
  'match-rules.choose',
  'match.run',
  'match.accept',
  'match.reject',
  'match.hand',
  'match.undo',
  'match.undo-run',
  'findings.decide',
  'findings.correct',
  'findings.note',
  'findings.note-remove',
  'findings.undo',
  'correction.propose',
  'correction.withdraw',
  'correction.resolve',
  'correction.retry',
  'batch.submit',
  'batch.approve',
  'batch.send-back',
  'batch.reverse',
  'batch.export',
  'push.begin',
  'push.pause',
  'push.end',
  'push.cancellation',
  'user.add',
  'user.change-pin',
  'user.disable',
  'user.sign-in',
  'user.refused',
  'user.import',
  'control.choose',
  'settings.change',
  'report.export',
  'connection.change',
  'orders.accept-vanished',
] as const satisfies readonly `${AuditGroup}.${string}`[];
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What the audit screen and `audit list` are asked for. */
export const auditFilter = z.strictObject({
  /** Words that all occur in the action, the subject, the reason, the person or what was before and after. */
  text: z.string().max(200),
  /** What the actions are called in the person's language, so that these words are found too; absent = codes only. */
  names: z.record(z.string().max(60), z.string().max(200)).exactOptional(),
  groups: z.array(auditGroup).max(AUDIT_GROUPS.length),
  period: periodSchema,
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** An entry as the trail keeps it. */
export const auditEntry = z.strictObject({
  /** Positive, but for one that somebody put in: it is shown, and verifying names it. */
  id: z.number().int(),
  at: instantText,
  /** The user of the operating system, and the computer. */
  who: z.string(),
  host: z.string(),
  /** The person signed in with a PIN; null = nobody was. */
  profile: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  /** Canonical JSON, long one cut off with an ellipsis; null = nothing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string().nullable(),
  undoes: z.number().int().nullable(),
  /** Whether a key from the OS key store authenticates it, beside the plain chain. */
  keyed: z.boolean(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/**
 * What recomputing the chain showed. `bad` names the first entry that does not fit, with what is wrong:
 * changed = its content does not give its digest; missing = an entry before it is not there (removed, or swapped);
 * mac = the digest fits and the key says otherwise; head = the end of the chain is not where it is written down
 * (entries removed or added at the end).
 */
export const auditVerdict = z.strictObject({
  ok: z.boolean(),
  entries: count,
  /** Entries that a key authenticates and that were checked with it; `uncheckedKeyed` = the key is not at hand here. */
  keyed: count,
  uncheckedKeyed: count,
  /** Entries that only the plain chain protects. */
  plain: count,
  /** Digest at the end of the chain: what to write down, or to compare with a report. Null = there are no entries. */
  head: z.string().nullable(),
  /** Whether the head that is kept outside the table was there to compare with. */
  outside: z.boolean(),
  bad: z
    .strictObject({ entry: count, kind: z.enum(['changed', 'missing', 'mac', 'head']), message: z.string() })
    .nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;
