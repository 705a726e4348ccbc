import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PushProgress } from '../../src/main/corrections/push.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { NOW_MS } from '../support/engine.ts';
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

const extra = (lineId: number, value: string) =>
  add({ target: { kind: 'line', lineId }, set: { 'extra_field.erp': value, tracking_number: `TR${value}` } });
const line = (lineId: number) => sandbox.order(27)?.orderitem_set.find(({ id }) => id === lineId);
const stepsOf = (id: number): string[] =>
  engine
    .reader()
    .receipts({ id })
    .map(({ step, httpStatus }) => `${step} ${httpStatus}`);
const batches = () => engine.reader().batchesList({ states: [], offset: 0, limit: 100 }).rows;

test('a push submits, approves and finishes one batch, and the receipt holds both readings and what was sent', async () => {
  const { id, batch } = add(invoice(113));
  sandbox.edit(27, { lines: { 113: { invoice_number: 'PSH2026000000001' } } });
  expect(await push()).toEqual({ ...NOTHING, batch: batch?.number, applied: 1 });
  expect(batches()).toMatchObject([{ number: batch?.number, state: 'done', states: { applied: 1 } }]);
  const steps = engine.reader().receipts({ id });
  expect(steps.map(({ step, httpStatus }) => [step, httpStatus])).toEqual([
    ['read', 200],
    ['write', 200],
    ['read-back', 200],
  ]);
  expect(steps[0]?.reading).toEqual({ invoice_number: 'PSH2026000000001', invoice_date: null, e_archive_url: null });
  // Only what still differed was sent.
  expect(steps[1]?.sent).toEqual({
    invoice_date: '2026-01-05T00:00:00.000000Z',
    e_archive_url: 'https://earsiv.example.com/i/1',
  });
  expect(steps[2]?.reading).toMatchObject({ e_archive_url: 'https://earsiv.example.com/i/1' });
  expect(() => engine.reader().receipts({ id: 999 })).toThrow(expect.objectContaining({ code: 'CORRECTION_UNKNOWN' }));
});

test('a batch that is not what was approved waits, and the batches after it are pushed', async () => {
  const [first = 0, second = 0] = unsentIds();
  const [changed, sound] = [first, second].map((orderId) => {
    const { batch } = add(sent(orderId));
    return engine.writer.submitBatch({ id: batch?.id ?? 0, reason: 'Test', nowMs: NOW_MS });
  });
  const file = openSqlite(join(engine.folder, 'local.db'), { readonly: false });
  file.prepare('UPDATE corrections SET order_number = ? WHERE batch_id = ?').run('X', changed?.id);
  file.close();
  expect(await push()).toEqual({ ...NOTHING, batch: sound?.number, applied: 1, waiting: 1 });
  expect(sandbox.counts().writes).toEqual({ [`order ${second}`]: 1 });
  expect(batches().map(({ state }) => state)).toEqual(['done', 'approved']);
  // With nothing else to settle the reason is said.
  await expect(push()).rejects.toThrow(/is not what was/);
});

test('a field that only the line itself shows is read there, merged, and compared by what it says', async () => {
  sandbox.edit(27, { lines: { 113: { extra_field: { kept: 'yes' } } } });
  const { id } = extra(113, '8.50');
  expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
  expect(line(113)).toMatchObject({ extra_field: { kept: 'yes', erp: '8.50' }, tracking_number: 'TR8.50' });
  const steps = engine.reader().receipts({ id });
  expect(steps.map(({ reading, sent: body }) => reading ?? body)).toEqual([
    { 'extra_field.erp': null, tracking_number: null },
    { extra_field: { erp: '8.50' }, tracking_number: 'TR8.50' },
    { 'extra_field.erp': '8.50', tracking_number: 'TR8.50' },
  ]);
  expect(engine.reader().orderDetail({ id: 27 }).lines[0]).toMatchObject({ trackingNumber: 'TR8.50' });
  // The same number in another spelling is there already.
  sandbox.edit(27, { lines: { 113: { extra_field: { erp: 9.5 } } } });
  add({ target: { kind: 'line', lineId: 113 }, set: { 'extra_field.erp': '9.500' } });
  expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
  // Any other value is one that nobody has seen.
  add({ target: { kind: 'line', lineId: 113 }, set: { 'extra_field.erp': '10' } });
  expect(await pushed()).toEqual({ ...NOTHING, conflict: 1 });
  expect(sandbox.counts().writes).toEqual({ 'line 113': 1 });
});

