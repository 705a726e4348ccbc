import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Connection } from '../../src/main/connections/connection.ts';
import type { Workspace } from '../../src/main/connections/workspace.ts';
import type { SettingsStore } from '../../src/main/settings/settings-store.ts';
import { createChosenFiles } from '../../src/main/shell/chosen-files.ts';
import { createHandlers } from '../../src/main/shell/handlers.ts';
import { createOpenedConnection } from '../../src/main/shell/opened-connection.ts';
import { createRunningWork } from '../../src/main/shell/running-work.ts';
import { createWrittenFiles } from '../../src/main/shell/written-files.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { AppEvent, ConnectionState } from '../../src/shared/ipc/contract.ts';
import { NO_ORDER_FILTER } from '../../src/shared/orders.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.ts';

/** A task that runs until it is cancelled. */
function untilAborted(stopped: () => void): (signal: AbortSignal) => Promise<void> {
  return (signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        stopped();
        resolve();
      });
    });
}

const NOW = Date.parse('2026-03-05T09:30:00Z');

function stateOf(name: string): ConnectionState {
  return {
    name,
    kind: 'omnitron',
    baseUrl: 'https://shop.example',
    hasToken: true,
    orders: 1,
    vanished: 0,
    openFindings: 0,
    pendingCorrections: 0,
    lastSync: null,
    syncing: false,
    pushing: false,
    inQuestion: 0,
  };
}

