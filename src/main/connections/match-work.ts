import type { MatchChange, MatchRules, MatchRunResult, VersionedMatchRules } from '../../shared/matches.ts';
import type { ReaderService, Remote, WriterService } from '../engine/services.ts';
import type { Clock } from './ports.ts';

/** Most matches that the reader lists at once. */
const PART = 500;

type Answer<Name extends keyof WriterService> = Awaited<ReturnType<Remote<WriterService>[Name]>>;

/** What is done about a connection's matches. The checks look at what each action touched before it is over. */
export interface MatchWork {
  run(): Promise<MatchRunResult>;
  /** @throws AppError MATCH_UNKNOWN, MATCH_STATE */
  accept(args: { rows: number[]; order: number | null }): Promise<MatchChange>;
  /** Confirms every suggestion of one statement, or of all; null where there is none. */
  acceptAll(filter: { statement: number | null; text: string }): Promise<MatchChange | null>;
  /** @throws AppError MATCH_UNKNOWN */
  reject(args: { rows: number[]; order: number | null }): Promise<MatchChange>;
  /** @throws AppError MATCH_UNKNOWN, MATCH_STATE, ORDER_UNKNOWN, VALUE_INVALID */
  byHand(args: { rows: number[]; orders: number[] }): Promise<MatchChange>;
  /** @throws AppError MATCH_UNKNOWN */
  undo(args: { rows: number[] }): Promise<MatchChange>;
  /** @throws AppError ENTRY_UNKNOWN, UNDO_REFUSED */
  undoEntry(args: { entry: number }): Promise<MatchChange>;
  /** @throws AppError MATCH_UNKNOWN, UNDO_REFUSED */
  undoRun(args: { run: number }): Promise<Answer<'matchUndoRun'>>;
  /** Puts rules in force and matches by them. @throws AppError VALUE_INVALID */
  setRules(args: { rules: MatchRules; reason: string }): Promise<VersionedMatchRules>;
}

interface MatchWorkParts {
  /** @throws AppError DATA_LOCKED when the connection was opened for reading only. */
  writer(): Remote<WriterService>;
  reader: Remote<ReaderService>;
  clock: Clock;
  /** Runs the checks over what was touched, and tells the lists. */
  recheck(nowMs: number): Promise<unknown>;
}

export function createMatchWork({ writer, reader, clock, recheck }: MatchWorkParts): MatchWork {
  async function rechecked<T>(act: (nowMs: number) => Promise<T>): Promise<T> {
    const nowMs = clock.now();
    const outcome = await act(nowMs);
    await recheck(nowMs);
    return outcome;
  }
  async function suggested(filter: { statement: number | null; text: string }): Promise<number[]> {
    const found: number[] = [];
    for (let offset = 0; ; offset += PART) {
      const part = await reader.matchesWindow({ filter: { ...filter, state: 'suggested' }, offset, limit: PART });
      found.push(...part.rows.map(({ group }) => group));
      if (part.rows.length < PART) return found;
    }
  }
  return {
    run: () => rechecked((nowMs) => writer().matchRun({ nowMs })),
    accept: ({ rows, order }) => rechecked((nowMs) => writer().matchAccept({ rowIds: rows, orderId: order, nowMs })),
    async acceptAll(filter) {
      const rowIds = await suggested(filter);
      if (rowIds.length === 0) return null;
      return rechecked((nowMs) => writer().matchAccept({ rowIds, orderId: null, nowMs }));
    },
    reject: ({ rows, order }) => rechecked((nowMs) => writer().matchReject({ rowIds: rows, orderId: order, nowMs })),
    byHand: ({ rows, orders }) => rechecked((nowMs) => writer().matchByHand({ rowIds: rows, orderIds: orders, nowMs })),
    undo: ({ rows }) => rechecked((nowMs) => writer().matchUndo({ rowIds: rows, nowMs })),
    undoEntry: ({ entry }) => rechecked((nowMs) => writer().matchUndoEntry({ entry, nowMs })),
    undoRun: ({ run }) => rechecked((nowMs) => writer().matchUndoRun({ runId: run, nowMs })),
    setRules: (args) =>
      rechecked(async (nowMs) => {
        const inForce = await writer().setMatchRules({ ...args, nowMs });
        await writer().matchRun({ nowMs });
        return inForce;
      }),
  };
}
