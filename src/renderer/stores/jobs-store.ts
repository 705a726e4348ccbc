import type { TFunction } from 'i18next';
import { create } from 'zustand';
import type { PushSummary } from '../../shared/corrections.ts';
import type { AppError } from '../../shared/errors.ts';
import { formatCount } from '../../shared/format.ts';
import type { AppEvent } from '../../shared/ipc/contract.ts';
import type { ReportRequest, ReportResult } from '../../shared/reports.ts';
import type { RunRow } from '../../shared/runs.ts';
import type { SyncPlan, SyncProgress, SyncRequest, SyncSummary } from '../../shared/sync.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { errorText } from '../i18n/codes.ts';
import { i18n } from '../i18n/i18n.ts';
import { omsProblemText } from '../i18n/oms-problem.ts';
import { useDryRun } from './dry-run-store.ts';
import { useImport } from './import-store.ts';
import { type Toast, useToasts } from './toast-store.ts';

interface Counted {
  done: number;
  total: number;
}

/** How far a push is: of which batch, how fast, and how long it will still take (null = too early to tell). */
export interface PushProgress extends Counted {
  batch: string;
  perMinute: number | null;
  secondsLeft: number | null;
}

interface JobsState {
  syncing: boolean;
  syncProgress: SyncProgress | null;
  syncError: AppError | null;
  /** What the sync under way, or the last one, was asked to do: trying again asks for the same. */
  syncRequest: SyncRequest;
  /** What the run under way does; null = there is none, or it is not known yet. */
  syncPlan: SyncPlan | null;
  pushing: boolean;
  pushProgress: PushProgress | null;
  /** The push was asked to stop after the correction it is at. */
  pausing: boolean;
  pushError: AppError | null;
  exporting: boolean;
  exportProgress: Counted | null;
  exportError: AppError | null;
  exportResult: ReportResult | null;
  /** Plans and runs a sync; without a request the planner chooses. */
  sync(request?: SyncRequest): Promise<void>;
  /** Pushes a batch; null = everything that may be pushed. */
  push(batch?: number | null): Promise<void>;
  pausePush(): void;
  exportReport(request: ReportRequest): Promise<void>;
  /** Takes over what the newest line of the run log says: runs also begin without this window. */
  noteRun(run: RunRow): void;
  dismissSyncError(): void;
  dismissPushError(): void;
  onEvent(event: AppEvent): void;
  reset(): void;
}

const IDLE = {
  syncing: false,
  syncProgress: null,
  syncError: null,
  syncRequest: { mode: 'auto' },
  syncPlan: null,
  pushing: false,
  pushProgress: null,
  pausing: false,
  pushError: null,
  exporting: false,
  exportProgress: null,
  exportError: null,
  exportResult: null,
} as const;

/** Numbers for a text, grouped in the present language. */
function grouped<K extends string>(numbers: Record<K, number>): Record<K, string> {
  const language = i18n.language === 'tr' ? 'tr' : 'en';
  return Object.fromEntries(
    Object.entries<number>(numbers).map(([key, value]) => [key, formatCount(value, language)]),
  ) as Record<K, string>;
}

/** What became of orders that a complete run found gone; empty where there are none. */
function goneText(t: TFunction, { notSeen, vanished }: SyncSummary): string {
  if (notSeen === 0) return '';
  return ` ${vanished < notSeen ? t('sync.goneUnmarked', grouped({ notSeen })) : t('sync.gone', grouped({ vanished }))}`;
}

