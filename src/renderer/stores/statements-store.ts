import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import { formatCount } from '../../shared/format.ts';
import type { CallRequest } from '../../shared/ipc/contract.ts';
import type { StatementListRow } from '../../shared/ipc/statement-calls.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { i18n } from '../i18n/i18n.ts';
import { useMatches } from './matches-store.ts';
import { useToasts } from './toast-store.ts';
import { createWindowStore } from './window-store.ts';

export const STATEMENT_TABS = ['list', 'import', 'matching', 'rules'] as const;
export type StatementTab = (typeof STATEMENT_TABS)[number];

/** Held statements, newest first. There is one list of them: the query says nothing. */
export const statementRows = createWindowStore<'all', StatementListRow>((_all, offset, limit) =>
  call('statements.list', { offset, limit }),
);

/** So many of the newest statements are looked through for one. */
const MOST_LOOKED_THROUGH = 500;

interface StatementsState {
  tab: StatementTab;
  /** The statement in the side panel; null = closed. */
  open: StatementListRow | null;
  /** True until the panel has led the person to the rejected rows that they asked for. */
  toRejected: boolean;
  error: AppError | null;
  setTab(tab: StatementTab): void;
  show(statement: StatementListRow | null): void;
  /**
   * Shows a statement beside the list, with its rejected rows; null = the only one in force that has any. The list alone, where
   * their counts stand, if several have or it is not among the newest.
   */
  openRejected(statement: number | null): Promise<void>;
  /** Shows the matches of a statement. */
  openMatching(statement: number): void;
  /** Takes a statement out of force, with a message that can take it back. */
  withdraw(statement: number, reason: string): Promise<boolean>;
  restore(statement: number, reason: string): Promise<void>;
  exportRejected(request: CallRequest<'statements.exportRejected'>): Promise<void>;
  dismissError(): void;
  refresh(): void;
  reset(): void;
}

const FIRST = { tab: 'list', open: null, toRejected: false, error: null } as const;

export const useStatements = create<StatementsState>((set, get) => ({
  ...FIRST,
  setTab: (tab) => set({ tab, error: null }),
  show: (open) => set({ open, toRejected: false }),
  async openRejected(statement) {
    set({ tab: 'list', open: null, error: null });
    try {
      const { rows } = await call('statements.list', { offset: 0, limit: MOST_LOOKED_THROUGH });
      const meant = rows.filter((each) =>
        statement === null ? each.withdrawnAt === null && each.rejected > 0 : each.statement === statement,
      );
      const open = meant.length === 1 ? (meant[0] ?? null) : null;
      set({ open, toRejected: open !== null });
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    }
  },
  openMatching(statement) {
    useMatches.getState().setFilter({ statement, state: null, text: '' });
    set({ tab: 'matching', error: null });
  },

  async withdraw(statement, reason) {
    set({ error: null });
    try {
      await call('statements.withdraw', { statement, reason });
      useToasts.getState().show({
        tone: 'info',
        text: (t) => t('statements.withdrawing', { id: statement }),
        undo: () => void get().restore(statement, i18n.t('statements.undoReason')),
      });
      get().refresh();
      return true;
    } catch (thrown) {
      set({ error: asAppError(thrown) });
      return false;
    }
  },

  async restore(statement, reason) {
    set({ error: null });
    try {
      await call('statements.restore', { statement, reason });
      useToasts.getState().show({ tone: 'success', text: (t) => t('statements.restored', { id: statement }) });
      get().refresh();
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    }
  },

  async exportRejected(request) {
    set({ error: null });
    try {
      const written = await call('statements.exportRejected', request);
      if (written === null) return;
      const { rows, path } = written;
      const formatted = formatCount(rows, i18n.language === 'tr' ? 'tr' : 'en');
      useToasts
        .getState()
        .show({ tone: 'success', text: (t) => t('statements.rejected.exported', { count: rows, formatted, path }) });
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    }
  },

  dismissError: () => set({ error: null }),

  refresh() {
    statementRows.getState().refresh();
  },

  reset() {
    statementRows.getState().reset();
    set(FIRST);
  },
}));
