import { settingsEntry } from '../connections/audit-work.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type AppCalls = Pick<CallHandlers, 'app.info' | 'settings.get' | 'settings.set'>;

/** What the program says about itself, and its settings. */
export function appHandlers({ info, settings, settingsChanged, workspace }: HandlerParts): AppCalls {
  return {
    'app.info': () => info(),
    'settings.get': () => settings.get(),
    'settings.set': async (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const before = settings.get();
      const changed = settings.set(given);
      settingsChanged(changed);
      const entry = settingsEntry(before, changed);
      // Settings are the workstation's; results are those of the connection that is open.
      if (entry !== null) await workspace.current()?.audit.record(entry);
      return changed;
    },
  };
}
