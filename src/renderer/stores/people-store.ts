import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import type { CallRequest } from '../../shared/ipc/contract.ts';
import { type ControlRules, DEFAULT_CONTROL, type User, type VersionedControl } from '../../shared/users.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { useToasts } from './toast-store.ts';

interface PeopleState {
  users: readonly User[];
  /** The person signed in; null = nobody. */
  signedIn: string | null;
  /** Null until the first answer. */
  control: VersionedControl | null;
  error: AppError | null;
  /** Reads people and rules again. What did not change stays the same object, so that a form keeps what was typed. */
  load(): Promise<void>;
  /** @throws AppError PIN_WRONG, PIN_PAUSED, USER_UNKNOWN */
  signIn(request: CallRequest<'users.signIn'>): Promise<void>;
  signOut(): Promise<void>;
  /** @throws AppError as `control.set` answers */
  setControl(rules: ControlRules, reason: string): Promise<void>;
  dismissError(): void;
  reset(): void;
}

const FIRST = { users: [], signedIn: null, control: null, error: null } as const;

function same<T>(before: T, now: T): T {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

/** Who works on this data folder, who is signed in, and which rules of control are in force. */
export const usePeople = create<PeopleState>((set, get) => ({
  ...FIRST,

  async load() {
    try {
      const [{ users, signedIn }, control] = await Promise.all([call('users.list'), call('control.get')]);
      const before = get();
      set({ users: same(before.users, users), signedIn, control: same(before.control, control), error: null });
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    }
  },

  async signIn(request) {
    const { name } = await call('users.signIn', request);
    useToasts.getState().show({ topic: 'people', tone: 'success', text: (t) => t('people.signedIn', { name }) });
    await get().load();
  },

  async signOut() {
    try {
      await call('users.signOut');
      useToasts.getState().show({ topic: 'people', tone: 'info', text: (t) => t('people.signedOut') });
    } catch (thrown) {
      set({ error: asAppError(thrown) });
    }
    await get().load();
  },

  async setControl(rules, reason) {
    await call('control.set', { rules, reason });
    useToasts.getState().show({ topic: 'people', tone: 'success', text: (t) => t('control.saved') });
    await get().load();
  },

  dismissError: () => set({ error: null }),
  reset: () => set(FIRST),
}));

/** The rules of control in force, or the default ones while they are not known. */
export function controlOf(control: VersionedControl | null): ControlRules {
  return control?.rules ?? DEFAULT_CONTROL;
}

/** True where two names are one person's: names are compared without regard to case. */
export function isSamePerson(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}