function announceSync(summary: SyncSummary): void {
  const { created, updated, unchanged, complete, problem, oms } = summary;
  const { show } = useToasts.getState();
  const counts = { created, updated, unchanged };
  if (complete) {
    const tone = summary.notSeen === 0 ? 'success' : 'warning';
    show({ topic: 'sync', tone, text: (t) => t('sync.complete', grouped(counts)) + goneText(t, summary) });
  }
  // The frame asks about them; going on from here would not help.
  else if (problem?.code === 'VANISHED_IN_QUESTION')
    show({ topic: 'sync', tone: 'warning', text: (t) => t('errors.VANISHED_IN_QUESTION.what') });
  else show({ topic: 'sync', tone: 'warning', text: (t) => t('sync.incomplete', grouped(counts)) });
  const { code } = oms?.problem ?? {};
  if (code !== undefined && code !== 'CANCELLED')
    show({ topic: 'oms', tone: 'warning', text: (t) => t('oms.notRead', { what: omsProblemText(t, code) }) });
}

function sayOfPush(tone: Toast['tone'], text: Toast['text']): void {
  useToasts.getState().show({ topic: 'push', tone, text });
}

function announcePush({ batch: _, unknown, ...counts }: PushSummary): void {
  const clean = counts.conflict + counts.rejected + counts.waiting + unknown === 0;
  sayOfPush(clean ? 'success' : 'warning', (t) => {
    const done = t('corrections.pushed', grouped(counts));
    if (unknown === 0) return done;
    return `${done} ${t('corrections.pushedUnknown', { count: unknown, formatted: grouped({ unknown }).unknown })}`;
  });
}

/** The long jobs: sync, push and export, with progress as main reports it. */
export const useJobs = create<JobsState>((set, get) => ({
  ...IDLE,

  async sync(request = { mode: 'auto' }) {
    if (get().syncing) return;
    set({ syncing: true, syncProgress: null, syncError: null, syncRequest: request, syncPlan: null });
    try {
      set({ syncPlan: await call('sync.plan', request) });
      announceSync(await call('sync.start', request));
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'CANCELLED')
        useToasts.getState().show({ topic: 'sync', tone: 'info', text: (t) => errorText(t, 'CANCELLED') });
      else set({ syncError: error });
    } finally {
      set({ syncing: false, syncProgress: null, syncPlan: null });
    }
  },

  noteRun(run) {
    if (run.state === 'running') set({ syncPlan: run.plan });
    else if (!get().syncing) set({ syncPlan: null, syncProgress: null });
  },

  async push(batch = null) {
    if (get().pushing) return;
    set({ pushing: true, pushProgress: null, pausing: false, pushError: null });
    // What a push takes up can no longer be withdrawn.
    useToasts.getState().dropUndo();
    try {
      const summary = await call('corrections.push', { batch });
      if (get().pausing) sayOfPush('info', (t) => t('corrections.stopped'));
      else announcePush(summary);
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'CANCELLED') sayOfPush('info', (t) => t('corrections.stopped'));
      else set({ pushError: error });
    } finally {
      set({ pushing: false, pushProgress: null, pausing: false });
    }
  },

  pausePush() {
    set({ pausing: true });
    call('corrections.pausePush').catch((thrown: unknown) => set({ pausing: false, pushError: asAppError(thrown) }));
  },

  async exportReport(request) {
    if (get().exporting) return;
    set({ exporting: true, exportProgress: null, exportError: null });
    try {
      const result = await call('reports.export', request);
      if (result !== null) set({ exportResult: result });
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'CANCELLED') useToasts.getState().show({ tone: 'info', text: (t) => t('reports.cancelled') });
      else set({ exportError: error });
    } finally {
      set({ exporting: false, exportProgress: null });
    }
  },

  dismissSyncError() {
    set({ syncError: null });
  },

  dismissPushError() {
    set({ pushError: null });
  },

  onEvent(event) {
    if (event.type === 'sync.progress') set({ syncProgress: event.progress });
    if (event.type === 'push.progress') {
      const { type: _, ...pushProgress } = event;
      set({ pushProgress });
    }
    if (event.type === 'dryRun.progress') useDryRun.getState().noteProgress({ done: event.done, total: event.total });
    if (event.type === 'report.progress') set({ exportProgress: { done: event.rows, total: event.total } });
    if (event.type === 'statement.progress')
      useImport.getState().noteProgress({ done: event.done, total: event.total });
  },

  reset() {
    set(IDLE);
  },
}));
