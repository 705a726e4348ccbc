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
import type { Capabilities, LastSync, RunKind, SyncCause, SyncPlan } from '../../shared/sync.ts';
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
  /** Orders that this pass had not met before. */
  firstSeen: number;
  /** Orders that no pass of this run had met before. */
  newToRun: number;
  /** The page's ids in the server's order; null where no row has one. */
  ids: { first: number; last: number; ascending: boolean } | null;
  /** The server's `count` as this page stated it. */
  remoteCount: number;
  /** Whether the page names a following one. The address itself is never used. */
  hasNext: boolean;
}

/** A pass over all orders as it stands in the cache: a new one, or one that a crash or a cancel interrupted. */
export interface PassState {
  passId: number;
  /** Towards the first page (`down`), or away from it. */
  direction: 'up' | 'down';
  /** The page to ask for next. Downwards 0: the top is not known yet or, with a page size, the first page is done. */
  nextPage: number;
  /** Rows a page that the server serves; null before the first page. */
  pageSize: number | null;
  /** Orders met so far by this pass. */
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
  /** Orders that would be marked as vanished, were they not suspiciously many. */
  inQuestion: number;
  quarantined: number;
}

export interface RunStart {
  kind: RunKind;
  cause: SyncCause;
  plan: SyncPlan;
  nowMs: number;
}

export type RunState = 'complete' | 'incomplete' | 'cancelled' | 'failed';

/** What the run log keeps of a run. */
export interface RunCounts {
  pages: number;
  requests: number;
  retries: number;
  created: number;
  updated: number;
  unchanged: number;
  quarantined: number;
  notSeen: number;
  remoteCount: number | null;
  problem: { code: string; message: string } | null;
}

/** What the planner goes by. */
export interface SyncFacts {
  /** Held orders that have not vanished. */
  held: number;
  /** Quarantined orders of which no earlier reading is held. */
  setAside: number;
  /** When the newest complete pass over all orders ended, and the rows a page had in it; null = there was none. */
  lastFull: { finishedMs: number; pageSize: number } | null;
  /** An interrupted pass over all orders waits to go on. */
  resumable: boolean;
  /** Server time up to which changes are known; null = unknown. */
  changesSinceMs: number | null;
  capabilities: Capabilities | null;
  probedMs: number | null;
  /** Held orders in states that are not final, by status. */
  open: { status: string; orders: number }[];
  unsent: number;
  /** Held orders with a cancellation under way, by its status. */
  cancellations: { status: string; orders: number }[];
  /** Where the rolling re-reading stands: the id after which it goes on, and when it last did. */
  rolling: { after: number; ms: number | null };
}

/** What a list answer says of itself, for probing. */
export interface ListFacts {
  count: number;
  hasNext: boolean;
  rows: number;
  ids: number[];
  statuses: string[];
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
  /** What a page of orders says of its list; nothing is stored. @throws AppError RESPONSE_INVALID */
  readList(args: { body: Uint8Array }): ListFacts;
  syncFacts(): SyncFacts;
  storeCapabilities(args: { capabilities: Capabilities | null; nowMs: number }): null;
  /** Notes how far changes are known and how far the rolling re-reading has come. */
  storeSyncState(args: { changesSinceMs?: number; rolling?: { after: number; ms: number } }): null;
  /** Pages, of `pageSize` rows, on which the held orders of a period stand where ids ascend; the last page first. */
  pagesOfPeriod(args: { period: Period; timeZone: string; pageSize: number }): { pages: number[]; orders: number };
  /** Held orders of a period that neither this pass nor a later one has met. */
  notMet(args: { passId: number; period: Period; timeZone: string }): { id: number; number: string }[];
  /** How many held orders have ids up to `id`, and the first held id after it; null = none. */
  heldAround(args: { id: number }): { upTo: number; next: number | null };
  /** Begins a run; one that a crash left open becomes `interrupted`. Its readings are numbered from `firstReading` on. */
  beginRun(args: RunStart): { runId: number; firstReading: number };
  finishRun(args: { runId: number; state: RunState; counts: RunCounts; nowMs: number }): null;
  /** Goes on with an interrupted pass over all orders, or begins one in the wished direction. */
  beginPass(args: { runId: number; limit: number; direction: 'up' | 'down'; nowMs: number }): PassState;
  /** Begins a pass over some orders; it is never resumed and says nothing about orders that it does not meet. */
  beginPart(args: { runId: number; limit: number; nowMs: number }): { passId: number };
  /**
   * Parses a page's bytes, maps its rows through the allow-list and stores rows, quarantine and progress in one
   * transaction. A row of which a later reading is held changes nothing.
   * @throws AppError RESPONSE_INVALID when the body is not the contract's envelope; nothing is stored then.
   */
  applyPage(args: {
    passId: number;
    page: number;
    nextPage: number;
    pageSize: number | null;
    body: Uint8Array;
    reading: number;
    nowMs: number;
  }): PageOutcome;
  /** Stores one order that was read by itself. @throws AppError RESPONSE_INVALID */
  applyOrder(args: { passId: number; body: Uint8Array; reading: number; nowMs: number }): { id: number };
  /** Ends a pass. A complete one over all orders marks those it did not meet as vanished, or leaves them in question. */
  finishPass(args: { passId: number; complete: boolean; remoteCount: number; nowMs: number }): PassOutcome;
  /** Marks the orders that the newest complete pass left in question as vanished. */
  acceptVanished(args: { nowMs: number }): { vanished: number };
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
