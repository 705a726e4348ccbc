import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import type { BackTest, MatchRule, MatchRules, VersionedMatchRules } from '../../shared/matches.ts';
import type { StatementKind } from '../../shared/statements.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { useToasts } from './toast-store.ts';

interface RulesState {
  /** The rules in force; null until they have been read. */
  inForce: VersionedMatchRules | null;
  /** The rules as they are being edited. */
  draft: MatchRules | null;
  /** What the draft would change; null = not tried since it was edited. */
  test: BackTest | null;
  work: 'testing' | 'activating' | null;
  error: AppError | null;
  read(): Promise<void>;
  setRules(kind: StatementKind, rules: MatchRule[]): void;
  discard(): void;
  backTest(): Promise<void>;
  /** Puts the draft in force, which must have been tried. */
  activate(reason: string): Promise<boolean>;
  reset(): void;
}

const FIRST = { inForce: null, draft: null, test: null, work: null, error: null } as const;

/** True where the draft says something else than the rules in force. */
export function isEdited({ inForce, draft }: Pick<RulesState, 'inForce' | 'draft'>): boolean {
  return inForce !== null && draft !== null && JSON.stringify(inForce.rules) !== JSON.stringify(draft);
}

/** The rules of the matching: edited as a draft, tried on the stored statements, then put in force. */
export const useMatchRules = create<RulesState>((set, get) => ({
  ...FIRST,

  async read() {
    try {
      const former = get();
      const inForce = await call('matches.rules');
      set({ inForce, error: null, ...(isEdited(former) ? {} : { draft: inForce.rules, test: null }) });
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    }
  },

  setRules(kind, rules) {
    const { draft } = get();
    if (draft !== null) set({ draft: { ...draft, [kind]: rules }, test: null });
  },

  discard: () => set({ draft: get().inForce?.rules ?? null, test: null, error: null }),

  async backTest() {
    const { draft, work } = get();
    if (draft === null || work !== null) return;
    set({ work: 'testing', error: null });
    try {
      const test = await call('matches.backTest', { rules: draft });
      if (get().draft === draft) set({ test });
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    } finally {
      set({ work: null });
    }
  },

  async activate(reason) {
    const { draft, test, work } = get();
    if (draft === null || test === null || work !== null) return false;
    set({ work: 'activating', error: null });
    try {
      const inForce = await call('matches.setRules', { rules: draft, reason });
      set({ inForce, draft: inForce.rules, test: null });
      const { version } = inForce;
      useToasts.getState().show({ tone: 'success', text: (t) => t('matchRules.activated', { version }) });
      return true;
    } catch (thrown) {
      set({ error: asAppError(thrown) });
      return false;
    } finally {
      set({ work: null });
    }
  },

  reset: () => set(FIRST),
}));
