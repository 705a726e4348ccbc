import type { AppEvent } from '../../shared/ipc/contract.ts';
import type { Clock } from '../connections/ports.ts';
import { createThrottle, type Throttle } from '../connections/throttle.ts';

/** At most five progress events a second reach the window. */
const PROGRESS_INTERVAL_MS = 200;

/** What main tells the window unasked. Progress is thinned out; its last state always arrives. */
export interface WindowEvents {
  send(event: AppEvent): void;
  /** Lets through what still waits; called where a task ends. */
  flush(): void;
}

export function createWindowEvents(clock: Clock, deliver: (event: AppEvent) => void): WindowEvents {
  const throttles = new Map<AppEvent['type'], Throttle<AppEvent>>();
  const throttled: readonly AppEvent['type'][] = [
    'sync.progress',
    'push.progress',
    'dryRun.progress',
    'report.progress',
    'statement.progress',
  ];
  for (const type of throttled) throttles.set(type, createThrottle(clock, PROGRESS_INTERVAL_MS, deliver));
  return {
    send(event) {
      const throttle = throttles.get(event.type);
      if (throttle === undefined) deliver(event);
      else throttle.push(event);
    },
    flush() {
      for (const throttle of throttles.values()) throttle.flush();
    },
  };
}
