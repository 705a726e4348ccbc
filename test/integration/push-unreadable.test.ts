import { describe, expect, test } from 'vitest';
import type { FaultScript } from '../../src/main/sandbox/fault-types.ts';
import {
  add,
  correction,
  engine,
  firstUnsent,
  invoice,
  NOTHING,
  push,
  pushed,
  sandbox,
  sent,
  unsentIds,
} from '../support/push-store.ts';

test('one order that cannot be read does not hold up the others', async () => {
  const [first, second] = unsentIds();
  if (first === undefined || second === undefined) throw new Error('the sandbox has too few unsent orders');
  add(sent(first));
  add(sent(second));
  const number = engine.reader().orderDetail({ id: first }).number;
  sandbox.setFaults([
    { match: { path: `/api/i1/orders/${number}` }, action: { kind: 'html', status: 200 } },
    { match: { method: 'GET', path: `/api/v1/orders_integration/${first}/` }, action: { kind: 'html', status: 200 } },
  ]);
  expect(await pushed()).toEqual({ ...NOTHING, applied: 1, waiting: 1 });
});

test('an order whose answer by number cannot be read is asked for by its id', async () => {
  const { id } = add(sent(firstUnsent()));
  const line = add(invoice(113));
  sandbox.setFaults([{ match: { path: '/api/i1/orders/' }, action: { kind: 'body', text: '{"id": "none"}' } }]);
  expect(await pushed()).toEqual({ ...NOTHING, applied: 2 });
  expect([id, line.id].map((each) => correction(each)?.state)).toEqual(['applied', 'applied']);
});

test('answers that nobody can read leave every correction waiting with its problem, and are no failure', async () => {
  const ids = unsentIds().map((orderId) => add(sent(orderId)).id);
  expect(ids.length).toBeGreaterThan(3);
  sandbox.setFaults([{ match: { method: 'GET' }, action: { kind: 'body', text: '{}' } }]);
  expect(await pushed()).toEqual({ ...NOTHING, waiting: ids.length });
  for (const id of ids)
    expect(correction(id)).toMatchObject({ state: 'waiting', problem: { code: 'RESPONSE_INVALID' } });
  sandbox.setFaults([]);
  expect(await push()).toMatchObject({ applied: ids.length });
});

describe('a write that arrived and cannot be read back', () => {
  test.each<[string, FaultScript[number]['action'], string]>([
    ['403', { kind: 'status', code: 403 }, 'FORBIDDEN'],
    ['404', { kind: 'status', code: 404 }, 'NOT_FOUND'],
    ['410', { kind: 'status', code: 410 }, 'REQUEST_REJECTED'],
    ['an unreadable body', { kind: 'body', text: '{}' }, 'RESPONSE_INVALID'],
  ])('%s: its outcome is unknown, and the next push reads before anything else', async (_what, action, code) => {
    const orderId = firstUnsent();
    const { id } = add(sent(orderId));
    sandbox.setFaults([{ match: { method: 'GET', nth: 2, times: 100 }, action }]);
    expect(await pushed()).toEqual({ ...NOTHING, unknown: 1 });
    expect(correction(id)).toMatchObject({ state: 'unknown', problem: { code } });
    expect(sandbox.counts().writes).toEqual({ [`order ${orderId}`]: 1 });
    sandbox.setFaults([]);
    expect(await push()).toMatchObject({ applied: 1 });
    expect(sandbox.counts().writes).toEqual({ [`order ${orderId}`]: 1 });
  });

  test('nor is it rejected where the answer to the write was lost', async () => {
    const { id } = add(sent(firstUnsent()));
    sandbox.setFaults([
      { match: { method: 'PATCH' }, action: { kind: 'dropAfter' } },
      { match: { method: 'GET', nth: 2, times: 100 }, action: { kind: 'status', code: 403 } },
    ]);
    expect(await pushed()).toEqual({ ...NOTHING, unknown: 1 });
    expect(correction(id)).toMatchObject({ state: 'unknown', problem: { code: 'FORBIDDEN' } });
  });
});
