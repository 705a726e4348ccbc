import { beforeEach, describe, expect, test } from 'vitest';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import { probeIfDue } from '../../src/main/sync/probe.ts';
import { retryQuarantine } from '../../src/main/sync/retry-quarantine.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { SyncSummary } from '../../src/shared/sync.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
let engine: ReturnType<typeof startEngine>;
const clock = steppingClock(NOW_MS, 30_000);

async function setUp(orders: number, tenant: Partial<SandboxOptions> = {}): Promise<void> {
  sandbox = closeAfterTest(await startSmallSandbox({ orders, ...tenant }));
  engine = startEngine();
}

function client(): OmnitronClient {
  const { baseUrl, token } = sandbox;
  return createOmnitronClient({ baseUrl, token, fetch: nodeFetch, clock, random: () => 0.5 });
}

function pull(from = client(), mode: 'full' | 'auto' = 'full'): Promise<SyncSummary> {
  const parts = { client: from, writer: engine.remoteWriter, clock };
  return runSync(parts, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    request: { mode },
  });
}

function retry(signal = new AbortController().signal, from = client()) {
  return retryQuarantine({ client: from, writer: engine.remoteWriter, clock }, signal);
}

const spoil = (...ids: number[]): void => {
  for (const id of ids) sandbox.edit(id, { fields: { amount: 'NaN' } });
};
const repair = (...ids: number[]): void => {
  for (const id of ids) sandbox.edit(id, { fields: { amount: '50.00' } });
};
const inQuarantine = (): (number | null)[] =>
  engine
    .reader()
    .quarantine({ offset: 0, limit: 500 })
    .rows.map(({ orderId }) => orderId)
    .sort((a, b) => (a ?? 0) - (b ?? 0));

describe('beside an interrupted pass', () => {
  beforeEach(() => setUp(447));

  test('held orders are read again, the others are left to it, and it ends in one round', async () => {
    // Of a page that the interrupted pass has not read yet.
    const [held, unheld] = [1150, 1160];
    spoil(unheld);
    await pull();
    spoil(held);
    await pull();
    const whole = client();
    let pages = 0;
    const cut: OmnitronClient = {
      ...whole,
      counters: whole.counters,
      async listOrders(...args) {
        pages += 1;
        if (pages === 4) throw new AppError('NOT_REACHABLE', 'cut');
        return whole.listOrders(...args);
      },
    };
    await expect(pull(cut)).rejects.toMatchObject({ code: 'NOT_REACHABLE' });

    repair(held, unheld);
    expect(await retry()).toEqual({ released: 1, remaining: 1 });
    expect(inQuarantine()).toEqual([unheld]);
    const resumed = client();
    expect(await pull(resumed, 'auto')).toMatchObject({ complete: true, remoteCount: 450 });
    // Five pages, of which some were read before the cut, and the newest once more.
    expect(resumed.counters.requests).toBeLessThan(6);
    expect(inQuarantine()).toEqual([]);
  });
});

