import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { run } from '../../src/main/cli/main.ts';
import { takeWriterLock } from '../../src/main/database/lock.ts';
import { cliStore } from '../support/cli-store.ts';
import { runHere } from '../support/run-cli-here.ts';

/** Pauses between two tries for the lock: counted and used by the test instead of waited for. */
const pause = vi.hoisted(() => ({ during: (): void => undefined, count: 0 }));
vi.mock('../../src/main/connections/clock.ts', async (importOriginal) => {
  const { systemClock } = await importOriginal<typeof import('../../src/main/connections/clock.ts')>();
  const clock = systemClock();
  return {
    systemClock: () => ({
      ...clock,
      // Time limits of requests can be called off by a signal; the pause for the lock cannot.
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (signal !== undefined) return clock.sleep(ms, signal);
        pause.count += 1;
        pause.during();
      },
    }),
  };
});

it('connect --wait waits for the write lock; without --wait it ends with 5 at once', async () => {
  await using store = await cliStore({ orders: 3 });
  const { baseUrl, token } = store.sandbox;
  const data = join(store.folder, 'data');
  const connect = (...more: string[]) =>
    runHere(run, ['connect', '--base-url', baseUrl, '--data-dir', data, '--json', ...more], { OMNITRON_TOKEN: token });
  expect((await connect()).code).toBe(0);
  const lock = takeWriterLock(join(data, 'connections', 'default'));
  const refused = await connect();
  expect([refused.code, refused.json(), pause.count]).toMatchObject([5, { error: { code: 'DATA_LOCKED' } }, 0]);
  pause.during = () => {
    if (pause.count === 3) lock.release();
  };
  const waited = await connect('--wait');
  expect([waited.code, waited.json(), pause.count]).toEqual([0, { connection: 'default', baseUrl, remoteCount: 6 }, 3]);
});
