import { app } from 'electron';
import type { AppInfo } from '../../shared/ipc/contract.ts';
import type { OpenedSettings } from '../settings/settings-store.ts';

/** What the program says about itself. Outside Electron's binary the stand-in runs it. */
export async function programInfo(
  dataDir: string,
  tokens: { persists(): Promise<boolean> },
  { damaged }: Pick<OpenedSettings, 'damaged'>,
): Promise<AppInfo> {
  return {
    version: app.getVersion(),
    runtime: process.versions.electron === undefined ? 'standin' : 'electron',
    platform: process.platform,
    dataDir,
    tokensPersist: await tokens.persists(),
    ...(damaged === null ? {} : { damagedSettings: damaged }),
  };
}