function fakeConnection(name: string) {
  const listeners = new Set<() => void>();
  const reader = {
    ordersWindow: vi.fn(),
    ordersSelected: vi.fn(),
    findingsSummary: vi.fn(),
    runs: vi.fn(),
    quarantine: vi.fn(),
    changes: vi.fn(),
    capabilities: vi.fn(),
  };
  const writer = { addCorrection: vi.fn(), markSent: vi.fn() };
  const connection = {
    name,
    reader,
    writer,
    state: vi.fn(() => Promise.resolve(stateOf(name))),
    sync: vi.fn(),
    planSync: vi.fn(),
    acceptVanished: vi.fn(),
    retryQuarantine: vi.fn(),
    push: vi.fn(),
    dryRun: vi.fn(),
    report: vi.fn(),
    reconcile: vi.fn(),
    recheck: vi.fn(async () => undefined),
    audit: { record: vi.fn(async () => true), window: vi.fn(), verify: vi.fn() },
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { ...connection, listeners, asConnection: connection as unknown as Connection };
}

function setUp(initial: Partial<Settings> = {}) {
  let settings: Settings = { ...DEFAULT_SETTINGS, ...initial };
  let current: Connection | null = null;
  const shop = fakeConnection('shop');
  const demo = fakeConnection('demo');
  const opening = vi.fn((name: string): Promise<Connection> => {
    current = name === 'shop' ? shop.asConnection : demo.asConnection;
    return Promise.resolve(current);
  });
  const workspace = {
    list: vi.fn(),
    connect: vi.fn(),
    open: opening,
    openDemo: () => opening('demo'),
    current: () => current,
  } as unknown as Workspace;
  const store: SettingsStore = {
    get: () => settings,
    set: (change) => {
      settings = { ...settings, ...change };
      return settings;
    },
  };
  const sent: AppEvent[] = [];
  const events = { send: (event: AppEvent) => void sent.push(event), flush: vi.fn() };
  const work = createRunningWork();
  const opened = createOpenedConnection({ workspace, settings: store, work, events });
  const desktop = {
    askWhereToSave: vi.fn((): Promise<string | null> => Promise.resolve('/reports/a.xlsx')),
    askWhichStatement: vi.fn((): Promise<string | null> => Promise.resolve('/statements/may.csv')),
    askWhichSignedFile: vi.fn((): Promise<string | null> => Promise.resolve('/files/batch.json')),
    copyText: vi.fn(),
    reveal: vi.fn(),
  };
  const tokens = { get: vi.fn(), set: vi.fn(() => Promise.resolve()) };
  const settingsChanged = vi.fn();
  const handlers = createHandlers({
    workspace,
    opened,
    settings: store,
    tokens,
    work,
    events,
    desktop,
    written: createWrittenFiles(),
    chosen: createChosenFiles(),
    clock: { now: () => NOW, elapsed: () => 0, sleep: () => Promise.resolve() },
    info: vi.fn(),
    settingsChanged,
  });
  return { handlers, shop, demo, opening, workspace, sent, events, desktop, tokens, settingsChanged, store, work };
}

describe('the opened connection', () => {
  test('nothing is open at the first start', async () => {
    const { handlers } = setUp();
    expect(await handlers['connections.current'](undefined)).toBeNull();
    expect(() => handlers['orders.facets']({ period: { from: null, to: null } })).toThrowError(
      expect.objectContaining({ code: 'CONNECTION_UNKNOWN' }),
    );
  });

  test('the one used last is opened by the first question for it, once', async () => {
    const { handlers, opening } = setUp({ lastConnection: 'shop' });
    const states = await Promise.all([
      handlers['connections.current'](undefined),
      handlers['connections.current'](undefined),
    ]);
    expect(states).toEqual([stateOf('shop'), stateOf('shop')]);
    expect(opening).toHaveBeenCalledExactlyOnceWith('shop');
  });

  test('where it cannot be opened, the reason comes once and the window goes on', async () => {
    const { handlers, opening } = setUp({ lastConnection: 'shop' });
    opening.mockRejectedValueOnce(new AppError('DATA_LOCKED', 'Another program has it.'));
    await expect(handlers['connections.current'](undefined)).rejects.toMatchObject({ code: 'DATA_LOCKED' });
    expect(await handlers['connections.current'](undefined)).toBeNull();
    expect(await handlers['connections.open']({ name: 'shop' })).toEqual(stateOf('shop'));
  });

  test('switching stops what runs, remembers the name, and listens to the new one only', async () => {
    const { handlers, shop, demo, store, sent, work } = setUp();
    await handlers['connections.open']({ name: 'shop' });
    const stopped = vi.fn();
    const running = work.run('sync', untilAborted(stopped));
    await handlers['connections.openDemo']({ orders: 10 });
    await running;
    expect(stopped).toHaveBeenCalledOnce();
    expect(store.get().lastConnection).toBe('demo');
    expect(shop.listeners.size).toBe(0);
    expect(demo.listeners.size).toBe(1);
    sent.length = 0;
    for (const changed of demo.listeners) changed();
    await vi.waitFor(() => expect(sent).toEqual([{ type: 'connection.changed', state: stateOf('demo') }]));
  });

  test('a token is stored for the open connection', async () => {
    const { handlers, tokens, shop } = setUp();
    await handlers['connections.open']({ name: 'shop' });
    expect(await handlers['connections.setToken']({ token: 'new' })).toEqual(stateOf('shop'));
    expect(tokens.set).toHaveBeenCalledExactlyOnceWith('shop', 'new');
    await handlers['connections.setToken']({ username: 'ada', password: 'new' });
    expect(tokens.set).toHaveBeenLastCalledWith('shop', '{"username":"ada","password":"new"}');
    const entry = { action: 'connection.change', subject: 'connection shop', before: null };
    expect(shop.audit.record.mock.calls).toEqual(Array(2).fill([{ ...entry, after: { credentials: 'given' } }]));
  });
});

describe('calls on the opened connection', () => {
  let parts: ReturnType<typeof setUp>;
  beforeEach(async () => {
    parts = setUp({ language: 'tr', timeZone: 'Europe/Istanbul' });
    await parts.handlers['connections.open']({ name: 'shop' });
    parts.sent.length = 0;
  });

  test('cut periods in the business time zone', async () => {
    await parts.handlers['orders.window']({
      filter: NO_ORDER_FILTER,
      sort: { column: 'number', direction: 'asc' },
      offset: 0,
      limit: 10,
    });
    expect(parts.shop.reader.ordersWindow).toHaveBeenCalledWith(
      expect.objectContaining({ timeZone: 'Europe/Istanbul', limit: 10 }),
    );
  });

  test('sync passes progress on, tells the state at its end and hands the summary back', async () => {
    const summary = { complete: true };
    parts.shop.sync.mockImplementation(async ({ onProgress }) => {
      onProgress({ phase: 'reading' });
      return summary;
    });
    expect(await parts.handlers['sync.start']({ mode: 'auto' })).toBe(summary);
    expect(parts.sent.map(({ type }) => type)).toEqual(['sync.progress', 'connection.changed']);
    expect(parts.events.flush).toHaveBeenCalled();
  });

  test('sync hands over what is asked for, and that a person asks', async () => {
    const verify = { mode: 'verify', period: { from: '2026-01-01', to: null } } as const;
    parts.shop.sync.mockResolvedValue({ complete: true });
    await parts.handlers['sync.start'](verify);
    expect(parts.shop.sync).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ request: verify, cause: 'manual' }),
    );
    const plan = { kind: 'verify' };
    parts.shop.planSync.mockResolvedValue(plan);
    expect(await parts.handlers['sync.plan'](verify)).toBe(plan);
    expect(parts.shop.planSync).toHaveBeenCalledExactlyOnceWith(verify);
  });

  test('a retry of the quarantine takes the sync’s place, and cancelling reaches it', async () => {
    parts.shop.retryQuarantine.mockImplementation(
      ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve({ released: 0 }))),
    );
    const retried = parts.handlers['quarantine.retry'](undefined);
    await expect(parts.handlers['sync.start']({ mode: 'auto' })).rejects.toMatchObject({ code: 'BUSY' });
    expect(parts.handlers['sync.cancel'](undefined)).toBeNull();
    expect(await retried).toEqual({ released: 0 });
  });

  test('lists of runs, quarantine and changes, and what was learnt, come from the reader', async () => {
    const { reader, acceptVanished } = parts.shop;
    const window = { offset: 3, limit: 10 };
    const changes = { orderId: 5, since: null, ...window };
    const answer = {};
    for (const read of [reader.runs, reader.quarantine, reader.changes, reader.capabilities, acceptVanished])
      read.mockResolvedValue(answer);
    expect(await parts.handlers['runs.list'](window)).toBe(answer);
    expect(await parts.handlers['quarantine.list'](window)).toBe(answer);
    expect(await parts.handlers['changes.list'](changes)).toBe(answer);
    expect(await parts.handlers['sync.capabilities'](undefined)).toBe(answer);
    expect(await parts.handlers['sync.acceptVanished'](undefined)).toBe(answer);
    expect([reader.runs.mock.calls, reader.quarantine.mock.calls]).toEqual([[[window]], [[window]]]);
    expect(reader.changes).toHaveBeenCalledExactlyOnceWith(changes);
  });

  test('a sync that fails still tells the state', async () => {
    parts.shop.sync.mockRejectedValue(new AppError('NOT_REACHABLE', 'x'));
    await expect(parts.handlers['sync.start']({ mode: 'auto' })).rejects.toMatchObject({ code: 'NOT_REACHABLE' });
    expect(parts.sent.map(({ type }) => type)).toEqual(['connection.changed']);
  });

  test('pausing a push lets the correction that it is at come to its end', async () => {
    let signal: AbortSignal | undefined;
    parts.shop.push.mockImplementation(
      (options) =>
        new Promise((resolve) => {
          signal = options.signal;
          options.pause.addEventListener('abort', () => resolve({ batch: options.batch }));
        }),
    );
    const push = parts.handlers['corrections.push']({ batch: 7 });
    expect(parts.handlers['corrections.pausePush'](undefined)).toBeNull();
    expect(await push).toEqual({ batch: 7 });
    expect(signal?.aborted).toBe(false);
  });

  test('a pause ends with its push: the next one goes on', async () => {
    parts.shop.push.mockImplementation(({ pause }) => Promise.resolve(pause.aborted));
    expect(parts.handlers['corrections.pausePush'](undefined)).toBeNull();
    expect(await parts.handlers['corrections.push']({ batch: null })).toBe(false);
  });

  test('a dry run can be cancelled, and tells how far it is', async () => {
    parts.shop.dryRun.mockImplementation(
      ({ signal, onProgress }) =>
        new Promise((resolve) => {
          onProgress(1, 2);
          signal.addEventListener('abort', () => resolve({}));
        }),
    );
    const run = parts.handlers['batches.dryRun']({ id: 3 });
    expect(parts.handlers['batches.cancelDryRun'](undefined)).toBeNull();
    await run;
    expect(parts.shop.dryRun).toHaveBeenCalledWith(expect.objectContaining({ batch: 3 }));
    expect(parts.sent).toContainEqual({ type: 'dryRun.progress', done: 1, total: 2 });
  });

  test('a correction is stamped with the clock and announced', async () => {
    const row = { id: 1 };
    parts.shop.writer.addCorrection.mockResolvedValue(row);
    const correction = { target: { kind: 'order' as const, orderId: 1 }, set: { is_send: true } };
    expect(await parts.handlers['corrections.add'](correction)).toBe(row);
    expect(parts.shop.writer.addCorrection).toHaveBeenCalledWith({
      correction,
      timeZone: 'Europe/Istanbul',
      nowMs: NOW,
    });
    expect(parts.sent.map(({ type }) => type)).toEqual(['connection.changed']);
  });

  test('a copy goes to the clipboard in the way of the settings', async () => {
    parts.shop.reader.ordersSelected.mockResolvedValue([]);
    const request = {
      filter: NO_ORDER_FILTER,
      sort: { column: 'number', direction: 'asc' } as const,
      selection: { mode: 'all' as const, except: [] },
      headers: true,
    };
    expect(await parts.handlers['orders.copy'](request)).toEqual({ rows: 0 });
    expect(parts.desktop.copyText.mock.calls[0]?.[0]).toMatch(/^Sipariş/);
    expect(parts.shop.reader.ordersSelected).toHaveBeenCalledWith(expect.objectContaining({ limit: 100_000 }));
  });

  describe('a report', () => {
    const request = {
      kind: 'reconciliation',
      format: 'xlsx',
      period: { from: '2026-03-01', to: '2026-03-31' },
      language: 'tr',
    } as const;

    test('is written where the person says, and can then be shown', async () => {
      const result = { path: '/reports/a.xlsx', rows: 1, totals: {}, sha256: 'x' };
      parts.shop.report.mockResolvedValue(result);
      await expect(async () => parts.handlers['reports.reveal']({ path: result.path })).rejects.toMatchObject({
        code: 'IPC_REFUSED',
      });
      expect(await parts.handlers['reports.export'](request)).toBe(result);
      expect(parts.desktop.askWhereToSave).toHaveBeenCalledWith(
        expect.stringMatching(/^Mutabakat_shop_2026-03-01_2026-03-31_.*\.xlsx$/),
        'xlsx',
      );
      expect(parts.shop.report).toHaveBeenCalledWith(
        request,
        expect.objectContaining({ path: '/reports/a.xlsx', nowMs: NOW }),
      );
      expect(parts.handlers['reports.reveal']({ path: result.path })).toBeNull();
      expect(parts.desktop.reveal).toHaveBeenCalledExactlyOnceWith(result.path);
    });

    test('is not written when the person cancels the dialog', async () => {
      parts.desktop.askWhereToSave.mockResolvedValueOnce(null);
      expect(await parts.handlers['reports.export'](request)).toBeNull();
      expect(parts.shop.report).not.toHaveBeenCalled();
    });
  });

  test('changed settings reach menu and theme', async () => {
    expect(await parts.handlers['settings.set']({ theme: 'dark', language: undefined })).toMatchObject({
      theme: 'dark',
      language: 'tr',
    });
    expect(parts.settingsChanged).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ theme: 'dark' }));
    expect(parts.shop.audit.record).not.toHaveBeenCalled();
  });

  test('settings that change results are recorded, with what they were', async () => {
    await parts.handlers['settings.set']({ erpHours: 48, company: 'Örnek A.Ş.', theme: 'light' });
    expect(parts.shop.audit.record).toHaveBeenCalledExactlyOnceWith({
      action: 'settings.change',
      subject: 'settings erpHours, company',
      before: { erpHours: 24, company: '' },
      after: { erpHours: 48, company: 'Örnek A.Ş.' },
    });
  });

  test('a new token for the open connection waits for running work to end', async () => {
    const stopped = vi.fn();
    const running = parts.work.run('push', untilAborted(stopped));
    await parts.handlers['connections.connect']({ name: 'shop', baseUrl: 'https://shop.example', token: 't' });
    await running;
    expect(stopped).toHaveBeenCalledOnce();
  });
});
