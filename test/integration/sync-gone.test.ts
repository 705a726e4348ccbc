import { describe, expect, test } from 'vitest';
import { type SandboxHere, sandboxHere } from '../support/sandbox-here.ts';
import { type Pulling, QUIET_DAY, startPulling, VERIFY_QUIET_DAY } from '../support/sync-here.ts';

const MINUTE_MS = 60_000;

interface World extends Pick<Pulling, 'passesOverAll' | 'vanished'> {
  pulling: Pulling;
  sandbox: SandboxHere;
  /** How often the history says that an order vanished or came back. */
  notes(): unknown;
}

/** A store whose orders with these ids were placed on {@link QUIET_DAY}, read whole a minute ago. */
async function readStore(
  orders: number,
  placed: readonly number[],
  before: (sandbox: SandboxHere) => void = () => undefined,
): Promise<World> {
  const pulling = startPulling();
  const { values, clock } = pulling;
  const sandbox = sandboxHere({ orders, seed: 7, maxLimit: 10, now: clock.now });
  for (const id of placed) sandbox.edit(id, { fields: { date_placed: `${QUIET_DAY}T10:00:00Z` } });
  before(sandbox);
  expect(await pulling.run(sandbox)).toMatchObject({ complete: true, notSeen: 0, vanished: 0 });
  await clock.sleep(MINUTE_MS);
  return {
    pulling,
    sandbox,
    passesOverAll: pulling.passesOverAll,
    vanished: pulling.vanished,
    notes: () => values(`SELECT count(*) FROM changes WHERE field = 'vanished'`)[0],
  };
}

describe('an order of a verified period that is gone', () => {
  test('is marked by the verification itself, although another came', async () => {
    const { pulling, sandbox, passesOverAll, vanished } = await readStore(197, [1050, 1100]);
    sandbox.remove(1100);
    sandbox.insert();
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    expect(summary).toMatchObject({ kind: 'verify', complete: true, created: 1, notSeen: 1, vanished: 1 });
    expect([vanished(), passesOverAll()]).toEqual([[1100], 1]);
    expect(pulling.rows(`SELECT order_id, run_id FROM changes WHERE field = 'vanished'`)).toEqual([
      { order_id: 1100, run_id: summary.run },
    ]);
    // Once it is marked there is nothing to find any more, and it does not count as held.
    await pulling.clock.sleep(MINUTE_MS);
    expect(await pulling.run(sandbox, { request: VERIFY_QUIET_DAY })).toMatchObject({
      complete: true,
      notSeen: 0,
      vanished: 0,
    });
    expect(await pulling.run(sandbox, { request: { mode: 'full' } })).toMatchObject({ notSeen: 0, vanished: 0 });
    expect(vanished()).toEqual([1100]);
  });

  test('is left to a reading of everything where orders outside the period have gone too', async () => {
    const { pulling, sandbox, passesOverAll, vanished } = await readStore(197, [1050, 1100]);
    for (const id of [1100, 1150]) sandbox.remove(id);
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    expect(summary).toMatchObject({ kind: 'verify', complete: true, notSeen: 2, vanished: 2 });
    expect([vanished(), passesOverAll()]).toEqual([[1100, 1150], 2]);
  });

  test('is not proven by a 404 to its number alone while Omnitron still counts it', async () => {
    // An order before it is set aside, so it stands one place further than among those held: on the next page.
    const { pulling, sandbox, passesOverAll, vanished, notes } = await readStore(197, [], (store) => {
      store.edit(1002, { fields: { amount: 'none' } });
    });
    const [edge = 0] = pulling.values<number>('SELECT id FROM orders ORDER BY id LIMIT 1 OFFSET 9');
    sandbox.edit(edge, { fields: { date_placed: `${QUIET_DAY}T10:00:00Z` } });
    await pulling.run(sandbox, { request: { mode: 'full' } });
    const { number } = sandbox.order(edge) ?? { number: '' };
    const passes = passesOverAll() as number;
    const singly = { match: { path: `orders/${number}/$` }, action: { kind: 'status', code: 404 } } as const;
    sandbox.setFaults([singly]);
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    expect(summary).toMatchObject({ kind: 'verify', complete: true, notSeen: 0, vanished: 0 });
    expect([vanished(), notes(), passesOverAll()]).toEqual([[], 0, passes + 1]);
    // Without the fault its own number shows it.
    sandbox.setFaults([]);
    expect(await pulling.run(sandbox, { request: VERIFY_QUIET_DAY })).toMatchObject({ complete: true, notSeen: 0 });
    expect(passesOverAll()).toBe(passes + 1);
  });

  test('is not taken for gone where another order has its number: everything is read', async () => {
    const { pulling, sandbox, passesOverAll, vanished } = await readStore(197, [1100], (store) => {
      store.edit(1100, { fields: { number: store.order(1050)?.number ?? '' } });
    });
    sandbox.remove(1100);
    sandbox.insert();
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    expect(summary).toMatchObject({ complete: true, notSeen: 1, vanished: 1 });
    expect([vanished(), passesOverAll()]).toEqual([[1100], 2]);
  });

  test('is not marked while a row without an id may be it', async () => {
    const { pulling, sandbox, vanished, notes } = await readStore(197, [1100]);
    const page = Math.ceil((sandbox.ids().indexOf(1100) + 1) / 10);
    sandbox.remove(1100);
    sandbox.setFaults([{ match: { page }, action: { kind: 'malformedRow', index: 4, row: 'missing-id' } }]);
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    expect(summary).toMatchObject({ quarantined: 1, vanished: 0 });
    expect(summary.notSeen).toBeGreaterThan(0);
    expect([vanished(), notes()]).toEqual([[], 0]);
  });

  test('in suspicious numbers stops the single readings, and a person is asked', async () => {
    const placed = Array.from({ length: 150 }, (_, index) => 1020 + index);
    const { pulling, sandbox, passesOverAll, vanished } = await readStore(397, placed);
    for (const id of placed) sandbox.remove(id);
    const summary = await pulling.run(sandbox, { request: VERIFY_QUIET_DAY });
    const problem = { code: 'VANISHED_IN_QUESTION' };
    expect(summary).toMatchObject({ complete: false, notSeen: 150, vanished: 0, problem });
    expect([vanished(), passesOverAll()]).toEqual([[], 2]);
    // 101 of 150 by number; the pages of the period, those of the whole list, the newest ones.
    expect(summary.requests).toBeLessThan(101 + 15 + 28 + 5);
    expect(pulling.engine.writer.acceptVanished({ nowMs: pulling.clock.now() })).toEqual({ vanished: 150 });
    expect(pulling.rows('SELECT state, problem_code FROM runs ORDER BY id DESC LIMIT 1')).toEqual([
      { state: 'complete', problem_code: null },
    ]);
  });
});

test('an open order that is gone is marked by a refresh, without reading everything', async () => {
  const { pulling, sandbox, passesOverAll, vanished } = await readStore(597, [], (store) => {
    for (const id of store.ids()) {
      const lines = store.order(id)?.orderitem_set.map((line) => [line.id, { cancel_status: null }]) ?? [];
      const status = id === 1100 ? '400' : '550';
      store.edit(id, { fields: { status, is_send: true }, lines: Object.fromEntries(lines) });
    }
  });
  sandbox.remove(1100);
  expect(await pulling.run(sandbox)).toMatchObject({ kind: 'refresh', complete: true, notSeen: 1, vanished: 1 });
  expect([vanished(), passesOverAll()]).toEqual([[1100], 1]);
});
