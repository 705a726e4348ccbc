import type { TFunction } from 'i18next';
import { create } from 'zustand';

export interface Toast {
  id: number;
  tone: 'info' | 'success' | 'warning';
  /** Written when it is shown, so that a change of language reaches it. */
  text: (t: TFunction) => string;
  /** Takes back what the toast reports. */
  undo?: () => void;
}

interface ToastState {
  toasts: readonly Toast[];
  show(toast: Omit<Toast, 'id'>): void;
  dismiss(id: number): void;
}

const SECONDS_SHOWN = 6;
/** Time enough to read, decide and reach the button. */
const SECONDS_WITH_UNDO = 20;
let lastId = 0;

export const useToasts = create<ToastState>((set, get) => ({
  toasts: [],
  show(toast) {
    lastId += 1;
    const id = lastId;
    set({ toasts: [...get().toasts.slice(-3), { ...toast, id }] });
    setTimeout(() => get().dismiss(id), (toast.undo === undefined ? SECONDS_SHOWN : SECONDS_WITH_UNDO) * 1000);
  },
  dismiss(id) {
    set({ toasts: get().toasts.filter((toast) => toast.id !== id) });
  },
}));
