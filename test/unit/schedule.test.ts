import { describe, expect, it } from 'vitest';
import { createSchedule, type ScheduledCause } from '../../src/main/connections/schedule.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { ConnectionState } from '../../src/shared/ipc/contract.ts';
import { manualClock } from '../support/clocks.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-03-02T12:00:00Z');

const IDLE: ConnectionState = {
  name: 'store',
  kind: 'omnitron',
  baseUrl: 'https://example.com',
  hasToken: true,
  orders: 0,
  vanished: 0,
  openFindings: 0,
  pendingCorrections: 0,
  lastSync: null,
  syncing: false,
  pushing: false,
  inQuestion: 0,
};

/** Lets everything happen that waits for nothing but promises. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp(minutes: number, atStart = false) {
  const clock = manualClock(NOON);
  const settings = { syncIntervalMinutes: minutes, syncAtStart: atStart };
  const runs: { cause: ScheduledCause; at: number }[] = [];
  const ends: { resolve(): void; reject(reason: unknown): void }[] = [];
  let state: ConnectionState | null = IDLE;
  let jitter = 0;
  const schedule = createSchedule({
    clock,
    random: () => jitter,
    settings: () => settings,
    state: async () => state,
    sync: (cause) => {
      runs.push({ cause, at: (clock.now() - NOON) / MINUTE });
      return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
    },
  });
  return {
    schedule,
    settings,
    runs,
    ends,
    clock,
    setState: (change: Partial<ConnectionState> | null) => {
      state = change === null ? null : { ...IDLE, ...change };
    },
    setJitter: (share: number) => {
      jitter = share;
    },
    /** Lets time go by minute by minute, as it does. */
    async wait(forMinutes: number) {
      await settle();
      for (let minute = 0; minute < forMinutes; minute += 1) {
        clock.advance(MINUTE);
        await settle();
      }
    },
    async endRun() {
      ends.at(-1)?.resolve();
      await settle();
    },
  };
}

describe('the interval', () => {
  it('runs every so many minutes, and not before', async () => {
    const { runs, wait, endRun } = setUp(5);
    await wait(4);
    expect(runs).toEqual([]);
    await wait(1);
    expect(runs).toEqual([{ cause: 'interval', at: 5 }]);
    await endRun();
    await wait(5);
    expect(runs.map(({ at }) => at)).toEqual([5, 10]);
  });

  it('0 runs never', async () => {
    const { runs, wait, schedule } = setUp(0);
    schedule.opened();
    schedule.resumed();
    await wait(3000);
    expect(runs).toEqual([]);
  });

  it('leaves out what comes while a run is under way', async () => {
    const { runs, wait, endRun } = setUp(5);
    await wait(17);
    expect(runs.map(({ at }) => at)).toEqual([5]);
    await endRun();
    await wait(3);
    expect(runs.map(({ at }) => at)).toEqual([5, 20]);
  });

  it('tries again after a failure, no faster than the interval', async () => {
    const { runs, ends, wait } = setUp(5);
    await wait(5);
    ends[0]?.reject(new AppError('NOT_REACHABLE', 'No network.', { retryable: true }));
    await wait(4);
    expect(runs).toHaveLength(1);
    await wait(1);
    expect(runs).toHaveLength(2);
  });

  it('begins anew when it is changed, and stays when something else is', async () => {
    const { runs, wait, settings, schedule } = setUp(60);
    await wait(59);
    schedule.settingsChanged();
    settings.syncIntervalMinutes = 10;
    schedule.settingsChanged();
    await wait(9);
    expect(runs).toEqual([]);
    schedule.settingsChanged();
    await wait(1);
    expect(runs.map(({ at }) => at)).toEqual([69]);
  });

  it('is over once it is set to 0 or the program ends', async () => {
    const off = setUp(5);
    off.settings.syncIntervalMinutes = 0;
    off.schedule.settingsChanged();
    const ended = setUp(5, true);
    ended.schedule.stop();
    ended.schedule.opened();
    for (const one of [off, ended]) {
      await one.wait(20);
      expect(one.runs).toEqual([]);
      expect(one.clock.pending).toBe(0);
    }
  });
});

describe('nothing begins', () => {
  it.each<[string, Partial<ConnectionState> | null]>([
    ['while no connection is open', null],
    ['without a token', { hasToken: false }],
    ['while a sync runs', { syncing: true }],
    ['while a push runs', { pushing: true }],
    ['after a refused sign-in', { trouble: { code: 'SIGN_IN_REFUSED', since: '2026-03-02T12:00:00Z' } }],
    ['where a one-time code is demanded', { trouble: { code: 'SIGN_IN_CODE_NEEDED', since: '2026-03-02T12:00:00Z' } }],
  ])('%s, and goes on afterwards', async (_when, change) => {
    const { runs, wait, setState } = setUp(5);
    setState(change);
    await wait(15);
    expect(runs).toEqual([]);
    setState({});
    await wait(5);
    expect(runs).toEqual([{ cause: 'interval', at: 20 }]);
  });

  it('but a network that is down, or a pause of the sign-in, stops no further run', async () => {
    for (const code of ['NOT_REACHABLE', 'SIGN_IN_PAUSED'] as const) {
      const { runs, wait, setState } = setUp(5);
      setState({ trouble: { code, since: '2026-03-02T12:00:00Z' } });
      await wait(5);
      expect(runs).toHaveLength(1);
    }
  });
});

describe('the start', () => {
  it('runs with the first connection that is opened, where that is set; the interval counts from there', async () => {
    const { runs, wait, schedule, endRun } = setUp(5, true);
    await wait(3);
    schedule.opened();
    await wait(0);
    expect(runs).toEqual([{ cause: 'start', at: 3 }]);
    await endRun();
    schedule.opened();
    await wait(4);
    expect(runs).toHaveLength(1);
    await wait(1);
    expect(runs[1]).toEqual({ cause: 'interval', at: 8 });
  });

  it('runs nothing where it is not set', async () => {
    const { runs, wait, schedule, settings } = setUp(0);
    schedule.opened();
    settings.syncAtStart = true;
    schedule.opened();
    await wait(2);
    expect(runs).toEqual([]);
  });
});

describe('a wake-up', () => {
  it('runs within a minute, and the interval counts from there', async () => {
    const { runs, schedule, setJitter, clock, wait, endRun } = setUp(30);
    setJitter(0.5);
    schedule.resumed();
    schedule.resumed();
    clock.advance(29_999);
    await settle();
    expect(runs).toEqual([]);
    clock.advance(1);
    await settle();
    expect(runs).toEqual([{ cause: 'resume', at: 0.5 }]);
    await endRun();
    await wait(30);
    expect(runs.slice(1)).toEqual([{ cause: 'interval', at: 30.5 }]);
  });

  it('runs nothing sooner than the interval after the last run', async () => {
    const { runs, schedule, wait, endRun } = setUp(30);
    await wait(30);
    await endRun();
    schedule.resumed();
    await wait(29);
    expect(runs).toHaveLength(1);
    schedule.resumed();
    await wait(1);
    expect(runs).toHaveLength(2);
  });
});
