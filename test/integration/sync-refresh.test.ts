import { describe, expect, test } from 'vitest';
import type { Honourable } from '../../src/main/sandbox/filters.ts';
import { AppError } from '../../src/shared/errors.ts';
import { NOW_MS } from '../support/engine.ts';
import { type SandboxHere, sandboxHere } from '../support/sandbox-here.ts';
import { DAY_MS, type Pulling, startPulling } from '../support/sync-here.ts';

const MINUTE_MS = 60_000;

interface Store {
  orders: number;
  maxLimit: number;
  honours?: readonly Honourable[];
  listOrder?: 'ascending' | 'shuffled';
  /** So many orders, the oldest, need no further look. */
  settled?: number;
}

/** A store that was read whole a minute ago. */
async function readStore({
  orders,
  settled = 0,
  ...options
}: Store): Promise<{ pulling: Pulling; sandbox: SandboxHere }> {
  const pulling = startPulling();
  const sandbox = sandboxHere({ orders, seed: 7, now: pulling.clock.now, ...options });
  settle(sandbox, sandbox.ids().slice(0, settled));
  await pulling.clock.sleep(60 * MINUTE_MS);
  await pulling.probe(sandbox);
  expect(await pulling.run(sandbox)).toMatchObject({ complete: true, orders: orders + 3 });
  await pulling.clock.sleep(MINUTE_MS);
  return { pulling, sandbox };
}

const passesOverAll = ({ values }: Pulling): unknown => values(`SELECT count(*) FROM passes WHERE scope = 'all'`)[0];

/** Makes every order one that no refresh has to look at. */
function settle(sandbox: SandboxHere, ids = sandbox.ids()): void {
  for (const id of ids) {
    const lines = sandbox.order(id)?.orderitem_set.map((line) => [line.id, { cancel_status: null }]) ?? [];
    sandbox.edit(id, { fields: { status: '550', is_send: true }, lines: Object.fromEntries(lines) });
  }
}

describe('requests of a run with a proven filter', () => {
  test.each([
    // One for new orders, one for the filter, one for cancellation plans, one of the rolling slice; a page more for each
    // ten changed orders, and for each ten of them that have a plan.
    [0, 4],
    [1, 4],
    [10, 4],
    [100, 14],
    [300, 38],
  ])('%i changes of 1,000 orders cost %i', async (changes, requests) => {
    const { pulling, sandbox } = await readStore({ orders: 997, maxLimit: 10, honours: ['modified_date__gte'] });
    for (const id of sandbox.ids().slice(500, 500 + changes)) sandbox.edit(id, { fields: { amount: `${id}.25` } });
    const summary = await pulling.run(sandbox);
    expect(summary).toMatchObject({ kind: 'changes', complete: true, requests, updated: changes });
    expect(pulling.values('SELECT count(*) FROM orders WHERE amount = id * 1000000 + 250000')).toEqual([changes]);
  });

  test('grow with what is new, not with what is there', async () => {
    const { pulling, sandbox } = await readStore({ orders: 497, maxLimit: 10, honours: ['modified_date__gte'] });
    sandbox.insert(37);
    const summary = await pulling.run(sandbox);
    expect(summary).toMatchObject({ kind: 'changes', complete: true, created: 37, remoteCount: 537 });
    // Four pages of new orders, once by the list and once by the filter, and a few on the way.
    expect(summary.requests).toBeLessThanOrEqual(2 * 4 + 4);
  });

  test('what changes while the run goes on is seen by the next one, however long it takes', async () => {
    const { pulling, sandbox } = await readStore({ orders: 997, maxLimit: 10, honours: ['modified_date__gte'] });
    for (const id of sandbox.ids().slice(500, 600)) sandbox.touch(id);
    await pulling.run(sandbox, {
      afterPage(arrived) {
        // The first changed order has been read; the run goes on for hours.
        if (arrived === 4) sandbox.edit(1500, { fields: { amount: '4.75' } });
        void pulling.clock.sleep(30 * MINUTE_MS);
      },
    });
    expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', complete: true });
    expect(pulling.values('SELECT amount FROM orders WHERE id = 1500')).toEqual([4_750_000]);
  });
});

