import { z } from 'zod';

/**
 * What is decided about a finding. open and in_progress are in the queue; accepted also where a tolerance of the rules
 * covers the difference; ignored, explained and accepted hold until the finding changes.
 */
export const FINDING_STATUSES = ['open', 'in_progress', 'explained', 'accepted', 'corrected', 'ignored'] as const;
export const findingStatus = z.enum(FINDING_STATUSES);
export type FindingStatus = z.infer<typeof findingStatus>;

/** The statuses of findings that somebody must still look at: the queue. */
export const QUEUE_STATUSES: readonly FindingStatus[] = ['open', 'in_progress'];

/** Why a difference is as it is. */
export const REASON_CODES = [
  'missing-in-erp',
  'missing-in-omnitron',
  'missing-in-settlement',
  'amount',
  'date-or-period',
  'tax-rate',
  'refund-amount',
  'refund-without-return-invoice',
  'invoice-number-format',
  'duplicate-invoice-number',
  'invoice-date',
  'invoice-link',
  'cancel-status',
  'sent-flag',
  'duplicate',
  'currency-or-rate',
  'commission',
  'ambiguous',
  'data-damaged',
  'changed-after-close',
] as const;
export const reasonCode = z.enum(REASON_CODES);
export type ReasonCode = z.infer<typeof reasonCode>;

/** Who takes care of a finding: a short name. */
export const ownerName = z.string().trim().min(1).max(60);
/** What a person writes about a finding. */
export const noteText = z.string().trim().min(1).max(2000);
