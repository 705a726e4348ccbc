import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type AuthoredFiles, readJournal } from '../../src/main/audit/journal.ts';
import { createOutbox } from '../../src/main/corrections/outbox.ts';
import { prepareCorrectionReads } from '../../src/main/database/corrections-read.ts';
import { prepareCorrectionWrites } from '../../src/main/database/corrections-write.ts';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import type { CorrectionRow, NewCorrection } from '../../src/shared/corrections.ts';
import { AppError } from '../../src/shared/errors.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import {
  addCorrection,
  CHECKING,
  closeAfterTest,
  ISTANBUL,
  NOW_MS,
  orderFilter,
  startEngine,
  storeOrders,
} from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

let engine: ReturnType<typeof startEngine>;

beforeEach(() => {
  engine = startEngine();
});

const all = (): CorrectionRow[] =>
  engine.reader().correctionsList({ states: [], batch: null, offset: 0, limit: 10_000 }).rows;
const states = (): [number, string][] => all().map(({ id, state }) => [id, state]);
/** A second connection to `local.db`, as the writer has it. */
function authored(): AuthoredFiles {
  const open = (name: string): SqliteFile => closeAfterTest(openSqlite(join(engine.folder, name), { readonly: false }));
  const [cache, local] = [open('cache.db'), open('local.db')];
  local.prepare('ATTACH DATABASE ? AS cache').run(join(engine.folder, 'cache.db'));
  return { author: { who: 'ayse', host: 'desk', profile: null }, cache, local, close: () => undefined };
}
const journal = () => readJournal(authored().local, 'main', { offset: 0, limit: 5 });

describe('marking thousands of orders as sent', () => {
  const COUNT = 2_000;
  const everything = {
    filter: orderFilter(),
    selection: { mode: 'all' as const, except: [] },
    timeZone: ISTANBUL,
    nowMs: NOW_MS,
  };
  /** Every fourth order is sent already, of the others every fiftieth number has been queued. */
  const isSent = (id: number): boolean => id % 4 === 0;
  const isQueued = (id: number): boolean => !isSent(id) && id % 50 === 0;
  const ids = Array.from({ length: COUNT }, (_, index) => index + 1);

  beforeEach(() => {
    storeOrders(
      engine.writer,
      ids.map((id) => wireOrder(id, { is_send: isSent(id), orderitem_set: [wireLine(id)] })),
    );
  });

  test('queues what is neither sent nor pending, counts the others, and undo withdraws all of it', () => {
    for (const orderId of ids.filter(isQueued))
      addCorrection(engine.writer, { target: { kind: 'order', orderId }, set: { is_send: true } });
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

    expect(new Set(rows.map(({ batch }) => batch?.number))).toEqual(new Set(['2026-0001']));
    const { entries } = journal();
    const entry = entries.find(({ action }) => action === 'correction.propose');
    expect(entry).toMatchObject({
      subject: `${wanted.length} corrections`,
      before: null,
      after: { batch: '2026-0001', count: wanted.length, fields: { is_send: wanted.length } },
    });
    expect(engine.writer.markSent(everything)).toEqual({ queued: 0, skipped: COUNT, ids: [] });
    expect(engine.writer.withdrawCorrections({ ids: outcome.ids, nowMs: NOW_MS })).toEqual({
      withdrawn: wanted.length,
    });
    expect(engine.reader().overview().pendingCorrections).toBe(ids.filter(isQueued).length);
  });

  test('reads with a fixed number of statements, however many orders there are', () => {
    const { author, cache, local } = authored();
    const outbox = createOutbox(
      { author, cache, local, close: () => undefined },
      prepareCorrectionReads(local, 'main'),
      prepareCorrectionWrites(local),
    );
    const prepared = vi.spyOn(local, 'prepare');
    const statements = (some: readonly number[]): number => {
      prepared.mockClear();
      const mark = (): number => outbox.markSent(some, { nowMs: NOW_MS, timeZone: ISTANBUL }).queued;
      expect(local.transaction(mark)()).toBe(some.length);
      return prepared.mock.calls.length;
    };
    const unsent = ids.filter((id) => !isSent(id));
    statements(unsent.slice(0, 1));
    expect(statements(unsent.slice(1, 3))).toBe(statements(unsent.slice(3)));
  });
});

