import { expect, test, vi } from 'vitest';
import type { Connection } from '../../src/main/connections/connection.ts';
import type { Workspace } from '../../src/main/connections/workspace.ts';
import { createOpenedConnection } from '../../src/main/shell/opened-connection.ts';
import { createRunningWork } from '../../src/main/shell/running-work.ts';
import { runSyncTask } from '../../src/main/shell/sync-task.ts';
import type { AppEvent } from '../../src/shared/ipc/contract.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';

const electron = vi.hoisted(() => ({ listeners: new Map<string, () => void>() }));
vi.mock('electron', () => ({
  powerMonitor: { on: (event: string, listener: () => void) => electron.listeners.set(event, listener) },
}));
const { onResume } = await import('../../src/main/shell/power.ts');

function setUp() {
  const sync = vi.fn<Connection['sync']>();
  const recheck = async () => undefined;
  const connection = { name: 'shop', sync, recheck, state: async () => ({}), onChange: () => () => undefined };
  let current: Connection | null = null;
  const workspace = { current: () => current } as unknown as Workspace;
  const sent: AppEvent[] = [];
  const parts = {
    work: createRunningWork(),
    events: { send: (event: AppEvent) => void sent.push(event), flush: vi.fn() },
  };
  const settings = { get: () => DEFAULT_SETTINGS, set: () => DEFAULT_SETTINGS };
  const opened = createOpenedConnection({ ...parts, workspace, settings });
  const open = async (): Promise<Connection> => {
    current = connection as unknown as Connection;
    return current;
  };
  return { parts: { ...parts, opened }, opened, open, sync, sent };
}

const AUTO = { request: { mode: 'auto' }, cause: 'interval' } as const;

test('whoever waits for a connection hears of every one that was opened, and of none that was not', async () => {
  const { opened, open } = setUp();
  const heard = vi.fn();
  opened.onOpened(heard);
  await expect(opened.switchTo(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(heard).not.toHaveBeenCalled();
  await opened.switchTo(open);
  await opened.switchTo(open);
  expect(heard).toHaveBeenCalledTimes(2);
});

test('a scheduled run is a run like any other: its cause, its progress, one at a time', async () => {
  const { parts, opened, open, sync, sent } = setUp();
  await expect(runSyncTask(parts, AUTO)).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
  await opened.switchTo(open);
  sent.length = 0;
  const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<Connection['sync']>>>();
  sync.mockReturnValue(promise);
  const run = runSyncTask(parts, AUTO);
  await expect(runSyncTask(parts, AUTO)).rejects.toMatchObject({ code: 'BUSY' });
  resolve({} as Awaited<typeof promise>);
  await run;
  expect(sync).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(AUTO));
  expect(sent.at(-1)?.type).toBe('connection.changed');
});

test('a run that fails tells the window how the connection stands, and nothing else', async () => {
  const { parts, opened, open, sync, sent } = setUp();
  await opened.switchTo(open);
  sent.length = 0;
  sync.mockRejectedValue(new Error('down'));
  await expect(runSyncTask(parts, AUTO)).rejects.toThrow('down');
  expect(sent.map(({ type }) => type)).toEqual(['connection.changed']);
});

test('Electron says when the computer wakes up', () => {
  const heard = vi.fn();
  onResume(heard);
  expect([...electron.listeners]).toEqual([['resume', heard]]);
});