describe('requests of a run without it', () => {
  test.each([
    // A page for new orders, one each for unsent orders, cancellations and their plans, one of the slice.
    ['an old store, where everything is settled', true, 5],
    // Every open status is asked for, and as many pages of unsent orders as there are.
    ['a younger store, where a quarter is not', false, 40],
  ])('%s', async (_name, old, most) => {
    const pulling = startPulling();
    const sandbox = sandboxHere({ orders: 997, seed: 7, maxLimit: 10, now: pulling.clock.now });
    settle(sandbox, sandbox.ids().slice(0, old ? undefined : 750));
    await pulling.clock.sleep(60 * MINUTE_MS);
    await pulling.probe(sandbox);
    await pulling.run(sandbox);
    await pulling.clock.sleep(MINUTE_MS);
    const summary = await pulling.run(sandbox);
    expect(summary).toMatchObject({ kind: 'refresh', complete: true, created: 0, updated: 0 });
    expect(summary.requests).toBeLessThanOrEqual(summary.plan?.requests ?? 0);
    expect(summary.requests).toBeLessThanOrEqual(most);
  });

  test('orders that are no longer open, unsent or cancelling are read, with few requests', async () => {
    const { pulling, sandbox } = await readStore({ orders: 997, maxLimit: 10, settled: 750 });
    const unsettled = pulling.values<number>(
      `SELECT id FROM orders WHERE status NOT IN ('100', '550', '600') ORDER BY id`,
    );
    const settled = unsettled.slice(0, 20);
    settle(sandbox, settled);
    const before = await pulling.run(sandbox);
    expect(before).toMatchObject({ kind: 'refresh', complete: true, updated: settled.length });
    expect(
      pulling.values(`SELECT count(*) FROM orders WHERE id IN (${settled}) AND status = '550' AND sent = 1`),
    ).toEqual([20]);
    // Each stands on a page of its own at worst.
    expect(before.requests).toBeLessThanOrEqual((before.plan?.requests ?? 0) + settled.length);
    expect(passesOverAll(pulling)).toBe(1);
  });

  test('a settled order whose cancellation plan changed is read again', async () => {
    const { pulling, sandbox } = await readStore({ orders: 997, maxLimit: 10, settled: 1_000 });
    await pulling.run(sandbox);
    await pulling.clock.sleep(30 * MINUTE_MS);
    const order = sandbox.order(1500);
    // Nothing that a filter of orders asks for: delivered, sent, and the cancellation is over.
    const lines = order?.orderitem_set.map(({ id }) => [id, { cancel_status: 'completed' }]) ?? [];
    sandbox.edit(1500, { fields: { refund_amount: '1.00' }, lines: Object.fromEntries(lines) });
    const summary = await pulling.run(sandbox);
    expect(summary).toMatchObject({ kind: 'refresh', complete: true, updated: 1 });
    expect(summary.plan?.steps.map(({ step }) => step)).toContain('plans');
    expect(pulling.values('SELECT refund_amount FROM orders WHERE id = 1500')).toEqual([1_000_000]);
    expect(passesOverAll(pulling)).toBe(1);
  });

  test('an order that comes while filtered lists are read is fetched, and not everything', async () => {
    const { pulling, sandbox } = await readStore({ orders: 997, maxLimit: 10, settled: 750 });
    const summary = await pulling.run(sandbox, {
      afterPage(arrived) {
        if (arrived % 5 === 0 && arrived <= 40) sandbox.insert();
      },
    });
    expect(summary).toMatchObject({ kind: 'refresh', complete: true, remoteCount: sandbox.ids().length });
    expect(passesOverAll(pulling)).toBe(1);
  });
});

describe('every order is read again within 30 days', () => {
  test.each<[string, readonly Honourable[], 'good' | 'bad']>([
    ['with a filter', ['modified_date__gte'], 'good'],
    ['without one', [], 'good'],
    ['although one order is set aside', ['modified_date__gte'], 'bad'],
  ])('%s', async (_name, honours, row) => {
    const pulling = startPulling();
    const sandbox = sandboxHere({ orders: 597, seed: 7, maxLimit: 5, honours, now: pulling.clock.now });
    settle(sandbox);
    await pulling.clock.sleep(DAY_MS);
    // An order in the middle whose row has never been right takes a place in the list, but is not held.
    if (row === 'bad') sandbox.edit(1200, { fields: { amount: 'none' } });
    await pulling.probe(sandbox);
    expect(await pulling.run(sandbox)).toMatchObject({ complete: true, quarantined: row === 'bad' ? 1 : 0 });
    for (let day = 1; day <= 45; day += 1) {
      await pulling.clock.sleep(DAY_MS);
      if (day % 4 === 0) sandbox.insert(3);
      if (day === 20) sandbox.touch(1400);
      const { kind } = await pulling.run(sandbox);
      expect(kind, `day ${day}`).toBe(honours.length > 0 ? 'changes' : 'refresh');
      const [oldest] = pulling.values<number>('SELECT min(read_ms) FROM orders');
      expect(pulling.clock.now() - (oldest ?? 0), `day ${day}`).toBeLessThanOrEqual(31 * DAY_MS);
    }
    expect(passesOverAll(pulling)).toBe(1);
  });
});

