import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createOutbox } from '../../src/main/corrections/outbox.ts';
import { prepareCorrectionReads } from '../../src/main/database/corrections-read.ts';
import { prepareCorrectionWrites } from '../../src/main/database/corrections-write.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import type { CorrectionRow, NewCorrection } from '../../src/shared/corrections.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, orderFilter, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

let engine: ReturnType<typeof startEngine>;

beforeEach(() => {
  engine = startEngine();
});

function hold(orders: Record<string, unknown>[]): void {
  storeOrders(engine.writer, orders);
}

const add = (correction: NewCorrection): CorrectionRow => engine.writer.addCorrection({ correction, nowMs: NOW_MS });
const all = (): CorrectionRow[] => engine.reader().correctionsList({ states: [], offset: 0, limit: 10_000 }).rows;
const states = (): [number, string][] => all().map(({ id, state }) => [id, state]);
const openFile = (name: string): SqliteFile =>
  closeAfterTest(openSqlite(join(engine.folder, name), { readonly: false }));

describe('marking thousands of orders as sent', () => {
  const COUNT = 4_000;
  const everything = {
    filter: orderFilter(),
    selection: { mode: 'all' as const, except: [] },
    timeZone: ISTANBUL,
    nowMs: NOW_MS,
  };
  /** Every fourth order is sent already, of the others every fifth has been queued. */
  const isSent = (id: number): boolean => id % 4 === 0;
  const isQueued = (id: number): boolean => !isSent(id) && id % 5 === 0;
  const ids = Array.from({ length: COUNT }, (_, index) => index + 1);

  beforeEach(() => {
    hold(ids.map((id) => wireOrder(id, { is_send: isSent(id), orderitem_set: [wireLine(id)] })));
  });

  test('queues what is neither sent nor pending, counts the others, and undo withdraws all of it', () => {
    for (const orderId of ids.filter(isQueued)) add({ target: { kind: 'order', orderId }, set: { is_send: true } });
    const wanted = ids.filter((id) => !isSent(id) && !isQueued(id));
    const outcome = engine.writer.markSent(everything);
    expect([outcome.queued, outcome.skipped]).toEqual([wanted.length, COUNT - wanted.length]);
    const made = new Set(outcome.ids);
    const rows = all().filter(({ id }) => made.has(id));
    expect(rows.map(({ order }) => order).sort((a, b) => a.id - b.id)).toEqual(
      wanted.map((id) => ({ id, number: `N${id}` })),
    );
    expect(rows.every(({ state, lineId }) => state === 'queued' && lineId === null)).toBe(true);
    expect(rows[0]?.fields).toEqual([{ field: 'is_send', base: false, target: true }]);

    expect(engine.writer.markSent(everything)).toEqual({ queued: 0, skipped: COUNT, ids: [] });
    expect(engine.writer.withdrawCorrections({ ids: outcome.ids, nowMs: NOW_MS })).toEqual({
      withdrawn: wanted.length,
    });
    expect(engine.reader().overview().pendingCorrections).toBe(ids.filter(isQueued).length);
  });

  test('reads the cache with a fixed number of statements, however many orders there are', () => {
    const [cache, local] = [openFile('cache.db'), openFile('local.db')];
    const outbox = createOutbox(
      { cache, local },
      prepareCorrectionReads(local, 'main'),
      prepareCorrectionWrites(local),
    );
    const prepared = vi.spyOn(cache, 'prepare');
    expect(outbox.markSent(ids, NOW_MS).queued).toBe(COUNT - COUNT / 4);
    expect(prepared).not.toHaveBeenCalled();
  });
});