describe('a write that the server puts off (429)', () => {
  test('is sent after the wait that it asks for, over a fresh reading', async () => {
    const { id } = add(invoice(113));
    sandbox.setFaults([
      { match: { method: 'PATCH', nth: 1, times: 2 }, action: { kind: 'status', code: 429, retryAfter: '7' } },
    ]);
    expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
    expect(sandbox.counts().writes).toEqual({ 'line 113': 1 });
    expect(stepsOf(id)).toEqual([
      'read 200',
      'write 429',
      'read 200',
      'write 429',
      'read 200',
      'write 200',
      'read-back 200',
    ]);
  });

  test('finds what somebody else wrote meanwhile, and waits where the server asks for too much', async () => {
    const { id } = add(invoice(113));
    sandbox.setFaults([{ match: { method: 'PATCH' }, action: { kind: 'status', code: 429, retryAfter: '99999' } }]);
    await expect(push()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(correction(id)).toMatchObject({ state: 'waiting', problem: { code: 'RATE_LIMITED' } });
    expect(stepsOf(id)).toEqual(['read 200', 'write 429']);
    sandbox.setFaults([]);
    sandbox.edit(27, { lines: { 113: { invoice_number: 'OTHER2026' } } });
    expect(await pushed()).toEqual({ ...NOTHING, conflict: 1 });
    expect(sandbox.counts().writes).toEqual({});
  });
});

test('a write without an answer is read before it is sent once more, and no more often; the receipt tells all of it', async () => {
  const { id } = add(invoice(113));
  sandbox.setFaults([{ match: { method: 'PATCH' }, action: { kind: 'status', code: 503 } }]);
  await expect(push()).rejects.toMatchObject({ code: 'SERVER_ERROR' });
  expect(correction(id)).toMatchObject({ state: 'waiting', problem: { code: 'SERVER_ERROR' } });
  expect(stepsOf(id)).toEqual(['read 200', 'write 503', 'read-back 200', 'write 503', 'read-back 200']);
  sandbox.setFaults([]);
  expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
});

test('a pause ends after the correction that it is at, progress tells rate and time left, and the next push goes on', async () => {
  const ids = unsentIds().slice(0, 4);
  for (const orderId of ids) add(sent(orderId));
  // The first one takes seven seconds.
  sandbox.setFaults([{ match: { method: 'PATCH', nth: 1 }, action: { kind: 'status', code: 429, retryAfter: '7' } }]);
  const pause = new AbortController();
  const seen: PushProgress[] = [];
  const onProgress = (progress: PushProgress): void => {
    seen.push(progress);
    if (progress.done === 1) pause.abort();
  };
  const { batch, ...first } = await push(undefined, { pause: pause.signal, onProgress });
  expect(first).toEqual({ ...NOTHING, applied: 1, waiting: 3 });
  expect(batches()).toMatchObject([{ number: batch, state: 'pushing', states: { applied: 1, queued: 3 } }]);
  expect(seen.map(({ done, total }) => [done, total])).toEqual([
    [0, 4],
    [1, 4],
  ]);
  expect(seen[0]).toMatchObject({ batch, perMinute: null, secondsLeft: null });
  expect(seen[1]).toMatchObject({ perMinute: 9, secondsLeft: 21 });
  expect(await push()).toEqual({ ...NOTHING, batch, applied: 3 });
  expect(Object.values(sandbox.counts().writes)).toEqual([1, 1, 1, 1]);
});

test('what a person withdraws or decides while the push is at another correction is not sent', async () => {
  const [first = 0, second = 0] = unsentIds();
  add(sent(first));
  const later = add(sent(second));
  const onProgress = ({ done }: PushProgress): void => {
    if (done === 1) engine.writer.withdrawCorrections({ ids: [later.id], nowMs: NOW_MS });
  };
  expect(await push(undefined, { onProgress })).toMatchObject({ ...NOTHING, applied: 1 });
  expect(correction(later.id)?.state).toBe('withdrawn');
  expect(sandbox.counts().writes).toEqual({ [`order ${first}`]: 1 });
});

test('an aborted write is unknown until the next push has read', async () => {
  const orderId = firstUnsent();
  const { id } = add(sent(orderId));
  const abort = new AbortController();
  const { fetch } = sandbox;
  // The program quits while the write is carried out.
  const cutOff: typeof fetch = async (url, init) => {
    const answer = await fetch(url, init);
    if (init.method !== 'PATCH') return answer;
    abort.abort();
    return new Promise(() => undefined);
  };
  Object.assign(sandbox, { fetch: cutOff });
  await expect(push(abort.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  Object.assign(sandbox, { fetch });
  expect(correction(id)).toMatchObject({ state: 'unknown', problem: { code: 'CANCELLED' } });
  expect(batches()).toMatchObject([{ state: 'pushing' }]);
  expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
  expect(sandbox.counts().writes).toEqual({ [`order ${orderId}`]: 1 });
});

test('a batch in which something was refused is done with exceptions', async () => {
  const { id } = add(invoice(113));
  sandbox.setFaults([{ match: { method: 'PATCH' }, action: { kind: 'status', code: 400 } }]);
  expect(await pushed()).toEqual({ ...NOTHING, rejected: 1 });
  expect(correction(id)?.problem?.message).toContain('Omnitron refused the request (400).');
  expect(stepsOf(id)).toEqual(['read 200', 'write 400']);
  expect(batches()).toMatchObject([{ state: 'done_with_exceptions' }]);
});