describe('an order that Omnitron no longer has', () => {
  const here = (id: number) => wireOrder(id, { is_send: false, orderitem_set: [wireLine(id * 10)] });
  const later = (days: number) => ({ nowMs: NOW_MS + days * 86_400_000 });
  const sent = (orderId: number): NewCorrection => ({ target: { kind: 'order', orderId }, set: { is_send: true } });
  const tracked: NewCorrection = { target: { kind: 'line', lineId: 20 }, set: { tracking_number: 'TR1' } };
  const gone = expect.objectContaining({
    code: 'ORDER_VANISHED',
    message: expect.stringContaining('Omnitron no longer has this order'),
    details: { reason: 'order-vanished', field: 'order' },
  });

  test('takes no correction of it or of its lines, and takes them again once it is back', () => {
    storeOrders(engine.writer, [here(1), here(2)]);
    storeOrders(engine.writer, [here(1)], later(1));
    expect(() => addCorrection(engine.writer, sent(2))).toThrow(gone);
    expect(() => addCorrection(engine.writer, tracked)).toThrow(gone);
    expect(() => addCorrection(engine.writer, { ...tracked, set: { status: 'no code' } })).toThrow(gone);
    expect(all()).toEqual([]);
    const everything = { filter: orderFilter(), selection: { mode: 'ids' as const, ids: [1, 2] }, timeZone: ISTANBUL };
    expect(engine.writer.markSent({ ...everything, nowMs: NOW_MS })).toMatchObject({ queued: 1, skipped: 1 });
    expect(all().map(({ order }) => order.id)).toEqual([1]);
    storeOrders(engine.writer, [here(1), here(2)], later(2));
    expect(addCorrection(engine.writer, tracked)).toMatchObject({ state: 'queued', order: { id: 2 } });
  });

  test('leaves what was queued before it vanished, which can still be taken back', () => {
    storeOrders(engine.writer, [here(1), here(2)]);
    const { id } = addCorrection(engine.writer, sent(2));
    storeOrders(engine.writer, [here(1)], later(1));
    expect(states()).toEqual([[id, 'queued']]);
    expect(() => addCorrection(engine.writer, sent(2))).toThrow(gone);
    expect(addCorrection(engine.writer, { ...sent(2), set: { is_send: false } })).toMatchObject({
      id,
      state: 'withdrawn',
    });
  });
});

