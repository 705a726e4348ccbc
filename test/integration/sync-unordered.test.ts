import { describe, expect, test } from 'vitest';
import { HONOURABLE, type Honourable } from '../../src/main/sandbox/filters.ts';
import type { ListOrder } from '../../src/main/sandbox/selector.ts';
import { type SandboxHere, sandboxHere } from '../support/sandbox-here.ts';
import { DAY_MS, type Pulling, QUIET_DAY, startPulling, VERIFY_QUIET_DAY } from '../support/sync-here.ts';

const MINUTE_MS = 60_000;
const CHANGES: readonly Honourable[] = ['modified_date__gte'];
const DATES: readonly Honourable[] = ['date_placed__gte', 'date_placed__lte'];

interface World extends Pick<Pulling, 'passesOverAll' | 'vanished'> {
  pulling: Pulling;
  sandbox: SandboxHere;
  held(): unknown;
  /** Does something an hour ago, as far as the store's clock goes. */
  anHourAgo(change: () => void): void;
}

interface Store {
  orders?: number;
  honours?: readonly Honourable[];
  listOrder?: ListOrder;
  placed?: readonly number[];
}

/** A store whose list does not ascend, read whole a minute ago; orders named in `placed` were placed on {@link QUIET_DAY}. */
async function readStore({ orders = 77, honours = CHANGES, listOrder = 'shuffled', placed = [] }: Store = {}) {
  const pulling = startPulling();
  const { clock, values } = pulling;
  let behindMs = 0;
  const now = (): number => clock.now() - behindMs;
  const sandbox = sandboxHere({ orders, seed: 7, maxLimit: 10, honours, listOrder, now });
  for (const id of placed) sandbox.edit(id, { fields: { date_placed: `${QUIET_DAY}T10:00:00Z` } });
  await clock.sleep(60 * MINUTE_MS);
  await pulling.probe(sandbox);
  expect(await pulling.run(sandbox)).toMatchObject({ kind: 'full', complete: true, orders: orders + 3 });
  await clock.sleep(MINUTE_MS);
  const world: World = {
    pulling,
    sandbox,
    passesOverAll: pulling.passesOverAll,
    held: () => values('SELECT id FROM orders WHERE vanished_ms IS NULL ORDER BY id'),
    vanished: pulling.vanished,
    anHourAgo(change) {
      behindMs = 60 * MINUTE_MS;
      change();
      behindMs = 0;
    },
  };
  return world;
}

describe('requests of a run over changes where the list does not ascend', () => {
  test.each<ListOrder>(['shuffled', 'descending'])('%s: as many as what changed takes', async (listOrder) => {
    const { pulling, sandbox, passesOverAll, held } = await readStore({ listOrder });
    const before = passesOverAll();
    // What changed, changed cancellation plans, how many orders there are. A list of several pages is walked twice.
    for (const [changes, created, most] of [
      [0, 0, 3],
      [10, 0, 3],
      [3, 7, 3],
      [30, 0, 2 * 3 + 4],
    ] as const) {
      // A run begins a while before the one before it; afterwards nothing of the last round is left.
      await pulling.clock.sleep(20 * MINUTE_MS);
      await pulling.run(sandbox);
      await pulling.clock.sleep(20 * MINUTE_MS);
      const amount = `${changes}.25`;
      for (const id of sandbox.ids().slice(10, 10 + changes)) sandbox.edit(id, { fields: { amount } });
      sandbox.insert(created);
      const summary = await pulling.run(sandbox);
      expect(summary).toMatchObject({ kind: 'changes', complete: true, updated: changes, created });
      expect(summary.plan?.steps.map(({ step }) => step)).toEqual(['changes', 'plans']);
      expect(summary.requests, `${changes} changes`).toBeLessThanOrEqual(most);
      const micros = changes * 1_000_000 + 250_000;
      expect(pulling.values(`SELECT count(*) FROM orders WHERE amount = ${micros}`)).toEqual([changes]);
    }
    expect([held(), passesOverAll()]).toEqual([sandbox.ids(), before]);
  });

  test('where most orders changed, everything is read instead', async () => {
    const { pulling, sandbox, passesOverAll } = await readStore({ orders: 57 });
    const before = Number(passesOverAll());
    for (const id of sandbox.ids().slice(20)) sandbox.edit(id, { fields: { amount: `${id}.25` } });
    const summary = await pulling.run(sandbox);
    expect(summary).toMatchObject({ kind: 'changes', complete: true, updated: 40 });
    expect([passesOverAll(), summary.requests]).toEqual([before + 2, 1 + 2 * 6]);
    expect(pulling.engine.writer.syncFacts().capabilities).toMatchObject({ modifiedSince: true });
  });
});

