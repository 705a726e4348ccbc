import type {
  ImportResult,
  RejectedOfOrder,
  RejectedRow,
  StatementChoices,
  StatementKind,
  StatementLine,
  StatementLineFilter,
  StatementPreview,
  StatementProfile,
  StatementRow,
  StatementSpec,
} from '../../shared/statements.ts';
import type { AuthoredFiles } from '../audit/journal.ts';
import type { SqliteFile } from '../database/open.ts';
import type { CallContext } from '../engine/rpc.ts';
import { importStatement } from './import.ts';
import { previewStatement } from './preview.ts';
import { listProfiles, removeProfile, saveProfile } from './store/profiles.ts';
import { listLines, listRejected, listRejectedOfOrder, listStatements, type Part } from './store/statements-read.ts';
import { restoreStatement, type StatementDecision, withdrawStatement } from './store/withdraw.ts';

/** How a file is to be read: what is not chosen comes from the profile, or is worked out from the file itself. */
export interface StatementReading {
  path: string;
  choices?: StatementChoices;
  /** A saved profile's name; without one, a profile whose columns the file has is taken. */
  profile?: string | null;
  timeZone: string;
}

/** When something is done: goes into the journal. */
export interface StatementAct {
  nowMs: number;
}

export interface StatementImport extends StatementReading, StatementAct {
  kind: StatementKind;
  dryRun: boolean;
  /** Saves how the file was read as a profile of this name, together with the statement; not in a dry run. */
  saveAs?: string;
}

/** What a long reading tells while it goes on: bytes of the file read, of how many, over all its passes. */
export interface StatementProgress {
  done: number;
  total: number;
}

/** What the writer thread does about statement files. */
export interface StatementWriter {
  /**
   * Reads a whole file and shows how it would be read; nothing is stored. What remains undecided (decimal, dates) is
   * told in the answer and is no error here. `likelyKind`: by it columns are guessed, but a profile of another kind may fit.
   * @throws AppError FILE_NOT_READABLE, STATEMENT_UNREADABLE, STATEMENT_COLUMN_MISSING, PROFILE_UNKNOWN, CANCELLED
   */
  previewStatement(
    args: StatementReading & { likelyKind?: StatementKind },
    context?: CallContext,
  ): Promise<StatementPreview>;
  /**
   * Imports a file in one transaction, or, with `dryRun`, only says what that would do.
   * @throws AppError as the preview does, and STATEMENT_KNOWN, STATEMENT_DECIMAL_UNCLEAR (`details.readings`: the sum
   * under each reading), STATEMENT_DATE_UNCLEAR. Nothing is stored then.
   */
  importStatement(args: StatementImport, context?: CallContext): Promise<ImportResult>;
  /**
   * Takes a whole statement out of force; its rows stay. @throws AppError STATEMENT_UNKNOWN; STATEMENT_STATE where it is
   * withdrawn already, or a later statement in force left out rows because this one has them.
   */
  withdrawStatement(args: StatementDecision): StatementRow;
  /**
   * Puts a withdrawn statement back in force. @throws AppError STATEMENT_UNKNOWN; STATEMENT_STATE where it is in force,
   * or a statement in force has rows of it by now, or one that it left rows to is withdrawn.
   */
  restoreStatement(args: StatementDecision): StatementRow;
  /** Saves a profile; one of that name gets the next version. */
  saveProfile(args: { name: string; kind: StatementKind; spec: StatementSpec; nowMs: number }): StatementProfile;
  /** @throws AppError PROFILE_UNKNOWN */
  removeProfile(args: { name: string; nowMs: number }): null;
}

/** What the reader thread shows of statement files. */
export interface StatementReader {
  /** Statements, the newest first, withdrawn ones too. */
  statementsList(args: Part): { total: number; offset: number; rows: StatementRow[] };
  /** Accepted rows of a statement by line. @throws AppError STATEMENT_UNKNOWN */
  statementRows(args: { statement: number; filter: StatementLineFilter } & Part): {
    total: number;
    offset: number;
    rows: StatementLine[];
  };
  /** Rejected rows of a statement by line. @throws AppError STATEMENT_UNKNOWN */
  rejectedRows(args: { statement: number } & Part): { total: number; offset: number; rows: RejectedRow[] };
  /** Rejected rows of statements in force that name an order, at most 50: the newest statement first. */
  rejectedOfOrder(args: { id: number }): RejectedOfOrder[];
  /** Profiles by name. */
  profilesList(): StatementProfile[];
}

/** The writer's part; `local` is the file it writes to, with `cache.db` attached as `cache`. */
export function createStatementWriter(files: AuthoredFiles): StatementWriter {
  return {
    previewStatement: (args, context) => previewStatement(files.local, args, context),
    importStatement: (args, context) => importStatement(files, args, context),
    withdrawStatement: (args) => withdrawStatement(files, args),
    restoreStatement: (args) => restoreStatement(files, args),
    saveProfile: (args) => saveProfile(files, args),
    removeProfile: ({ name, nowMs }) => {
      removeProfile(files, name, nowMs);
      return null;
    },
  };
}

/** The reader's part; `file` is `cache.db`, read-only, with `local.db` attached as `local`. */
export function createStatementReader(file: SqliteFile): StatementReader {
  return {
    statementsList: (part) => listStatements(file, 'local', part),
    statementRows: (args) => listLines(file, 'local', args),
    rejectedRows: (args) => listRejected(file, 'local', args),
    rejectedOfOrder: ({ id }) => listRejectedOfOrder(file, id),
    profilesList: () => listProfiles(file, 'local'),
  };
}
