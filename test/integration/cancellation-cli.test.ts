import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { type HereStore, hereStore } from '../support/cli-here-store.ts';
import type { CliRun } from '../support/run-cli.ts';

const CALL = 'POST /api/i1/orders/{order_id}/cancel/';

let store: HereStore;
let orders: WireOrder[];

beforeAll(async () => {
  store = await hereStore({ orders: 20 });
  expect((await store.json('sync')).code).toBe(0);
  orders = store.sandbox
    .ids()
    .flatMap((id) => store.sandbox.order(id) ?? [])
    .filter(
      ({ payment_option, status, orderitem_set }) =>
        payment_option === 2 &&
        !['50', '100', '600'].includes(status) &&
        orderitem_set.every((line) => line.cancel_status === null && !['50', '100', '600'].includes(line.status)),
    );
  expect(orders.length).toBeGreaterThan(1);
});
afterAll(() => store[Symbol.asyncDispose]());

const errorOf = (run: CliRun): unknown => [run.code, run.json().error];
const calls = (): number => store.sandbox.counts().requests[CALL] ?? 0;

function cancel(order: WireOrder, confirm: string, ...more: string[]): Promise<CliRun> {
  const reasons = order.orderitem_set.flatMap(({ id }) => ['--reason-id', `${id}=7`]);
  return store.json('corrections', 'cancel', '--order-id', `${order.id}`, ...reasons, '--confirm', confirm, ...more);
}

/** What all lines come to, from the refusal of another amount. */
async function worthOf(order: WireOrder): Promise<string> {
  const { error } = (await cancel(order, '0.000001', '--all')).json();
  return /come to: (\S+) /.exec((error as { message: string }).message)?.[1] ?? '';
}

describe('cancellations on the command line', () => {
  it('are off until somebody allows them', async () => {
    const [order] = orders;
    if (order === undefined) throw new Error('no order');
    expect(errorOf(await cancel(order, '1.00', '--all'))).toMatchObject([2, { code: 'CANCELLATION_OFF' }]);
    const on = await store.json('control', '--cancellations', 'on', '--reason', 'agreed with the chief accountant');
    expect(on.code).toBe(0);
  });

  it('refuse what is not named clearly', async () => {
    const [order] = orders;
    if (order === undefined) throw new Error('no order');
    const [line] = order.orderitem_set;
    const base = ['corrections', 'cancel', '--order-id', `${order.id}`, '--confirm', '1.00'];
    const usage = async (...args: string[]) => errorOf(await store.json(...base, ...args));
    expect(await usage('--all', '--line', '5', '--reason-id', '5=7')).toMatchObject([2, { code: 'USAGE' }]);
    expect(await usage('--reason-id', '5=7')).toMatchObject([2, { code: 'USAGE' }]);
    expect(await usage('--all', '--reason-id', '5')).toMatchObject([2, { code: 'USAGE' }]);
    expect(await usage('--all')).toMatchObject([2, { code: 'USAGE' }]);
    expect(errorOf(await cancel(order, '1,00', '--all'))).toMatchObject([2, { code: 'VALUE_INVALID' }]);
    const other = await usage('--line', '5', '--reason-id', `${line?.id}=7`);
    expect(other).toMatchObject([2, { code: 'LINE_UNKNOWN' }]);
    expect(
      errorOf(await store.json('corrections', 'add', '--line', '5', '--line', '6', '--set', 'status=500')),
    ).toMatchObject([2, { code: 'USAGE' }]);
  });

  it('are proposed with the amount, pushed once, stop the batch where nobody knows, and can then be withdrawn', async () => {
    const [first, second] = orders;
    if (first === undefined || second === undefined) throw new Error('no orders');
    const amount = await worthOf(first);
    const added = await cancel(first, amount, '--all');
    expect([added.code, added.json()]).toMatchObject([0, { id: 1, state: 'queued', amount, replaced: [] }]);
    const other = `${second.orderitem_set[0]?.id}`;
    expect((await store.json('corrections', 'add', '--line', other, '--set', 'tracking_number=T-1')).code).toBe(0);

    store.sandbox.setFaults([{ match: { method: 'POST', path: '/cancel/' }, action: { kind: 'dropBefore' } }]);
    const pushed = await store.json('corrections', 'push');
    expect([pushed.code, pushed.json()]).toMatchObject([1, { applied: 0, unknown: 1, waiting: 1 }]);
    expect([calls(), store.sandbox.counts().writes]).toEqual([1, {}]);
    const shown = (await store.words('corrections', 'list')).stdout;
    expect(shown).toMatch(/unknown/);
    expect(shown).toMatch(/Omnitron now shows line \d+: /);

    store.sandbox.setFaults([]);
    const again = await store.json('corrections', 'push');
    expect([again.code, again.json()]).toMatchObject([1, { applied: 1, unknown: 1, waiting: 0 }]);
    expect(calls()).toBe(1);
    expect((await store.json('corrections', 'withdraw', '--id', '1')).json()).toEqual({ withdrawn: 1, ids: [1] });

    const one = await cancel(second, await worthOf(second), '--all');
    const next = await cancel(second, await worthOf(second), '--all');
    expect(next.json()).toMatchObject({ replaced: [one.json().id] });

    expect((await store.json('audit', 'verify')).json()).toMatchObject({ ok: true });
  });
});
