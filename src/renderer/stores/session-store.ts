import { create } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import type { CheckInfo } from '../../shared/findings.ts';
import type { AppInfo, CallRequest, ConnectionInfo, ConnectionState } from '../../shared/ipc/contract.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { setChecks } from '../i18n/check-texts.ts';
import { useToasts } from './toast-store.ts';

interface SessionState {
  /** starting: nothing known yet. start: no connection is open. ready: one is. failed: not even the settings came. */
  phase: 'starting' | 'start' | 'ready' | 'failed';
  info: AppInfo | null;
  settings: Settings;
  connections: readonly ConnectionInfo[];
  /** Every check, in the order of lists. */
  checks: readonly CheckInfo[];
  connection: ConnectionState | null;
  /** True while the start screen lies over an open connection, to add another one. */
  adding: boolean;
  error: AppError | null;
  /** Grows when the open connection's data may have changed; lists read again what they show. */
  dataVersion: number;
  boot(): Promise<void>;
  setAdding(adding: boolean): void;
  open(name: string): Promise<void>;
  openDemo(orders: number): Promise<void>;
  connect(request: CallRequest<'connections.connect'>): Promise<void>;
  setToken(credentials: CallRequest<'connections.setToken'>): Promise<void>;
  changeSettings(change: Partial<Settings>): Promise<void>;
  applyState(state: ConnectionState): void;
}

/** A sync reports a change with every page; lists need not follow faster than an eye does. */
const REFRESH_MS = 500;

export const useSession = create<SessionState>((set, get) => {
  let bump: ReturnType<typeof setTimeout> | null = null;

  const bumpSoon = (): void => {
    if (bump !== null) return;
    bump = setTimeout(() => {
      bump = null;
      set({ dataVersion: get().dataVersion + 1 });
    }, REFRESH_MS);
  };

  /** Said once each time a connection is opened: the store shows few orders or none until the next sync. */
  const tellDamage = ({ damagedCopy }: ConnectionState): void => {
    if (damagedCopy === undefined) return;
    useToasts.getState().show({ tone: 'warning', text: (t) => t('connection.damagedCopy', { file: damagedCopy }) });
  };

  /** Said once in a session, for from then on the defaults are the settings. */
  const tellDamagedSettings = ({ damagedSettings: damaged }: AppInfo): void => {
    if (damaged === undefined || get().info !== null) return;
    const { keptAs: file } = damaged;
    useToasts.getState().show({
      tone: 'warning',
      text: (t) => (file === null ? t('settings.damagedStays') : t('settings.damaged', { file })),
    });
  };

  const opened = async (state: ConnectionState): Promise<void> => {
    const connections = await call('connections.list');
    set({ connection: state, connections, phase: 'ready', adding: false, error: null });
    set({ dataVersion: get().dataVersion + 1 });
    tellDamage(state);
  };

  return {
    phase: 'starting',
    info: null,
    settings: DEFAULT_SETTINGS,
    connections: [],
    checks: [],
    connection: null,
    adding: false,
    error: null,
    dataVersion: 0,

    async boot() {
      set({ phase: 'starting', error: null });
      try {
        const [info, settings, checks, connections, current] = await Promise.all([
          call('app.info'),
          call('settings.get'),
          call('checks.list'),
          call('connections.list'),
          call('connections.current'),
        ]);
        setChecks(checks);
        tellDamagedSettings(info);
        set({
          info,
          settings,
          checks,
          connections,
          connection: current,
          phase: current === null ? 'starting' : 'ready',
        });
        if (current !== null) {
          tellDamage(current);
          return;
        }
        const last = connections.find((entry) => entry.name === settings.lastConnection);
        if (last === undefined) set({ phase: 'start' });
        else await get().open(last.name);
      } catch (thrown) {
        const known = get().info !== null;
        set({ phase: known ? 'start' : 'failed', error: asAppError(thrown) });
      }
    },

    setAdding(adding) {
      set({ adding, error: null });
    },

    async open(name) {
      await opened(await call('connections.open', { name }));
    },

    async openDemo(orders) {
      await opened(await call('connections.openDemo', { orders }));
    },

    async connect(request) {
      const { connection } = await call('connections.connect', request);
      await opened(await call('connections.open', { name: connection }));
    },

    async setToken(credentials) {
      set({ connection: await call('connections.setToken', credentials) });
    },

    async changeSettings(change) {
      const before = get().settings;
      set({ settings: { ...before, ...change } });
      try {
        set({ settings: await call('settings.set', change) });
      } catch (thrown) {
        set({ settings: before });
        throw thrown;
      }
      if (change.timeZone !== undefined || change.erpHours !== undefined) bumpSoon();
    },

    applyState(state) {
      set({ connection: state, phase: 'ready' });
      bumpSoon();
    },
  };
});
