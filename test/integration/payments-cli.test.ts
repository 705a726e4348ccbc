import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { paymentSum } from '../../src/shared/payments.ts';
import { type HereStore, hereStore } from '../support/cli-here-store.ts';
import type { CliRun } from '../support/run-cli.ts';

describe('payments on the command line', () => {
  let store: HereStore;
  let order: WireOrder;
  beforeAll(async () => {
    store = await hereStore({ orders: 120 });
    expect((await store.json('sync')).code).toBe(0);
    const clean = new Set(store.sandbox.planted().map(({ orderId }) => orderId));
    const id = store.sandbox.ids().find((each) => {
      const refund = store.sandbox.order(each)?.refund_amount ?? '';
      return each > 1_000 && !clean.has(each) && /[1-9]/.test(refund);
    });
    order = store.sandbox.order(id ?? 0) as WireOrder;
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
  });

  const run = (...args: string[]): Promise<CliRun> => store.words('payments', ...args);

  it('says that they were never read, and how to read them', async () => {
    const json = await run('--order', order.number, '--json');
    const named = { id: order.id, number: order.number };
    expect([json.code, json.json()]).toMatchObject([0, { order: named, purchase: null, readAt: null }]);
    expect((await run('--order-id', `${order.id}`, '--json')).json()).toEqual(json.json());
    expect((await run('--order', order.number)).stdout).toBe(
      'The payments of this order have not been read yet. Read them with --refresh.\n',
    );
  });

  it('reads them from Omnitron with --refresh, and shows what is held from then on', async () => {
    const fresh = await run('--order', order.number, '--refresh', '--json');
    expect(fresh.code).toBe(0);
    const answer = fresh.json();
    expect(answer).toMatchObject({
      order: { id: order.id, number: order.number },
      currency: order.currency,
      purchase: order.amount,
      refund: order.refund_amount,
      discount: order.discount_amount,
      problem: null,
      unreadable: [],
    });
    for (const sum of Object.values(answer.comparison as object)) {
      expect(paymentSum.parse(sum).difference).toMatch(/^0(\.0+)?$/);
    }
    expect((answer.plans as unknown[]).length).toBe(1);
    expect(fresh.stdout).not.toContain('CANARY');
    const held = await run('--order-id', `${order.id}`, '--json');
    expect(held.json()).toEqual(answer);
    const words = (await run('--order', order.number)).stdout;
    expect(words).toContain(`Paid: ${order.amount}; the order says ${order.amount}, agrees.`);
    expect(words).toMatch(/Transactions:\nDate .*Type .*State .*Amount/);
    expect(words).toContain('Cancellation plans:');
  });

  it('shows what is held, with a warning, where it cannot be read again; fails where nothing is held', async () => {
    store.sandbox.setFaults([{ match: { path: 'orders_integration' }, action: { kind: 'status', code: 403 } }]);
    const warned = await run('--order', order.number, '--refresh', '--json');
    expect(warned.code).toBe(1);
    expect(warned.json()).toMatchObject({ purchase: order.amount, problem: { code: 'FORBIDDEN' } });
    expect(warned.stderr).toContain('The payments could not be read again.');
    const other = store.sandbox
      .ids()
      .find((id) => id > order.id && store.sandbox.planted().every((p) => p.orderId !== id));
    const refused = await run('--order-id', `${other}`, '--refresh', '--json');
    expect([refused.code, refused.json().error]).toEqual([3, expect.objectContaining({ code: 'FORBIDDEN' })]);
    store.sandbox.setFaults([]);
  });

  it('names the order once, and only one that is held', async () => {
    expect((await run('--json')).code).toBe(2);
    expect((await run('--order', order.number, '--order-id', '1')).code).toBe(2);
    const unknown = await run('--order', 'no-such-number', '--json');
    expect([unknown.code, unknown.json().error]).toEqual([2, expect.objectContaining({ code: 'ORDER_UNKNOWN' })]);
    expect((await run('--order-id', '999999', '--refresh')).code).toBe(2);
  });
});