describe('a field set back to what Omnitron holds', () => {
  const line = (set: NewCorrection['set']): NewCorrection => ({ target: { kind: 'line', lineId: 71 }, set });
  const order = (is_send: boolean): NewCorrection => ({ target: { kind: 'order', orderId: 7 }, set: { is_send } });
  const held = { invoice_number: 'OLD2026000000001', invoice_date: '2026-01-06T00:00:00Z', e_archive_url: null };

  beforeEach(() => storeOrders(engine.writer, [wireOrder(7, { is_send: false, orderitem_set: [wireLine(71, held)] })]));

  test.each<[string, NewCorrection['set'], NewCorrection['set']]>([
    ['a text', { invoice_number: 'NEW2026000000001' }, { invoice_number: 'OLD2026000000001' }],
    ['a date, written as a day', { invoice_date: '2026-01-09' }, { invoice_date: '2026-01-06' }],
    ['a date, written as Omnitron does', { invoice_date: '2026-01-09' }, { invoice_date: '2026-01-06T00:00:00Z' }],
    ['none, written as empty text', { e_archive_url: 'https://example.com/1' }, { e_archive_url: '' }],
    ['none, written as null', { e_archive_url: 'https://example.com/1' }, { e_archive_url: null }],
  ])('withdraws the pending correction and queues nothing: %s', (_name, wanted, back) => {
    const { id } = addCorrection(engine.writer, line(wanted));
    expect(addCorrection(engine.writer, line(back))).toMatchObject({ id, state: 'withdrawn' });
    expect(states()).toEqual([[id, 'withdrawn']]);
  });

  test('withdraws the sent flag of an order', () => {
    const { id } = addCorrection(engine.writer, order(true));
    expect(addCorrection(engine.writer, order(false))).toMatchObject({ id, state: 'withdrawn' });
    expect(engine.reader().overview().pendingCorrections).toBe(0);
  });

  test('keeps the other fields of the pending correction, and drops what would change nothing', () => {
    const first = addCorrection(
      engine.writer,
      line({ invoice_number: 'NEW2026000000001', invoice_date: '2026-01-09' }),
    );
    const second = addCorrection(engine.writer, line({ invoice_number: 'OLD2026000000001' }));
    expect(second).toMatchObject({ state: 'queued', fields: [{ field: 'invoice_date', target: '2026-01-09' }] });
    const third = addCorrection(
      engine.writer,
      line({ invoice_date: '2026-01-06', e_archive_url: 'https://example.com/1' }),
    );
    expect(third).toMatchObject({ state: 'queued', fields: [{ field: 'e_archive_url' }] });
    expect(third.fields).toHaveLength(1);
    expect(states()).toEqual([
      [third.id, 'queued'],
      [second.id, 'withdrawn'],
      [first.id, 'withdrawn'],
    ]);
  });

  test('withdraws a rejected one; an empty value is still refused where Omnitron holds one', () => {
    const { id } = addCorrection(engine.writer, line({ invoice_number: 'NEW2026000000001' }));
    const problem = { code: 'REQUEST_REJECTED', message: 'No.', httpStatus: 400, nowMs: NOW_MS };
    engine.writer.pushProblem({ id, state: 'rejected', ...problem });
    expect(() => addCorrection(engine.writer, line({ invoice_number: '' }))).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID' }),
    );
    expect(addCorrection(engine.writer, line({ invoice_number: 'OLD2026000000001' }))).toMatchObject({
      id,
      state: 'withdrawn',
    });
  });

  test.each(['conflict', 'rejected'] as const)('leaves what is in %s to its own decision', (state) => {
    const { id } = addCorrection(
      engine.writer,
      line({ invoice_number: 'NEW2026000000001', invoice_date: '2026-01-09' }),
    );
    const raw = authored().local;
    raw.prepare('UPDATE corrections SET state = ? WHERE id = ?').run(state, id);
    const other = addCorrection(engine.writer, line({ tracking_number: 'TR1' }));
    expect(other.fields.map(({ field }) => field)).toEqual(['tracking_number']);
    expect(states()).toEqual([
      [other.id, 'queued'],
      [id, state],
    ]);
  });

  test('the newer one keeps what was seen of the fields that it takes over, also from a conflict', () => {
    const first = addCorrection(
      engine.writer,
      line({ invoice_number: 'NEW2026000000001', invoice_date: '2026-01-09' }),
    );
    const seen = first.fields.find(({ field }) => field === 'invoice_date')?.base;
    const raw = authored().local;
    raw.prepare(`UPDATE corrections SET state = 'conflict' WHERE id = ?`).run(first.id);
    raw.prepare(`UPDATE correction_fields SET server = '"2026-01-08"' WHERE field = 'invoice_date'`).run();
    storeOrders(engine.writer, [
      wireOrder(7, { orderitem_set: [{ ...wireLine(71), invoice_date: '2026-01-08T00:00:00Z' }] }),
    ]);
    const second = addCorrection(engine.writer, line({ invoice_number: 'NEW2026000000002' }));
    expect(second.fields.find(({ field }) => field === 'invoice_date')).toMatchObject({ base: seen });
  });

  test('says that there is nothing to correct where nothing of it is pending', () => {
    const { id } = addCorrection(engine.writer, line({ invoice_date: '2026-01-09' }));
    for (const correction of [
      line({ invoice_number: 'OLD2026000000001' }),
      line({ e_archive_url: '' }),
      order(false),
    ]) {
      expect(() => addCorrection(engine.writer, correction)).toThrow(
        expect.objectContaining({ code: 'VALUE_INVALID', message: expect.stringContaining('Nothing to correct') }),
      );
    }
    expect(states()).toEqual([[id, 'queued']]);
  });

  test('does not withdraw what is being sent, and says so', () => {
    const { id } = addCorrection(engine.writer, order(true));
    engine.writer.pushChecking({ id, nowMs: NOW_MS });
    expect(() => addCorrection(engine.writer, order(false))).toThrow(
      expect.objectContaining({ code: 'CORRECTION_STATE' }),
    );
    expect(states()).toEqual([[id, 'checking']]);
  });
});

