import type { TFunction } from 'i18next';
import { create } from 'zustand';
import { BATCH_STATES, type BatchRow, type BatchState, type OpenedBatchFile } from '../../shared/batches.ts';
import { type CorrectionRow, correctionState } from '../../shared/corrections.ts';
import type { AppError } from '../../shared/errors.ts';
import { formatCount } from '../../shared/format.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { useSession } from './session-store.ts';
import { type Toast, useToasts } from './toast-store.ts';
import { useView } from './view-store.ts';
import { createWindowStore } from './window-store.ts';

export type BatchFilter = BatchState | 'all';

/** Batches, newest first. */
export const batchRows = createWindowStore<BatchFilter, BatchRow>(async (filter, offset, limit) => {
  const states = filter === 'all' ? [...BATCH_STATES] : [filter];
  const { total, rows } = await call('batches.list', { states, offset, limit });
  return { total, offset, rows };
});

/** The corrections of the batch in the side panel. */
export const batchLines = createWindowStore<number, CorrectionRow>((batch, offset, limit) =>
  call('corrections.list', { states: [...correctionState.options], batch, offset, limit }),
);

/** States in which something is still to be done about a batch. */
const LIVE: readonly BatchState[] = ['draft', 'for_approval', 'approved', 'pushing'];
const MOST_LIVE = 500;

interface BatchesState {
  filter: BatchFilter;
  /** The batch in the side panel; null = closed. */
  open: BatchRow | null;
  /** Every batch that is not finished. */
  live: readonly BatchRow[];
  /** A batch file from another workstation that was opened. */
  file: OpenedBatchFile | null;
  error: AppError | null;
  setFilter(filter: BatchFilter): void;
  show(batch: BatchRow | null): void;
  /** Shows the batch with this number, where it is among the newest. */
  showNumber(number: string): Promise<boolean>;
  submit(id: number, reason: string): Promise<boolean>;
  approve(ids: number[]): Promise<boolean>;
  sendBack(id: number, reason: string): Promise<boolean>;
  reverse(id: number, reason: string): Promise<boolean>;
  exportFile(id: number): Promise<boolean>;
  openFile(): Promise<boolean>;
  closeFile(): void;
  approveFile(file: OpenedBatchFile): Promise<boolean>;
  importApproval(): Promise<boolean>;
  dismissError(): void;
  refresh(): void;
  reset(): void;
}

const FIRST = { filter: 'all', open: null, live: [], file: null, error: null } as const;

function say(tone: Toast['tone'], text: (t: TFunction) => string): void {
  useToasts.getState().show({ topic: 'batches', tone, text });
}

function counted(count: number): { count: number; formatted: string } {
  return { count, formatted: formatCount(count, useSession.getState().settings.language) };
}

/** The batches screen: the list, the open batch, and what can be done with it. */
export const useBatches = create<BatchesState>((set, get) => {
  /** Does something to batches, shows why it could not be done, and reads everything again. */
  const act = async (work: () => Promise<void>): Promise<boolean> => {
    set({ error: null });
    try {
      await work();
      return true;
    } catch (thrown) {
      set({ error: asAppError(thrown) });
      return false;
    } finally {
      get().refresh();
    }
  };

  const readLive = (): void => {
    call('batches.list', { states: [...LIVE], offset: 0, limit: MOST_LIVE })
      .then(({ rows }) => set({ live: rows }))
      .catch((thrown: unknown) => set({ error: asAppError(thrown) }));
  };

  const readOpen = (): void => {
    const id = get().open?.id;
    if (id === undefined) return;
    call('batches.get', { id })
      .then((open) => get().open?.id === id && set({ open }))
      .catch((thrown: unknown) => set({ error: asAppError(thrown) }));
  };

  return {
    ...FIRST,
    setFilter(filter) {
      set({ filter });
      batchRows.getState().setQuery(filter);
    },
    show(open) {
      const former = get().open?.id;
      set({ open });
      if (open !== null && open.id !== former) batchLines.getState().setQuery(open.id);
    },
    showNumber: (number) =>
      act(async () => {
        const { rows } = await call('batches.list', { states: [...BATCH_STATES], offset: 0, limit: MOST_LIVE });
        const batch = rows.find((each) => each.number === number);
        if (batch !== undefined) get().show(batch);
      }),

    submit: (id, reason) =>
      act(async () => {
        const { number, state } = await call('batches.submit', { id, reason });
        const key = state === 'approved' ? 'batches.done.approvedNow' : 'batches.done.submitted';
        say('success', (t) => t(key, { number }));
      }),
    approve: (ids) =>
      act(async () => {
        const approved = await call('batches.approve', { ids });
        say('success', (t) => t('batches.done.approved', counted(approved.length)));
      }),
    sendBack: (id, reason) =>
      act(async () => {
        const { number } = await call('batches.sendBack', { id, reason });
        say('info', (t) => t('batches.done.sentBack', { number }));
      }),
    reverse: (id, reason) =>
      act(async () => {
        const { batch, corrections, oneWay } = await call('batches.reverse', { id, reason });
        const numbers = { corrections: counted(corrections).formatted, oneWay: counted(oneWay).formatted };
        say(oneWay === 0 ? 'success' : 'warning', (t) =>
          t('batches.done.reversed', { number: batch.number, ...numbers }),
        );
        get().show(batch);
      }),
    exportFile: (id) =>
      act(async () => {
        const written = await call('batches.export', { id });
        if (written !== null) say('success', (t) => t('batches.done.exported', { path: written.path }));
      }),
    openFile: () => act(async () => set({ file: await call('batches.openFile') })),
    closeFile: () => set({ file: null }),
    approveFile: ({ path, maker }) =>
      act(async () => {
        const written = await call('batches.approveFile', { path });
        if (written === null) return;
        set({ file: null });
        say('success', (t) => t('batchFile.approved', { path: written.path, maker }));
      }),
    importApproval: () =>
      act(async () => {
        const batch = await call('batches.importApproval');
        if (batch === null) return;
        say('success', (t) => t('batchFile.imported', { number: batch.number }));
        get().show(batch);
      }),

    dismissError: () => set({ error: null }),
    refresh() {
      readLive();
      // The screen reads its lists when it is opened; meanwhile nobody looks at them.
      if (useView.getState().screen !== 'corrections') return;
      readOpen();
      batchRows.getState().refresh();
      batchLines.getState().refresh();
    },
    reset() {
      batchRows.getState().reset();
      batchLines.getState().reset();
      set(FIRST);
    },
  };
});
