import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { JsonObject } from '../../src/main/sandbox/wire-types.ts';
import { ask, read, startSmallSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
let order: number;
let lines: number[];

beforeEach(async () => {
  sandbox = await startSmallSandbox();
  const found = sandbox
    .ids()
    .map((id) => sandbox.order(id))
    .find((each) => each?.payment_option === 2 && each.status === '400' && each.orderitem_set.length > 1);
  if (!found) throw new Error('the sandbox has no order that can be cancelled');
  order = found.id;
  lines = found.orderitem_set.map(({ id }) => id);
  for (const line of found.orderitem_set) expect(line.cancel_status).toBeNull();
});
afterEach(() => sandbox.close());

async function cancel(body: unknown, id = order): Promise<{ status: number; body: JsonObject }> {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await ask(sandbox, `/api/i1/orders/${id}/cancel/`, init);
  return { status: response.status, body: (await response.json()) as JsonObject };
}
const reasons = (ids: readonly number[] = lines) => Object.fromEntries(ids.map((id) => [id, 7]));
const states = () => sandbox.order(order)?.orderitem_set.map(({ cancel_status }) => cancel_status);
const CALL = 'POST /api/i1/orders/{order_id}/cancel/';

describe('POST /api/i1/orders/{order_id}/cancel/', () => {
  it('sets the named lines waiting, shows them in every reading and makes a plan appear', async () => {
    const [first = 0] = lines;
    const plansBefore = await read(sandbox, `/api/v1/cancellation_plans/?order_id=${order}`);
    expect(plansBefore.count).toBe(0);
    const { status } = await cancel({ order, cancel_items: [first], reasons: reasons([first]) });
    expect(status).toBe(200);
    expect(states()).toEqual(lines.map((id) => (id === first ? 'waiting' : null)));
    const line = await read(sandbox, `/api/v1/order_items/${first}/`);
    expect(line.cancel_status).toBe('waiting');
    const plans = await read(sandbox, `/api/v1/cancellation_plans/?order_id=${order}`);
    expect(plans.results).toMatchObject([{ plan_type: 'cancel', status: 'waiting', order_items: [first] }]);
    expect(sandbox.counts().writes).toEqual({ [`cancellation ${order}`]: 1 });
  });

  it('cancels every line with is_all', async () => {
    const { status } = await cancel({
      order,
      is_all: true,
      cancel_items: [],
      reasons: reasons(),
      is_cargo_refund: true,
    });
    expect(status).toBe(200);
    expect(states()).toEqual(lines.map(() => 'waiting'));
  });

  it.each([
    [
      'is_all together with lines',
      () => ({ is_all: true, cancel_items: lines, reasons: reasons() }),
      400,
      'OrderCancelOverlappingParameterException',
    ],
    [
      'shipping alone',
      () => ({ cancel_items: [], reasons: {}, is_cargo_refund: true }),
      400,
      'OrderCancelOverlappingParameterException',
    ],
    [
      'a line without a reason',
      () => ({ cancel_items: lines, reasons: reasons(lines.slice(1)) }),
      400,
      'OrderCancelMissingReasonException',
    ],
    ['every line without a reason', () => ({ is_all: true }), 400, 'OrderCancelMissingReasonException'],
    ['a line of another order', () => ({ cancel_items: [1], reasons: { 1: 7 } }), 400, 'invalid'],
    ['another order in the body', () => ({ order: 1, cancel_items: lines, reasons: reasons() }), 400, 'invalid'],
  ])('refuses %s', async (_name, body, status, code) => {
    expect(await cancel({ order, ...body() })).toMatchObject({ status, body: { code } });
    expect(states()).toEqual(lines.map(() => null));
    expect(sandbox.counts().writes).toEqual({});
    expect(sandbox.counts().requests[CALL]).toBe(1);
  });

  it('refuses a further call while one is waiting, of another line too', async () => {
    const [first = 0, second = 0] = lines;
    await cancel({ order, cancel_items: [first], reasons: reasons([first]) });
    expect(await cancel({ order, cancel_items: [second], reasons: reasons([second]) })).toMatchObject({
      status: 406,
      body: { code: 'OrderCancelMoreThenOneException' },
    });
    expect(sandbox.counts()).toMatchObject({ writes: { [`cancellation ${order}`]: 1 }, requests: { [CALL]: 2 } });
  });

  it('refuses a card order without a purchase, and not one paid otherwise', async () => {
    sandbox.edit(order, { fields: { amount: '0.00' } });
    const body = { order, cancel_items: lines, reasons: reasons() };
    expect(await cancel(body)).toMatchObject({ status: 406, body: { code: 'OrderCancelPurchaseTransactionNotFound' } });
    sandbox.edit(order, { fields: { payment_option: 3 } });
    expect((await cancel(body)).status).toBe(200);
  });

  it('answers 404 for an unknown order and plays fault scripts', async () => {
    expect((await cancel({}, 5)).status).toBe(404);
    sandbox.setFaults([{ match: { method: 'POST', path: '/cancel/' }, action: { kind: 'dropAfter' } }]);
    await expect(cancel({ order, is_all: true, reasons: reasons() })).rejects.toThrow();
    expect(states()).toEqual(lines.map(() => 'waiting'));
  });
});
