import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import type { CheckCode, FindingFilter, FindingRow, FindingSummary } from '../../shared/findings.ts';
import type { Period } from '../../shared/period.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { createWindowStore } from './window-store.ts';

/** The rows of the findings grid. */
export const findingRows = createWindowStore<FindingFilter, FindingRow>((filter, offset, limit) =>
  call('findings.window', { filter, offset, limit }),
);

interface FindingsState {
  filter: FindingFilter;
  /** Per check, over every check of the period and search; null until it has been read. */
  summary: readonly FindingSummary[] | null;
  summaryError: AppError | null;
  setPeriod(period: Period): void;
  setText(text: string): void;
  /** Shows the findings of one check; null shows those of every check. */
  setCheck(check: CheckCode | null): void;
  refresh(): void;
  reset(): void;
}

export const useFindings = create<FindingsState>((set, get) => {
  let asked = 0;

  const readSummary = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    try {
      const summary = await call('findings.summary', { filter: { ...get().filter, checks: [] } });
      if (mine === asked) set({ summary, summaryError: null });
    } catch (thrown) {
      if (mine === asked) set({ summaryError: asAppError(thrown) });
    }
  };

  const change = (part: Partial<FindingFilter>): void => {
    set({ filter: { ...get().filter, ...part } });
    findingRows.getState().setQuery(get().filter);
  };

  return {
    filter: { period: { from: null, to: null }, checks: [], text: '' },
    summary: null,
    summaryError: null,
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
    refresh() {
      if (findingRows.getState().query === null) findingRows.getState().setQuery(get().filter);
      else findingRows.getState().refresh();
      void readSummary();
    },
    reset() {
      asked += 1;
      findingRows.getState().reset();
      set({ filter: { ...get().filter, checks: [], text: '' }, summary: null, summaryError: null });
    },
  };
});
