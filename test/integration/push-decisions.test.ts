import { describe, expect, test } from 'vitest';
import { runDryRun } from '../../src/main/corrections/dry-run.ts';
import type { BatchRow } from '../../src/shared/batches.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { steppingClock } from '../support/clocks.ts';
import { ISTANBUL, NOW_MS } from '../support/engine.ts';
import {
  add,
  clientOf,
  correction,
  engine,
  firstUnsent,
  invoice,
  NOTHING,
  pushed,
  sandbox,
  sent,
  sync,
  unsentIds,
} from '../support/push-store.ts';

const moment = { timeZone: ISTANBUL, nowMs: NOW_MS };
const line = (lineId: number) => sandbox.order(27)?.orderitem_set.find(({ id }) => id === lineId);
/** A line of another order, that has no invoice. */
function otherLine(): { orderId: number; lineId: number; number: string } {
  for (const orderId of sandbox.ids()) {
    const order = sandbox.order(orderId);
    const free = order?.orderitem_set.find((each) => !each.invoice_number && !each.invoice_date && !each.e_archive_url);
    if (orderId !== 27 && free !== undefined) return { orderId, lineId: free.id, number: String(order?.number) };
  }
  throw new Error('the sandbox has no line without an invoice');
}
const drafts = (): BatchRow[] => engine.reader().batchesList({ states: ['draft'], offset: 0, limit: 100 }).rows;
const journal = (action: string) =>
  engine
    .reader()
    .auditWindow({
      filter: { text: '', groups: [], period: { from: null, to: null } },
      timeZone: ISTANBUL,
      offset: 0,
      limit: 50,
    })
    .rows.filter((entry) => entry.action === action);

function allow(rules: Partial<typeof DEFAULT_CONTROL>): void {
  engine.writer.setControl({ rules: { ...DEFAULT_CONTROL, ...rules }, reason: 'seen at this tenant', nowMs: NOW_MS });
}

/** A line whose number somebody else has changed, and whose link nobody has: one field in conflict. */
async function conflict(): Promise<number> {
  const { id } = add(invoice(113));
  sandbox.edit(27, { lines: { 113: { invoice_number: 'OTHER2026', e_archive_url: 'https://other.example.com/x' } } });
  expect(await pushed()).toEqual({ ...NOTHING, conflict: 1 });
  return id;
}

describe('deciding a conflict', () => {
  test('per field: theirs stays, mine goes over it, another value is judged; the old one keeps its receipts', async () => {
    const id = await conflict();
    const old = correction(id);
    const choices = [
      {
        id,
        fields: [
          { field: 'invoice_number' as const, keep: 'edit' as const, value: 'NEW2026000000009' },
          { field: 'invoice_date' as const, keep: 'mine' as const },
          { field: 'e_archive_url' as const, keep: 'theirs' as const },
        ],
      },
    ];
    expect(engine.writer.resolveConflicts({ choices, ...moment })).toEqual({ queued: 1, withdrawn: 0 });
    const after = correction(id);
    expect(after).toMatchObject({ state: 'withdrawn', batch: old?.batch, fields: old?.fields });
    expect(
      engine
        .reader()
        .receipts({ id })
        .map(({ step }) => step),
    ).toEqual(['read']);
    expect(correction(after?.successor ?? 0)).toMatchObject({
      state: 'queued',
      fields: [
        { field: 'invoice_date', base: null, target: '2026-01-05' },
        // What the person saw last is what the next push compares with.
        { field: 'invoice_number', base: 'OTHER2026', target: 'NEW2026000000009' },
      ],
    });
    expect(drafts()).toMatchObject([{ count: 1 }]);
    expect(journal('correction.resolve')).toMatchObject([{ subject: `correction ${id}` }]);
    expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
    expect(line(113)).toMatchObject({
      invoice_number: 'NEW2026000000009',
      e_archive_url: 'https://other.example.com/x',
    });
    expect(() => engine.writer.resolveConflicts({ choices, ...moment })).toThrow(
      expect.objectContaining({ code: 'CORRECTION_STATE' }),
    );
  });

  test('keep theirs in bulk withdraws without a successor; one decision that cannot be taken changes nothing', async () => {
    const id = await conflict();
    const { id: other } = add(sent(unsentIds()[0] ?? 0));
    const theirs = { id, fields: [] };
    expect(() => engine.writer.resolveConflicts({ choices: [theirs, { id: other, fields: [] }], ...moment })).toThrow(
      expect.objectContaining({ code: 'CORRECTION_STATE' }),
    );
    const unusable = { field: 'invoice_number' as const, keep: 'edit' as const, value: '=1+1' };
    expect(() => engine.writer.resolveConflicts({ choices: [{ id, fields: [unusable] }], ...moment })).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID' }),
    );
    expect(() => engine.writer.resolveConflicts({ choices: [{ id: 999, fields: [] }], ...moment })).toThrow(
      expect.objectContaining({ code: 'CORRECTION_UNKNOWN' }),
    );
    expect(correction(id)?.state).toBe('conflict');
    expect(engine.writer.resolveConflicts({ choices: [theirs], ...moment })).toEqual({ queued: 0, withdrawn: 1 });
    expect(correction(id)).toMatchObject({ state: 'withdrawn', successor: null });
    expect(sandbox.counts().writes).toEqual({});
  });

  test('what changed once more since the decision is a conflict again, and nothing is written', async () => {
    const id = await conflict();
    expect(engine.writer.requeueCorrections({ ids: [id], ...moment })).toEqual({ queued: 1 });
    expect(journal('correction.retry')).toHaveLength(1);
    sandbox.edit(27, { lines: { 113: { invoice_number: 'THIRD2026' } } });
    expect(await pushed()).toEqual({ ...NOTHING, conflict: 1 });
    expect(sandbox.counts().writes).toEqual({});
  });
});