describe('a field set back to what Omnitron holds', () => {
  const line = (set: NewCorrection['set']): NewCorrection => ({ target: { kind: 'line', lineId: 71 }, set });
  const order = (is_send: boolean): NewCorrection => ({ target: { kind: 'order', orderId: 7 }, set: { is_send } });
  const held = { invoice_number: 'OLD2026000000001', invoice_date: '2026-01-06T00:00:00Z', e_archive_url: null };

  beforeEach(() => hold([wireOrder(7, { is_send: false, orderitem_set: [wireLine(71, held)] })]));

  test.each<[string, NewCorrection['set'], NewCorrection['set']]>([
    ['a text', { invoice_number: 'NEW2026000000001' }, { invoice_number: 'OLD2026000000001' }],
    ['a date, written as a day', { invoice_date: '2026-01-09' }, { invoice_date: '2026-01-06' }],
    ['a date, written as Omnitron does', { invoice_date: '2026-01-09' }, { invoice_date: '2026-01-06T00:00:00Z' }],
    ['none, written as empty text', { e_archive_url: 'https://example.com/1' }, { e_archive_url: '' }],
    ['none, written as null', { e_archive_url: 'https://example.com/1' }, { e_archive_url: null }],
  ])('withdraws the pending correction and queues nothing: %s', (_name, wanted, back) => {
    const { id } = add(line(wanted));
    expect(add(line(back))).toMatchObject({ id, state: 'withdrawn' });
    expect(states()).toEqual([[id, 'withdrawn']]);
  });

  test('withdraws the sent flag of an order', () => {
    const { id } = add(order(true));
    expect(add(order(false))).toMatchObject({ id, state: 'withdrawn' });
    expect(engine.reader().overview().pendingCorrections).toBe(0);
  });

  test('keeps the other fields of the pending correction, and drops what would change nothing', () => {
    const first = add(line({ invoice_number: 'NEW2026000000001', invoice_date: '2026-01-09' }));
    const second = add(line({ invoice_number: 'OLD2026000000001' }));
    expect(second).toMatchObject({ state: 'queued', fields: [{ field: 'invoice_date', target: '2026-01-09' }] });
    const third = add(line({ invoice_date: '2026-01-06', e_archive_url: 'https://example.com/1' }));
    expect(third).toMatchObject({ state: 'queued', fields: [{ field: 'e_archive_url' }] });
    expect(third.fields).toHaveLength(1);
    expect(states()).toEqual([
      [third.id, 'queued'],
      [second.id, 'withdrawn'],
      [first.id, 'withdrawn'],
    ]);
  });

  test('withdraws a rejected one; an empty value is still refused where Omnitron holds one', () => {
    const { id } = add(line({ invoice_number: 'NEW2026000000001' }));
    const problem = { code: 'REQUEST_REJECTED', message: 'No.', httpStatus: 400, nowMs: NOW_MS };
    engine.writer.pushProblem({ id, state: 'rejected', ...problem });
    expect(() => add(line({ invoice_number: '' }))).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(add(line({ invoice_number: 'OLD2026000000001' }))).toMatchObject({ id, state: 'withdrawn' });
  });

  test('says that there is nothing to correct where nothing of it is pending', () => {
    const { id } = add(line({ invoice_date: '2026-01-09' }));
    for (const correction of [
      line({ invoice_number: 'OLD2026000000001' }),
      line({ e_archive_url: '' }),
      order(false),
    ]) {
      expect(() => add(correction)).toThrow(
        expect.objectContaining({ code: 'VALUE_INVALID', message: expect.stringContaining('Nothing to correct') }),
      );
    }
    expect(states()).toEqual([[id, 'queued']]);
  });

  test('does not withdraw what is being sent, and says so', () => {
    const { id } = add(order(true));
    engine.writer.pushChecking({ id, nowMs: NOW_MS });
    expect(() => add(order(false))).toThrow(expect.objectContaining({ code: 'CORRECTION_STATE' }));
    expect(states()).toEqual([[id, 'checking']]);
  });
});

test('withdrawing an unknown correction names it and withdraws nothing', () => {
  hold([wireOrder(7, { is_send: false, orderitem_set: [wireLine(71)] })]);
  const { id } = add({ target: { kind: 'order', orderId: 7 }, set: { is_send: true } });
  expect(() => engine.writer.withdrawCorrections({ ids: [id, 99], nowMs: NOW_MS })).toThrow(
    expect.objectContaining({ code: 'CORRECTION_UNKNOWN', message: 'Correction 99 does not exist.' }),
  );
  expect(states()).toEqual([[id, 'queued']]);
});