describe('proposals and the batches they are in', () => {
  const line = (set: NewCorrection['set']): NewCorrection => ({ target: { kind: 'line', lineId: 71 }, set });
  const number = { invoice_number: 'NEW2026000000001' };
  const refused = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (thrown) {
      return thrown instanceof AppError ? [thrown.code, thrown.details] : thrown;
    }
  };
  const submit = (makerChecker: boolean): void => {
    if (makerChecker) {
      const rules = { ...DEFAULT_CONTROL, makerChecker: true };
      engine.writer.addUser({ name: 'Ayse', pin: '4711', nowMs: NOW_MS });
      engine.writer.signIn({ name: 'Ayse', pin: '4711', nowMs: NOW_MS });
      engine.writer.addUser({ name: 'Mehmet', pin: '4712', nowMs: NOW_MS });
      engine.writer.setControl({ rules, reason: 'Two pairs of eyes', nowMs: NOW_MS });
    }
    const id = all().find(({ state }) => state === 'queued')?.batch?.id ?? 0;
    engine.writer.submitBatch({ id, reason: 'January', nowMs: NOW_MS });
  };

  beforeEach(() =>
    storeOrders(engine.writer, [
      wireOrder(7, { is_send: false, orderitem_set: [wireLine(71, { invoice_number: '' })] }),
    ]),
  );

  test('a proposal names its maker and its draft, and the one that takes its place', () => {
    const first = addCorrection(engine.writer, line(number));
    const second = addCorrection(engine.writer, line({ tracking_number: 'TR1' }));
    expect(first).toMatchObject({
      batch: { number: '2026-0001' },
      successor: null,
      reverses: null,
      cancellation: null,
    });
    expect(first.maker).not.toBe('');
    expect(second.fields.map(({ field, base }) => [field, base])).toEqual([
      ['invoice_number', ''],
      ['tracking_number', null],
    ]);
    expect(all().map(({ state, successor }) => [state, successor])).toEqual([
      ['queued', null],
      ['withdrawn', second.id],
    ]);
    const [propose] = journal().entries;
    expect(propose).toMatchObject({
      action: 'correction.propose',
      subject: `correction ${second.id}`,
      before: { replaced: { count: 1, ids: [first.id] } },
    });
    expect(propose?.after).toMatchObject({
      corrections: [{ order: 7, line: 71, set: { tracking_number: { from: null, to: 'TR1' } } }],
    });
  });

  test('the journal has no link that opens an invoice, and nothing of an extra_field', () => {
    const url = 'https://earsiv.example.com/secret-link';
    addCorrection(engine.writer, line({ e_archive_url: url, 'extra_field.note': 'Ayşe Yılmaz' }));
    const [entry] = journal().entries;
    expect(JSON.stringify(entry)).not.toMatch(/secret-link|Yılmaz/);
    expect(entry?.after).toMatchObject({
      corrections: [{ set: { 'extra_field.note': 'set', e_archive_url: { to: 'earsiv.example.com' } } }],
    });
  });

  test.each([[true], [false]])('a submitted batch is left as it is (maker-checker %j)', (makerChecker) => {
    const { id } = addCorrection(engine.writer, line(number));
    submit(makerChecker);
    const inBatch = ['CORRECTION_STATE', { field: 'invoice_number', reason: 'in-batch', batch: '2026-0001' }];
    expect(refused(() => addCorrection(engine.writer, line({ ...number, status: '500' })))).toEqual(inBatch);
    expect(refused(() => addCorrection(engine.writer, line({ invoice_number: '' })))).toEqual(inBatch);
    expect(refused(() => engine.writer.withdrawCorrections({ ids: [id], nowMs: NOW_MS }))).toEqual([
      'CORRECTION_STATE',
      { correction: id, batch: '2026-0001' },
    ]);
    const other = addCorrection(engine.writer, line({ status: '500' }));
    expect(other).toMatchObject({ batch: { number: '2026-0002' }, fields: [{ field: 'status', target: '500' }] });
    expect(all().map((row) => [row.id, row.state, row.fields.length])).toEqual([
      [other.id, 'queued', 1],
      [id, 'queued', 1],
    ]);
  });

  test('a value on its way, or that may have arrived, is not proposed again', () => {
    const { id } = addCorrection(engine.writer, line(number));
    submit(false);
    engine.writer.pushChecking({ id, nowMs: NOW_MS });
    for (const state of ['checking', 'unknown']) {
      if (state === 'unknown') {
        const problem = { code: 'TIMEOUT', message: 'No answer.', httpStatus: null, nowMs: NOW_MS };
        engine.writer.pushProblem({ id, state: 'unknown', ...problem });
      }
      expect(
        refused(() => addCorrection(engine.writer, line(number))),
        state,
      ).toEqual(['CORRECTION_STATE', { field: 'invoice_number', reason: 'being-sent', batch: '2026-0001' }]);
    }
  });
});