describe('only reading everything helps', () => {
  test('when an order has gone, although another came', async () => {
    const { pulling, sandbox } = await readStore({ orders: 397, maxLimit: 10, honours: ['modified_date__gte'] });
    sandbox.remove(1100);
    sandbox.insert();
    expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', complete: true, created: 1, remoteCount: 400 });
    expect(pulling.values('SELECT id FROM orders WHERE vanished_ms IS NOT NULL')).toEqual([1100]);
  });

  test.each([5, 20])('when pages have %i rows instead of 10', async (maxLimit) => {
    const honours = ['modified_date__gte'] as const;
    const { pulling, sandbox } = await readStore({ orders: 397, maxLimit: 10, honours });
    const changed = sandboxHere({ orders: 397, seed: 7, maxLimit, honours, now: pulling.clock.now });
    expect(sandbox.ids()).toEqual(changed.ids());
    expect(await pulling.run(changed)).toMatchObject({ complete: true, unchanged: 400 });
    expect(passesOverAll(pulling)).toBe(2);
    await pulling.clock.sleep(MINUTE_MS);
    expect(await pulling.run(changed)).toMatchObject({ kind: 'changes', complete: true, requests: 4 });
    expect(passesOverAll(pulling)).toBe(2);
  });

  test('when the last page does not end with the greatest id, for then the list is in no order', async () => {
    const pulling = startPulling();
    const { clock } = pulling;
    // One row a page never looks out of order.
    const sandbox = sandboxHere({ orders: 60, seed: 7, maxLimit: 1, listOrder: 'shuffled', now: clock.now });
    settle(sandbox);
    await pulling.run(sandbox);
    await clock.sleep(MINUTE_MS);
    sandbox.remove(1020);
    settle(sandbox, sandbox.insert());
    expect(await pulling.run(sandbox)).toMatchObject({ kind: 'refresh', complete: true, created: 1, remoteCount: 63 });
    expect(pulling.values('SELECT id FROM orders WHERE vanished_ms IS NULL ORDER BY id')).toEqual(sandbox.ids());
  });
});

test('a change of an order that an interrupted pass had read is seen once the pass has been finished', async () => {
  const pulling = startPulling();
  const honours = ['modified_date__gte'] as const;
  const sandbox = sandboxHere({ orders: 197, seed: 7, maxLimit: 10, honours, now: pulling.clock.now });
  await pulling.probe(sandbox);
  const stopped = pulling.run(sandbox, {
    afterPage(arrived) {
      if (arrived === 5) throw new AppError('NOT_REACHABLE', 'The network is down.');
    },
  });
  await expect(stopped).rejects.toMatchObject({ code: 'NOT_REACHABLE' });
  const newest = sandbox.ids().at(-1) ?? 0;
  sandbox.edit(newest - 12, { fields: { amount: '4.75' } });
  await pulling.clock.sleep(20 * 60 * MINUTE_MS);
  expect(await pulling.run(sandbox)).toMatchObject({ plan: { resumes: true }, complete: true });
  await pulling.clock.sleep(MINUTE_MS);
  expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', complete: true });
  expect(pulling.values(`SELECT amount FROM orders WHERE id = ${newest - 12}`)).toEqual([4_750_000]);
});

