import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import { formatCount } from '../../shared/format.ts';
import type { CallResponse } from '../../shared/ipc/contract.ts';
import type { MatchChanged, MatchListRow } from '../../shared/ipc/match-calls.ts';
import { MATCH_STATES, type MatchFilter, type MatchRunRow, type MatchState } from '../../shared/matches.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { i18n } from '../i18n/i18n.ts';
import { useToasts } from './toast-store.ts';
import { createWindowStore } from './window-store.ts';

/** Matches and unmatched rows of the filter. */
export const matchRows = createWindowStore<MatchFilter, MatchListRow>((filter, offset, limit) =>
  call('matches.window', { filter, offset, limit }),
);

/** Rows of statements in a state, or in all of them (null). */
export function rowsIn(counts: Record<MatchState, number>, state: MatchState | null): number {
  return state === null ? MATCH_STATES.reduce((sum, each) => sum + counts[each], 0) : counts[state];
}

/** What a message about an action says. */
type Said = 'accepted' | 'rejected' | 'matched' | 'undone';

interface MatchesState {
  filter: MatchFilter;
  counts: CallResponse<'matches.counts'> | null;
  /** The match in the side panel; null = closed. */
  open: MatchListRow | null;
  runs: readonly MatchRunRow[] | null;
  /** True while main matches, accepts or undoes; decisions wait for one another. */
  busy: boolean;
  error: AppError | null;
  setFilter(change: Partial<MatchFilter>): void;
  show(match: MatchListRow | null): void;
  accept(match: MatchListRow, order?: number): Promise<void>;
  reject(match: MatchListRow): Promise<void>;
  undo(match: MatchListRow): Promise<void>;
  byHand(match: MatchListRow, orders: number[]): Promise<void>;
  /** Accepts every suggestion of the statement and the search. */
  acceptAll(): Promise<void>;
  run(): Promise<void>;
  readRuns(): Promise<void>;
  undoRun(run: number): Promise<void>;
  dismissError(): void;
  refresh(): void;
  reset(): void;
}

const grouped = (count: number): string => formatCount(count, i18n.language === 'tr' ? 'tr' : 'en');

/** True for a match that `accept` takes as it is. */
export const canAccept = ({ state }: { state: MatchState }): boolean => state === 'suggested';
/** True for a match that can be rejected: it has one. */
export const canReject = ({ state }: { state: MatchState }): boolean => state !== 'unmatched';
/** True where something was decided that can be taken back. */
export const canUndo = ({ state, byPerson }: { state: MatchState; byPerson: boolean }): boolean =>
  byPerson || state === 'confirmed';

const FIRST = {
  filter: { statement: null, state: null, text: '' },
  counts: null,
  open: null,
  runs: null,
  busy: false,
  error: null,
} as const;

export const useMatches = create<MatchesState>((set, get) => {
  let asked = 0;

  const readCounts = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    try {
      const counts = await call('matches.counts', { statement: get().filter.statement });
      if (mine === asked) set({ counts });
    } catch (thrown) {
      if (mine === asked) set({ error: asAppError(thrown) });
    }
  };

  let running: Promise<void> = Promise.resolve();

  /** Runs one action; while one is under way another is not begun, for it may be about a row that has moved on. */
  const acting = (act: () => Promise<void>): Promise<void> => {
    if (get().busy) return Promise.resolve();
    running = actNow(act);
    return running;
  };

  const actNow = async (act: () => Promise<void>): Promise<void> => {
    set({ busy: true, error: null });
    try {
      await act();
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    } finally {
      set({ busy: false });
      get().refresh();
    }
  };

  const say = (said: Said, { entry, rows }: MatchChanged): void => {
    useToasts.getState().show({
      topic: 'matches',
      tone: 'info',
      text: (t) => t(`matching.${said}`, { count: rows, formatted: grouped(rows) }),
      ...(said === 'undone' ? {} : { undo: () => void takeBack(entry) }),
    });
  };

  /** Waits for the action under way: a message must not lose what it offers. */
  const takeBack = async (entry: number): Promise<void> => {
    await running;
    await acting(async () => say('undone', await call('matches.undoEntry', { entry })));
  };

  return {
    ...FIRST,

    setFilter(change) {
      const filter = { ...get().filter, ...change };
      set({ filter, open: null });
      matchRows.getState().setQuery(filter);
      if (change.statement !== undefined) void readCounts();
    },

    show: (open) => set({ open }),

    accept: (match, order) =>
      acting(async () => {
        say('accepted', await call('matches.accept', { rows: [match.group], order: order ?? null }));
        set({ open: null });
      }),

    reject: (match) =>
      acting(async () => {
        say('rejected', await call('matches.reject', { rows: [match.group], order: null }));
        set({ open: null });
      }),

    undo: (match) =>
      acting(async () => {
        say('undone', await call('matches.undo', { rows: [match.group] }));
        set({ open: null });
      }),

    byHand: (match, orders) =>
      acting(async () => {
        say('matched', await call('matches.byHand', { rows: match.rows.map(({ id }) => id), orders }));
        set({ open: null });
      }),

    acceptAll: () =>
      acting(async () => {
        const change = await call('matches.acceptAll', { filter: { ...get().filter, state: 'suggested' } });
        if (change === null) useToasts.getState().show({ tone: 'info', text: (t) => t('matching.nothing') });
        else say('accepted', change);
      }),

    run: () =>
      acting(async () => {
        const { rows } = await call('matches.run');
        const { confirmed, suggested, ambiguous, unmatched } = rows;
        const shown = {
          confirmed: grouped(confirmed),
          suggested: grouped(suggested),
          ambiguous: grouped(ambiguous),
          unmatched: grouped(unmatched),
        };
        useToasts.getState().show({ topic: 'matches', tone: 'success', text: (t) => t('matching.ran', shown) });
      }),

    async readRuns() {
      try {
        set({ runs: (await call('matches.runs', { offset: 0, limit: 20 })).rows });
      } catch (thrown) {
        set({ error: asAppError(thrown) });
      }
    },

    undoRun: (run) =>
      acting(async () => {
        const { removed } = await call('matches.undoRun', { run });
        useToasts.getState().show({
          topic: 'matches',
          tone: 'info',
          text: (t) => t('matching.runs.removed', { count: removed, formatted: grouped(removed) }),
        });
        await get().readRuns();
      }),

    dismissError: () => set({ error: null }),

    refresh() {
      if (matchRows.getState().query === null) matchRows.getState().setQuery(get().filter);
      else matchRows.getState().refresh();
      void readCounts();
    },

    reset() {
      asked += 1;
      matchRows.getState().reset();
      set(FIRST);
    },
  };
});
