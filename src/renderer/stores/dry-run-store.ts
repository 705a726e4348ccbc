import { create } from 'zustand';
import type { BatchRow, DryRunResult } from '../../shared/batches.ts';
import type { AppError } from '../../shared/errors.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { useToasts } from './toast-store.ts';

interface DryRunState {
  /** The batch that the dry run is about; null = there is none to show. */
  batch: BatchRow | null;
  running: boolean;
  progress: { done: number; total: number } | null;
  result: DryRunResult | null;
  error: AppError | null;
  start(batch: BatchRow): Promise<void>;
  cancel(): void;
  close(): void;
  noteProgress(progress: { done: number; total: number }): void;
  reset(): void;
}

const FIRST = { batch: null, running: false, progress: null, result: null, error: null } as const;

/** A dry run under way, or what the last one showed. */
export const useDryRun = create<DryRunState>((set, get) => ({
  ...FIRST,
  async start(batch) {
    if (get().running) return;
    set({ ...FIRST, batch, running: true });
    try {
      set({ result: await call('batches.dryRun', { id: batch.id }) });
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'CANCELLED') {
        useToasts.getState().show({ topic: 'batches', tone: 'info', text: (t) => t('dryRun.cancelled') });
        set({ batch: null });
      } else set({ error });
    } finally {
      set({ running: false, progress: null });
    }
  },
  cancel() {
    call('batches.cancelDryRun').catch((thrown: unknown) => set({ error: asAppError(thrown) }));
  },
  close() {
    if (!get().running) set(FIRST);
  },
  noteProgress(progress) {
    if (get().running) set({ progress });
  },
  reset: () => set(FIRST),
}));