describe('an interrupted pass', () => {
  test.each([{ mode: 'verify', period: { from: null, to: null } }, { mode: 'full' }] as const)(
    'what an interrupted pass had met is read again where $mode is asked for',
    async (request) => {
      const { pulling, sandbox } = await readStore({ orders: 60, maxLimit: 10 });
      sandbox.setFaults([{ match: { page: 2 }, action: { kind: 'status', code: 403 } }]);
      await expect(pulling.run(sandbox, { request: { mode: 'full' } })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      sandbox.setFaults([]);
      // On a page that the pass had read.
      sandbox.edit(1058, { fields: { amount: '12.34' } });
      const summary = await pulling.run(sandbox, { request });
      expect(summary).toMatchObject({ complete: true, updated: 1, plan: { kind: 'full', resumes: false } });
      expect(pulling.values('SELECT amount FROM orders WHERE id = 1058')).toEqual([12_340_000]);
    },
  );
});

describe('fixed after random runs found them', () => {
  test('new orders that slide while the end of the list is looked for are met', async () => {
    const { pulling, sandbox } = await readStore({ orders: 60, maxLimit: 7, honours: ['modified_date__gte'] });
    sandbox.insert(14);
    const summary = await pulling.run(sandbox, {
      request: { mode: 'full' },
      afterPage(arrived) {
        // The last page has been read; more come behind it, and then the new ones slide towards it.
        if (arrived === 2) sandbox.insert(14);
        if (arrived > 13 && arrived < 20) sandbox.remove(1000 + arrived);
      },
    });
    expect(summary.complete).toBe(true);
    expect(pulling.values('SELECT id FROM orders WHERE vanished_ms IS NULL ORDER BY id')).toEqual(sandbox.ids());
  });

  test('the same in a run over changes', async () => {
    for (const when of [1, 2, 3, 4]) {
      const { pulling, sandbox } = await readStore({ orders: 61, maxLimit: 3, honours: ['modified_date__gte'] });
      sandbox.insert(10);
      const summary = await pulling.run(sandbox, {
        afterPage(arrived) {
          if (arrived === when) sandbox.remove(1010);
        },
      });
      expect(summary.complete, `${when}`).toBe(true);
      const held = pulling.values('SELECT id FROM orders WHERE vanished_ms IS NULL ORDER BY id');
      expect(held, `removed after page ${when}`).toEqual(sandbox.ids());
    }
  });

  test('a period of a list in no order, whose few rows a page look ordered, is verified by reading everything', async () => {
    const pulling = startPulling();
    const sandbox = sandboxHere({ orders: 17, seed: 143, maxLimit: 2, listOrder: 'shuffled', now: pulling.clock.now });
    await pulling.run(sandbox);
    sandbox.insert(2);
    const request = { mode: 'verify', period: { from: null, to: '2026-11-28' } } as const;
    expect(await pulling.run(sandbox, { request })).toMatchObject({ complete: true, remoteCount: 22 });
  });

  test('a row without an id marks nothing as vanished, for it may be any order', async () => {
    const { pulling, sandbox } = await readStore({ orders: 60, maxLimit: 10 });
    sandbox.setFaults([{ match: { page: 3 }, action: { kind: 'malformedRow', index: 4, row: 'missing-id' } }]);
    expect(await pulling.run(sandbox, { request: { mode: 'full' } })).toMatchObject({ quarantined: 1 });
    expect(pulling.values('SELECT count(*) FROM orders WHERE vanished_ms IS NOT NULL')).toEqual([0]);
    sandbox.setFaults([]);
    sandbox.remove(1030);
    expect(await pulling.run(sandbox, { request: { mode: 'full' } })).toMatchObject({ complete: true, quarantined: 0 });
    expect(pulling.values('SELECT id FROM orders WHERE vanished_ms IS NOT NULL')).toEqual([1030]);
  });

  test('an order that comes back with a row that is not the contract’s is there again', async () => {
    const pulling = startPulling();
    const store = () => sandboxHere({ orders: 20, seed: 7, maxLimit: 10, now: () => NOW_MS });
    const [before, without] = [store(), store()];
    without.remove(1010);
    await pulling.run(before);
    await pulling.run(without, { request: { mode: 'full' } });
    expect(pulling.values('SELECT id FROM orders WHERE vanished_ms IS NOT NULL')).toEqual([1010]);
    before.edit(1010, { fields: { amount: 'none' } });
    expect(await pulling.run(before)).toMatchObject({ complete: true, quarantined: 1 });
    expect(pulling.values('SELECT id FROM orders WHERE vanished_ms IS NOT NULL')).toEqual([]);
    expect(pulling.values(`SELECT count(*) FROM changes WHERE order_id = 1010 AND field = 'vanished'`)).toEqual([2]);
  });

  test('a new order that is set aside does not hide the ones before it', async () => {
    const { pulling, sandbox } = await readStore({ orders: 61, maxLimit: 8, honours: ['modified_date__gte'] });
    // The newest stands alone on its page; another order goes, so that the count alone would agree.
    const inserted = sandbox.insert(2);
    sandbox.edit(inserted[1] ?? 0, { fields: { amount: 'none' } });
    sandbox.remove(1005);
    expect(await pulling.run(sandbox)).toMatchObject({ complete: true });
    const held = pulling.values('SELECT id FROM orders WHERE vanished_ms IS NULL ORDER BY id');
    expect(held).toEqual(sandbox.ids().filter((id) => id !== inserted[1]));
  });
});
