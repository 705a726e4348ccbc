import { AppError } from '../../shared/errors.ts';
import type { ConnectionState } from '../../shared/ipc/contract.ts';
import type { Connection } from '../connections/connection.ts';
import type { Workspace } from '../connections/workspace.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { RunningWork } from './running-work.ts';
import type { WindowEvents } from './window-events.ts';

/** The connection that the window works with, and how it comes to be another one. */
export interface OpenedConnection {
  /** @throws AppError CONNECTION_UNKNOWN while none is open. */
  require(): Connection;
  /**
   * State of the open connection, or null. The first call opens the one used last; when that fails, this call rejects
   * with the reason and the next one answers null.
   */
  current(): Promise<ConnectionState | null>;
  /** Stops what runs, opens another connection, remembers it and tells the window. */
  switchTo(open: () => Promise<Connection>): Promise<ConnectionState>;
  /** Tells the window how the connection stands now; nothing where none is open. */
  announce(): Promise<void>;
  /** Calls back whenever a connection has been opened. */
  onOpened(listener: () => void): void;
}

export interface OpenedConnectionParts {
  workspace: Workspace;
  settings: SettingsStore;
  work: RunningWork;
  events: WindowEvents;
}

export function createOpenedConnection(parts: OpenedConnectionParts): OpenedConnection {
  const { workspace, settings, work, events } = parts;
  const openedListeners: (() => void)[] = [];
  let stopListening: (() => void) | null = null;
  let reopened: Promise<unknown> | null = null;
  let mayReopen = true;
  let lastSwitch: Promise<unknown> = Promise.resolve();

  async function announce(): Promise<void> {
    const connection = workspace.current();
    if (connection === null) return;
    const state = await connection.state();
    if (workspace.current() === connection) events.send({ type: 'connection.changed', state });
  }

  async function switchNow(open: () => Promise<Connection>): Promise<ConnectionState> {
    await work.cancelAll();
    stopListening?.();
    stopListening = null;
    const connection = await open();
    // A change may be announced while the connection is being closed; there is nobody left to tell then.
    stopListening = connection.onChange(() => void announce().catch(() => undefined));
    remember(connection.name);
    const state = await connection.state();
    events.send({ type: 'connection.changed', state });
    for (const listener of openedListeners) listener();
    // A newer program may check more, and what is due with time came due while it was closed.
    void connection.recheck().catch(() => undefined);
    return state;
  }

  function switchTo(open: () => Promise<Connection>): Promise<ConnectionState> {
    mayReopen = false;
    // One after the other: two at once would fight over what the workspace has open.
    const mine = lastSwitch.then(() => switchNow(open));
    lastSwitch = mine.catch(() => undefined);
    return mine;
  }

  function remember(name: string): void {
    if (settings.get().lastConnection === name) return;
    try {
      settings.set({ lastConnection: name });
    } catch {
      // A workstation whose settings cannot be written is asked again at the next start, and works until then.
    }
  }

  return {
    require() {
      const connection = workspace.current();
      if (connection === null)
        throw new AppError('CONNECTION_UNKNOWN', 'No connection is open; open the demo store or connect to Omnitron.');
      return connection;
    },
    async current() {
      const last = settings.get().lastConnection;
      if (mayReopen && last !== '' && workspace.current() === null) {
        reopened = switchTo(() => workspace.open(last)).finally(() => {
          reopened = null;
        });
      }
      await reopened;
      return (await workspace.current()?.state()) ?? null;
    },
    switchTo,
    announce,
    onOpened: (listener) => void openedListeners.push(listener),
  };
}
