import { create } from 'zustand';
import type { AuditEntry, AuditFilter, AuditGroup, AuditVerdict } from '../../shared/audit.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Period } from '../../shared/period.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { createWindowStore } from './window-store.ts';

/** Entries of the audit trail, newest first. */
export const auditRows = createWindowStore<AuditFilter, AuditEntry>((filter, offset, limit) =>
  call('audit.window', { filter, offset, limit }),
);

interface AuditState {
  text: string;
  /** What entries are about; null = anything. */
  group: AuditGroup | null;
  /** The entry in the side panel; null = closed. */
  open: AuditEntry | null;
  verifying: boolean;
  /** What recomputing the chain showed last; null = nobody has asked. */
  verdict: AuditVerdict | null;
  error: AppError | null;
  search(text: string): void;
  choose(group: AuditGroup | null): void;
  show(entry: AuditEntry | null): void;
  /** Shows the entries of a period, found by these names of actions too; reads them again where they have been shown before. */
  list(period: Period, names: Record<string, string>): void;
  /** Recomputes the whole chain. */
  verify(): Promise<void>;
  dismiss(): void;
  refresh(): void;
  reset(): void;
}

const FIRST = { text: '', group: null, open: null, verifying: false, verdict: null, error: null } as const;

export const useAudit = create<AuditState>((set, get) => ({
  ...FIRST,
  search: (text) => set({ text, open: null }),
  choose: (group) => set({ group, open: null }),
  show: (open) => set({ open }),

  list(period, names) {
    const { text, group } = get();
    auditRows.getState().setQuery({ text, names, groups: group === null ? [] : [group], period });
  },

  async verify() {
    if (get().verifying) return;
    set({ verifying: true, verdict: null, error: null });
    try {
      set({ verdict: await call('audit.verify') });
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    } finally {
      set({ verifying: false });
    }
  },

  dismiss: () => set({ verdict: null, error: null }),
  refresh: () => auditRows.getState().refresh(),

  reset() {
    auditRows.getState().reset();
    set(FIRST);
  },
}));
