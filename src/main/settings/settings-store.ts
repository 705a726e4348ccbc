import { basename } from 'node:path';
import ElectronStore from 'electron-store';
import { AppError } from '../../shared/errors.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import { defaultSettings, keepDamagedSettings, readSettingsFile, SETTINGS_NAME } from './settings-file.ts';

/** The settings of this workstation, kept in `settings.json` in the data folder. */
export interface SettingsStore {
  get(): Settings;
  /**
   * Changes some settings; all or none.
   * @throws AppError VALUE_INVALID for a value that the schema refuses, DATA_NOT_WRITABLE where the file cannot be written.
   */
  set(change: Partial<Settings>): Settings;
}

/** The settings with what became of a damaged file at the start. */
export interface OpenedSettings extends SettingsStore {
  /** The name under which it was put aside, null where that failed; null altogether where nothing was damaged. */
  readonly damaged: { keptAs: string | null } | null;
}

/**
 * Opens the settings. A damaged file is kept aside and the defaults are used. Where the folder cannot be written the
 * program still starts: settings are then read, and changing them is what fails.
 */
export function openSettings(dataDir: string, locale: string): OpenedSettings {
  const reading = readSettingsFile(dataDir, locale);
  let current = reading.state === 'read' ? reading.settings : defaultSettings(locale);
  const damaged = reading.state === 'damaged' ? { keptAs: putAside(dataDir) } : null;
  const store = damaged?.keptAs === null ? null : openStore(dataDir);
  return {
    damaged,
    get: () => current,
    set(change) {
      const next = settingsSchema.safeParse({ ...current, ...change });
      if (!next.success) {
        throw new AppError(
          'VALUE_INVALID',
          `These settings cannot be used: ${next.error.issues[0]?.message ?? 'invalid'}.`,
        );
      }
      write(store, next.data, dataDir);
      current = next.data;
      return current;
    },
  };
}

/** @returns the name under which a damaged file is kept; null where it cannot be moved */
function putAside(dataDir: string): string | null {
  try {
    return basename(keepDamagedSettings(dataDir));
  } catch {
    return null;
  }
}

function openStore(dataDir: string): ElectronStore<Settings> | null {
  try {
    return new ElectronStore<Settings>({ cwd: dataDir, name: SETTINGS_NAME, accessPropertiesByDotNotation: false });
  } catch {
    return null;
  }
}

function write(store: ElectronStore<Settings> | null, settings: Settings, dataDir: string): void {
  try {
    if (store === null) throw new Error('the settings file could not be opened');
    store.store = settings;
  } catch (cause) {
    throw new AppError(
      'DATA_NOT_WRITABLE',
      `The settings cannot be saved in ${dataDir}; check that the folder can be written.`,
      {
        cause,
      },
    );
  }
}
