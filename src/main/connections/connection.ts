import type { CorrectionRow, PushSummary } from '../../shared/corrections.ts';
import type { ConnectionInfo, ConnectionState } from '../../shared/ipc/contract.ts';
import type { ReportRequest, ReportResult } from '../../shared/reports.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SyncCause, SyncPlan, SyncProgress, SyncRequest, SyncSummary } from '../../shared/sync.ts';
import type { ReaderService, Remote, WriterService } from '../engine/services.ts';

/** Where tokens are kept. The window uses the OS key store, the command line the environment. */
export interface TokenStore {
  /** The token of a connection, or null. */
  get(connection: string): Promise<string | null>;
  set(connection: string, token: string): Promise<void>;
}

/** What the window and the command line both do with one opened connection. */
export interface Connection {
  readonly name: string;
  readonly reader: Remote<ReaderService>;
  /** @throws AppError DATA_LOCKED when the connection was opened for reading only. */
  readonly writer: Remote<WriterService>;
  state(): Promise<ConnectionState>;
  /**
   * Pulls what the plan says, then runs the checks. Finds out first what the server honours, where that is not known.
   * @throws AppError BUSY when a sync or a push runs; TOKEN_MISSING, SIGN_IN_REFUSED, NOT_REACHABLE … as the client does.
   */
  sync(options: {
    signal: AbortSignal;
    onProgress(progress: SyncProgress): void;
    request?: SyncRequest;
    cause?: SyncCause;
  }): Promise<SyncSummary>;
  /** What a run would do now. */
  planSync(request: SyncRequest): Promise<SyncPlan>;
  /** Runs every check over all held orders and stores the findings. */
  reconcile(nowMs: number): Promise<{ findings: number; durationMs: number }>;
  /** Sends every queued correction, one at a time. */
  push(options: { signal: AbortSignal; onProgress(done: number, total: number): void }): Promise<PushSummary>;
  /** Writes a report to `path`, replacing a file only once the new one is whole. */
  report(
    request: ReportRequest,
    options: { path: string; nowMs: number; signal: AbortSignal; onProgress(rows: number, total: number): void },
  ): Promise<ReportResult>;
  /** Called after anything that changes what lists show. Answers a function that stops the calls. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export type { ConnectionInfo, ConnectionState, CorrectionRow, Settings };
