import { create } from 'zustand';
import type { Decision, FindingKey, FindingSelection } from '../../shared/decisions.ts';
import type { AppError } from '../../shared/errors.ts';
import type { CheckCode, FindingFilter, FindingRow, FindingSort, FindingSummary } from '../../shared/findings.ts';
import type { Period } from '../../shared/period.ts';
import { type FindingStatus, QUEUE_STATUSES } from '../../shared/queue.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { addSelected, MAX_SELECTED_IDS, NOTHING_SELECTED, type Selection, toggleSelected } from './selection.ts';
import { createWindowStore } from './window-store.ts';

/** Which findings are listed by their status: those in the queue, every one, or those of one status. */
export type FindingView = 'queue' | 'all' | FindingStatus;

export interface FindingQuery {
  filter: FindingFilter;
  sort: FindingSort;
}

/** The rows of the findings grid. */
export const findingRows = createWindowStore<FindingQuery, FindingRow>(({ filter, sort }, offset, limit) =>
  call('findings.window', { filter, sort, offset, limit }),
);

/** A finding's key as one text, by which it is ticked. */
export function keyText({ check, subject }: FindingKey): string {
  return `${check} ${subject}`;
}

function keyOf(text: string): FindingKey {
  const [check = '', subject = ''] = text.split(' ');
  return { check, subject: Number(subject) };
}

/** Rows that one call may carry. */
const CALL_ROWS = 500;
/** The entries that can be taken back one after the other. */
const MOST_UNDO = 100;

/** How many findings the period has, and how many of them are in the queue. */
export interface QueueProgress {
  all: number;
  open: number;
}

interface FindingsState {
  filter: FindingFilter;
  view: FindingView;
  sort: FindingSort;
  selection: Selection<string>;
  /** Whose findings there are. */
  owners: readonly string[];
  /** Per check, over every check of the period, status and search; null until it has been read. */
  summary: readonly FindingSummary[] | null;
  /** Over every check and status of the period; null until it has been read. */
  progress: QueueProgress | null;
  summaryError: AppError | null;
  /** The finding in the side panel; null = none. */
  open: FindingRow | null;
  /** Entries that this window made, the newest last. */
  undoable: readonly number[];
  setPeriod(period: Period): void;
  setText(text: string): void;
  /** Shows the findings of one check; null shows those of every check. */
  setCheck(check: CheckCode | null): void;
  setView(view: FindingView): void;
  /** Shows one person's findings; null shows everybody's. */
  setOwner(owner: string | null): void;
  setSort(sort: FindingSort): void;
  setSelection(selection: Selection<string>): void;
  toggle(key: FindingKey): void;
  /** Ticks the rows between two places of the list, both included; false when they are too many to name. */
  selectRange(from: number, to: number): Promise<boolean>;
  show(finding: FindingRow | null): void;
  /**
   * Decides about these findings, or about those that are ticked.
   * @returns the entry and how many findings it is about
   */
  decide(
    decision: Partial<Decision>,
    findings: readonly FindingKey[] | null,
  ): Promise<{ entry: number; findings: number }>;
  addNote(finding: FindingKey, text: string): Promise<void>;
  removeNote(note: number): Promise<void>;
  /** Takes an entry back, or the newest that this window made; null = there is none. */
  undo(entry: number | null): Promise<number | null>;
  refresh(): void;
  reset(): void;
}

const NO_DECISION: Decision = { status: null, reason: null, owner: null, note: null, correction: null };
const START = { checks: [], text: '', statuses: [...QUEUE_STATUSES] };

function statusesOf(view: FindingView): FindingStatus[] {
  if (view === 'queue') return [...QUEUE_STATUSES];
  return view === 'all' ? [] : [view];
}

