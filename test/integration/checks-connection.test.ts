import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/main/connections/connection.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, tempFolder } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { openConnectionTo } from '../support/workspace.ts';

const MINUTE_MS = 60_000;
const RUN = {
  request: { mode: 'full' } as const,
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

const PLANT = `INSERT OR IGNORE INTO findings (check_code, subject, currency, facts, opened_ms, since_ms, changed_ms, tolerated)
  VALUES ('amount.total', -1, 'try', '{}', 0, 0, 0, 0)`;

describe('a connection checks', () => {
  let sandbox: Sandbox;
  let connection: Connection;
  let laterMs: number;
  /**
   * The last run of the checks, once for each run. One over everything takes away a finding of which no order knows; it is
   * put there again for the next.
   */
  let lastRun: () => { now: number; over: 'everything' | 'touched' } | null;
  /** Orders that have changed since. */
  let waiting: () => number;
  beforeEach(async () => {
    const dataDir = tempFolder();
    sandbox = closeAfterTest(await startSmallSandbox());
    const stepping = steppingClock(NOW_MS, 10_000);
    laterMs = 0;
    const clock = { ...stepping, now: () => stepping.now() + laterMs };
    connection = await openConnectionTo(sandbox, { dataDir, clock });
    const file = closeAfterTest(openSqlite(join(dataDir, 'connections', 'shop', 'cache.db'), { readonly: false }));
    waiting = () => Number(file.prepare('SELECT count(*) FROM touched_orders').pluck().get());
    lastRun = () => {
      const run = file.prepare<[], { now_ms: number }>('SELECT * FROM check_run').get();
      if (run === undefined) return null;
      const isGone = file.prepare(PLANT).run().changes > 0;
      return { now: run.now_ms - laterMs, over: isGone ? 'everything' : 'touched' };
    };
  });

  const codesOf = async (orderId: number): Promise<string[]> => {
    const filter = { period: { from: null, to: null }, checks: [], text: '' };
    const found = await connection.reader.findingsAll({ filter, timeZone: ISTANBUL });
    return found.filter(({ order }) => order?.id === orderId).map(({ check }) => check);
  };

  it('everything in its first sync, then what changed, and everything when told to', async () => {
    const [id = 0] = sandbox.insert();
    expect(lastRun()).toBeNull();
    await connection.sync(RUN);
    expect(lastRun()?.over).toBe('everything');
    expect(await codesOf(id)).not.toContain('refund.exceeds-order');

    sandbox.edit(id, { fields: { refund_amount: '9999999.00' } });
    laterMs += 10 * MINUTE_MS;
    await connection.sync(RUN);
    expect(lastRun()?.over).toBe('touched');
    expect(await codesOf(id)).toContain('refund.exceeds-order');

    laterMs += MINUTE_MS;
    await connection.recheck();
    expect(lastRun()?.over).toBe('touched');
    await connection.reconcile(NOW_MS + laterMs);
    expect(lastRun()).toEqual({ now: NOW_MS, over: 'everything' });
  });

  it('what a push, a retry and accepted vanished orders changed', async () => {
    await connection.sync(RUN);
    expect(lastRun()?.over).toBe('everything');
    for (const work of [
      () => connection.push(RUN),
      () => connection.retryQuarantine(RUN),
      () => connection.acceptVanished(),
    ]) {
      laterMs += MINUTE_MS;
      const before = NOW_MS + laterMs;
      await work();
      const run = lastRun();
      expect(run?.over).toBe('touched');
      expect((run?.now ?? 0) + laterMs).toBeGreaterThanOrEqual(before);
    }
  });

  it('payments that were read, after a sync and where a person looks at an order', async () => {
    const [id = 0] = sandbox.insert();
    await connection.sync(RUN);
    expect(lastRun()?.over).toBe('everything');
    laterMs += MINUTE_MS;
    sandbox.edit(id, { fields: { amount: '123456.78' } });
    expect(await connection.sync(RUN)).toMatchObject({ payments: { read: 1 } });
    expect([lastRun()?.over, waiting()]).toEqual(['touched', 0]);
    laterMs += MINUTE_MS;
    await connection.payments.ofOrder({ id, refresh: true });
    expect([lastRun()?.over, waiting()]).toEqual(['touched', 0]);
    expect((lastRun()?.now ?? 0) + laterMs).toBeGreaterThanOrEqual(NOW_MS + laterMs);
  });
});
