import type { Settings } from '../../shared/settings.ts';
import { defaultSettings, readSettingsFile } from './settings-file.ts';

/**
 * The settings as the command line uses them: the window's file, read and never written. Where there is none, or a
 * damaged one, the defaults; the window keeps the damaged file aside when it next starts.
 * @param locale the machine's locale, for the default language.
 */
export function readSettings(dataDir: string, locale: string): Settings {
  const reading = readSettingsFile(dataDir, locale);
  return reading.state === 'read' ? reading.settings : defaultSettings(locale);
}
