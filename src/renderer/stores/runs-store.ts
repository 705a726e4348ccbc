import { create } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../shared/errors.ts';
import type { OrderChange, QuarantinedRow, RunRow } from '../../shared/runs.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import type { SinceChoice } from './since-choice.ts';
import { useToasts } from './toast-store.ts';
import { createWindowStore, type WindowState } from './window-store.ts';

export const RUN_TABS = ['log', 'changes', 'quarantine'] as const;
export type RunTab = (typeof RUN_TABS)[number];

/** The run log, newest first. There is one list of it: the query says nothing. */
export const runRows = createWindowStore<'all', RunRow>((_all, offset, limit) => call('runs.list', { offset, limit }));

/** Changes of every order since an instant, newest first. */
export const changeRows = createWindowStore<string, OrderChange>((since, offset, limit) =>
  call('changes.list', { orderId: null, since, offset, limit }),
);

/** Rows of Omnitron and of OMS that could not be read. */
export const quarantineRows = createWindowStore<'all', QuarantinedRow>((_all, offset, limit) =>
  call('quarantine.list', { offset, limit }),
);

/** Shows a list: asks for it, or reads it again where it has been shown before. */
export function showRows<Query, Row>(store: StoreApi<WindowState<Query, Row>>, query: Query): void {
  if (store.getState().query === query) store.getState().refresh();
  else store.getState().setQuery(query);
}

interface RunsState {
  tab: RunTab;
  since: SinceChoice;
  /** The run in the side panel; null = closed. */
  openRun: RunRow | null;
  retrying: boolean;
  retryError: AppError | null;
  setTab(tab: RunTab): void;
  setSince(since: SinceChoice): void;
  showRun(run: RunRow | null): void;
  /** Reads the orders behind the rows put aside once more. */
  retry(): Promise<void>;
  dismissRetryError(): void;
  /** Reads again the lists that have been shown. */
  refresh(): void;
  reset(): void;
}

const FIRST = { tab: 'log', since: { preset: 'week' }, openRun: null, retrying: false, retryError: null } as const;

export const useRuns = create<RunsState>((set, get) => ({
  ...FIRST,
  setTab: (tab) => set({ tab, openRun: null }),
  setSince: (since) => set({ since }),
  showRun: (openRun) => set({ openRun }),

  async retry() {
    if (get().retrying) return;
    set({ retrying: true, retryError: null });
    try {
      const { released, remaining, ofOms } = await call('quarantine.retry');
      useToasts.getState().show({
        tone: remaining === 0 ? 'success' : 'warning',
        text: (t) =>
          [t('quarantine.retried', { released, remaining }), ...(ofOms > 0 ? [t('quarantine.omsNextTime')] : [])].join(
            ' ',
          ),
      });
    } catch (thrown) {
      set({ retryError: asAppError(thrown) });
    } finally {
      set({ retrying: false });
      get().refresh();
    }
  },

  dismissRetryError: () => set({ retryError: null }),

  refresh() {
    for (const store of [runRows, changeRows, quarantineRows]) store.getState().refresh();
  },

  reset() {
    for (const store of [runRows, changeRows, quarantineRows]) store.getState().reset();
    set(FIRST);
  },
}));
