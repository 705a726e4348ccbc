import { describe, expect, test } from 'vitest';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { HONOURABLE, type Honourable } from '../../src/main/sandbox/filters.ts';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import { probeCapabilities, probeIfDue } from '../../src/main/sync/probe.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { Capabilities } from '../../src/shared/sync.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, NOW_MS, startEngine } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { sandboxHere } from '../support/sandbox-here.ts';
import { DAY_MS, startPulling } from '../support/sync-here.ts';

const { signal } = new AbortController();

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return closeAfterTest(await startSmallSandbox({ orders: 120, ...options }));
}

function clientOf({ baseUrl, token }: Sandbox): OmnitronClient {
  const clock = steppingClock(NOW_MS, 30_000);
  return createOmnitronClient({ baseUrl, token, fetch: nodeFetch, clock, random: () => 0.5 });
}

function probe(sandbox: Sandbox, client = clientOf(sandbox)): Promise<Capabilities> {
  return probeCapabilities({ client, writer: startEngine().remoteWriter }, signal);
}

describe('what is honoured is told from what is ignored', () => {
  const BOTH: readonly Honourable[] = ['date_placed__gte', 'date_placed__lte'];
  test.each<[string, readonly Honourable[], Partial<Capabilities>]>([
    ['nothing', [], { sort: false, modifiedSince: false, placedRange: false, statusIn: false }],
    ['sort', ['sort'], { sort: true, modifiedSince: false, placedRange: false, statusIn: false }],
    ['modified_date__gte', ['modified_date__gte'], { sort: false, modifiedSince: true, placedRange: false }],
    ['modified_date__lte', ['modified_date__lte'], { sort: false, modifiedSince: false }],
    ['one end of a range', ['date_placed__gte'], { placedRange: false }],
    ['the other end of a range', ['date_placed__lte'], { placedRange: false }],
    ['both ends of a range', BOTH, { placedRange: true, modifiedSince: false }],
    ['status__in', ['status__in'], { statusIn: true, sort: false, modifiedSince: false, placedRange: false }],
    ['everything', HONOURABLE, { sort: true, modifiedSince: true, placedRange: true, statusIn: true }],
  ])('%s', async (_name, honours, expected) => {
    const sandbox = await start({ honours });
    const found = await probe(sandbox);
    expect(found).toMatchObject({ ascending: true, ...expected });
    expect(found.requests).toBeLessThanOrEqual(15);
    expect(Object.values(sandbox.counters.requests).reduce((sum, count) => sum + count, 0)).toBe(found.requests);
  });
});

describe('the order of the list', () => {
  test.each([
    ['ascending', [], true, false],
    ['descending', [], false, false],
    ['shuffled', [], false, false],
    ['descending', ['sort'], false, true],
    ['shuffled', ['sort'], false, true],
  ] as const)('%s with %j honoured', async (listOrder, honours, ascending, sort) => {
    expect(await probe(await start({ listOrder, honours }))).toMatchObject({ ascending, sort });
  });
});

describe('too few orders tell nothing', () => {
  test.each<[number, Partial<Capabilities>]>([
    [0, { ascending: null, sort: null, modifiedSince: null, placedRange: null, statusIn: null }],
    [1, { ascending: null, sort: null, modifiedSince: true, placedRange: true, statusIn: null }],
    [2, { ascending: true, sort: true, modifiedSince: true, placedRange: true, statusIn: null }],
  ])('%i of them', async (count, expected) => {
    const sandbox = await start({ orders: 0, honours: HONOURABLE });
    for (const id of sandbox.ids().slice(count)) sandbox.remove(id);
    expect(await probe(sandbox)).toMatchObject({ ...expected, rowsOf500: null });
  });

  test.each([1, 2])('but %i show that a filter is ignored', async (count) => {
    const sandbox = await start({ orders: 0 });
    for (const id of sandbox.ids().slice(count)) sandbox.remove(id);
    expect(await probe(sandbox)).toMatchObject({ modifiedSince: false, placedRange: false });
  });
});

