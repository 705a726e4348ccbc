import type { AppInfo } from '../../shared/ipc/contract.ts';
import type { Settings } from '../../shared/settings.ts';
import type { TokenStore } from '../connections/connection.ts';
import type { Clock } from '../connections/ports.ts';
import type { Workspace } from '../connections/workspace.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { ChosenFiles } from './chosen-files.ts';
import type { OpenedConnection } from './opened-connection.ts';
import type { RunningWork } from './running-work.ts';
import type { Desktop } from './shell-ports.ts';
import type { WindowEvents } from './window-events.ts';
import type { WrittenFiles } from './written-files.ts';

/** Everything that the handlers of the window's calls work with. */
export interface HandlerParts {
  workspace: Workspace;
  opened: OpenedConnection;
  settings: SettingsStore;
  tokens: TokenStore;
  work: RunningWork;
  events: WindowEvents;
  desktop: Desktop;
  written: WrittenFiles;
  chosen: ChosenFiles;
  clock: Clock;
  /** What the program says about itself. */
  info(): Promise<AppInfo>;
  /** Called after settings have changed: menu and theme follow. */
  settingsChanged(settings: Settings): void;
}
