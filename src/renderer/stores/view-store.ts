import { create } from 'zustand';
import type { PeriodChoice } from './period-choice.ts';

export const SCREENS = [
  'orders',
  'exceptions',
  'statements',
  'corrections',
  'reports',
  'runs',
  'audit',
  'settings',
] as const;
export type Screen = (typeof SCREENS)[number];

interface ViewState {
  screen: Screen;
  periodChoice: PeriodChoice;
  /** The order in the side panel; null = closed. */
  openOrder: number | null;
  /** Shows a screen; the order that was open beside the former one closes. */
  goTo(screen: Screen): void;
  setPeriod(choice: PeriodChoice): void;
  showOrder(id: number | null): void;
  /** Another connection was opened: nothing of the former one stays in view. */
  leaveConnection(): void;
}

/** Which screen, period and order the window shows. */
export const useView = create<ViewState>((set) => ({
  screen: 'orders',
  periodChoice: { preset: 'all' },
  openOrder: null,
  goTo: (screen) => set({ screen, openOrder: null }),
  setPeriod: (periodChoice) => set({ periodChoice }),
  showOrder: (openOrder) => set({ openOrder }),
  leaveConnection: () => set({ openOrder: null, screen: 'orders' }),
}));
