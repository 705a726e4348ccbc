import type { CorrectionRow, CorrectionState, NewCorrection } from '../../shared/corrections.ts';
import type { Finding, FindingFilter, FindingRow, FindingSummary } from '../../shared/findings.ts';
import type {
  OrderDetail,
  OrderFacets,
  OrderFilter,
  OrderRow,
  OrderSelection,
  OrderSort,
  OrderTotals,
} from '../../shared/orders.ts';
import type { Period } from '../../shared/period.ts';
import type { ReportRequest, ReportResult, ReportTotals } from '../../shared/reports.ts';
import type { Settings } from '../../shared/settings.ts';
import type { LastSync } from '../../shared/sync.ts';
import type { readDataState } from '../database/data-state.ts';

/** The instant and the rules a run of the checks uses. */
export interface CheckRules {
  nowMs: number;
  erpHours: number;
}

/** Period and business time zone: what every reading that cuts by date needs. */
export interface PeriodContext {
  timeZone: string;
}

/** The outcome of putting one page into the cache. */
export interface PageOutcome {
  /** Rows in the page, including quarantined ones. */
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  quarantined: number;
  /** Ids that this pass had not met before. */
  firstSeen: number;
  /** The server's `count` as this page stated it. */
  remoteCount: number;
  /** Whether the page names a following one. The address itself is never used. */
  hasNext: boolean;
}

/** A pass as it stands in the cache: a new one, or one that a crash or a cancel interrupted. */
export interface PassState {
  passId: number;
  /** The first page to ask for. */
  nextPage: number;
  resumed: boolean;
  /** Ids met so far by this pass. */
  seen: number;
  /** The server's `count` when the pass began; null before its first page. */
  countAtStart: number | null;
}

/** The outcome of finishing a pass. */
export interface PassOutcome {
  orders: number;
  lines: number;
  seen: number;
  notSeen: number;
  quarantined: number;
}

/** A correction as the push needs it: what to read, what was seen, what is wanted. */
export interface PushItem {
  id: number;
  state: CorrectionState;
  orderId: number;
  orderNumber: string;
  lineId: number | null;
}

/** Which call a reading came from: order by number (i1), order by id (detailed integration), or one line. */
export type ReadingShape = 'order' | 'detailed' | 'line';

/** What to do after the server's present values have been compared with base and target. */
export type PushDecision =
  | { action: 'send'; body: Record<string, unknown> }
  | { action: 'applied' }
  | { action: 'conflict' };

/** Every method of the thread that owns all writes. */
export interface WriterService {
  /** Whether orders or corrections are held: then the folder belongs to the tenant they came from. */
  holdsData(): boolean;
  /** The `count` of a page of orders; nothing is stored. @throws AppError RESPONSE_INVALID */
  readCount(args: { body: Uint8Array }): { count: number };
  beginPass(args: { limit: number; nowMs: number }): PassState;
  /**
   * Parses a page's bytes, maps its rows through the allow-list and stores rows, quarantine and progress in one
   * transaction.
   * @throws AppError RESPONSE_INVALID when the body is not the contract's envelope; nothing is stored then.
   */
  applyPage(args: { passId: number; page: number; body: Uint8Array; nowMs: number }): PageOutcome;
  /** Ends a pass. `complete` lets orders that were not met be counted as not seen. */
  finishPass(args: { passId: number; complete: boolean; remoteCount: number; nowMs: number }): PassOutcome;
  runChecks(rules: CheckRules): { findings: number };
  addCorrection(args: { correction: NewCorrection; nowMs: number }): CorrectionRow;
  markSent(args: { filter: OrderFilter; selection: OrderSelection; timeZone: string; nowMs: number }): {
    queued: number;
    skipped: number;
    ids: number[];
  };
  withdrawCorrections(args: { ids: number[]; nowMs: number }): { withdrawn: number };
  requeueCorrections(args: { ids: number[]; nowMs: number }): { queued: number };
  /** Corrections that a push takes up, oldest first. */
  pushItems(): PushItem[];
  pushChecking(args: { id: number; nowMs: number }): null;
  /**
   * Puts the server's answer into the cache, compares it with base and target and records the reading.
   * @throws AppError NOT_FOUND when the answer is about another order (its number exists in several channels).
   */
  pushCompare(args: { id: number; shape: ReadingShape; body: Uint8Array; nowMs: number }): PushDecision;
  /** After a PATCH was answered: the next reading must show the targets. */
  pushVerifying(args: { id: number; httpStatus: number; nowMs: number }): null;
  /** The reading after the PATCH: applied, or conflict when the server does not hold the targets. */
  pushVerify(args: { id: number; shape: ReadingShape; body: Uint8Array; nowMs: number }): {
    state: 'applied' | 'conflict';
  };
  pushProblem(args: {
    id: number;
    state: 'waiting' | 'rejected';
    code: string;
    message: string;
    httpStatus: number | null;
    nowMs: number;
  }): null;
  /** Folds the WAL into the files and closes both. */
  close(): null;
}