test('a proposal settles the findings that its field mends, and a key of extra_field settles none', () => {
  storeOrders(engine.writer, [
    wireOrder(7, { orderitem_set: [wireLine(71, { cancel_status: 'manuel_refund_need' })] }),
    wireOrder(8, { orderitem_set: [wireLine(81, { cancel_status: 'manuel_refund_need' })] }),
  ]);
  engine.writer.runChecks(CHECKING);
  addCorrection(engine.writer, { target: { kind: 'line', lineId: 71 }, set: { cancel_status: 'completed' } });
  addCorrection(engine.writer, { target: { kind: 'line', lineId: 81 }, set: { 'extra_field.note': 'x' } });
  const filter = { period: { from: null, to: null }, checks: ['refund.manual-needed' as const], text: '' };
  const { rows } = engine.reader().findingsWindow({ filter, timeZone: ISTANBUL, offset: 0, limit: 10 });
  expect(rows.map(({ order, status }) => [order?.id, status]).sort()).toEqual([
    [7, 'corrected'],
    [8, 'open'],
  ]);
});

test('withdrawing an unknown correction names it and withdraws nothing', () => {
  storeOrders(engine.writer, [wireOrder(7, { is_send: false, orderitem_set: [wireLine(71)] })]);
  const { id } = addCorrection(engine.writer, { target: { kind: 'order', orderId: 7 }, set: { is_send: true } });
  expect(() => engine.writer.withdrawCorrections({ ids: [id, 99], nowMs: NOW_MS })).toThrow(
    expect.objectContaining({ code: 'CORRECTION_UNKNOWN', message: 'Correction 99 does not exist.' }),
  );
  expect(states()).toEqual([[id, 'queued']]);
});
