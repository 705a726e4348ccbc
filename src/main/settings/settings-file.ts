import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../shared/settings.ts';

/** Name of the settings file without its ending, as electron-store wants it. */
export const SETTINGS_NAME = 'settings';

/** What reading the file gave. `damaged` = there is a file, but not one that can be trusted. */
export type SettingsReading =
  | { state: 'absent' }
  | { state: 'read'; settings: Settings }
  | { state: 'damaged'; problem: string };

/** The settings of a fresh installation on a machine with this locale (`tr-TR`, `en_GB.UTF-8`, …). */
export function defaultSettings(locale: string): Settings {
  return { ...DEFAULT_SETTINGS, language: /^tr\b|^tr_/i.test(locale) ? 'tr' : 'en' };
}

/** Path of the settings file in a data folder. */
export function settingsPath(dataDir: string): string {
  return join(dataDir, `${SETTINGS_NAME}.json`);
}

/**
 * Reads the settings file. Keys that an older version did not know yet take their defaults; anything else that does
 * not fit the schema makes the file damaged.
 */
export function readSettingsFile(dataDir: string, locale: string): SettingsReading {
  const path = settingsPath(dataDir);
  if (!existsSync(path)) return { state: 'absent' };
  try {
    const stored: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const known = settingsSchema.partial().parse(stored);
    return { state: 'read', settings: settingsSchema.parse({ ...defaultSettings(locale), ...known }) };
  } catch (error) {
    return { state: 'damaged', problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Puts a damaged settings file aside as `settings.damaged-<n>.json`, with the first number that is free.
 * @returns the new path. Errors of the file system are passed on.
 */
export function keepDamagedSettings(dataDir: string): string {
  let number = 1;
  while (existsSync(damagedPath(dataDir, number))) number += 1;
  const kept = damagedPath(dataDir, number);
  renameSync(settingsPath(dataDir), kept);
  return kept;
}

function damagedPath(dataDir: string, number: number): string {
  return join(dataDir, `${SETTINGS_NAME}.damaged-${number}.json`);
}
