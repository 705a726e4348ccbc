import type { CheckCode, Severity } from '../findings.ts';
import type { KnownStatus } from '../statuses.ts';

/** Words for the codes that stand in orders and findings, in one language: the same in window and report. */
export interface CodeLabels {
  /** A check's title, and what it means in one sentence. */
  checks: Readonly<Record<CheckCode, { label: string; help: string }>>;
  severities: Readonly<Record<Severity, string>>;
  /** Order and line statuses; a code that is not here is shown as it came. */
  statuses: Readonly<Record<KnownStatus, string>>;
}