describe('a retry', () => {
  test('reads a page once for all its orders and no other', async () => {
    await setUp(447);
    const bad = [1150, 1151, 1152, 1160];
    spoil(...bad);
    await pull();
    repair(...bad);
    const counted = client();
    expect(await retry(undefined, counted)).toEqual({ released: 4, remaining: 0 });
    expect(counted.counters.requests).toBe(1);
    expect((await pull()).updated).toBe(0);
  });

  test('asks at most 200 times', async () => {
    await setUp(320);
    await pull();
    const bad = sandbox.ids().slice(-210);
    spoil(...bad);
    await pull();
    repair(...bad);
    const counted = client();
    expect(await retry(undefined, counted)).toEqual({ released: 200, remaining: 10 });
    expect(counted.counters.requests).toBe(200);
  });

  test('finds an order whose number another one has too', async () => {
    await setUp(320);
    const [shared] = sandbox.sharedNumbers();
    const [first = 0, second = 0] = shared?.orderIds ?? [];
    await pull();
    spoil(first, second);
    await pull();
    expect(inQuarantine()).toEqual([first, second].sort((a, b) => a - b));
    repair(first, second);
    expect(await retry()).toEqual({ released: 2, remaining: 0 });
    expect([first, second].map((id) => engine.reader().orderDetail({ id }).footing.amount)).toEqual(['50.00', '50.00']);
  });

  test('finds a new order that was met in a list of changes of a tenant whose list does not ascend', async () => {
    await setUp(447, { listOrder: 'shuffled', honours: ['modified_date__gte'] });
    const { signal } = new AbortController();
    await probeIfDue({ client: client(), writer: engine.remoteWriter, clock }, signal);
    await pull();
    const ids = sandbox.insert(2);
    spoil(...ids);
    expect(await pull(client(), 'auto')).toMatchObject({ kind: 'changes', complete: true, quarantined: 2 });
    const stays = client();
    expect(await retry(undefined, stays)).toEqual({ released: 0, remaining: 2 });
    repair(...ids);
    // Without the answer that tells the number there is only the page, which was one of another list.
    sandbox.setFaults([{ match: { path: 'orders_integration' }, action: { kind: 'status', code: 403 } }]);
    expect(await retry()).toMatchObject({ remaining: 2 });
    sandbox.setFaults([]);
    const counted = client();
    expect(await retry(undefined, counted)).toEqual({ released: 2, remaining: 0 });
    expect(counted.counters.requests).toBe(4);
    expect((await pull(client(), 'auto')).complete).toBe(true);
    expect(ids.map((id) => engine.reader().orderDetail({ id }).footing.amount)).toEqual(['50.00', '50.00']);
  });

  test('of an order that has gone from Omnitron leaves it', async () => {
    await setUp(20);
    await pull();
    spoil(1003);
    await pull();
    sandbox.remove(1003);
    expect(await retry()).toEqual({ released: 0, remaining: 1 });
    await pull();
    expect(inQuarantine()).toEqual([]);
  });

  test('is cancelled between two orders, and keeps what was read', async () => {
    await setUp(60);
    await pull();
    spoil(1001, 1002, 1003);
    await pull();
    repair(1001, 1002, 1003);
    const stop = new AbortController();
    const whole = client();
    const watched: OmnitronClient = {
      ...whole,
      counters: whole.counters,
      async orderByNumber(number, signal) {
        const body = await whole.orderByNumber(number, signal);
        if (whole.counters.requests === 2) stop.abort(new AppError('CANCELLED', 'stop'));
        return body;
      },
    };
    await expect(retry(stop.signal, watched)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(inQuarantine()).toEqual([1003]);
  });

  test('does not hide what a push reads afterwards', async () => {
    await setUp(60);
    const [a = 0, b = 0] = sandbox.ids().filter((id) => sandbox.order(id)?.is_send === false);
    await pull();
    spoil(a);
    await pull();
    /** What a push does first: it reads the order and stores what it read. */
    const readForPush = async (orderId: number): Promise<void> => {
      const target = { kind: 'order', orderId } as const;
      const { id } = engine.writer.addCorrection({
        correction: { target, set: { is_send: true } },
        timeZone: ISTANBUL,
        nowMs: NOW_MS,
      });
      const body = await client().orderByNumber(String(sandbox.order(orderId)?.number), new AbortController().signal);
      engine.writer.pushChecking({ id, nowMs: NOW_MS });
      engine.writer.pushCompare({ id, shape: 'order', body, maySend: true, nowMs: NOW_MS });
    };
    await readForPush(b);
    repair(a);
    expect(await retry()).toEqual({ released: 1, remaining: 0 });
    sandbox.edit(a, { fields: { amount: '60.00' } });
    await readForPush(a);
    expect(engine.reader().orderDetail({ id: a }).footing.amount).toBe('60.00');
    const { rows } = engine.reader().changes({ orderId: a, since: null, offset: 0, limit: 10 });
    expect(rows.map(({ field, to, run }) => [field, to, run])).toEqual([
      ['amount', '60.00', null],
      ['amount', '50.00', null],
    ]);
  });
});
