import { describe, expect, test, vi } from 'vitest';
import type { Clock } from '../../src/main/connections/ports.ts';
import { createThrottle } from '../../src/main/connections/throttle.ts';
import { createRunningWork } from '../../src/main/shell/running-work.ts';
import { createWindowEvents } from '../../src/main/shell/window-events.ts';
import type { AppEvent } from '../../src/shared/ipc/contract.ts';

/** A clock that only goes when it is told to. */
function handClock(): Clock & { advance(ms: number): Promise<void> } {
  let now = 0;
  let sleepers: { until: number; wake: () => void }[] = [];
  return {
    now: () => now,
    elapsed: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ until: now + ms, wake })),
    async advance(ms) {
      now += ms;
      const due = sleepers.filter(({ until }) => until <= now);
      sleepers = sleepers.filter(({ until }) => until > now);
      for (const { wake } of due) wake();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('a throttle', () => {
  test('passes the first value at once and then the newest of each interval', async () => {
    const clock = handClock();
    const passed: number[] = [];
    const throttle = createThrottle<number>(clock, 200, (value) => passed.push(value));
    for (let value = 1; value <= 10; value++) {
      throttle.push(value);
      await clock.advance(50);
    }
    expect(passed).toEqual([1, 4, 8]);
    throttle.flush();
    throttle.flush();
    expect(passed).toEqual([1, 4, 8, 10]);
  });

  test('never passes more than the interval allows, and always the last value', async () => {
    const clock = handClock();
    const passedAt: number[] = [];
    let last = 0;
    const throttle = createThrottle<number>(clock, 200, (value) => {
      passedAt.push(clock.now());
      last = value;
    });
    for (let value = 0; value <= 1000; value++) {
      throttle.push(value);
      await clock.advance(7);
    }
    await clock.advance(200);
    expect(last).toBe(1000);
    for (let i = 1; i < passedAt.length; i++)
      expect((passedAt[i] ?? 0) - (passedAt[i - 1] ?? 0)).toBeGreaterThanOrEqual(200);
  });

  test('passes the last value on although no other follows, and nothing once it was stopped', async () => {
    const clock = handClock();
    const passed: number[] = [];
    const throttle = createThrottle<number>(clock, 200, (value) => passed.push(value));
    for (const value of [1, 2, 3]) throttle.push(value);
    expect(passed).toEqual([1]);
    await clock.advance(200);
    expect(passed).toEqual([1, 3]);
    throttle.push(4);
    throttle.stop();
    await clock.advance(200);
    expect(passed).toEqual([1, 3]);
  });
});

describe('window events', () => {
  const progress = (done: number): AppEvent => ({
    type: 'push.progress',
    batch: '2026-0001',
    done,
    total: 100,
    perMinute: null,
    secondsLeft: null,
  });

  test('thin progress out to five a second, kind by kind, and keep everything else', async () => {
    const clock = handClock();
    const delivered: AppEvent[] = [];
    const events = createWindowEvents(clock, (event) => delivered.push(event));
    for (let done = 0; done < 100; done++) {
      events.send(progress(done));
      events.send({ type: 'report.progress', rows: done, total: 100 });
      events.send({ type: 'menu', command: 'find' });
      await clock.advance(10);
    }
    events.flush();
    const count = (type: AppEvent['type']) => delivered.filter((event) => event.type === type).length;
    expect(count('push.progress')).toBeLessThanOrEqual(6);
    expect(count('report.progress')).toBeLessThanOrEqual(6);
    expect(count('menu')).toBe(100);
    expect(delivered.filter(({ type }) => type === 'push.progress').at(-1)).toEqual(progress(99));
  });
});

describe('running work', () => {
  test('refuses a second task of a kind and lets another kind run', async () => {
    const work = createRunningWork();
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = work.run('sync', () => promise);
    await expect(work.run('sync', () => Promise.resolve('second'))).rejects.toMatchObject({
      code: 'BUSY',
      retryable: true,
    });
    expect(await work.run('report', () => Promise.resolve('report'))).toBe('report');
    resolve('first');
    expect(await first).toBe('first');
    expect(await work.run('sync', () => Promise.resolve('again'))).toBe('again');
  });

  test('cancels one kind only', async () => {
    const work = createRunningWork();
    const seen: string[] = [];
    const waiting = (kind: 'sync' | 'push') =>
      work.run(kind, async (signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        seen.push(kind);
      });
    const sync = waiting('sync');
    void waiting('push');
    work.cancel('sync');
    work.cancel('report');
    await sync;
    expect(seen).toEqual(['sync']);
    await work.cancelAll();
    expect(seen).toEqual(['sync', 'push']);
  });

  test('cancelling all waits for the end and does not pass failures on', async () => {
    const work = createRunningWork();
    const failing = work.run(
      'sync',
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const outcome = expect(failing).rejects.toMatchObject({ code: 'CANCELLED' });
    await work.cancelAll();
    await outcome;
  });

  test('a task that fails at once frees its kind', async () => {
    const work = createRunningWork();
    await expect(work.run('push', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    const again = vi.fn(() => Promise.resolve(1));
    expect(await work.run('push', again)).toBe(1);
  });
});
