import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import type { FaultScript } from '../../src/main/sandbox/fault-types.ts';
import { ISTANBUL, NOW_MS, orderFilter } from '../support/engine.ts';
import {
  add,
  correction,
  engine,
  firstUnsent,
  invoice,
  NOTHING,
  push,
  pushed,
  reopenEngine,
  sandbox,
  sent,
  sync,
  unsentIds,
} from '../support/push-store.ts';
import { wireOrder } from '../support/wire-orders.ts';

test('the sent flag and line invoices arrive, and cache and outbox say so', async () => {
  const orderId = firstUnsent();
  const order = add(sent(orderId));
  const line = add(invoice(113));
  expect([order.state, line.state]).toEqual(['queued', 'queued']);
  expect(await pushed()).toEqual({ ...NOTHING, applied: 2 });
  expect(sandbox.order(orderId)?.is_send).toBe(true);
  expect(sandbox.order(27)?.orderitem_set[0]).toMatchObject({
    invoice_number: 'PSH2026000000001',
    e_archive_url: 'https://earsiv.example.com/i/1',
  });
  expect(Date.parse(String(sandbox.order(27)?.orderitem_set[0]?.invoice_date))).toBe(
    Date.parse('2026-01-05T00:00:00Z'),
  );
  expect(engine.reader().orderDetail({ id: orderId }).sent).toBe(true);
  expect(engine.reader().orderDetail({ id: 27 }).lines[0]).toMatchObject({ invoiceNumber: 'PSH2026000000001' });
  expect(correction(order.id)).toMatchObject({
    state: 'applied',
    fields: [{ base: false, target: true, server: true }],
  });
  expect(correction(line.id)?.state).toBe('applied');
});

test('only what still differs is sent; what is already there is applied without a write', async () => {
  const orderId = firstUnsent();
  add(sent(orderId));
  add(invoice(113));
  sandbox.edit(orderId, { fields: { is_send: true } });
  sandbox.edit(27, { lines: { 113: { invoice_number: 'PSH2026000000001' } } });
  expect(await push()).toMatchObject({ applied: 2 });
  expect(sandbox.counts().writes).toEqual({ 'line 113': 1 });
});

test('a remote change is a conflict, nothing is written, and keep mine sends it', async () => {
  const { id } = add(invoice(113));
  sandbox.edit(27, { lines: { 113: { invoice_number: 'OTHER2026' } } });
  expect(await pushed()).toEqual({ ...NOTHING, conflict: 1 });
  expect(sandbox.counts().writes).toEqual({});
  expect(correction(id)?.fields).toContainEqual({
    field: 'invoice_number',
    base: null,
    target: 'PSH2026000000001',
    server: 'OTHER2026',
  });
  expect(await pushed()).toEqual(NOTHING);
  expect(engine.writer.requeueCorrections({ ids: [id], timeZone: ISTANBUL, nowMs: NOW_MS })).toEqual({ queued: 1 });
  expect(await push()).toMatchObject({ applied: 1 });
  expect(sandbox.order(27)?.orderitem_set[0]?.invoice_number).toBe('PSH2026000000001');
});

test('a refused write is rejected with the reason, and survives a restart', async () => {
  const { id } = add(invoice(113));
  sandbox.setFaults([{ match: { method: 'PATCH' }, action: { kind: 'status', code: 400 } }]);
  expect(await push()).toMatchObject({ rejected: 1 });
  reopenEngine();
  expect(correction(id)).toMatchObject({ state: 'rejected', problem: { code: 'REQUEST_REJECTED' } });
});

describe('unknown outcomes', () => {
  test.each<[string, FaultScript, number]>([
    ['the answer is lost after the write', [{ match: { method: 'PATCH', nth: 1 }, action: { kind: 'dropAfter' } }], 1],
    [
      'the request is lost before the write',
      [{ match: { method: 'PATCH', nth: 1 }, action: { kind: 'dropBefore' } }],
      1,
    ],
    ['a 503 instead of an answer', [{ match: { method: 'PATCH', nth: 1 }, action: { kind: 'status', code: 503 } }], 1],
  ])('%s: read again, then decide; the write happens once', async (_name, faults, writes) => {
    const orderId = firstUnsent();
    const { id } = add(sent(orderId));
    sandbox.setFaults(faults);
    expect(await push()).toMatchObject({ applied: 1 });
    expect(sandbox.counts().writes).toEqual({ [`order ${orderId}`]: writes });
    expect(correction(id)?.state).toBe('applied');
  });

  test('a change by somebody else between the lost request and the second look is a conflict', async () => {
    const { id } = add(invoice(113));
    sandbox.setFaults([{ match: { method: 'PATCH' }, action: { kind: 'dropBefore' } }]);
    await expect(push()).rejects.toMatchObject({ code: 'NOT_REACHABLE' });
    expect(correction(id)).toMatchObject({ state: 'waiting', problem: { code: 'NOT_REACHABLE' } });
    sandbox.setFaults([]);
    sandbox.edit(27, { lines: { 113: { invoice_number: 'OTHER2026' } } });
    expect(await push()).toMatchObject({ conflict: 1 });
    expect(sandbox.counts().writes).toEqual({});
  });

  test('a lost read-back leaves its outcome unknown; the next push finds the target there', async () => {
    const orderId = firstUnsent();
    const { id } = add(sent(orderId));
    sandbox.setFaults([{ match: { method: 'GET', nth: 2, times: 100 }, action: { kind: 'dropBefore' } }]);
    await expect(push()).rejects.toMatchObject({ code: 'NOT_REACHABLE' });
    expect(correction(id)).toMatchObject({ state: 'unknown', problem: { code: 'NOT_REACHABLE' } });
    sandbox.setFaults([]);
    expect(await push()).toMatchObject({ applied: 1 });
    expect(sandbox.counts().writes).toEqual({ [`order ${orderId}`]: 1 });
  });
});