describe('a list that does not ascend and moves while it is read', () => {
  test('costs no order for what comes and changes', async () => {
    const { pulling, sandbox, passesOverAll, held } = await readStore();
    const before = passesOverAll();
    for (const id of sandbox.ids().slice(10, 35)) sandbox.edit(id, { fields: { amount: `${id}.25` } });
    const summary = await pulling.run(sandbox, {
      afterPage(arrived) {
        if (arrived % 2 === 0 && arrived <= 12) sandbox.insert();
        if (arrived % 2 === 1 && arrived <= 12) sandbox.edit(1050 + arrived, { fields: { amount: '4.75' } });
      },
    });
    expect(summary).toMatchObject({ kind: 'changes', complete: true, remoteCount: 86 });
    expect([held(), passesOverAll()]).toEqual([sandbox.ids(), before]);
    expect(pulling.values('SELECT count(*) FROM orders WHERE amount = id * 1000000 + 250000')).toEqual([25]);
    await pulling.clock.sleep(MINUTE_MS);
    expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', complete: true });
    expect(pulling.values('SELECT count(*) FROM orders WHERE amount = 4750000')).toEqual([6]);
  });

  test('a new order that slides onto a page that was read is found, although all counts agree', async () => {
    const { pulling, sandbox, held, vanished } = await readStore({ listOrder: 'descending' });
    const inserted = sandbox.insert(21);
    for (const id of [1010, 1020]) sandbox.edit(id, { fields: { amount: '4.75' } });
    const [newest = 0] = inserted.slice(-1);
    const summary = await pulling.run(sandbox, {
      afterPage(arrived) {
        if (arrived !== 2) return;
        // Two pages are read. The oldest of the new orders begins the third one, and goes to the second.
        sandbox.remove(newest);
        sandbox.edit(1005, { fields: { amount: '4.75' } });
      },
    });
    expect(summary).toMatchObject({ kind: 'changes', complete: true, created: 21, remoteCount: 100 });
    expect([held(), vanished()]).toEqual([sandbox.ids(), [newest]]);
  });

  test('an order that comes before the orders are counted is read with what changed since', async () => {
    const { pulling, sandbox, passesOverAll, held } = await readStore();
    const before = passesOverAll();
    const summary = await pulling.run(sandbox, {
      afterPage(arrived) {
        if (arrived === 1) sandbox.insert();
      },
    });
    expect(summary).toMatchObject({ kind: 'changes', complete: true, created: 1, remoteCount: 81, requests: 5 });
    expect([held(), passesOverAll()]).toEqual([sandbox.ids(), before]);
  });

  test('an order that goes meanwhile is found by the count, and everything is read', async () => {
    const { pulling, sandbox, passesOverAll, held, vanished } = await readStore();
    const before = Number(passesOverAll());
    sandbox.insert(2);
    const summary = await pulling.run(sandbox, {
      afterPage(arrived) {
        if (arrived === 1) sandbox.remove(1060);
      },
    });
    expect(summary).toMatchObject({ kind: 'changes', complete: true, created: 2, notSeen: 1, vanished: 1 });
    expect([held(), vanished(), passesOverAll()]).toEqual([sandbox.ids(), [1060], before + 2]);
  });

  test('an order that came with an old modified date is found by the count, and everything is read', async () => {
    const { pulling, sandbox, passesOverAll, held, anHourAgo } = await readStore();
    const before = Number(passesOverAll());
    anHourAgo(() => sandbox.insert());
    const summary = await pulling.run(sandbox);
    expect(summary).toMatchObject({ kind: 'changes', complete: true, created: 1, remoteCount: 81 });
    expect([held(), passesOverAll()]).toEqual([sandbox.ids(), before + 2]);
    // Once it is held, few requests do again.
    await pulling.clock.sleep(MINUTE_MS);
    expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', complete: true, requests: 3 });
  });

  test('a filter that is ignored all at once is forgotten with its first page', async () => {
    const { pulling, passesOverAll } = await readStore({ orders: 57 });
    const before = Number(passesOverAll());
    const after = sandboxHere({ orders: 57, seed: 7, maxLimit: 10, listOrder: 'shuffled', now: pulling.clock.now });
    after.edit(1005, { fields: { amount: '1.50' } });
    expect(await pulling.run(after)).toMatchObject({ kind: 'changes', complete: true, updated: 1, requests: 1 + 12 });
    expect(passesOverAll()).toBe(before + 2);
    expect(pulling.engine.writer.syncFacts().capabilities).toBeNull();
    await pulling.probe(after);
    expect((await pulling.run(after)).plan).toMatchObject({ kind: 'full', requests: 12 });
  });
});

