import { powerMonitor } from 'electron';

/** Calls back whenever the computer wakes from sleep. Must not be asked before Electron is ready. */
export function onResume(listener: () => void): void {
  powerMonitor.on('resume', listener);
}