test('a refused sign-in stops the push; everything stays in the outbox', async () => {
  const ids = unsentIds()
    .slice(0, 2)
    .map((orderId) => add(sent(orderId)).id);
  sandbox.setFaults([{ match: {}, action: { kind: 'status', code: 401 } }]);
  await expect(push()).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
  expect(ids.map((id) => correction(id)?.state)).toEqual(['waiting', 'queued']);
  sandbox.setFaults([]);
  expect(await push()).toMatchObject({ applied: 2 });
});

test('where two channels share a number, the id decides', async () => {
  const [shared] = sandbox.sharedNumbers();
  const second = shared?.orderIds[1];
  if (second === undefined) throw new Error('the sandbox shares no number');
  sandbox.edit(second, { fields: { is_send: false } });
  await sync();
  expect(engine.reader().ordersByNumber({ number: String(shared?.number) })).toHaveLength(2);
  add(sent(second));
  expect(await push()).toMatchObject({ applied: 1 });
  expect(sandbox.counts().writes).toEqual({ [`order ${second}`]: 1 });
  expect(engine.reader().orderDetail({ id: second }).sent).toBe(true);
});

test('a crash in any state is taken up again by reading first', async () => {
  const orderId = firstUnsent();
  const { id } = add(sent(orderId));
  engine.writer.pushChecking({ id, nowMs: NOW_MS });
  reopenEngine();
  expect(correction(id)?.state).toBe('checking');
  expect(await push()).toMatchObject({ applied: 1 });
});

test('a newer correction of the same line takes over the older one', async () => {
  const older = add(invoice(113));
  const newer = add({ target: { kind: 'line', lineId: 113 }, set: { invoice_number: 'PSH2026000000002' } });
  expect(correction(older.id)?.state).toBe('withdrawn');
  expect(newer.fields.map(({ field, target }) => [field, target])).toEqual([
    ['e_archive_url', 'https://earsiv.example.com/i/1'],
    ['invoice_date', '2026-01-05'],
    ['invoice_number', 'PSH2026000000002'],
  ]);
  expect(await push()).toMatchObject({ applied: 1 });
  expect(sandbox.counts().writes).toEqual({ 'line 113': 1 });
});

test('mark as sent skips what is sent or pending; withdrawing undoes it', () => {
  const everything = {
    filter: orderFilter(),
    selection: { mode: 'all' as const, except: [] },
    timeZone: ISTANBUL,
    nowMs: NOW_MS,
  };
  const unsent = unsentIds();
  const first = engine.writer.markSent(everything);
  expect(first).toMatchObject({ queued: unsent.length, skipped: 63 - unsent.length });
  expect(engine.writer.markSent(everything)).toMatchObject({ queued: 0, skipped: 63 });
  const row = engine.reader().ordersWindow({
    filter: orderFilter({ sent: false }),
    sort: { column: 'number', direction: 'asc' },
    timeZone: ISTANBUL,
    offset: 0,
    limit: 1,
  }).rows[0];
  expect(row).toMatchObject({ sent: false, pendingSent: true, pending: 1 });
  expect(engine.writer.withdrawCorrections({ ids: first.ids, nowMs: NOW_MS })).toEqual({ withdrawn: unsent.length });
  expect(engine.reader().overview().pendingCorrections).toBe(0);
});

test('nothing to correct is said so', () => {
  expect(() => add(sent(1))).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  expect(() => add(sent(999_999))).toThrow(expect.objectContaining({ code: 'ORDER_UNKNOWN' }));
  expect(() => add(invoice(999_999))).toThrow(expect.objectContaining({ code: 'LINE_UNKNOWN' }));
});