describe('where the list is', () => {
  test.each([
    [['i1'], false],
    [['i1', 'v1'], true],
  ] as const)('served under %j', async (prefixes, v1List) => {
    expect(await probe(await start({ prefixes }))).toMatchObject({ listPath: '/api/i1/orders/', v1List });
  });

  test.each(['required', 'either', 'redirect'] as const)('with a slash at the end where that is %s', async (slash) => {
    expect(await probe(await start({ slash }))).toMatchObject({ listPath: '/api/i1/orders/' });
  });

  test.each(['NOT_FOUND', 'REDIRECT_REFUSED'] as const)('without the slash where that is answered %s', async (code) => {
    const sandbox = await start({ honours: ['sort'] });
    const client = clientOf(sandbox);
    const slashless: OmnitronClient = {
      ...client,
      counters: client.counters,
      async listOrders(page, limit, aborted, query, path) {
        if (path === '/api/i1/orders/') throw new AppError(code, 'Not here.');
        return client.listOrders(page, limit, aborted, query);
      },
    };
    expect(await probe(sandbox, slashless)).toMatchObject({ listPath: '/api/i1/orders', sort: true });
  });

  test('nowhere is an error', async () => {
    const sandbox = await start({ prefixes: ['v1'] });
    await expect(probe(sandbox)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test.each([
  [100, 520, 100],
  [250, 520, 250],
  [1_000, 520, 500],
  [250, 400, null],
])('rows of 500 where a page has at most %i and there are %i orders', async (maxLimit, orders, rowsOf500) => {
  expect(await probe(await start({ maxLimit, orders }))).toMatchObject({ rowsOf500 });
});

test('is made once a week', async () => {
  const sandbox = await start();
  const client = clientOf(sandbox);
  const { remoteWriter } = startEngine();
  const at = (nowMs: number) => probeIfDue({ client, writer: remoteWriter, clock: steppingClock(nowMs) }, signal);
  await at(NOW_MS);
  const { requests } = client.counters;
  await at(NOW_MS + 7 * DAY_MS - 1);
  expect(client.counters.requests).toBe(requests);
  await at(NOW_MS + 7 * DAY_MS);
  expect(client.counters.requests).toBe(2 * requests);
  // The clock is set back by hours, then by weeks: nobody knows how long ago the probe was.
  await at(NOW_MS + 7 * DAY_MS - 3_600_000);
  expect(client.counters.requests).toBe(2 * requests);
  await at(NOW_MS - 14 * DAY_MS);
  expect(client.counters.requests).toBe(3 * requests);
});

describe('is made anew when an answer contradicts it', () => {
  const store = (honours: readonly Honourable[], listOrder: 'ascending' | 'shuffled' = 'ascending') =>
    sandboxHere({ orders: 197, seed: 7, maxLimit: 10, honours, listOrder, now: () => NOW_MS });
  const known = (pulling: ReturnType<typeof startPulling>) => pulling.engine.writer.syncFacts().capabilities;

  test('a filter that is ignored all at once', async () => {
    const pulling = startPulling();
    const before = store(['modified_date__gte']);
    await pulling.probe(before);
    await pulling.run(before);
    await pulling.clock.sleep(60_000);
    expect(await pulling.run(before)).toMatchObject({ kind: 'changes', complete: true });
    const after = store([]);
    after.edit(1005, { fields: { amount: '1.50' } });
    const summary = await pulling.run(after);
    expect(summary).toMatchObject({ kind: 'changes', complete: true, updated: 1 });
    // The filtered list is left at its first page: new orders, that page, and everything once.
    expect(summary.requests).toBeLessThanOrEqual(2 + 22);
    expect(known(pulling)).toBeNull();
    await pulling.probe(after);
    expect(known(pulling)).toMatchObject({ modifiedSince: false });
    expect((await pulling.run(after)).plan?.kind).not.toBe('changes');
  });

  test('a list that stands in another order, seen by a part or by a pass', async () => {
    for (const mode of ['auto', 'full'] as const) {
      const pulling = startPulling();
      const before = store([]);
      await pulling.probe(before);
      await pulling.run(before);
      const after = store([], 'shuffled');
      expect(await pulling.run(after, { request: { mode } })).toMatchObject({ complete: true, unchanged: 200 });
      expect(known(pulling), mode).toBeNull();
      await pulling.probe(after);
      expect(known(pulling), mode).toMatchObject({ ascending: false });
      expect((await pulling.run(after)).plan, mode).toMatchObject({ kind: 'full' });
      expect(pulling.values('SELECT count(*) FROM orders WHERE vanished_ms IS NOT NULL')).toEqual([0]);
    }
  });

  test('a sort that is ignored all at once', async () => {
    const pulling = startPulling();
    const before = store(['sort'], 'shuffled');
    await pulling.probe(before);
    expect(await pulling.run(before)).toMatchObject({ complete: true, orders: 200 });
    const after = store([], 'shuffled');
    after.insert(2);
    after.remove(1100);
    after.remove(1101);
    expect(await pulling.run(after)).toMatchObject({ complete: true, created: 2, remoteCount: 200 });
    expect(pulling.values('SELECT id FROM orders WHERE vanished_ms IS NOT NULL ORDER BY id')).toEqual([1100, 1101]);
  });

  test('a list that is not where it was', async () => {
    const pulling = startPulling();
    const sandbox = store([]);
    await pulling.probe(sandbox);
    const capabilities = known(pulling);
    if (capabilities === null) throw new Error('nothing was learnt');
    const elsewhere = { ...capabilities, listPath: '/api/i1/orders' };
    pulling.engine.writer.storeCapabilities({ capabilities: elsewhere, nowMs: NOW_MS });
    await expect(pulling.run(sandbox)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await pulling.probe(sandbox);
    expect(await pulling.run(sandbox)).toMatchObject({ complete: true, orders: 200 });
  });
});
