import { create } from 'zustand';
import { type CorrectionRow, type CorrectionState, correctionState, PENDING_STATES } from '../../shared/corrections.ts';
import type { AppError } from '../../shared/errors.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { createWindowStore } from './window-store.ts';

/** The two halves of the corrections screen. */
export const CORRECTION_SECTIONS = ['proposals', 'batches'] as const;
export type CorrectionSection = (typeof CORRECTION_SECTIONS)[number];

/** Which corrections are listed, by their states. */
export const CORRECTION_TABS = {
  open: PENDING_STATES,
  queued: ['queued'],
  waiting: ['waiting'],
  unknown: ['unknown'],
  conflict: ['conflict'],
  rejected: ['rejected'],
  applied: ['applied'],
  withdrawn: ['withdrawn'],
  all: correctionState.options,
} as const satisfies Record<string, readonly CorrectionState[]>;
export type CorrectionTab = keyof typeof CORRECTION_TABS;

/** As many as one call withdraws or resolves. */
export const MOST_SELECTED = 10_000;
/** As many as one call reads. */
const READ_AT_ONCE = 500;

export type CorrectionSelection = ReadonlyMap<number, CorrectionRow>;

interface CorrectionsState {
  section: CorrectionSection;
  tab: CorrectionTab;
  counts: Partial<Record<CorrectionState, number>>;
  /** Ticked corrections, with the row last seen of each. */
  selected: CorrectionSelection;
  /** The conflicts that are decided field by field; null = the list is shown. */
  deciding: readonly CorrectionRow[] | null;
  actionError: AppError | null;
  setSection(section: CorrectionSection): void;
  setTab(tab: CorrectionTab): void;
  toggle(rows: readonly CorrectionRow[], on: boolean): void;
  /** Ticks everything that the tab lists, up to what one call takes. */
  selectAll(): Promise<void>;
  clearSelection(): void;
  decide(rows: readonly CorrectionRow[] | null): void;
  setActionError(error: AppError | null): void;
  refresh(): void;
  reset(): void;
}

/** The rows of the corrections list. */
export const correctionRows = createWindowStore<CorrectionTab, CorrectionRow>(async (tab, offset, limit) => {
  const answer = await call('corrections.list', { states: [...CORRECTION_TABS[tab]], batch: null, offset, limit });
  useCorrections.setState({ counts: answer.counts });
  return answer;
});

const NONE: CorrectionSelection = new Map();
const FIRST = {
  section: 'proposals',
  tab: 'open',
  counts: {},
  selected: NONE,
  deciding: null,
  actionError: null,
} as const;

export const useCorrections = create<CorrectionsState>((set, get) => ({
  ...FIRST,
  setSection(section) {
    set({ section, deciding: null, actionError: null });
  },
  setTab(tab) {
    set({ tab, selected: NONE, deciding: null, actionError: null });
    correctionRows.getState().setQuery(tab);
  },
  toggle(rows, on) {
    const selected = new Map(get().selected);
    for (const row of rows) {
      if (!on) selected.delete(row.id);
      else if (selected.size < MOST_SELECTED) selected.set(row.id, row);
    }
    set({ selected });
  },
  async selectAll() {
    const { tab } = get();
    const states = [...CORRECTION_TABS[tab]];
    const selected = new Map<number, CorrectionRow>();
    try {
      for (let offset = 0; selected.size < MOST_SELECTED; offset += READ_AT_ONCE) {
        const { rows } = await call('corrections.list', { states, batch: null, offset, limit: READ_AT_ONCE });
        for (const row of rows) if (selected.size < MOST_SELECTED) selected.set(row.id, row);
        if (rows.length < READ_AT_ONCE) break;
      }
      if (get().tab === tab) set({ selected });
    } catch (thrown) {
      set({ actionError: asAppError(thrown) });
    }
  },
  clearSelection() {
    set({ selected: NONE });
  },
  decide(deciding) {
    set({ deciding, actionError: null });
  },
  setActionError(actionError) {
    set({ actionError });
  },
  refresh() {
    if (correctionRows.getState().query === null) correctionRows.getState().setQuery(get().tab);
    else correctionRows.getState().refresh();
  },
  reset() {
    correctionRows.getState().reset();
    set(FIRST);
  },
}));

/** What is ticked follows the rows as they are read again; where all rows are in view, what left the list is dropped. */
correctionRows.subscribe(({ pages, total, settling }) => {
  const { selected } = useCorrections.getState();
  if (selected.size === 0 || settling) return;
  const shown = new Map([...pages.values()].flat().map((row) => [row.id, row]));
  const isWhole = total !== null && shown.size >= total;
  const next = [...selected].flatMap(([id, row]): [number, CorrectionRow][] => {
    const now = shown.get(id);
    if (now !== undefined) return [[id, now]];
    return isWhole ? [] : [[id, row]];
  });
  useCorrections.setState({ selected: new Map(next) });
});

/** How many corrections a tab shows. */
export function tabCount(tab: CorrectionTab, counts: Partial<Record<CorrectionState, number>>): number {
  return CORRECTION_TABS[tab].reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}