describe('a reading of everything while orders keep coming', () => {
  /** A first pass over a store into which an order comes, at the top of the list, after every sixth page. */
  async function busy(
    honours: readonly Honourable[],
    also: (sandbox: SandboxHere, arrived: number) => void = () => {},
  ) {
    const pulling = startPulling();
    const { clock } = pulling;
    const sandbox = sandboxHere({
      orders: 77,
      seed: 7,
      maxLimit: 10,
      honours,
      listOrder: 'descending',
      now: clock.now,
    });
    await pulling.probe(sandbox);
    const summary = await pulling.run(sandbox, {
      afterPage(arrived) {
        if (arrived % 6 === 0) sandbox.insert();
        also(sandbox, arrived);
      },
    });
    const held = pulling.values('SELECT id FROM orders WHERE vanished_ms IS NULL ORDER BY id');
    const walks = Number(pulling.values(`SELECT count(*) FROM passes WHERE scope = 'all'`)[0]);
    return { summary, held, sandbox, walks };
  }

  test('is complete after two walks where what came meanwhile can be asked for', async () => {
    const { summary, held, sandbox, walks } = await busy(CHANGES);
    expect(summary).toMatchObject({ kind: 'full', complete: true, remoteCount: sandbox.ids().length });
    expect([held, walks]).toEqual([sandbox.ids(), 2]);
    // Nine pages, twice, then what came and how many there are.
    expect(summary.requests).toBeLessThanOrEqual(2 * 9 + 4);
  });

  test('is not while a walk has missed what the one before it had met, although the counts agree', async () => {
    let [slid, gone] = [0, 0];
    const { summary, held, sandbox, walks } = await busy(CHANGES, (store, arrived) => {
      // In the second walk an order goes that was met, and the first one of the next page slides.
      if (arrived !== 13) return;
      [gone = 0, slid = 0] = store.ids().reverse().slice(39, 41);
      store.remove(gone);
    });
    expect(held).toContain(slid);
    // The third walk misses the one that has gone, which the second had met.
    expect([summary.complete, held, walks]).toEqual([true, sandbox.ids(), 4]);
  });
});

describe('an order whose cancellation plan changed', () => {
  /** An order that was paid back: its plan goes on changing for days after the order did. */
  async function laterPlan(): Promise<World & { number: string }> {
    const world = await readStore();
    const { pulling, sandbox } = world;
    const date_placed = new Date(pulling.clock.now()).toISOString();
    sandbox.edit(1060, { fields: { date_placed, refund_amount: '1.00' } });
    // The second run asks for what changed since a while before the first, for the order once more.
    for (const updated of [1, 0]) {
      expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', updated });
      await pulling.clock.sleep(60 * MINUTE_MS);
    }
    return { ...world, number: sandbox.order(1060)?.number ?? '' };
  }

  test('is read by its number', async () => {
    const { pulling, sandbox, passesOverAll } = await laterPlan();
    const before = passesOverAll();
    // Changed without a word in its modified date.
    const summary = await pulling.run(sandbox);
    expect(summary).toMatchObject({ kind: 'changes', complete: true, unchanged: 11, requests: 4 });
    expect(passesOverAll()).toBe(before);
  });

  test('is not taken for gone because its number is answered with 404 and one order is missing: everything is read', async () => {
    const { pulling, sandbox, passesOverAll, number, vanished } = await laterPlan();
    const before = Number(passesOverAll());
    sandbox.setFaults([{ match: { path: `orders/${number}/$` }, action: { kind: 'status', code: 404 } }]);
    sandbox.remove(1030);
    expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', complete: true, notSeen: 1 });
    expect([passesOverAll(), vanished()]).toEqual([before + 2, [1030]]);
  });
});

