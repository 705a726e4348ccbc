import type { TFunction } from 'i18next';
import { create } from 'zustand';

export interface Toast {
  id: number;
  tone: 'info' | 'success' | 'warning';
  /** A newer message about the same thing takes the place of the former one. */
  topic?:
    | 'sync'
    | 'oms'
    | 'push'
    | 'queued'
    | 'withdrawn'
    | 'batches'
    | 'people'
    | 'copied'
    | 'matches'
    | 'decided'
    | 'rules';
  /** Written when it is shown, so that a change of language reaches it. */
  text: (t: TFunction) => string;
  /** Takes back what the toast reports. */
  undo?: () => void;
}

interface ToastState {
  toasts: readonly Toast[];
  show(toast: Omit<Toast, 'id'>): void;
  dismiss(id: number): void;
  /** Takes away the messages whose undo is no longer possible. */
  dropUndo(): void;
}

/** More would hide what they are about. */
const MOST_SHOWN = 3;
const SECONDS_SHOWN = { info: 5, success: 5, warning: 10 } as const;
/** Time enough to read, decide and reach the button. */
const SECONDS_WITH_UNDO = 10;
let lastId = 0;

export const useToasts = create<ToastState>((set, get) => ({
  toasts: [],
  show(toast) {
    lastId += 1;
    const id = lastId;
    const others = get().toasts.filter(({ topic }) => topic === undefined || topic !== toast.topic);
    set({ toasts: [...others, { ...toast, id }].slice(-MOST_SHOWN) });
    const seconds = toast.undo === undefined ? SECONDS_SHOWN[toast.tone] : SECONDS_WITH_UNDO;
    setTimeout(() => get().dismiss(id), seconds * 1000);
  },
  dismiss(id) {
    set({ toasts: get().toasts.filter((toast) => toast.id !== id) });
  },
  dropUndo() {
    set({ toasts: get().toasts.filter(({ undo }) => undo === undefined) });
  },
}));
