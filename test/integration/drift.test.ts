import { expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

type Engine = ReturnType<typeof startEngine>;
const DAY = 86_400_000;

async function sandboxWith(options: Partial<SandboxOptions>): Promise<Sandbox> {
  return closeAfterTest(await startSmallSandbox(options));
}

function clientOf(sandbox: Sandbox): OmnitronClient {
  const { baseUrl, token } = sandbox;
  return createOmnitronClient({
    baseUrl,
    token,
    fetch: nodeFetch,
    clock: steppingClock(NOW_MS, 30_000),
    random: () => 0.5,
  });
}

/** A run over everything; `afterPage` is called with the number of pages that have arrived. */
function pull(engine: Engine, sandbox: Sandbox, afterPage: (arrived: number) => void = () => undefined) {
  const client = clientOf(sandbox);
  let arrived = 0;
  const watched: OmnitronClient = {
    ...client,
    counters: client.counters,
    async listOrders(...args) {
      const body = await client.listOrders(...args);
      arrived += 1;
      afterPage(arrived);
      return body;
    },
  };
  return runSync(
    { client: watched, writer: engine.remoteWriter, clock: steppingClock(NOW_MS, 30_000) },
    { signal: new AbortController().signal, onProgress: () => undefined, request: { mode: 'full' } },
  );
}

function query<T>(engine: Engine, sql: string): T[] {
  const file = openSqlite(`${engine.folder}/cache.db`, { readonly: true });
  try {
    return file.prepare<[], T>(sql).all();
  } finally {
    file.close();
  }
}

const heldIds = (engine: Engine): number[] =>
  query<{ id: number }>(engine, 'SELECT id FROM orders WHERE vanished_ms IS NULL ORDER BY id').map(({ id }) => id);

test.each([1, 2, 3, 4, 5])('an order removed and one inserted after page %i cost no order', async (when) => {
  const sandbox = await sandboxWith({ orders: 447 });
  const engine = startEngine();
  const summary = await pull(engine, sandbox, (arrived) => {
    if (arrived !== when) return;
    sandbox.remove(1050);
    sandbox.insert();
  });
  expect(summary).toMatchObject({ complete: true, remoteCount: 450 });
  expect(heldIds(engine)).toEqual(sandbox.ids());
});

test('orders that keep arriving and going while pages are walked cost none', async () => {
  const sandbox = await sandboxWith({ orders: 500 });
  const engine = startEngine();
  const summary = await pull(engine, sandbox, (arrived) => {
    if (arrived > 9) return;
    sandbox.insert(arrived);
    sandbox.remove(1000 + arrived * 13);
  });
  expect(summary.complete).toBe(true);
  expect(heldIds(engine)).toEqual(sandbox.ids());
});

test('a run that broke off while it read the newest orders again leaves none out', async () => {
  const sandbox = await sandboxWith({ orders: 498 });
  const engine = startEngine();
  const broken = pull(engine, sandbox, (arrived) => {
    // Page 6 has been read and page 2 has not: one order goes that was not met yet.
    if (arrived === 3) sandbox.remove(1120);
    if (arrived === 6) {
      // Two that were met go, and four come: two of them stand alone on the last page.
      sandbox.remove(1400);
      sandbox.remove(1450);
      sandbox.insert(4);
    }
    if (arrived === 9) throw new Error('killed');
  });
  await expect(broken).rejects.toThrow('killed');
  expect(await pull(engine, sandbox)).toMatchObject({ complete: true, remoteCount: 502 });
  expect(heldIds(engine)).toEqual(sandbox.ids());
});

test('a list that never stands still is incomplete after five rounds, and says so', async () => {
  const sandbox = await sandboxWith({ orders: 250 });
  let next = 1001;
  const summary = await pull(startEngine(), sandbox, () => {
    sandbox.remove(next);
    next += 1;
  });
  expect(summary).toMatchObject({ complete: false, notSeen: 0, problem: { code: 'RESPONSE_INVALID' } });
});

test.each(['descending', 'shuffled'] as const)(
  'a list in %s order is walked twice before it counts as complete',
  async (listOrder) => {
    const sandbox = await sandboxWith({ orders: 247, listOrder });
    const engine = startEngine();
    expect(await pull(engine, sandbox)).toMatchObject({ complete: true, orders: 250, created: 250, unchanged: 0 });
    expect(heldIds(engine)).toEqual(sandbox.ids());
    const changing = startEngine();
    const summary = await pull(changing, sandbox, (arrived) => {
      if (arrived === 3) sandbox.insert();
      if (arrived === 4) sandbox.remove(1100);
    });
    expect(summary.complete).toBe(true);
    expect(heldIds(changing).filter((id) => id !== 1100)).toEqual(sandbox.ids());
  },
);

test('one order is one count in a run, however many rounds it takes', async () => {
  const sandbox = await sandboxWith({ orders: 297 });
  const summary = await pull(startEngine(), sandbox, (arrived) => {
    // Met already, so the first round counts one too many.
    if (arrived === 3) sandbox.remove(1296);
  });
  expect(summary).toMatchObject({ complete: true, created: 300, updated: 0, unchanged: 0, remoteCount: 299 });
});

test('a reading that began earlier never overwrites one that began later', () => {
  const { writer, reader } = startEngine();
  storeOrders(writer, [wireOrder(1, { amount: '1.00' })]);
  const plan = { kind: 'full', resumes: false, steps: [], requests: 0 } as const;
  const { runId, firstReading } = writer.beginRun({
    kind: 'full',
    cause: 'manual',
    plan: { ...plan, steps: [] },
    nowMs: NOW_MS,
  });
  const { passId } = writer.beginPass({ runId, limit: 100, direction: 'down', nowMs: NOW_MS });
  const apply = (amount: string, reading: number) => {
    const body = new TextEncoder().encode(
      JSON.stringify({ count: 1, next: null, previous: null, results: [wireOrder(1, { amount })] }),
    );
    return writer.applyPage({ passId, page: 1, nextPage: 0, pageSize: 100, body, reading, nowMs: NOW_MS });
  };
  expect(apply('3.00', firstReading + 2)).toMatchObject({ updated: 1 });
  expect(apply('2.00', firstReading + 1)).toMatchObject({ updated: 0 });
  expect(reader().orderDetail({ id: 1 }).footing.amount).toBe('3.00');
  expect(apply('4.00', firstReading + 3)).toMatchObject({ updated: 1 });
});

test('an order with a line of another order is set aside, and the other keeps its line', () => {
  const { writer, reader } = startEngine();
  const outcome = storeOrders(writer, [
    wireOrder(1, { orderitem_set: [wireLine(11)] }),
    wireOrder(2, { orderitem_set: [wireLine(11), wireLine(21)] }),
  ]);
  expect(outcome).toMatchObject({ created: 1, quarantined: 1 });
  expect(
    reader()
      .orderDetail({ id: 1 })
      .lines.map(({ id }) => id),
  ).toEqual([11]);
  // Once the line has left the first order, the second one may have it.
  const next = storeOrders(writer, [
    wireOrder(1, { orderitem_set: [wireLine(12)] }),
    wireOrder(2, { orderitem_set: [wireLine(11), wireLine(21)] }),
  ]);
  expect(next).toMatchObject({ created: 1, updated: 1, quarantined: 0 });
});

test('orders that vanish are marked, kept, and unmarked when they come back', () => {
  const engine = startEngine();
  const orders = (ids: number[]) => ids.map((id) => wireOrder(id, { orderitem_set: [wireLine(id * 10)] }));
  storeOrders(engine.writer, orders([1, 2, 3]));
  storeOrders(engine.writer, orders([1, 3]), { nowMs: NOW_MS + DAY });
  expect(heldIds(engine)).toEqual([1, 3]);
  expect(engine.reader().overview()).toMatchObject({ orders: 2, vanished: 1 });
  storeOrders(engine.writer, orders([1, 2, 3]), { nowMs: NOW_MS + 2 * DAY });
  expect(heldIds(engine)).toEqual([1, 2, 3]);
  expect(query(engine, 'SELECT order_id, field, old, new, run_id FROM changes ORDER BY id')).toEqual([
    { order_id: 2, field: 'vanished', old: null, new: `${NOW_MS + DAY}`, run_id: 2 },
    { order_id: 2, field: 'vanished', old: `${NOW_MS + DAY}`, new: null, run_id: 3 },
  ]);
});

test('more than a tenth and more than a hundred are marked only once somebody has said so', async () => {
  const large = await sandboxWith({ orders: 400 });
  const small = await sandboxWith({ orders: 250 });
  const engine = startEngine();
  await pull(engine, large);
  const summary = await pull(engine, small);
  expect(summary).toMatchObject({ complete: false, notSeen: 150, problem: { code: 'VANISHED_IN_QUESTION' } });
  expect(heldIds(engine)).toHaveLength(403);
  expect(engine.writer.acceptVanished({ nowMs: NOW_MS })).toEqual({ vanished: 150 });
  expect(heldIds(engine)).toEqual(small.ids());
  expect(engine.writer.acceptVanished({ nowMs: NOW_MS })).toEqual({ vanished: 0 });
});

test('changes of money, invoice, status and the sent flag are kept with their run', () => {
  const engine = startEngine();
  storeOrders(engine.writer, [wireOrder(1, { orderitem_set: [wireLine(11), wireLine(12)] })]);
  const line = wireLine(11, { price: '90.00', invoice_number: 'X1' });
  storeOrders(
    engine.writer,
    [
      wireOrder(1, {
        amount: '97.00',
        is_send: false,
        payment_option_slug: 'other',
        orderitem_set: [line, wireLine(13)],
      }),
    ],
    { nowMs: NOW_MS + 5 },
  );
  expect(query(engine, 'SELECT line_id, field, old, new, seen_ms, run_id FROM changes ORDER BY id')).toEqual(
    [
      { line_id: null, field: 'amount', old: '107000000', new: '97000000' },
      { line_id: null, field: 'sent', old: '1', new: '0' },
      { line_id: 11, field: 'price', old: '100000000', new: '90000000' },
      { line_id: 11, field: 'invoice_number', old: 'ABC2026000000001', new: 'X1' },
      { line_id: 13, field: 'line', old: null, new: 'SKU-13' },
      { line_id: 12, field: 'line', old: 'SKU-12', new: null },
    ].map((change) => ({ ...change, seen_ms: NOW_MS + 5, run_id: 2 })),
  );
});