test('an order that comes with an old modified date while another one goes is found by the next pass over everything', async () => {
  const { pulling, sandbox, passesOverAll, held, anHourAgo } = await readStore();
  const before = Number(passesOverAll());
  let [came = 0, gone = 0] = [0, sandbox.ids()[62]];
  anHourAgo(() => {
    [came = 0] = sandbox.insert();
  });
  sandbox.remove(gone);
  // Nothing tells: the list of what changed is empty, and the counts agree. This is what docs/sync.md says of such a list.
  for (let times = 0; times < 2; times += 1) {
    expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', complete: true, created: 0, requests: 3 });
    await pulling.clock.sleep(60 * MINUTE_MS);
  }
  expect([passesOverAll(), held()]).toEqual([
    before,
    sandbox
      .ids()
      .map((id) => (id === came ? gone : id))
      .sort((a, b) => a - b),
  ]);
  for (let day = 1; day < 7; day += 1) {
    await pulling.clock.sleep(DAY_MS);
    const { plan } = await pulling.run(sandbox);
    if (plan?.kind === 'full') expect(plan.requests).toBe(2 * 8);
  }
  expect([passesOverAll(), held()]).toEqual([before + 2, sandbox.ids()]);
});

test('every order is read again within a week: everything, once the last time is long enough ago', async () => {
  const { pulling, sandbox } = await readStore({ orders: 37 });
  const kinds: string[] = [];
  for (let day = 1; day <= 31; day += 1) {
    await pulling.clock.sleep(DAY_MS);
    if (day % 4 === 0) sandbox.insert();
    kinds.push((await pulling.run(sandbox)).kind);
    const [oldest] = pulling.values<number>('SELECT min(read_ms) FROM orders');
    expect(pulling.clock.now() - (oldest ?? 0), `day ${day}`).toBeLessThanOrEqual(7 * DAY_MS);
  }
  expect(kinds.filter((kind) => kind !== 'changes')).toEqual(Array(5).fill('full'));
});

describe('the verification of a period where the list does not ascend', () => {
  const placed = [1050, 1060, 1070];

  test('asks for its dates, finds what no modified date tells, and marks what has gone for certain', async () => {
    const { pulling, sandbox, passesOverAll, vanished, anHourAgo } = await readStore({
      honours: [...CHANGES, ...DATES],
      placed,
    });
    const before = passesOverAll();
    await pulling.run(sandbox);
    anHourAgo(() => sandbox.edit(1050, { fields: { amount: '4.75' } }));
    expect(await pulling.run(sandbox)).toMatchObject({ kind: 'changes', updated: 0 });
    sandbox.remove(1060);
    sandbox.insert(2);
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    // What changed, the period, one order by its number, how many there are.
    expect(summary).toMatchObject({ kind: 'verify', complete: true, created: 2, updated: 1, vanished: 1, requests: 4 });
    expect(pulling.values('SELECT amount FROM orders WHERE id = 1050')).toEqual([4_750_000]);
    expect([vanished(), passesOverAll()]).toEqual([[1060], before]);
  });

  test('reads everything where orders have come elsewhere and nothing tells which', async () => {
    const { pulling, sandbox, passesOverAll, held } = await readStore({ honours: DATES, placed });
    const before = Number(passesOverAll());
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    expect(summary).toMatchObject({ kind: 'verify', complete: true, requests: 2 });
    expect(passesOverAll()).toBe(before);
    sandbox.insert();
    expect(await pulling.run(sandbox, { request: VERIFY_QUIET_DAY })).toMatchObject({ complete: true, created: 1 });
    expect([held(), passesOverAll()]).toEqual([sandbox.ids(), before + 2]);
  });

  test('reads everything where dates cannot be asked for', async () => {
    const { pulling, sandbox, passesOverAll, vanished } = await readStore({ orders: 77, placed });
    const before = Number(passesOverAll());
    sandbox.remove(1050);
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    expect(summary).toMatchObject({ kind: 'full', complete: true, vanished: 1, plan: { requests: 16 } });
    expect([vanished(), passesOverAll()]).toEqual([[1050], before + 2]);
  });
});

test('the dates of a period are asked for where the list ascends too', async () => {
  const honours = HONOURABLE.filter((each) => each !== 'sort');
  const placed = [1010, 1030, 1050, 1070];
  const { pulling, sandbox, passesOverAll } = await readStore({ honours, listOrder: 'ascending', placed });
  sandbox.remove(1030);
  sandbox.edit(1050, { fields: { amount: '4.75' } });
  const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
  // New orders, the period, and the page and the number of the one that is gone; else a page for each of the four.
  expect(summary).toMatchObject({ kind: 'verify', complete: true, updated: 1, vanished: 1, requests: 4 });
  expect(passesOverAll()).toBe(1);
});