describe('a dry run', () => {
  const dryRun = (batch: { id: number; number: string }, signal = new AbortController().signal) => {
    const clock = steppingClock(NOW_MS, 30_000);
    const parts = { client: clientOf(clock), writer: engine.remoteWriter, clock };
    return runDryRun(parts, batch, { signal, onProgress: () => undefined });
  };

  test('says line by line what a push would do, what is one-way, and changes nothing', async () => {
    const [first = 0, second = 0] = unsentIds();
    const done = add(sent(first));
    const send = add(sent(second));
    const changed = add(invoice(113));
    const other = otherLine();
    const gone = add({ target: { kind: 'line', lineId: other.lineId }, set: { invoice_number: 'PSH2026000000114' } });
    sandbox.edit(first, { fields: { is_send: true } });
    sandbox.edit(27, { lines: { 113: { invoice_number: 'OTHER2026' } } });
    const before = [done, send, changed, gone].map(({ id }) => correction(id));
    const batch = done.batch;
    if (batch === null) throw new Error('a proposal is in a batch');
    sandbox.setFaults([
      { match: { path: `/order_items/${other.lineId}/` }, action: { kind: 'status', code: 404 } },
      { match: { path: `/api/i1/orders/${other.number}/` }, action: { kind: 'status', code: 404 } },
    ]);
    const result = await dryRun(batch);
    expect(result).toMatchObject({
      batch: batch.number,
      counts: { send: 1, done: 1, conflict: 1, gone: 1, unread: 0 },
      oneWay: 4,
    });
    expect(result.lines.map(({ correction: id, outcome }) => [id, outcome])).toEqual([
      [done.id, 'done'],
      [send.id, 'send'],
      [changed.id, 'conflict'],
      [gone.id, 'gone'],
    ]);
    expect(result.lines[2]?.fields).toContainEqual({
      field: 'invoice_number',
      base: null,
      target: 'PSH2026000000001',
      server: 'OTHER2026',
      verdict: 'conflict',
      reversible: false,
    });
    expect([done, send, changed, gone].map(({ id }) => correction(id))).toEqual(before);
    expect(sandbox.counts().writes).toEqual({});
    // What was read is shown at once.
    expect(engine.reader().orderDetail({ id: first }).sent).toBe(true);
    allow({ unsendProven: true, clearProven: true });
    sandbox.setFaults([{ match: { method: 'GET' }, action: { kind: 'dropBefore' } }]);
    expect(await dryRun(batch)).toMatchObject({ oneWay: 0, counts: { unread: 4 } });
    const stop = AbortSignal.abort();
    await expect(dryRun(batch, stop)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('taking a batch back', () => {
  const reverse = (id: number) => engine.writer.reverseBatch({ id, reason: 'wrong month', ...moment });
  const finished = (): BatchRow => {
    const [row] = engine.reader().batchesList({ states: ['done', 'done_with_exceptions'], offset: 0, limit: 1 }).rows;
    if (row === undefined) throw new Error('no batch is done');
    return row;
  };

  test('what cannot be is counted before approval and left out', async () => {
    const orderId = firstUnsent();
    add(sent(orderId));
    const [draft] = drafts();
    expect(draft?.oneWay).toBe(1);
    expect(() => reverse(draft?.id ?? 0)).toThrow(expect.objectContaining({ code: 'BATCH_STATE' }));
    expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
    expect(() => reverse(finished().id)).toThrow('has only changes that count as one-way');
    expect(drafts()).toEqual([]);
    allow({ unsendProven: true });
    expect(reverse(finished().id)).toMatchObject({ corrections: 1, oneWay: 0 });
    expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
    expect(unsentIds()).toContain(orderId);
  });

  test('base is what the read-back showed, target what was there before; once, and a reversal can be taken back too', async () => {
    sandbox.edit(27, { lines: { 113: { invoice_number: 'OLD2026000000001', invoice_date: '2025-12-31T21:00:00Z' } } });
    await sync();
    const { id } = add(invoice(113));
    const other = otherLine();
    const there = add(invoice(other.lineId));
    const held = {
      invoice_number: 'PSH2026000000001',
      invoice_date: '2026-01-05T00:00:00Z',
      e_archive_url: 'https://earsiv.example.com/i/1',
    };
    sandbox.edit(other.orderId, { lines: { [other.lineId]: held } });
    expect(await pushed()).toEqual({ ...NOTHING, applied: 2 });
    const batch = finished();
    const made = reverse(batch.id);
    // The other line held everything already; the link of line 113 was empty, and nobody knows whether it can be cleared.
    expect(made).toMatchObject({
      corrections: 1,
      oneWay: 1,
      batch: { state: 'draft', kind: 'reversal', reverses: batch.number, reason: 'wrong month' },
    });
    expect(engine.reader().batch({ id: batch.id }).reversedBy).toBe(made.batch.number);
    expect(correction(there.id)?.state).toBe('applied');
    const [row] = engine
      .reader()
      .correctionsList({ states: ['queued'], batch: made.batch.id, offset: 0, limit: 10 }).rows;
    expect(row).toMatchObject({
      reverses: id,
      fields: [
        { field: 'invoice_date', base: '2026-01-05T00:00:00Z', target: '2025-12-31T21:00:00Z' },
        { field: 'invoice_number', base: 'PSH2026000000001', target: 'OLD2026000000001' },
      ],
    });
    expect(() => reverse(batch.id)).toThrow(`is taken back by batch ${made.batch.number} already`);
    expect(journal('batch.reverse')).toMatchObject([{ reason: 'wrong month' }]);
    expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
    expect(line(113)).toMatchObject({ invoice_number: 'OLD2026000000001' });
    expect(Date.parse(`${line(113)?.invoice_date}`)).toBe(Date.parse('2025-12-31T21:00:00Z'));
    // The reversal of the reversal sets what the first batch set.
    expect(reverse(made.batch.id)).toMatchObject({ corrections: 1, oneWay: 0 });
    expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
    expect(line(113)).toMatchObject({ invoice_number: 'PSH2026000000001' });
  });

  test('a reversal that was withdrawn entirely can be generated anew; what changed since is a conflict', async () => {
    allow({ clearProven: true });
    add(invoice(113));
    expect(await pushed()).toEqual({ ...NOTHING, applied: 1 });
    const batch = finished();
    const first = reverse(batch.id);
    const { rows } = engine.reader().correctionsList({ states: ['queued'], batch: null, offset: 0, limit: 10 });
    engine.writer.withdrawCorrections({ ids: rows.map(({ id }) => id), nowMs: NOW_MS });
    expect(engine.reader().batch({ id: batch.id }).reversedBy).toBeNull();
    const second = reverse(batch.id);
    expect(second.batch.number).not.toBe(first.batch.number);
    expect(second).toMatchObject({ corrections: 1, oneWay: 0 });
    sandbox.edit(27, { lines: { 113: { invoice_number: 'LATER2026' } } });
    expect(await pushed()).toEqual({ ...NOTHING, conflict: 1 });
    expect(line(113)?.invoice_number).toBe('LATER2026');
  });
});