export const useFindings = create<FindingsState>((set, get) => {
  let asked = 0;

  const readSummary = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const { filter } = get();
    try {
      const [summary, whole, owners] = await Promise.all([
        call('findings.summary', { filter: { ...filter, checks: [] } }),
        call('findings.summary', { filter: { period: filter.period, checks: [], text: '' } }),
        call('findings.owners'),
      ]);
      if (mine !== asked) return;
      const sum = (count: (each: FindingSummary) => number) => whole.reduce((total, each) => total + count(each), 0);
      const progress = { all: sum((each) => each.count), open: sum((each) => each.open) };
      set({ summary, progress, owners, summaryError: null });
    } catch (thrown) {
      if (mine === asked) set({ summaryError: asAppError(thrown) });
    }
  };

  const askRows = (): void => {
    const { filter, sort } = get();
    findingRows.getState().setQuery({ filter, sort });
  };

  /** Another list: what was ticked was ticked among other rows. */
  const change = (part: Partial<FindingFilter>): void => {
    set({ filter: { ...get().filter, ...part }, selection: NOTHING_SELECTED });
    askRows();
  };

  const remember = (entry: number): void => set({ undoable: [...get().undoable, entry].slice(-MOST_UNDO) });

  return {
    filter: { period: { from: null, to: null }, ...START },
    view: 'queue',
    sort: 'check',
    selection: NOTHING_SELECTED,
    owners: [],
    summary: null,
    progress: null,
    summaryError: null,
    open: null,
    undoable: [],
    setPeriod(period) {
      change({ period });
      void readSummary();
    },
    setText(text) {
      change({ text });
      void readSummary();
    },
    setCheck(check) {
      change({ checks: check === null ? [] : [check] });
    },
    setView(view) {
      set({ view });
      change({ statuses: statusesOf(view) });
      void readSummary();
    },
    setOwner(owner) {
      const { owner: _former, ...rest } = get().filter;
      set({ filter: owner === null ? rest : { ...rest, owner } });
      change({});
      void readSummary();
    },
    setSort(sort) {
      set({ sort });
      askRows();
    },
    setSelection(selection) {
      set({ selection });
    },
    toggle(key) {
      set({ selection: toggleSelected(get().selection, keyText(key)) });
    },
    async selectRange(from, to) {
      const { filter, sort, selection } = get();
      const first = Math.min(from, to);
      const last = Math.max(from, to);
      if (last - first >= MAX_SELECTED_IDS) return false;
      const keys: string[] = [];
      for (let offset = first; offset <= last; offset += CALL_ROWS) {
        const limit = Math.min(CALL_ROWS, last - offset + 1);
        const rows = knownRows(offset, limit) ?? (await call('findings.window', { filter, sort, offset, limit })).rows;
        keys.push(...rows.map(keyText));
      }
      if (get().selection !== selection || get().filter !== filter) return true;
      const next = addSelected(selection, keys);
      if (next !== null) set({ selection: next });
      return next !== null;
    },
    show(open) {
      set({ open });
    },
    async decide(decision, findings) {
      const { filter, selection } = get();
      const chosen: FindingSelection =
        findings === null ? toFindingSelection(selection) : { mode: 'named', findings: [...findings] };
      const done = await call('findings.decide', {
        filter,
        selection: chosen,
        decision: { ...NO_DECISION, ...decision },
      });
      remember(done.entry);
      if (findings === null) set({ selection: NOTHING_SELECTED });
      return done;
    },
    async addNote(finding, text) {
      const { check, subject } = finding;
      remember((await call('findings.note', { check, subject, text })).entry);
    },
    async removeNote(note) {
      remember((await call('findings.removeNote', { note })).entry);
    },
    async undo(entry) {
      const wanted = entry ?? get().undoable.at(-1) ?? null;
      if (wanted === null) return null;
      // Whether or not it works: an entry that cannot be taken back must not stand in the way of older ones.
      set({ undoable: get().undoable.filter((each) => each !== wanted) });
      return (await call('findings.undo', { entry: wanted })).findings;
    },
    refresh() {
      if (findingRows.getState().query === null) askRows();
      else findingRows.getState().refresh();
      void readSummary();
    },
    reset() {
      asked += 1;
      findingRows.getState().reset();
      const { period } = get().filter;
      set({
        filter: { period, ...START },
        view: 'queue',
        selection: NOTHING_SELECTED,
        owners: [],
        summary: null,
        progress: null,
        open: null,
        undoable: [],
      });
    },
  };
});

/** The selection as the contract writes it. */
function toFindingSelection({ mode, ids }: Selection<string>): FindingSelection {
  const keys = [...ids].map(keyOf);
  return mode === 'ids' ? { mode: 'named', findings: keys } : { mode: 'all', except: keys };
}

function knownRows(offset: number, limit: number): FindingRow[] | null {
  const rows: FindingRow[] = [];
  for (let index = offset; index < offset + limit; index += 1) {
    const row = findingRows.getState().rowAt(index);
    if (row === undefined) return null;
    rows.push(row);
  }
  return rows;
}
