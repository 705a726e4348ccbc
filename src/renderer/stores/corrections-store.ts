import { create } from 'zustand';
import { type CorrectionRow, type CorrectionState, PENDING_STATES } from '../../shared/corrections.ts';
import type { AppError } from '../../shared/errors.ts';
import { call } from '../bridge/bridge.ts';
import { createWindowStore } from './window-store.ts';

/** Tabs of the corrections screen and the states they show. */
export const CORRECTION_TABS = {
  open: PENDING_STATES,
  queued: ['queued'],
  waiting: ['waiting'],
  conflict: ['conflict'],
  rejected: ['rejected'],
  applied: ['applied'],
  withdrawn: ['withdrawn'],
} as const satisfies Record<string, readonly CorrectionState[]>;
export type CorrectionTab = keyof typeof CORRECTION_TABS;

interface CorrectionsState {
  tab: CorrectionTab;
  counts: Partial<Record<CorrectionState, number>>;
  actionError: AppError | null;
  setTab(tab: CorrectionTab): void;
  setActionError(error: AppError | null): void;
  refresh(): void;
  reset(): void;
}

/** The rows of the corrections list. */
export const correctionRows = createWindowStore<CorrectionTab, CorrectionRow>(async (tab, offset, limit) => {
  const answer = await call('corrections.list', { states: [...CORRECTION_TABS[tab]], offset, limit });
  useCorrections.setState({ counts: answer.counts });
  return answer;
});

export const useCorrections = create<CorrectionsState>((set, get) => ({
  tab: 'open',
  counts: {},
  actionError: null,
  setTab(tab) {
    set({ tab, actionError: null });
    correctionRows.getState().setQuery(tab);
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
    set({ tab: 'open', counts: {}, actionError: null });
  },
}));

/** How many corrections a tab shows. */
export function tabCount(tab: CorrectionTab, counts: Partial<Record<CorrectionState, number>>): number {
  return CORRECTION_TABS[tab].reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}
