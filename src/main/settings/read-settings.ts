import type { Settings } from '../../shared/settings.ts';
import { defaultSettings, readSettingsFile, settingsPath } from './settings-file.ts';

/**
 * The settings as the command line uses them: the window's file, read and never written. Where there is none, or a
 * damaged one, the defaults; the window keeps the damaged file aside when it next starts.
 * @param locale the machine's locale, for the default language.
 * @param warn is told in one sentence of a damaged file: reports then cut days and name the company by the defaults.
 */
export function readSettings(dataDir: string, locale: string, warn: (sentence: string) => void): Settings {
  const reading = readSettingsFile(dataDir, locale);
  if (reading.state === 'damaged') {
    warn(
      `Warning: the settings file ${settingsPath(dataDir)} is damaged, so the default settings are used. Repair or remove it.`,
    );
  }
  return reading.state === 'read' ? reading.settings : defaultSettings(locale);
}
