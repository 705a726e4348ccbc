import type { Settings } from '../../shared/settings.ts';
import type { ImportResult, StatementPreview, StatementRow } from '../../shared/statements.ts';
import { importResult, statementPreview } from '../../shared/statements.ts';
import type { ReaderService, Remote, WriterService } from '../engine/services.ts';
import type { EngineThread } from '../engine/threads.ts';
import { writeRejectedCsv } from '../reports/rejected-csv.ts';
import type { StatementAct, StatementImport, StatementProgress, StatementWriter } from '../statements/service.ts';
import type { Clock } from './ports.ts';
import { assertNoOwnFile } from './report-target.ts';

/** How a long reading is followed and stopped. */
export interface Following {
  signal: AbortSignal;
  onProgress(progress: StatementProgress): void;
}

/** Statement files of a connection. What changes statements runs the matching and the checks afterwards. */
export interface StatementWork {
  /** @throws AppError as the writer's `previewStatement` does */
  preview(
    args: Omit<Parameters<StatementWriter['previewStatement']>[0], 'timeZone'>,
    following: Following,
  ): Promise<StatementPreview>;
  /** @throws AppError as the writer's `importStatement` does */
  import(args: Omit<StatementImport, 'timeZone' | keyof StatementAct>, following: Following): Promise<ImportResult>;
  /** @throws AppError STATEMENT_UNKNOWN, STATEMENT_STATE */
  withdraw(args: { statement: number; reason: string }): Promise<StatementRow>;
  /** @throws AppError STATEMENT_UNKNOWN, STATEMENT_STATE */
  restore(args: { statement: number; reason: string }): Promise<StatementRow>;
  /**
   * Writes the rejected rows of a statement as CSV. @throws AppError FILE_NOT_WRITABLE, also where the program keeps its
   * own files; STATEMENT_UNKNOWN
   */
  exportRejected(args: { statement: number; path: string }): Promise<{ rows: number; audited?: false }>;
}

interface StatementWorkParts {
  /** @throws AppError DATA_LOCKED when the connection was opened for reading only. */
  writer(): EngineThread<WriterService>;
  reader: Remote<ReaderService>;
  dataDir: string;
  settings(): Settings;
  clock: Clock;
  /** Matches, unasked, and runs the checks over what that touched. */
  reconcile(nowMs: number): Promise<unknown>;
}

export function createStatementWork(parts: StatementWorkParts): StatementWork {
  const { writer, reader, settings, clock, reconcile } = parts;
  const timeZone = (): string => settings().timeZone;
  const follow = ({ signal, onProgress }: Following) => ({
    signal,
    onProgress: (value: unknown) => onProgress(value as StatementProgress),
  });
  async function changing<T>(change: Promise<T>): Promise<T> {
    const outcome = await change;
    await reconcile(clock.now());
    return outcome;
  }
  return {
    async preview(args, following) {
      const asked = { ...args, timeZone: timeZone() };
      return statementPreview.parse(await writer().rpc.call('previewStatement', asked, follow(following)));
    },
    async import(args, following) {
      const asked = { ...args, timeZone: timeZone(), nowMs: clock.now() };
      const result = importResult.parse(await writer().rpc.call('importStatement', asked, follow(following)));
      return args.dryRun ? result : changing(Promise.resolve(result));
    },
    withdraw: (args) => changing(writer().service.withdrawStatement({ ...args, nowMs: clock.now() })),
    restore: (args) => changing(writer().service.restoreStatement({ ...args, nowMs: clock.now() })),
    async exportRejected({ statement, path }) {
      assertNoOwnFile(path, parts.dataDir);
      return writeRejectedCsv(path, settings().language, (part) => reader.rejectedRows({ statement, ...part }));
    },
  };
}
