import { describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';
import { ISTANBUL, NOW_MS, startEngine } from '../support/engine.ts';
import { wireLine, wireOrder, wirePage } from '../support/wire-orders.ts';

/** Two keys say different numbers; which one was read shows with the quantity. */
const order = (id: number): unknown =>
  wireOrder(id, {
    orderitem_set: [wireLine(id * 10, { attributes: { quantity: 4, adet: 6, note: 'canary', 'a b': 3 } })],
  });

function store() {
  const { writer, reader } = startEngine();
  let reading = 1;
  const body = (...ids: number[]): Uint8Array => wirePage(ids.map(order));
  const single = (id: number): Uint8Array => new TextEncoder().encode(JSON.stringify(order(id)));
  const begin = (anew = false) =>
    writer.beginPass({ runId: 1, limit: 100, direction: 'down', anew, nowMs: NOW_MS }).passId;
  const page = (passId: number, ...ids: number[]): void => {
    const args = { passId, page: 1, nextPage: 1, pageSize: 100, reading: reading++, nowMs: NOW_MS };
    writer.applyPage({ ...args, body: body(...ids) });
  };
  const finish = (passId: number) => writer.finishPass({ passId, complete: true, remoteCount: 2, nowMs: NOW_MS });
  const choose = (quantityKey: string) =>
    writer.chooseRules({ rules: { ...DEFAULT_RULES, quantityKey }, reason: quantityKey, nowMs: NOW_MS });
  const key = () => reader().calibrate({ period: { from: null, to: null }, timeZone: ISTANBUL }).quantityKey;
  const quantity = (id: number) => reader().orderDetail({ id }).lines[0]?.quantity;
  const retry = (id: number) =>
    writer.applyRetried({ orderId: id, body: single(id), reading: reading++, nowMs: NOW_MS });
  return { writer, begin, page, finish, choose, key, quantity, retry };
}

describe('the key of the quantity', () => {
  test('holds for what is read from then on, and what is held is known to be read otherwise', () => {
    const { writer, begin, page, finish, choose, key, quantity } = store();
    const first = begin();
    page(first, 1, 2);
    finish(first);
    expect([quantity(1), key()]).toEqual([4, { inForce: 'quantity', heldBy: 'quantity', others: ['adet'] }]);
    expect(writer.syncFacts().otherQuantityKey).toBe(false);

    choose('adet');
    expect([quantity(1), key()]).toEqual([4, { inForce: 'adet', heldBy: 'quantity', others: ['quantity'] }]);
    expect(writer.syncFacts().otherQuantityKey).toBe(true);
    const second = begin();
    page(second, 1);
    // One of two: nobody can say that what is held was read with either.
    expect([quantity(1), quantity(2), key().heldBy]).toEqual([6, 4, null]);
    page(second, 2);
    finish(second);
    expect([quantity(1), quantity(2), key().heldBy]).toEqual([6, 6, 'adet']);
    expect(writer.syncFacts().otherQuantityKey).toBe(false);
  });

  test('changes under a pass: it is not gone on with, nor does its end say that all was read with one key', () => {
    const { writer, begin, page, finish, choose, key } = store();
    const first = begin();
    page(first, 1);
    expect(writer.syncFacts().interrupted).not.toBeNull();
    choose('adet');
    expect(writer.syncFacts().interrupted).toBeNull();
    // Chosen back with nothing read meanwhile, it is as if nothing had been.
    choose('quantity');
    expect([writer.syncFacts().interrupted === null, begin()]).toEqual([false, first]);
    choose('adet');
    page(first, 2);
    choose('quantity');
    expect(writer.syncFacts().interrupted).toBeNull();
    finish(first);
    expect([key().heldBy, writer.syncFacts().otherQuantityKey]).toEqual([null, true]);
    const anew = begin();
    expect(anew).not.toBe(first);
    page(anew, 1, 2);
    finish(anew);
    expect(key().heldBy).toBe('quantity');
  });

  test('a single order that is read with another key makes everything be read again, also after the way back', () => {
    const { writer, begin, page, finish, choose, quantity, retry } = store();
    const first = begin();
    page(first, 1, 2);
    finish(first);
    choose('adet');
    retry(2);
    choose('quantity');
    expect([quantity(1), quantity(2), writer.syncFacts().otherQuantityKey]).toEqual([4, 6, true]);
  });
});
