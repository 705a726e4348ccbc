import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type AppCalls = Pick<CallHandlers, 'app.info' | 'settings.get' | 'settings.set'>;

/** What the program says about itself, and its settings. */
export function appHandlers({ info, settings, settingsChanged }: HandlerParts): AppCalls {
  return {
    'app.info': () => info(),
    'settings.get': () => settings.get(),
    'settings.set': (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const changed = settings.set(given);
      settingsChanged(changed);
      return changed;
    },
  };
}
