import type { Finding } from '../../shared/findings.ts';
import type { Period } from '../../shared/period.ts';
import type { ReportTotals } from '../../shared/reports.ts';
import type { Rules } from '../../shared/rules.ts';

/** One order as the report prints it. Amounts are canonical decimal text; null = no data, which is not zero. */
export interface ReportOrder {
  id: number;
  number: string;
  channel: string | null;
  status: string;
  /** Epoch milliseconds; written as a date-time in the business time zone. */
  datePlacedMs: number;
  currency: string;
  linesTotal: string;
  shipping: string | null;
  discount: string | null;
  interest: string | null;
  amount: string;
  refund: string | null;
  invoiceNumber: string | null;
  sent: boolean;
  /** Those in the queue. */
  findings: number;
}

/** Everything the header block of a report says. */
export interface ReportHeader {
  company: string;
  connection: string;
  /** The host's root, so that a reader knows which tenant this is. */
  source: string;
  period: Period;
  timeZone: string;
  /** The filter in words; empty for "all orders of the period". */
  filter: string;
  runAtMs: number;
  programVersion: string;
  /** Version of the check catalogue and of the rules that were chosen, like `2.1`. */
  rulesVersion: string;
  /** Of the rules that the findings were made with. */
  rules: Pick<Rules, 'formula' | 'tolerances' | 'quantityKey'>;
  /** Whether not all that is held was read with that key of the quantity. */
  otherQuantityKey: boolean;
  /** The pass that ended last, and how many orders Omnitron said it has; null = none has ended yet. */
  lastSync: { finishedAtMs: number; complete: boolean; remoteCount: number | null } | null;
  /** When the last complete pass ended; null = none was. */
  lastCompleteMs: number | null;
  /** When a pass began that came after the last ended one and has not ended itself; null = there is none. */
  unfinishedMs: number | null;
  /** Orders that were met but could not be read. */
  quarantined: number;
  /** Orders of the period that are held although Omnitron no longer has them. */
  vanished: number;
  /** The instant and the setting that the findings were made with; null = the checks have not run yet. */
  checkRun: { nowMs: number; erpHours: number } | null;
}

/** What is known before any row is read: for progress, and for the control totals block at the top. */
export interface ReportControl {
  orders: number;
  findings: number;
  totals: ReportTotals;
  /**
   * Findings per check, in catalogue order, with the sum of differences per currency. `skipped`: orders, of all that are
   * held, that the check could not judge for want of data.
   */
  byCheck: {
    check: Finding['check'];
    count: number;
    differences: { currency: string; difference: string }[];
    skipped: number;
  }[];
  /** The same per status, in the order of the statuses; one that no finding has is left out. */
  byStatus: { status: Finding['status']; count: number; differences: { currency: string; difference: string }[] }[];
  firstDateMs: number | null;
  lastDateMs: number | null;
  /** Distinct order ids = orders, always; distinct numbers may be fewer, for they are unique per channel only. */
  distinctNumbers: number;
}

/** A consistent snapshot of one period. Rows come in chunks so that the thread can answer others between them. */
export interface ReportSource {
  readonly header: ReportHeader;
  readonly control: ReportControl;
  orders(): Iterable<ReportOrder[]>;
  findings(): Iterable<Finding[]>;
}