describe('orders and lines that cannot be read by number', () => {
  test.each(['.', '..'])(
    'the number "%s" is no path: the id is asked instead, for the order and its lines',
    async (number) => {
      const orderId = firstUnsent();
      sandbox.edit(orderId, { fields: { number } });
      await sync();
      const lineId = engine.reader().orderDetail({ id: orderId }).lines[0]?.id ?? 0;
      const order = add(sent(orderId));
      const line = add({ target: { kind: 'line', lineId }, set: { invoice_number: 'DOT2026000000001' } });
      const [other] = unsentIds().filter((id) => id !== orderId);
      add(sent(other ?? 0));
      expect(await pushed()).toEqual({ ...NOTHING, applied: 3 });
      expect([order, line].map(({ id }) => correction(id)?.state)).toEqual(['applied', 'applied']);
      expect(sandbox.order(orderId)).toMatchObject({ is_send: true });
      expect(engine.reader().orderDetail({ id: orderId })).toMatchObject({ number, sent: true });
    },
  );

  test('a number that the server refuses to look for is left to the id', async () => {
    const orderId = firstUnsent();
    add(sent(orderId));
    sandbox.setFaults([{ match: { path: '/api/i1/orders/' }, action: { kind: 'status', code: 400 } }]);
    expect(await push()).toMatchObject({ applied: 1 });
  });

  test('an order that Omnitron no longer has is rejected in words, whether or not the cache still holds it', async () => {
    const [first = 0, second = 0] = unsentIds();
    const held = add(sent(first));
    const number = engine.reader().orderDetail({ id: first }).number;
    const gone = add(sent(second));
    dropFromCache(second);
    sandbox.setFaults([{ match: { method: 'GET' }, action: { kind: 'status', code: 404 } }]);
    expect(await pushed()).toEqual({ ...NOTHING, rejected: 2 });
    expect(correction(held.id)).toMatchObject({
      state: 'rejected',
      problem: {
        code: 'NOT_FOUND',
        message: `Omnitron no longer has order ${number} (${first}) (404). Withdraw this correction.`,
      },
    });
    expect(correction(gone.id)).toMatchObject({ state: 'rejected', problem: { code: 'NOT_FOUND' } });
    expect(receiptsOf(held.id)).toEqual([{ step: 'read', http_status: 404 }]);
    expect(sandbox.counts().writes).toEqual({});
  });

  test('an order that only the cache has lost is applied and held again', async () => {
    const orderId = firstUnsent();
    add(sent(orderId));
    dropFromCache(orderId);
    expect(await push()).toMatchObject({ applied: 1 });
    expect(engine.reader().orderDetail({ id: orderId }).sent).toBe(true);
  });

  test('a line that Omnitron no longer has is rejected in words', async () => {
    const { id } = add(invoice(113));
    sandbox.setFaults([{ match: { method: 'GET' }, action: { kind: 'status', code: 404 } }]);
    expect(await push()).toMatchObject({ rejected: 1 });
    expect(correction(id)?.problem?.message).toMatch(/^Omnitron no longer has line 113 of order \S+ \(27\) \(404\)\./);
  });

  test.each<[string, FaultScript]>([
    [
      'its order shows other lines',
      [{ match: { path: '/api/i1/orders/' }, action: { kind: 'body', text: JSON.stringify(wireOrder(27)) } }],
    ],
    [
      'its order is gone and the line names another one',
      [
        { match: { path: '/api/i1/orders/' }, action: { kind: 'status', code: 404 } },
        {
          match: { method: 'GET', path: '/api/v1/order_items/113/' },
          action: { kind: 'body', text: JSON.stringify({ pk: 113, order: 28, invoice_number: null }) },
        },
      ],
    ],
  ])('a line that has moved to another order is rejected, nothing is written: %s', async (_name, faults) => {
    const { id } = add(invoice(113));
    sandbox.setFaults(faults);
    expect(await push()).toMatchObject({ rejected: 1 });
    expect(correction(id)).toMatchObject({ state: 'rejected', problem: { code: 'LINE_UNKNOWN' } });
    expect(correction(id)?.problem?.message).toContain('Line 113 no longer belongs to order');
    expect(sandbox.counts().writes).toEqual({});
  });
});

test('a write that is accepted and changes nothing is a conflict that says so, until it is decided', async () => {
  const { id } = add(invoice(113));
  sandbox.setFaults([{ match: { method: 'PATCH', nth: 1 }, action: { kind: 'body', text: '{}' } }]);
  expect(await pushed()).toEqual({ ...NOTHING, conflict: 1 });
  expect(correction(id)).toMatchObject({
    state: 'conflict',
    problem: {
      code: 'CHANGE_IGNORED',
      message: expect.stringContaining('Omnitron accepted the change but still shows the old value of '),
    },
  });
  engine.writer.requeueCorrections({ ids: [id], timeZone: ISTANBUL, nowMs: NOW_MS });
  const old = correction(id);
  expect(old).toMatchObject({ state: 'withdrawn', successor: expect.any(Number) });
  expect(correction(old?.successor ?? 0)).toMatchObject({ state: 'queued', problem: null });
  expect(await push()).toMatchObject({ applied: 1 });
});

function inFile<T>(name: 'cache.db' | 'local.db', work: (file: SqliteFile) => T): T {
  const file = openSqlite(join(engine.folder, name), { readonly: false });
  try {
    return work(file);
  } finally {
    file.close();
  }
}

function dropFromCache(orderId: number): void {
  inFile('cache.db', (file) => file.prepare('DELETE FROM orders WHERE id = ?').run(orderId));
}

function receiptsOf(id: number): unknown[] {
  return inFile('local.db', (file) =>
    file.prepare('SELECT step, http_status FROM receipts WHERE correction_id = ? ORDER BY id').all(id),
  );
}
