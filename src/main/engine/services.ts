import type { Finding, FindingFilter, FindingRow, FindingSort, FindingSummary } from '../../shared/findings.ts';
import type { OmsAnswer, OmsSummary } from '../../shared/oms.ts';
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
import type { OrderChange, QuarantinedRow, RunRow } from '../../shared/runs.ts';
import type { Settings } from '../../shared/settings.ts';
import type { AskedCounts, Capabilities, LastSync, RunKind, SyncCause, SyncPlan } from '../../shared/sync.ts';
import type { AuditReader, AuditWriter } from '../audit/service.ts';
import type { CancellationRecorder } from '../corrections/cancellation/record-cancellation.ts';
import type { BatchReader, BatchWriter, CorrectionReader, CorrectionWriter } from '../corrections/service.ts';
import type { readDataState } from '../database/data-state.ts';
import type { OmsExpected } from '../database/oms-read.ts';
import type { OmsPageArgs } from '../database/oms-write.ts';
import type { QuarantinedOrder } from '../database/quarantine-read.ts';
import type { OmsList } from '../omnitron/oms-client.ts';
import type { RulesReader, RulesWriter } from '../reconcile/calibration/service.ts';
import type { MatchReader, MatchWriter } from '../reconcile/matching/service.ts';
import type { QueueReader, QueueWriter } from '../reconcile/queue/service.ts';
import type { ChecksOutcome } from '../reconcile/run-checks.ts';
import type { Skipped } from '../reconcile/skipped.ts';
import type { StatementReader, StatementWriter } from '../statements/service.ts';
import type { UserReader, UserWriter } from '../users/service.ts';
import type { PaymentsReader, PaymentsWriter } from './payments-service.ts';
import type { PushWriter } from './push-service.ts';

/** The instant and the settings that a run of the checks uses, beside the connection's rules. */
export interface CheckRules {
  nowMs: number;
  erpHours: number;
  /** The business time zone. */
  timeZone: string;
}

/** What became of one row. */
export type RowOutcome = 'created' | 'updated' | 'unchanged' | 'quarantined';

/** Which held orders are meant: those of a period, those whose state is not final, or those met by a pass or a later one. */
export type HeldOrders =
  | { which: 'period'; period: Period; timeZone: string }
  | { which: 'unsettled' }
  | { which: 'pass'; passId: number }
  | { which: 'ids'; ids: number[] };

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

/** The outcome of finishing a pass. `orders` and `lines` are held now, those of vanished orders not counted. */
export interface PassOutcome {
  orders: number;
  lines: number;
  seen: number;
  /** Held rows that it did not meet, those that had vanished before not counted; 0 where it cannot know. */
  notSeen: number;
  /** How many of these it marked as vanished. */
  vanished: number;
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
  /** What the probe before the lists asked; null = it was not due. */
  probe: AskedCounts | null;
  problem: { code: string; message: string } | null;
}

/** A pass over all orders that a crash or a cancel has left open. */
export interface InterruptedPass extends Pick<PassState, 'direction' | 'nextPage' | 'pageSize'> {
  startedMs: number;
  /** The server's `count` on the last page that was stored; null = there was none. */
  remoteCount: number | null;
}

