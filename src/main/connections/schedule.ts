import type { ErrorCode } from '../../shared/errors.ts';
import type { ConnectionState } from '../../shared/ipc/contract.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SyncCause } from '../../shared/sync.ts';
import type { Clock, Random } from './ports.ts';

/** Why a run begins without a person. */
export type ScheduledCause = Extract<SyncCause, 'start' | 'interval' | 'resume'>;

/** After a wake-up the network takes a while, and not every workstation of an office should ask in the same second. */
const LONGEST_JITTER_MS = 60_000;
/** Trouble that only a person ends: with other credentials, or with a sync of their own that goes well. */
const STOPPED_BY: readonly ErrorCode[] = ['SIGN_IN_REFUSED', 'SIGN_IN_CODE_NEEDED'];

export interface ScheduleParts {
  clock: Clock;
  random: Random;
  settings(): Pick<Settings, 'syncIntervalMinutes' | 'syncAtStart'>;
  /** The open connection, or null. */
  state(): Promise<ConnectionState | null>;
  /** One run of the open connection. */
  sync(cause: ScheduledCause): Promise<unknown>;
}

/** The runs that begin by themselves: at the start, every interval, and when the computer wakes up. */
export interface Schedule {
  /** A connection was opened; the first one counts as the start. */
  opened(): void;
  /** The computer woke up. */
  resumed(): void;
  /** The settings may be others now; a new interval begins anew. */
  settingsChanged(): void;
  /** Begins nothing any more. A run under way is not touched. */
  stop(): void;
}

/**
 * Starts to wait. One run at a time: what comes while another runs is left out. A run that fails says so in the
 * connection's state, and the next interval tries again.
 */
export function createSchedule(parts: ScheduleParts): Schedule {
  const { clock, random } = parts;
  let started = false;
  let stopped = false;
  let running = false;
  let lastBegunMs = Number.NEGATIVE_INFINITY;
  let intervalMs = 0;
  let interval = new AbortController();
  let wakingUp: AbortController | null = null;

  async function run(cause: ScheduledCause): Promise<void> {
    if (running || stopped) return;
    running = true;
    try {
      if (!mayRun(await parts.state())) return;
      lastBegunMs = clock.now();
      await parts.sync(cause);
    } catch {
      // How it ended stands in the connection's state and in the run log; there is nobody to tell here.
    } finally {
      running = false;
    }
  }

  /** From now on a run every interval; none where it is 0. */
  function beginInterval(): void {
    interval.abort();
    interval = new AbortController();
    intervalMs = parts.settings().syncIntervalMinutes * 60_000;
    if (intervalMs > 0 && !stopped) void everyInterval(intervalMs, interval.signal);
  }

  async function everyInterval(ms: number, signal: AbortSignal): Promise<void> {
    while (await slept(ms, signal)) void run('interval');
  }

  async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
    return clock.sleep(ms, signal).then(
      () => true,
      () => false,
    );
  }

  async function wakeUp(signal: AbortSignal): Promise<void> {
    if (!(await slept(random() * LONGEST_JITTER_MS, signal))) return;
    wakingUp = null;
    const { syncIntervalMinutes } = parts.settings();
    if (syncIntervalMinutes === 0 || clock.now() - lastBegunMs < syncIntervalMinutes * 60_000) return;
    beginInterval();
    await run('resume');
  }

  beginInterval();
  return {
    opened() {
      if (started) return;
      started = true;
      if (!parts.settings().syncAtStart) return;
      beginInterval();
      void run('start');
    },
    resumed() {
      if (wakingUp !== null || stopped) return;
      wakingUp = new AbortController();
      void wakeUp(wakingUp.signal);
    },
    settingsChanged() {
      if (parts.settings().syncIntervalMinutes * 60_000 !== intervalMs) beginInterval();
    },
    stop() {
      interval.abort();
      wakingUp?.abort();
      stopped = true;
    },
  };
}

function mayRun(state: ConnectionState | null): boolean {
  if (state === null || !state.hasToken || state.syncing || state.pushing) return false;
  return state.trouble === undefined || !STOPPED_BY.includes(state.trouble.code);
}
