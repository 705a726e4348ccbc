import type { CorrectionRow } from '../../shared/corrections.ts';
import type { ConnectionInfo, ConnectionState } from '../../shared/ipc/contract.ts';
import type { ReportRequest, ReportResult } from '../../shared/reports.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SyncCause, SyncPlan, SyncProgress, SyncRequest, SyncSummary } from '../../shared/sync.ts';
import type { ReaderService, Remote, WriterService } from '../engine/services.ts';
import type { Oms } from '../oms/of-connection.ts';
import type { Payments } from '../payments/of-connection.ts';
import type { ApprovalWork } from './approval-work.ts';
import type { AuditWork } from './audit-work.ts';
import type { MatchWork } from './match-work.ts';
import type { PushWork } from './push-work.ts';
import type { RulesWork } from './rules-work.ts';
import type { StatementWork } from './statement-work.ts';

/**
 * Where tokens are kept, by the connection's name, and by a name of its own that of its OMS (src/main/oms/token-key.ts).
 * The window uses the OS key store, the command line the environment.
 */
export interface TokenStore {
  /** The token of a connection, or null. */
  get(connection: string): Promise<string | null>;
  set(connection: string, token: string): Promise<void>;
}

/** What the window and the command line both do with one opened connection. */
export interface Connection extends PushWork {
  readonly name: string;
  readonly reader: Remote<ReaderService>;
  /** @throws AppError DATA_LOCKED when the connection was opened for reading only. */
  readonly writer: Remote<WriterService>;
  state(): Promise<ConnectionState>;
  /**
   * Pulls what the plan says, then runs the checks. Finds out first what the server honours, where that is not known, as a part of the run.
   * @throws AppError BUSY when a sync or a push runs; TOKEN_MISSING, SIGN_IN_REFUSED, NOT_REACHABLE … as the client does.
   */
  sync(options: {
    signal: AbortSignal;
    onProgress(progress: SyncProgress): void;
    /** Told before the first request of the run, and once more where what the server honours has changed it. */
    onPlan?(plan: SyncPlan): void;
    request?: SyncRequest;
    cause?: SyncCause;
  }): Promise<SyncSummary>;
  /** What a run would do now. */
  planSync(request: SyncRequest): Promise<SyncPlan>;
  /** Marks the orders that the newest complete pass left in question as vanished, then runs the checks. @throws AppError BUSY */
  acceptVanished(): Promise<{ vanished: number }>;
  /**
   * Reads every quarantined order that has an id again, with at most about 200 requests, then runs the checks.
   * @returns orders let out, rows of Omnitron that remain in quarantine, and those of OMS, which the next reading of OMS reads
   * again
   * @throws AppError as `sync` does
   */
  retryQuarantine(options: { signal: AbortSignal }): Promise<{ released: number; remaining: number; ofOms: number }>;
  /**
   * Runs the checks over what has changed since they ran last, or over everything where the program, the rules or a
   * setting have. Does nothing where the connection was opened for reading only.
   */
  recheck(): Promise<void>;
  /** Runs every check over all held orders and stores the findings. */
  reconcile(nowMs: number): Promise<{ findings: number; durationMs: number }>;
  /**
   * Writes a report to `path`, replacing a file only once the new one is whole.
   * @throws AppError FILE_NOT_WRITABLE, also where the program keeps its own files; CANCELLED
   */
  report(
    request: ReportRequest,
    options: { path: string; nowMs: number; signal: AbortSignal; onProgress(rows: number, total: number): void },
  ): Promise<ReportResult>;
  /** Payments and refunds of single orders. */
  readonly payments: Payments;
  /** The second source about the same orders. */
  readonly oms: Oms;
  /** Statement files: looking at them, importing, withdrawing. */
  readonly statements: StatementWork;
  /** The audit trail. */
  readonly audit: AuditWork;
  /** Matches of statement rows and orders. */
  readonly matching: MatchWork;
  /** Approval across workstations, by files. */
  readonly approvals: ApprovalWork;
  /** The rules in force. */
  readonly rules: RulesWork;
  /** Called after anything that changes what lists show. Answers a function that stops the calls. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export type { ConnectionInfo, ConnectionState, CorrectionRow, Settings };
