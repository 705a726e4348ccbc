import { describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import type { RunCounts } from '../../src/main/engine/services.ts';
import type { OmsSummary } from '../../src/shared/oms.ts';
import { orderDetail } from '../../src/shared/orders.ts';
import { orderChange, quarantinedRow, type RunOms, runRow } from '../../src/shared/runs.ts';
import type { Capabilities, SyncPlan } from '../../src/shared/sync.ts';
import { NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder, wirePage } from '../support/wire-orders.ts';

const WHOLE = { offset: 0, limit: 500 };
const HOUR = 3_600_000;
const at = (hours: number): string => new Date(NOW_MS + hours * HOUR).toISOString();
const PLAN: SyncPlan = { kind: 'verify', resumes: false, steps: [{ step: 'new', requests: 2 }], requests: 2 };
const COUNTS: RunCounts = {
  pages: 1,
  requests: 2,
  retries: 3,
  created: 4,
  updated: 5,
  unchanged: 6,
  quarantined: 7,
  notSeen: 8,
  remoteCount: 9,
  probe: { requests: 10, retries: 11 },
  problem: { code: 'NOT_REACHABLE', message: 'The server is away.' },
};

/** Changes a connection's cache as no part of the program would. */
function tamper(folder: string, sql: string): void {
  const file = openSqlite(`${folder}/cache.db`, { readonly: false });
  file.exec(sql);
  file.close();
}

describe('the run log', () => {
  test('shows plan, counts and problem, newest first and in windows', () => {
    const { writer, reader } = startEngine();
    for (const hours of [0, 1, 2]) {
      const start = { kind: 'verify', cause: 'command', plan: PLAN, nowMs: NOW_MS + hours * HOUR } as const;
      const { runId } = writer.beginRun(start);
      if (hours === 1) writer.finishRun({ runId, state: 'failed', counts: COUNTS, nowMs: start.nowMs + 1 });
    }
    const { total, rows, offset } = reader().runs(WHOLE);
    expect([total, offset, rows.map((row) => runRow.parse(row).state)]).toEqual([
      3,
      0,
      ['running', 'failed', 'interrupted'],
    ]);
    expect(rows[1]).toEqual({
      ...COUNTS,
      id: 2,
      kind: 'verify',
      cause: 'command',
      plan: PLAN,
      state: 'failed',
      startedAt: at(1),
      finishedAt: new Date(NOW_MS + HOUR + 1).toISOString(),
      payments: null,
      oms: null,
    });
    expect(rows[0]).toMatchObject({ finishedAt: null, probe: null, requests: null, remoteCount: null, problem: null });
    const window = reader().runs({ offset: 1, limit: 1 });
    expect([window.total, window.rows.map(({ id }) => id)]).toEqual([3, [2]]);
  });

  test('shows the plan that a probe has led to, and what reading payments came to', () => {
    const { writer, reader } = startEngine();
    const { runId } = writer.beginRun({ kind: 'verify', cause: 'command', plan: PLAN, nowMs: NOW_MS });
    const plan: SyncPlan = { kind: 'full', resumes: false, steps: [{ step: 'all', requests: 5 }], requests: 5 };
    writer.planRun({ runId, kind: 'full', plan });
    writer.finishRun({ runId, state: 'complete', counts: COUNTS, nowMs: NOW_MS });
    const payments = { read: 1, failed: 2, requests: 3, retries: 4 };
    writer.notePayments({ runId, payments });
    const [row] = reader().runs(WHOLE).rows;
    expect(runRow.parse(row)).toMatchObject({ kind: 'full', plan, payments, probe: COUNTS.probe });
  });

  test('an interrupted run shows what it stored, and that it ended with the last of it', () => {
    const { folder, writer, reader } = startEngine();
    storeOrders(writer, [wireOrder(1), wireOrder(2), wireOrder(3)]);
    const begin = (hours: number) =>
      writer.beginRun({ kind: 'full', cause: 'interval', plan: PLAN, nowMs: NOW_MS + hours * HOUR });
    const { runId, firstReading } = begin(1);
    const place = { pageSize: 100, reading: firstReading };
    const all = writer.beginPass({ runId, limit: 100, direction: 'down', nowMs: NOW_MS + HOUR });
    const first = [wireOrder(1), wireOrder(2, { amount: '7.00' }), wireOrder(4), wireOrder(5, { amount: 'NaN' })];
    const page = { ...place, passId: all.passId, body: wirePage(first), nowMs: NOW_MS + 2 * HOUR };
    writer.applyPage({ ...page, page: 2, nextPage: 1 });
    // What a page has shown already is not counted a second time; the page is.
    writer.applyPage({ ...page, page: 2, nextPage: 1, reading: firstReading + 1 });
    const { passId } = writer.beginPart({ runId, limit: 100, nowMs: NOW_MS });
    const single = { passId, reading: firstReading + 2, nowMs: NOW_MS + 3 * HOUR };
    writer.applyOrder({ ...single, body: Buffer.from(JSON.stringify(wireOrder(3))) });
    // Neither a page that is not the contract's nor a reading outside a run adds anything.
    const refused = { ...page, page: 1, nextPage: 0, nowMs: NOW_MS + 4 * HOUR };
    expect(() => writer.applyPage({ ...refused, body: Buffer.from('{}') })).toThrow(
      expect.objectContaining({ code: 'RESPONSE_INVALID' }),
    );
    const outside = writer.beginPart({ runId: null, limit: 100, nowMs: NOW_MS + 4 * HOUR });
    writer.applyPage({ ...refused, ...outside, body: wirePage([wireOrder(6)]) });

    const stored = { pages: 2, created: 1, updated: 1, unchanged: 2, quarantined: 1, requests: null, retries: null };
    const newest = () => runRow.parse(reader().runs(WHOLE).rows[0]);
    expect(newest()).toMatchObject({ ...stored, id: runId, state: 'running', finishedAt: null });
    writer.close();
    const again = startEngine(folder);
    again.writer.beginRun({ kind: 'full', cause: 'interval', plan: PLAN, nowMs: NOW_MS + 9 * HOUR });
    expect(again.reader().runs(WHOLE).rows[1]).toMatchObject({
      ...stored,
      id: runId,
      state: 'interrupted',
      startedAt: at(1),
      finishedAt: at(3),
    });
    // One that stored nothing ended, as far as is known, when it began.
    again.writer.beginRun({ kind: 'full', cause: 'interval', plan: PLAN, nowMs: NOW_MS + 20 * HOUR });
    expect(again.reader().runs(WHOLE).rows[1]).toMatchObject({
      state: 'interrupted',
      pages: 0,
      requests: null,
      startedAt: at(9),
      finishedAt: at(9),
    });
  });

  test('keeps what a run read of OMS beside its own counts', () => {
    const { writer, reader } = startEngine();
    const read: OmsSummary = {
      complete: true,
      orders: 60,
      created: 1,
      updated: 2,
      unchanged: 3,
      quarantined: 4,
      notSeen: 5,
      requests: 6,
      remoteCount: 7,
      invoices: 8,
    };
    const problem = { code: 'TIMEOUT', message: 'OMS did not answer.' };
    const readings: [OmsSummary, RunOms['state']][] = [
      [read, 'complete'],
      [{ ...read, complete: false, problem }, 'incomplete'],
      [{ ...read, complete: false, orders: null, remoteCount: null, problem }, 'failed'],
      [{ ...read, complete: false, problem: { ...problem, code: 'CANCELLED' } }, 'cancelled'],
    ];
    for (const [oms] of readings) {
      const { runId } = writer.beginRun({ kind: 'verify', cause: 'command', plan: PLAN, nowMs: NOW_MS });
      writer.finishRun({ runId, state: 'complete', counts: { ...COUNTS, problem: null }, nowMs: NOW_MS });
      writer.omsNoteRun({ runId, oms });
    }
    const rows = reader()
      .runs(WHOLE)
      .rows.map((row) => runRow.parse(row));
    expect(rows.map(({ oms, requests, state }) => [oms?.state, oms?.requests, requests, state])).toEqual(
      readings.map(([, state]) => [state, 6, COUNTS.requests, 'complete']).reverse(),
    );
    const { complete, orders, invoices, ...counts } = read;
    expect([complete, orders, invoices, rows.at(-1)?.oms]).toEqual([
      true,
      60,
      8,
      { ...counts, state: 'complete', problem: null },
    ]);
    expect(rows[1]?.oms).toEqual({ ...counts, remoteCount: null, state: 'failed', problem });
  });

  test('has no plan for runs from before plans were kept', () => {
    const { folder, writer, reader } = startEngine();
    storeOrders(writer, [wireOrder(1)]);
    tamper(folder, `UPDATE runs SET plan = '[]', cause = 'unknown'`);
    expect(reader().runs(WHOLE).rows).toMatchObject([{ plan: null, cause: 'unknown', state: 'complete' }]);
  });
});

describe('the history of changes', () => {
  const changesOf = (
    engine: ReturnType<typeof startEngine>,
    orderId: number | null = null,
    since: string | null = null,
  ) =>
    engine
      .reader()
      .changes({ orderId, since, ...WHOLE })
      .rows.map((row) => orderChange.parse(row));

  test('shows amounts in the currency of the order, or of the line', () => {
    const engine = startEngine();
    const line = (given: object) => wireLine(10, { order: 1, price_currency: 'kwd', ...given });
    const yen = { currency: 'jpy', amount: '1000', orderitem_set: [line({ price: '1.250', tax_rate: '18.00' })] };
    storeOrders(engine.writer, [wireOrder(1, yen)]);
    const changed = { ...yen, amount: '1200', orderitem_set: [line({ price: '1.5', tax_rate: '20.00' })] };
    storeOrders(engine.writer, [wireOrder(1, changed)], { nowMs: NOW_MS + HOUR });
    const of = { order: { id: 1, number: 'N1' }, seenAt: at(1), run: 2 };
    expect(changesOf(engine)).toEqual([
      { ...of, lineId: 10, field: 'tax_rate', from: '18.00', to: '20.00', currency: 'kwd' },
      { ...of, lineId: 10, field: 'price', from: '1.250', to: '1.500', currency: 'kwd' },
      { ...of, lineId: null, field: 'amount', from: '1000', to: '1200', currency: 'jpy' },
    ]);
  });

  test('names lines that came and went by their article, and keeps texts as they are', () => {
    const engine = startEngine();
    storeOrders(engine.writer, [wireOrder(1, { is_send: false })]);
    const lines = [wireLine(11, { order: 1, product_sku: 'NEW' })];
    storeOrders(engine.writer, [wireOrder(1, { invoice_number: null, orderitem_set: lines })]);
    const found = changesOf(engine).map(({ lineId, field, from, to }) => [lineId, field, from, to]);
    expect(found.reverse()).toEqual([
      [null, 'sent', 'false', 'true'],
      [null, 'invoice_number', 'ABC2026000000001', null],
      [11, 'line', null, 'NEW'],
      [10, 'line', 'SKU-10', null],
    ]);
  });

  test('an order that vanished and came back says when, and its detail says it while it is away', () => {
    const engine = startEngine();
    storeOrders(engine.writer, [wireOrder(1), wireOrder(2)]);
    storeOrders(engine.writer, [wireOrder(1)], { nowMs: NOW_MS + HOUR });
    const detail = (id: number) => orderDetail.parse(engine.reader().orderDetail({ id }));
    expect([detail(1).vanishedAt, detail(2).vanishedAt]).toEqual([null, at(1)]);
    storeOrders(engine.writer, [wireOrder(1), wireOrder(2)], { nowMs: NOW_MS + 2 * HOUR });
    expect(detail(2).vanishedAt).toBeNull();
    expect(changesOf(engine, 2).map(({ field, from, to, seenAt }) => [field, from, to, seenAt])).toEqual([
      ['vanished', at(1), null, at(2)],
      ['vanished', null, at(1), at(1)],
    ]);
  });

  test('is cut by order, by instant and by window; the instant itself counts', () => {
    const engine = startEngine();
    for (const hours of [0, 1, 2]) {
      const amount = `${100 + hours}.00`;
      const orders = [wireOrder(1, { amount }), wireOrder(2, { amount })];
      storeOrders(engine.writer, orders, { nowMs: NOW_MS + hours * HOUR });
    }
    const ids = (orderId: number | null, since: string | null) =>
      changesOf(engine, orderId, since).map(({ order, to }) => `${order.id} ${to}`);
    expect(ids(null, null)).toEqual(['2 102.00', '1 102.00', '2 101.00', '1 101.00']);
    expect(ids(2, null)).toEqual(['2 102.00', '2 101.00']);
    expect(ids(null, at(2))).toEqual(['2 102.00', '1 102.00']);
    expect(ids(1, '2026-11-01T14:00:00+03:00')).toEqual(['1 102.00']);
    expect(ids(1, at(3))).toEqual([]);
    const window = engine.reader().changes({ orderId: null, since: at(1), offset: 1, limit: 2 });
    expect([window.total, window.offset, window.rows.map(({ order, to }) => `${order.id} ${to}`)]).toEqual([
      4,
      1,
      ['1 102.00', '2 101.00'],
    ]);
  });

  test('refuses an unknown order and what is no instant', () => {
    const { reader } = startEngine();
    const opened = reader();
    expect(() => opened.changes({ orderId: 9, since: null, ...WHOLE })).toThrow(
      expect.objectContaining({ code: 'ORDER_UNKNOWN' }),
    );
    for (const since of ['', 'monday', '2026-01-01', '2026-01-01T00:00:00', '2026-02-30T00:00:00Z'])
      expect(() => opened.changes({ orderId: null, since, ...WHOLE })).toThrow(
        expect.objectContaining({ code: 'VALUE_INVALID' }),
      );
  });
});

test('quarantine says where a row stood, what is wrong, and whether an earlier reading is held', () => {
  const { writer, reader } = startEngine();
  storeOrders(writer, [wireOrder(1)]);
  const nameless = { ...wireOrder(3), id: null };
  const orders = [wireOrder(1, { amount: 'NaN' }), wireOrder(2, { status: null }), nameless];
  storeOrders(writer, orders, { nowMs: NOW_MS + HOUR });
  const { total, rows } = reader().quarantine(WHOLE);
  const shown = rows.map((row) => quarantinedRow.parse(row));
  expect(total).toBe(3);
  expect(shown.map(({ orderId, page, path, held, seenAt }) => [orderId, page, path, held, seenAt])).toEqual([
    [null, 1, 'id', false, at(1)],
    [1, 1, 'amount', true, at(1)],
    [2, 1, 'status', false, at(1)],
  ]);
  expect(reader().quarantine({ offset: 1, limit: 1 }).rows).toEqual([shown[1]]);
  expect(writer.quarantined()).toEqual({
    rows: 3,
    orders: [
      { orderId: 1, page: 1, number: 'N1' },
      { orderId: 2, page: 1, number: null },
    ],
  });
});

test('quarantine lists rows of OMS beside them, with the ids and the order of their own source', () => {
  const { writer, reader } = startEngine();
  storeOrders(writer, [wireOrder(1, { amount: 'NaN' })], { nowMs: NOW_MS + HOUR });
  const read = (list: 'orders' | 'invoices', rows: object[], hours: number): void => {
    const nowMs = NOW_MS + hours * HOUR;
    const { passId } = writer.omsBegin({ list, nowMs });
    const body = Buffer.from(JSON.stringify({ count: rows.length, next: null, results: rows }));
    writer.omsPage({ list, passId, sincePass: passId, page: 3, body, nowMs });
    writer.omsFinish({ list, passId, complete: true, nowMs });
  };
  const good = { id: 7, omnitron_id: 1, number: 'N1', state: { enum_value: '550' }, orderitem_set: [] };
  read('orders', [good], 0);
  read('orders', [{ ...good, state: null }, { id: null }], 2);
  read('invoices', [{ id: 5, order: 7, number: [] }], 1);
  const { total, rows } = reader().quarantine(WHOLE);
  const shown = rows.map((row) => quarantinedRow.parse(row));
  expect([
    total,
    shown.map((row) => [row.source, row.list, row.orderId, row.omsId, row.page, row.held, row.seenAt]),
  ]).toEqual([
    4,
    [
      ['oms', 'orders', null, null, 3, false, at(2)],
      ['oms', 'orders', null, 7, null, true, at(2)],
      ['omnitron', 'orders', 1, null, 1, false, at(1)],
      ['oms', 'invoices', null, 5, null, false, at(1)],
    ],
  ]);
  expect(shown[1]).toMatchObject({ path: 'state', code: 'invalid_type' });
  expect(reader().quarantine({ offset: 2, limit: 1 }).rows).toEqual([shown[2]]);
  // Only those of Omnitron can be read again one by one.
  expect(writer.quarantined().rows).toBe(1);
});

test('what is held counts neither vanished orders nor their lines, nor their cancellations when a run is planned', () => {
  const { writer, reader } = startEngine();
  const waiting = wireOrder(2, { orderitem_set: [wireLine(20, { order: 2, cancel_status: 'waiting' })] });
  storeOrders(writer, [wireOrder(1), waiting]);
  expect(writer.syncFacts().cancellations).toEqual([{ status: 'waiting', orders: 1 }]);
  storeOrders(writer, [wireOrder(1)]);
  expect(reader().overview()).toMatchObject({ orders: 1, lines: 1, vanished: 1 });
  expect(writer.syncFacts()).toMatchObject({ held: 1, cancellations: [] });
  const run = writer.beginRun({ kind: 'full', cause: 'command', plan: PLAN, nowMs: NOW_MS });
  const { passId } = writer.beginPart({ runId: run.runId, limit: 100, nowMs: NOW_MS });
  const finished = writer.finishPass({ passId, complete: true, remoteCount: 1, nowMs: NOW_MS });
  expect(finished).toMatchObject({ orders: 1, lines: 1 });
});

test('orders in question are counted until they are accepted; then their run is complete and they are not held', () => {
  const { writer, reader } = startEngine();
  const orders = Array.from({ length: 150 }, (_, index) => wireOrder(index + 1));
  storeOrders(writer, orders);
  const opened = reader();
  expect(opened.overview().inQuestion).toBe(0);
  storeOrders(writer, orders.slice(0, 20));
  const run = writer.beginRun({ kind: 'full', cause: 'command', plan: PLAN, nowMs: NOW_MS });
  const { passId } = writer.beginPass({ runId: run.runId, limit: 100, direction: 'up', nowMs: NOW_MS });
  writer.applyPage({
    passId,
    page: 1,
    nextPage: 2,
    pageSize: null,
    body: Buffer.from(JSON.stringify({ count: 20, next: null, results: orders.slice(0, 20) })),
    reading: run.firstReading,
    nowMs: NOW_MS,
  });
  const finished = writer.finishPass({ passId, complete: true, remoteCount: 20, nowMs: NOW_MS });
  expect(finished).toMatchObject({ notSeen: 130, vanished: 0, inQuestion: 130 });
  const problem = { code: 'VANISHED_IN_QUESTION', message: 'Nothing was marked.' };
  writer.finishRun({ runId: run.runId, state: 'incomplete', counts: { ...COUNTS, problem }, nowMs: NOW_MS });
  expect(opened.overview()).toMatchObject({ inQuestion: 130, orders: 150, vanished: 0, lastSync: { complete: false } });
  expect(opened.orderDetail({ id: 150 }).vanishedAt).toBeNull();
  expect(writer.acceptVanished({ nowMs: NOW_MS + HOUR })).toEqual({ vanished: 130 });
  expect(opened.overview()).toMatchObject({ inQuestion: 0, orders: 20, vanished: 130, lastSync: { complete: true } });
  expect(opened.dataState()).toMatchObject({ lastSync: { complete: true }, vanished: 130 });
  expect(opened.runs(WHOLE).rows[0]).toMatchObject({ id: run.runId, state: 'complete', problem: null });
  expect(opened.orderDetail({ id: 150 }).vanishedAt).toBe(at(1));
});

test('capabilities come with the instant of the probe, and count as unknown where they are not whole', () => {
  const { folder, writer, reader } = startEngine();
  const opened = reader();
  expect(opened.capabilities()).toEqual({ capabilities: null, probedAt: null });
  const known: Capabilities = {
    listPath: '/api/i1/orders/',
    v1List: true,
    ascending: true,
    sort: false,
    modifiedSince: null,
    placedRange: false,
    statusIn: null,
    rowsOf500: 100,
    requests: 9,
  };
  writer.storeCapabilities({ capabilities: known, nowMs: NOW_MS });
  expect(opened.capabilities()).toEqual({ capabilities: known, probedAt: at(0) });
  tamper(folder, `UPDATE sync_state SET capabilities = '{"sort": true}'`);
  expect(opened.capabilities()).toEqual({ capabilities: null, probedAt: at(0) });
});