export interface Window {
  offset: number;
  limit: number;
}

/** Every method of the thread that reads. Amounts leave it as canonical decimal text. */
export interface ReaderService {
  overview(): {
    orders: number;
    lines: number;
    openFindings: number;
    pendingCorrections: number;
    lastSync: LastSync | null;
  };
  /** How whole the data is, so that reading commands can say that orders may be missing. */
  dataState(): ReturnType<typeof readDataState>;
  /**
   * Runs the checks into temporary tables of this reader, which then stand in for the stored findings. For the command
   * line, whose reading commands must neither wait for the writer nor show findings as of another instant.
   */
  refreshFindings(rules: CheckRules): { findings: number };
  ordersWindow(args: { filter: OrderFilter; sort: OrderSort; timeZone: string } & Window): {
    total: number;
    offset: number;
    rows: OrderRow[];
  };
  ordersTotals(args: { filter: OrderFilter; selection: OrderSelection; timeZone: string }): OrderTotals;
  ordersFacets(args: { period: Period; timeZone: string }): OrderFacets;
  orderDetail(args: { id: number }): OrderDetail;
  /** Rows of a selection in grid order, for copying; refuses more than `limit` with VALUE_INVALID. */
  ordersSelected(args: {
    filter: OrderFilter;
    sort: OrderSort;
    selection: OrderSelection;
    timeZone: string;
    limit: number;
  }): OrderRow[];
  /** Orders with this number: none, one, or one in each of several channels. */
  ordersByNumber(args: { number: string }): { id: number; number: string; channel: string | null }[];
  findingsWindow(args: { filter: FindingFilter; timeZone: string } & Window): {
    total: number;
    offset: number;
    rows: FindingRow[];
  };
  findingsSummary(args: { filter: FindingFilter; timeZone: string }): FindingSummary[];
  /** Every finding of the period in report order. For the command line. */
  findingsAll(args: { filter: FindingFilter; timeZone: string }): Finding[];
  /** Control totals per currency of the period's orders. */
  periodTotals(args: { period: Period; timeZone: string }): { orders: number; totals: ReportTotals; findings: number };
  /**
   * Writes a report to `path` from one consistent snapshot of the period, while this thread goes on answering.
   * @throws AppError FILE_NOT_WRITABLE, CANCELLED
   */
  report(args: {
    request: ReportRequest;
    path: string;
    nowMs: number;
    settings: Pick<Settings, 'timeZone' | 'company' | 'negativeStyle'>;
    connection: { name: string; baseUrl: string };
    programVersion: string;
  }): Promise<ReportResult>;
  correctionsList(args: { states: CorrectionState[] } & Window): {
    total: number;
    offset: number;
    rows: CorrectionRow[];
    counts: Partial<Record<CorrectionState, number>>;
  };
  close(): null;
}

/** The same methods as seen from another thread. */
export type Remote<S> = {
  [K in keyof S]: S[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};
