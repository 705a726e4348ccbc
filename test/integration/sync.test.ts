import { expect, test } from 'vitest';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import type { FaultScript } from '../../src/main/sandbox/fault-types.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import type { SyncProgress } from '../../src/shared/sync.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, orderFilter, startEngine } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';

type Engine = ReturnType<typeof startEngine>;

/** Deadlines never pass; retries wait in no time. */
const quick = () => steppingClock(NOW_MS, 30_000);

async function sandboxWith(orders: number, faults: FaultScript = []): Promise<Sandbox> {
  return closeAfterTest(await startSmallSandbox({ orders, faults }));
}

function sync(
  engine: Engine,
  sandbox: Sandbox,
  given: { signal?: AbortSignal; onProgress?(progress: SyncProgress): void; token?: string } = {},
) {
  const clock = quick();
  const client = createOmnitronClient({
    baseUrl: sandbox.baseUrl,
    token: given.token ?? sandbox.token,
    fetch: nodeFetch,
    clock,
    random: () => 0.5,
  });
  return runSync(
    { client, writer: engine.remoteWriter, clock },
    { signal: given.signal ?? new AbortController().signal, onProgress: given.onProgress ?? (() => undefined) },
  );
}

/** Ids held, and how the sandbox's orders differ from them. */
function heldIds(engine: Engine): number[] {
  const window = engine.reader().ordersWindow({
    filter: orderFilter(),
    sort: { column: 'datePlaced', direction: 'asc' },
    timeZone: ISTANBUL,
    offset: 0,
    limit: 5_000,
  });
  return window.rows.map(({ id }) => id).sort((a, b) => a - b);
}

const allIds = (orders: number): number[] => [1, 2, 27, ...Array.from({ length: orders }, (_, index) => 1001 + index)];

test('a full pass holds every order, and a second one changes nothing', async () => {
  const sandbox = await sandboxWith(450);
  const engine = startEngine();
  const first = await sync(engine, sandbox);
  expect(first).toMatchObject({
    complete: true,
    orders: 453,
    created: 453,
    updated: 0,
    unchanged: 0,
    quarantined: 0,
    notSeen: 0,
    remoteCount: 453,
    // The first page tells the count, all five are read from the last on, the newest once more.
    pages: 7,
    requests: 7,
    retries: 0,
  });
  expect(heldIds(engine)).toEqual(allIds(450));
  const second = await sync(engine, sandbox);
  expect(second).toMatchObject({
    complete: true,
    orders: 453,
    lines: first.lines,
    created: 0,
    updated: 0,
    unchanged: 453,
  });
});

test('a change at Omnitron is one update', async () => {
  const sandbox = await sandboxWith(150);
  const engine = startEngine();
  await sync(engine, sandbox);
  sandbox.edit(1003, { fields: { amount: '4321.00' } });
  expect(await sync(engine, sandbox)).toMatchObject({ created: 0, updated: 1, unchanged: 152 });
  expect(engine.reader().orderDetail({ id: 1003 })).toMatchObject({ version: 2, footing: { amount: '4321.00' } });
});

test('a cancelled run keeps what it has and the next one goes on from there', async () => {
  const sandbox = await sandboxWith(700);
  const engine = startEngine();
  const abort = new AbortController();
  const stopAfterThree = (progress: SyncProgress): void => {
    if (progress.pagesDone === 3) abort.abort();
  };
  await expect(sync(engine, sandbox, { signal: abort.signal, onProgress: stopAfterThree })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  const held = heldIds(engine).length;
  expect(held).toBeGreaterThanOrEqual(203);
  const second = await sync(engine, sandbox);
  // Eight pages from the last on, of which two or three were read, and the newest once more.
  expect(second).toMatchObject({ complete: true, orders: 703, created: 703 - held });
  expect(second.pages).toBeLessThanOrEqual(7);
  expect(heldIds(engine)).toEqual(allIds(700));
});

test('a server that serves fewer rows a page than asked for is walked to its end, also after a cancel', async () => {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: 640, maxLimit: 10 }));
  const engine = startEngine();
  const abort = new AbortController();
  const stop = ({ pagesDone }: SyncProgress): void => {
    if (pagesDone === 30) abort.abort();
  };
  await expect(sync(engine, sandbox, { signal: abort.signal, onProgress: stop })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  const summary = await sync(engine, sandbox);
  expect(summary).toMatchObject({ complete: true, orders: 643, remoteCount: 643 });
  expect(summary.pages).toBeLessThan(40);
});

