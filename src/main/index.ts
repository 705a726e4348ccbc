import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme } from 'electron';
import { EVENT_CHANNEL } from '../shared/ipc/names.ts';
import { systemClock } from './connections/clock.ts';
import { createSchedule } from './connections/schedule.ts';
import { createWorkspace } from './connections/workspace.ts';
import engineWorker from './engine/worker.ts?modulePath';
import sandboxWorker from './sandbox/worker.ts?modulePath';
import { dataDirFromArguments } from './settings/data-dir.ts';
import { openSettings } from './settings/settings-store.ts';
import { programInfo } from './shell/app-info.ts';
import { registerAppScheme } from './shell/app-scheme.ts';
import { askAndOpenOutside } from './shell/ask-open-outside.ts';
import { createAuditKeys } from './shell/audit-keys.ts';
import { createChosenFiles } from './shell/chosen-files.ts';
import { guardAgainstCrashes } from './shell/crash-guard.ts';
import { createDesktop } from './shell/desktop.ts';
import { fetchOnce } from './shell/electron-fetch.ts';
import { createHandlers } from './shell/handlers.ts';
import { registerCalls } from './shell/ipc-registrar.ts';
import { claimDataDir, failToStart, quitCleanly } from './shell/lifecycle.ts';
import { createMainWindow, focusWindow } from './shell/main-window.ts';
import { setMenu } from './shell/menu.ts';
import { guardNavigation } from './shell/navigation-guard.ts';
import { createOpenedConnection } from './shell/opened-connection.ts';
import { osKeyStore } from './shell/os-key-store.ts';
import { onResume } from './shell/power.ts';
import { createRunningWork } from './shell/running-work.ts';
import { runSyncTask } from './shell/sync-task.ts';
import { createTokenStore } from './shell/token-store.ts';
import { createWindowEvents } from './shell/window-events.ts';
import { createWindowSession } from './shell/window-session.ts';
import { createWrittenFiles } from './shell/written-files.ts';

const clock = systemClock();
const devTools = !app.isPackaged;
const resourcesDir = app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'resources');
let window: BrowserWindow | null = null;

/** Puts the parts together once Electron is ready. */
function start(dataDir: string): void {
  const settings = openSettings(dataDir, app.getLocale());
  const tokens = createTokenStore(dataDir, osKeyStore(process.platform));
  const workspace = createWorkspace({
    dataDir,
    resourcesDir,
    tokens,
    auditKeys: createAuditKeys(tokens),
    settings: settings.get,
    clock,
    random: Math.random,
    fetch: fetchOnce,
    engineWorker,
    sandboxWorker,
    programVersion: app.getVersion(),
  });
  const events = createWindowEvents(clock, (event) => window?.webContents.send(EVENT_CHANNEL, event));
  const work = createRunningWork();
  const opened = createOpenedConnection({ workspace, settings, work, events });
  const schedule = createSchedule({
    clock,
    random: Math.random,
    settings: settings.get,
    state: async () => (await workspace.current()?.state()) ?? null,
    sync: (cause) => runSyncTask({ opened, work, events }, { request: { mode: 'auto' }, cause }),
  });
  opened.onOpened(schedule.opened);
  onResume(schedule.resumed);
  const parts = { workspace, opened, settings, tokens, work, events, clock };
  const applySettings = ({ language, theme } = settings.get()): void => {
    nativeTheme.themeSource = theme;
    setMenu(language, (command) => events.send({ type: 'menu', command }));
    schedule.settingsChanged();
  };
  const handlers = createHandlers({
    ...parts,
    desktop: createDesktop(() => window),
    written: createWrittenFiles(),
    chosen: createChosenFiles(),
    info: () => programInfo(dataDir, tokens, settings),
    settingsChanged: applySettings,
  });

  registerCalls(handlers, () => window);
  guardNavigation((address) => {
    if (window !== null) void askAndOpenOutside(address, window, settings.get().language);
  });
  applySettings();
  quitCleanly(async () => {
    schedule.stop();
    await work.cancelAll();
    await workspace.close();
  }, clock);
  window = createMainWindow({
    session: createWindowSession(join(app.getAppPath(), 'out/renderer'), devTools),
    preload: join(app.getAppPath(), 'out/preload/index.cjs'),
    icon: join(resourcesDir, 'icons/icon.png'),
    devTools,
  });
  guardAgainstCrashes(window, () => settings.get().language);
  window.once('closed', () => {
    window = null;
  });
  app.on('second-instance', () => {
    if (window !== null) focusWindow(window);
  });
}

try {
  const machine = { platform: process.platform, env: process.env, homeDir: homedir() };
  const dataDir = dataDirFromArguments(process.argv.slice(1), machine);
  registerAppScheme();
  if (claimDataDir(dataDir)) {
    app
      .whenReady()
      .then(() => start(dataDir))
      .catch(failToStart);
  } else {
    app.quit();
  }
} catch (thrown) {
  failToStart(thrown);
}