/** What the planner goes by. */
export interface SyncFacts {
  /** Held orders that have not vanished. */
  held: number;
  /** Quarantined orders of which no earlier reading is held. */
  setAside: number;
  /** When the newest complete pass over all orders ended, and the rows a page had in it; null = there was none. */
  lastFull: { finishedMs: number; pageSize: number } | null;
  /** Whether some of what is held was read with another key of the quantity than the one in force. */
  otherQuantityKey: boolean;
  /** An interrupted pass over all orders, with the key in force, that waits to go on; null = there is none. */
  interrupted: InterruptedPass | null;
  /** Server time up to which changes are known; null = unknown. */
  changesSinceMs: number | null;
  /** The same for cancellation plans. */
  plansSinceMs: number | null;
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

/** How far a run has brought each kind of reading. */
export interface SyncStateChange {
  changesSinceMs?: number;
  plansSinceMs?: number;
  rolling?: { after: number; ms: number };
}

/** What a list answer says of itself, for probing. */
export interface ListFacts {
  count: number;
  hasNext: boolean;
  rows: number;
  ids: number[];
  statuses: string[];
}

/** Every method of the thread that owns all writes. */
export interface WriterService
  extends PushWriter,
    PaymentsWriter,
    CancellationRecorder,
    CorrectionWriter,
    BatchWriter,
    UserWriter,
    AuditWriter,
    StatementWriter,
    MatchWriter,
    QueueWriter,
    RulesWriter {
  /** Whether orders or corrections are held: then the folder belongs to the tenant they came from. */
  holdsData(): boolean;
  /** The `count` of a page of orders; nothing is stored. @throws AppError RESPONSE_INVALID */
  readCount(args: { body: Uint8Array }): { count: number };
  /** What a page of orders says of its list; nothing is stored. @throws AppError RESPONSE_INVALID */
  readList(args: { body: Uint8Array }): ListFacts;
  syncFacts(): SyncFacts;
  storeCapabilities(args: { capabilities: Capabilities | null; nowMs: number }): null;
  /** Notes how far changes are known and how far the rolling re-reading has come. */
  storeSyncState(args: SyncStateChange): null;
  /** Pages, of `pageSize` rows, on which held orders stand that the pass has not met, ids ascending; the last page first. */
  pagesOfHeld(args: { passId: number; held: HeldOrders; pageSize: number }): { pages: number[] };
  /** Held orders that neither this pass nor a later one has met. */
  notMet(args: { passId: number; held: HeldOrders }): { id: number; number: string }[];
  /** How many held orders have ids up to `id`, and the first held id after it; null = none. */
  heldAround(args: { id: number }): { upTo: number; next: number | null };
  /** Begins a run; one that a crash left open becomes `interrupted`. Its readings are numbered from `firstReading` on. */
  beginRun(args: RunStart): { runId: number; firstReading: number };
  /** Another plan for the run that goes on, once a probe has found out more. */
  planRun(args: { runId: number; kind: RunKind; plan: SyncPlan }): null;
  finishRun(args: { runId: number; state: RunState; counts: RunCounts; nowMs: number }): null;
  /** The orders that a page of cancellation plans names; nothing is stored. @throws AppError RESPONSE_INVALID */
  readPlanOrders(args: { body: Uint8Array }): { orderIds: number[]; hasNext: boolean };
  /** Goes on with an interrupted pass over all orders, or begins one in the wished direction. */
  beginPass(args: { runId: number; limit: number; direction: 'up' | 'down'; anew?: boolean; nowMs: number }): PassState;
  /**
   * Begins a pass over some orders; it is never resumed and says nothing about orders that it does not meet.
   * @param args.runId null = outside a run
   */
  beginPart(args: { runId: number | null; limit: number; nowMs: number }): { passId: number };
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
  /**
   * Stores one order that was read by itself.
   * @returns `counts` = as what it counts in the run; null = it has counted before.
   * @throws AppError RESPONSE_INVALID
   */
  applyOrder(args: { passId: number; body: Uint8Array; reading: number; nowMs: number }): {
    id: number;
    counts: RowOutcome | null;
  };
  /** How many rows are in quarantine, and every order among them that has an id, ascending. */
  quarantined(): { rows: number; orders: QuarantinedOrder[] };
  /** Places in the sequence of readings for `count` readings outside a run. */
  reserveReadings(args: { count: number }): { first: number };
  /**
   * Stores a quarantined order that was read again by itself and lets it out; one that is still not the contract's
   * order stays, with what is wrong now.
   * @returns the order that the answer is about: another one where two share a number; null = the answer does not tell.
   * @throws AppError RESPONSE_INVALID for an answer that is no JSON
   */
  applyRetried(args: { orderId: number; body: Uint8Array; reading: number; nowMs: number }): { id: number | null };
  /** The number of an order by its detailed answer; null where it has none. @throws AppError RESPONSE_INVALID */
  readDetailedNumber(args: { orderId: number; body: Uint8Array }): { number: string | null };
  /** Ends a pass. A complete one over all orders marks those it did not meet as vanished, or leaves them in question. */
  finishPass(args: { passId: number; complete: boolean; remoteCount: number; nowMs: number }): PassOutcome;
  /**
   * Marks orders as vanished that a pass over some orders has proven gone: all of them, or none where they are
   * suspiciously many or a row without an id may be one of them.
   */
  markGone(args: { passId: number; ids: readonly number[]; nowMs: number }): { vanished: number };
  /** Marks the orders that the newest complete pass left in question as vanished; its run counts as complete then. */
  acceptVanished(args: { nowMs: number }): { vanished: number };
  /**
   * Runs the checks over every order, or with `all: false` over those touched since the last run, where that is enough.
   * `walkBelow`: fewer orders than this, some thousands if not given, are walked for the rest in every run.
   */
  runChecks(rules: CheckRules & { all?: boolean; walkBelow?: number }): ChecksOutcome;
  /** Begins a pass over a list of OMS, always from its beginning; an interrupted one is given up. */
  omsBegin(args: { list: OmsList; nowMs: number }): { passId: number };
  /**
   * Maps a page of a list of OMS through the allow-list and stores it in one transaction.
   * @throws AppError RESPONSE_INVALID when the body is not the documented envelope; nothing is stored then.
   */
  omsPage(args: OmsPageArgs & { list: OmsList; body: Uint8Array }): PageOutcome;
  /** Ends a pass over a list of OMS. A complete one marks rows that it did not meet, or leaves them in question once. */
  omsFinish(args: { list: OmsList; passId: number; complete: boolean; nowMs: number }): PassOutcome;
  /** Forgets everything that is held of OMS. */
  omsForget(): null;
  /** Keeps in the run log what a run read of OMS. */
  omsNoteRun(args: { runId: number; oms: OmsSummary }): null;
  /** Folds the WAL into the files and closes both. */
  close(): null;
}

export interface Window {
  offset: number;
  limit: number;
}

/** Every method of the thread that reads. Amounts leave it as canonical decimal text. */
export interface ReaderService
  extends CorrectionReader,
    PaymentsReader,
    BatchReader,
    UserReader,
    AuditReader,
    StatementReader,
    MatchReader,
    QueueReader,
    RulesReader {
  overview(): {
    /** Held orders that have not vanished, those that have, and the lines of the former. */
    orders: number;
    vanished: number;
    lines: number;
    openFindings: number;
    pendingCorrections: number;
    lastSync: LastSync | null;
    /** Orders that the newest complete pass did not meet, too many to be marked as vanished unasked. */
    inQuestion: number;
  };
  /** How whole the data is, so that reading commands can say that orders may be missing. */
  dataState(): ReturnType<typeof readDataState>;
  /** File name of a damaged `cache.db` that was put aside, until a complete run has fetched the orders anew; else null. */
  damagedCopy(): string | null;
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
  findingsWindow(args: { filter: FindingFilter; sort?: FindingSort | undefined; timeZone: string } & Window): {
    total: number;
    offset: number;
    rows: FindingRow[];
  };
  findingsSummary(args: { filter: FindingFilter; timeZone: string }): FindingSummary[];
  /** How many orders of the period each check could not judge. Of a part it is counted now, which takes a moment. */
  skippedOrders(args: { period: Period; timeZone: string }): Skipped[];
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
  /** The log of runs, newest first. */
  runs(args: Window): { total: number; offset: number; rows: RunRow[] };
  /** Rows of Omnitron and of OMS that were put aside, those met last first. */
  quarantine(args: Window): { total: number; offset: number; rows: QuarantinedRow[] };
  /**
   * Changes, newest first: of one order, or of every order; since an instant with its zone, or ever.
   * @throws AppError ORDER_UNKNOWN, VALUE_INVALID
   */
  changes(args: { orderId: number | null; since: string | null } & Window): {
    total: number;
    offset: number;
    rows: OrderChange[];
  };
  /** What was learnt about the server and when; null before the first probe. */
  capabilities(): { capabilities: Capabilities | null; probedAt: string | null };
  /** What is held of an order in OMS. @throws AppError ORDER_UNKNOWN */
  omsOfOrder(args: { id: number }): OmsAnswer;
  /** When the last complete reading of OMS ended, epoch milliseconds; null = there was none. */
  omsReadMs(): number | null;
  /** What the next reading of OMS is expected to be like; null before the first complete one. */
  omsExpected(): OmsExpected | null;
  close(): null;
}

/** The same methods as seen from another thread. */
export type Remote<S> = {
  [K in keyof S]: S[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};
