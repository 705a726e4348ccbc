import type { Severity } from '../findings.ts';
import type { FindingStatus, ReasonCode } from '../queue.ts';
import type { KnownStatus } from '../statuses.ts';

/** Words for the codes that stand in orders and findings, in one language: the same in window and report. */
export interface CodeLabels {
  severities: Readonly<Record<Severity, string>>;
  /** Order and line statuses; a code that is not here is shown as it came. */
  statuses: Readonly<Record<KnownStatus, string>>;
  /** What is decided about a finding. */
  findingStatuses: Readonly<Record<FindingStatus, string>>;
  /** Why a difference is as it is. */
  reasons: Readonly<Record<ReasonCode, string>>;
}
