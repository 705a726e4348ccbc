import type { Decided, FindingKey, FindingTrace, Undone } from '../../../shared/decisions.ts';
import type { AuthoredFiles } from '../../audit/journal.ts';
import type { FindingReads } from '../../database/findings-read.ts';
import type { SqliteFile } from '../../database/open.ts';
import { markCorrected } from './correct.ts';
import { type DecideArgs, decideFindings } from './decide.ts';
import { prepareDecisionStore } from './decision-store.ts';
import { addNote, removeNote } from './notes.ts';
import { traceFinding } from './trace.ts';
import { undoEntry } from './undo.ts';

/** What the writer thread does about decisions about findings. */
export interface QueueWriter {
  /**
   * Decides about the findings of a selection, as one entry of the journal.
   * @throws AppError FINDING_UNKNOWN, VALUE_INVALID, CORRECTION_UNKNOWN
   */
  decideFindings(args: DecideArgs): Decided;
  /** @throws AppError FINDING_UNKNOWN */
  addNote(args: FindingKey & { text: string; nowMs: number }): { note: number; entry: number };
  /** @throws AppError ENTRY_UNKNOWN */
  removeNote(args: { note: number; nowMs: number }): { entry: number };
  /**
   * Takes a decision or a note back; `entry` null = the newest that a person made.
   * @throws AppError ENTRY_UNKNOWN, UNDO_REFUSED
   */
  undoDecision(args: { entry: number | null; nowMs: number }): Undone;
}

/** What the reader thread shows of decisions about findings. */
export interface QueueReader {
  /** Everything that happened to a finding, also where it is held no more. */
  findingTrace(key: FindingKey): FindingTrace;
  /** Everybody who has findings, in alphabetical order. */
  findingOwners(): string[];
  /** The findings of a check that are about an order, or about a row of a statement. */
  findingKeys(args: { check: string; orderId: number } | { check: string; rowId: number }): FindingKey[];
}

/** The writer's part; `local` is the file it writes to, with `cache.db` attached as `cache`. */
export function createQueueWriter(files: AuthoredFiles): QueueWriter {
  const store = prepareDecisionStore(files.local);
  return {
    decideFindings: (args) => decideFindings(files, store, args),
    addNote: (args) => addNote(files, store, args),
    removeNote: (args) => removeNote(files, store, args),
    undoDecision: (args) => undoEntry(files, store, args),
  };
}

/**
 * Queueing corrections together with marking the findings that they are for, in one transaction of `local.db`.
 * `queue` answers with the corrections' ids.
 */
export function createCorrecting(
  files: AuthoredFiles,
): <R>(nowMs: number, queue: () => { result: R; ids: readonly number[] }) => R {
  const store = prepareDecisionStore(files.local);
  return (nowMs, queue) =>
    files.local
      .transaction(() => {
        const { result, ids } = queue();
        markCorrected(files, store, ids, nowMs);
        return result;
      })
      .immediate();
}

/** The reader's part; `file` is `cache.db`, read-only, with `local.db` attached as `local`. */
export function createQueueReader(file: SqliteFile, findings: FindingReads): QueueReader {
  return {
    findingTrace: (key) => ({ finding: findings.one(key), ...traceFinding(file, key) }),
    findingOwners: () =>
      file
        .prepare<[], string>(
          'SELECT DISTINCT owner FROM local.finding_decisions WHERE owner IS NOT NULL ORDER BY 1 LIMIT 200',
        )
        .pluck()
        .all(),
    findingKeys(args) {
      const [column, id] = 'orderId' in args ? ['order_id', args.orderId] : ['row_id', args.rowId];
      return file
        .prepare<[string, number], FindingKey>(
          `SELECT check_code AS "check", subject FROM findings WHERE check_code = ? AND ${column} = ? ORDER BY subject`,
        )
        .all(args.check, id);
    },
  };
}
