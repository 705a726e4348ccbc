import type {
  BackTest,
  MatchCandidate,
  MatchChange,
  MatchFilter,
  MatchGroup,
  MatchRules,
  MatchRunResult,
  MatchRunRow,
  StatementMatches,
  VersionedMatchRules,
} from '../../../shared/matches.ts';
import type { AuthoredFiles } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { matchReader } from './match-reader.ts';
import { matchWriter } from './match-writer.ts';

/** When a person acts, and why. */
export interface MatchAct {
  nowMs: number;
  reason?: string | null;
}

/** What the writer thread does about matches. Every action is one transaction with an entry of the journal. */
export interface MatchWriter {
  /**
   * Matches the rows of the statements in force that have no confirmed match, by the rules in force. Suggestions that
   * nobody decided are worked out anew. With `dryRun` nothing is stored. `unasked` (after a sync or an import): rows of
   * undone runs stay as they are, until somebody asks for a run.
   */
  matchRun(args: { nowMs: number; dryRun?: boolean; unasked?: boolean }): MatchRunResult;
  /**
   * Confirms what is suggested for these rows, each with its whole group; `orderId` picks one order of an ambiguous row.
   * @throws AppError MATCH_UNKNOWN where a row has nothing to accept, MATCH_STATE where it is ambiguous and no order named,
   * STATEMENT_STATE for a row of a withdrawn statement
   */
  matchAccept(args: { rowIds: number[]; orderId: number | null } & MatchAct): MatchChange;
  /**
   * Takes matches of any state away, each with its whole group, or only those of the rows themselves with `orderId`; they
   * never come back by themselves. @throws AppError MATCH_UNKNOWN, STATEMENT_STATE
   */
  matchReject(args: { rowIds: number[]; orderId: number | null } & MatchAct): MatchChange;
  /**
   * Matches every one of the rows with every one of the orders, as one confirmed match.
   * @throws AppError MATCH_UNKNOWN for a row that is not held or not in force, ORDER_UNKNOWN, MATCH_STATE where a row is
   * confirmed already, VALUE_INVALID for rows of several kinds of statements, or for more than 10,000 pairs
   */
  matchByHand(args: { rowIds: number[]; orderIds: number[] } & MatchAct): MatchChange;
  /**
   * Takes back what was done last to each of these rows, with its group: a decision of a person (a rejection, too) gives
   * way to exactly what stood before; a match by rule is taken away, and comes back with the next run unless it is rejected.
   * @throws AppError MATCH_UNKNOWN, STATEMENT_STATE, UNDO_REFUSED where a later decision stands in the way
   */
  matchUndo(args: { rowIds: number[] } & MatchAct): MatchChange;
  /**
   * Takes away what a run added and nobody decided, and puts back what it had removed; null = the newest that is not
   * undone. Its rows are matched again only by a run that somebody asks for.
   * @throws AppError MATCH_UNKNOWN, UNDO_REFUSED where it is undone already
   */
  matchUndoRun(args: { runId: number | null } & MatchAct): { entry: number; run: number; removed: number };
  /** Takes back the action of one journal entry exactly. @throws AppError ENTRY_UNKNOWN, UNDO_REFUSED, STATEMENT_STATE */
  matchUndoEntry(args: { entry: number } & MatchAct): MatchChange;
  /**
   * What other rules would do to the stored statements, but for what people decided; nothing is stored.
   * @throws AppError VALUE_INVALID, also where a rule stands twice
   */
  backTestMatchRules(args: { rules: MatchRules }): BackTest;
  /** Puts rules in force for the runs from now on. @throws AppError VALUE_INVALID, also where a rule stands twice */
  setMatchRules(args: { rules: MatchRules; reason: string; nowMs: number }): VersionedMatchRules;
}

/** A part of a list: at most 500 entries. */
interface Part {
  offset: number;
  limit: number;
}

/** What the reader thread shows of matches. */
export interface MatchReader {
  matchRules(): VersionedMatchRules;
  /** Rows by state and the difference per currency, of each statement in force, by statement. */
  statementMatches(): StatementMatches[];
  /** Matches and unmatched rows by their first row. */
  matchesWindow(args: { filter: MatchFilter } & Part): { total: number; offset: number; rows: MatchGroup[] };
  /** The matches of one order, of every state. */
  matchesOfOrder(args: { id: number }): MatchGroup[];
  /** Runs, newest first. */
  matchRuns(args: Part): { total: number; offset: number; rows: MatchRunRow[] };
  /**
   * Orders that these rows could be matched with by hand: those whose number begins with `text`, or where it is empty
   * those that fit by number, amount and date; the best first. @throws AppError MATCH_UNKNOWN
   */
  matchCandidates(args: { rowIds: number[]; text: string; timeZone: string; limit: number }): MatchCandidate[];
}

/** The writer's part; `local` is the file it writes to, with `cache.db` attached as `cache`. */
export function createMatchWriter(files: AuthoredFiles): MatchWriter {
  return matchWriter(files);
}

/** The reader's part; `file` is `cache.db`, read-only, with `local.db` attached as `local`. */
export function createMatchReader(file: SqliteFile): MatchReader {
  return matchReader(file);
}