test('a bad row is put aside with its place; the good rows and an older good reading stay', async () => {
  const sandbox = await sandboxWith(150);
  const engine = startEngine();
  await sync(engine, sandbox);
  const before = engine.reader().orderDetail({ id: 1007 });
  sandbox.edit(1007, { fields: { amount: '99999.00' } });
  // The tenth row of the first page is order 1007: three samples come first.
  sandbox.setFaults([
    { match: { path: '/api/i1/orders/', page: 1 }, action: { kind: 'malformedRow', index: 9, row: 'amount-exponent' } },
  ]);
  const summary = await sync(engine, sandbox);
  expect(summary).toMatchObject({ complete: true, orders: 153, quarantined: 1, unchanged: 152, notSeen: 0 });
  expect(engine.reader().orderDetail({ id: 1007 }).footing).toEqual(before.footing);
  expect(engine.reader().overview().lastSync).toMatchObject({ quarantined: 1 });
  sandbox.setFaults([]);
  expect(await sync(engine, sandbox)).toMatchObject({ complete: true, quarantined: 0, updated: 1 });
  expect(engine.reader().orderDetail({ id: 1007 }).footing.amount).toBe('99999.00');
  expect(engine.reader().overview().lastSync).toMatchObject({ quarantined: 0 });
});

test.each<[string, FaultScript]>([
  [
    'a truncated body',
    [{ match: { page: 2, nth: 1, times: 1 }, action: { kind: 'truncate', mode: 'silent', fraction: 0.5 } }],
  ],
  ['a dropped connection', [{ match: { page: 2, nth: 1, times: 2 }, action: { kind: 'dropBefore' } }]],
  [
    '429 with Retry-After',
    [{ match: { page: 2, nth: 1, times: 1 }, action: { kind: 'status', code: 429, retryAfter: '7' } }],
  ],
  ['503', [{ match: { page: 2, nth: 1, times: 3 }, action: { kind: 'status', code: 503 } }]],
  ['a page of HTML', [{ match: { page: 2, nth: 1, times: 1 }, action: { kind: 'html', status: 200 } }]],
])('%s once is overcome', async (_name, faults) => {
  const sandbox = await sandboxWith(250, faults);
  const engine = startEngine();
  expect(await sync(engine, sandbox)).toMatchObject({ complete: true, orders: 253, created: 253 });
});

test('a page that stays wrong is refused: the run is incomplete, what was stored stays, nothing of the page is stored', async () => {
  const sandbox = await sandboxWith(250, [
    { match: { page: 2 }, action: { kind: 'body', text: '{"count": 253, "results": "none"}' } },
  ]);
  const engine = startEngine();
  const summary = await sync(engine, sandbox);
  expect(summary).toMatchObject({ complete: false, orders: 153, notSeen: 0, problem: { code: 'RESPONSE_INVALID' } });
  sandbox.setFaults([]);
  expect(await sync(engine, sandbox)).toMatchObject({ complete: true, orders: 253 });
});

test.each<[string, FaultScript, string]>([
  ['HTML from the start', [{ match: {}, action: { kind: 'html', status: 200 } }], 'RESPONSE_INVALID'],
  ['no such address', [{ match: {}, action: { kind: 'status', code: 404 } }], 'NOT_FOUND'],
  ['a refused token', [{ match: {}, action: { kind: 'status', code: 401 } }], 'SIGN_IN_REFUSED'],
  ['a redirect', [{ match: {}, action: { kind: 'redirect', location: 'http://127.0.0.1:9/' } }], 'REDIRECT_REFUSED'],
  ['a server that is down', [{ match: {}, action: { kind: 'status', code: 503 } }], 'SERVER_ERROR'],
])('%s is an error of its own, and nothing stored is lost', async (_name, faults, code) => {
  const sandbox = await sandboxWith(120);
  const engine = startEngine();
  await sync(engine, sandbox);
  sandbox.setFaults(faults);
  await expect(sync(engine, sandbox)).rejects.toMatchObject({ code });
  expect(heldIds(engine)).toEqual(allIds(120));
});

test('orders that a complete pass does not meet are counted, marked by absence and never deleted', async () => {
  const large = await sandboxWith(150);
  const engine = startEngine();
  await sync(engine, large);
  const small = await sandboxWith(120);
  expect(await sync(engine, small)).toMatchObject({ complete: true, orders: 123, notSeen: 30, remoteCount: 123 });
  expect(heldIds(engine)).toHaveLength(153);
});

test('a list that keeps growing past its own count is given up', async () => {
  const page = { count: 1, next: 'https://elsewhere.example/?page=2', previous: null, results: [] as unknown[] };
  const sandbox = await sandboxWith(1);
  const rows = await fetch(`${sandbox.baseUrl}/api/i1/orders/?limit=1`, {
    headers: { Authorization: `Token ${sandbox.token}` },
  });
  page.results = ((await rows.json()) as { results: unknown[] }).results;
  sandbox.setFaults([{ match: {}, action: { kind: 'body', text: JSON.stringify(page) } }]);
  expect(await sync(startEngine(), sandbox)).toMatchObject({ complete: false, problem: { code: 'RESPONSE_INVALID' } });
});

test('progress names pages, orders, rate and time left', async () => {
  const seen: SyncProgress[] = [];
  const sandbox = await sandboxWith(250);
  await sync(startEngine(), sandbox, { onProgress: (progress) => seen.push(progress) });
  expect(seen.map(({ pagesDone }) => pagesDone)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(seen.at(-1)).toMatchObject({ phase: 'reading', pagesTotal: 5, ordersDone: 253, ordersTotal: 253 });
});
