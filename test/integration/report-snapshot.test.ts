import { beforeEach, describe, expect, test } from 'vitest';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { openReportSource } from '../../src/main/database/report-source.ts';
import type { CheckRules } from '../../src/main/engine/services.ts';
import { exportReport } from '../../src/main/reports/export-report.ts';
import type { ReportSource } from '../../src/main/reports/source.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders, tempFolder } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';
import { readXlsx } from '../support/xlsx-reader.ts';

/** More than one chunk of each table. */
const COUNT = 2_300;
const RULES: CheckRules = { nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL };
let engine: ReturnType<typeof startEngine>;

/** Every second order in euro, every one with an amount that is 1.00 too high. */
function order(id: number, amount = '108.00'): Record<string, unknown> {
  const currency = id % 2 === 0 ? 'eur' : 'try';
  const invoice = `ABC2026${String(id).padStart(9, '0')}`;
  const line = wireLine(id * 10, { order: id, invoice_number: invoice, price_currency: currency });
  return wireOrder(id, { currency, amount, orderitem_set: [line] });
}

function store(orders: readonly unknown[], end: 'complete' | 'incomplete' | 'not ended'): void {
  storeOrders(engine.writer, orders, { end, nowMs: NOW_MS + 1_000 });
}

function open(rules: CheckRules | null): ReportSource {
  const period = { from: '2026-01-01', to: '2026-01-31' };
  return openReportSource(closeAfterTest(openReaderFile(engine.folder)), {
    company: '',
    connection: 'default',
    source: 'https://shop.example.com',
    period,
    timeZone: ISTANBUL,
    runAtMs: NOW_MS,
    programVersion: '0.1.0',
    rules,
  });
}

const rows = (source: ReportSource) => ({
  orders: [...source.orders()].flat(),
  findings: [...source.findings()].flat(),
});

beforeEach(() => {
  engine = startEngine();
  store(
    Array.from({ length: COUNT }, (_, index) => order(index + 1)),
    'complete',
  );
  engine.writer.runChecks(RULES);
});

/** What a sync beside the report does: an order changes, one arrives, and every finding is made anew. */
function changeEverything(): void {
  store([order(1, '107.00'), order(COUNT, '999.00'), order(COUNT + 1)], 'incomplete');
  engine.writer.runChecks({ ...RULES, nowMs: NOW_MS + 5_000 });
}

describe.each([
  ['stored findings', null],
  ['findings of its own', RULES],
])('a report with %s', (_what, rules) => {
  test('says of how many orders a check could not judge: payments were never read here', () => {
    const { byCheck } = open(rules).control;
    const skippedBy = (code: string) => byCheck.find(({ check }) => check === code)?.skipped;
    expect([skippedBy('amount.payment'), skippedBy('amount.total')]).toEqual([COUNT, 0]);
  });

  test('stays on one snapshot, however often and whenever its rows are walked', () => {
    const source = open(rules);
    const [firstChunk] = source.orders();
    const halfWay = source.findings()[Symbol.iterator]();
    expect(halfWay.next().value).toHaveLength(1_000);
    changeEverything();

    const first = rows(source);
    const second = rows(source);
    expect(second).toEqual(first);
    expect(first.orders).toHaveLength(COUNT);
    expect(first.findings).toHaveLength(COUNT);
    expect(first.orders.slice(0, 1_000)).toEqual(firstChunk);
    expect(halfWay.next().value).toEqual(first.findings.slice(1_000, 2_000));
    expect(first.orders.every(({ amount, findings }) => amount === '108.00' && findings === 1)).toBe(true);
    expect(source.control).toMatchObject({ orders: COUNT, findings: COUNT });
    expect(source.header).toMatchObject({ lastSync: { complete: true }, checkRun: { nowMs: NOW_MS, erpHours: 24 } });
    expect(open(rules).control).toMatchObject({ orders: COUNT + 1, findings: COUNT });
  });

  test('is written whole, each currency from the same rows, while the data changes', async () => {
    const source = open(rules);
    const path = `${tempFolder()}/report.xlsx`;
    let changes = 0;
    const result = await exportReport(
      source,
      { kind: 'reconciliation', format: 'xlsx', period: source.header.period, language: 'en' },
      {
        path,
        negativeStyle: 'minus',
        signal: new AbortController().signal,
        onProgress: (done) => {
          if (changes > 0 || done < 500) return;
          changes += 1;
          changeEverything();
        },
      },
    );
    expect(changes).toBe(1);
    expect(result.rows).toBe(2 * COUNT);
    expect(result.totals).toEqual(source.control.totals);
    const counts = readXlsx(path).sheets.map(({ name, rows: count }) => [name, count]);
    expect(counts.slice(1)).toEqual([
      ['Findings EUR', 4 + COUNT / 2],
      ['Findings TRY', 4 + COUNT / 2],
      ['Orders EUR', 4 + COUNT / 2],
      ['Orders TRY', 4 + COUNT / 2],
    ]);
  });
});

test('the header tells an incomplete pass, one that has not ended, and orders that could not be read', () => {
  store([order(1), { ...order(2), amount: 'damaged' }], 'incomplete');
  expect(open(null).header).toMatchObject({
    lastSync: { finishedAtMs: NOW_MS + 1_000, complete: false, remoteCount: 2 },
    lastCompleteMs: NOW_MS + 1_000,
    unfinishedMs: null,
    quarantined: 1,
  });
  store([order(3)], 'not ended');
  expect(open(null).header).toMatchObject({ unfinishedMs: NOW_MS + 1_000, quarantined: 1 });
});

test('the header counts the orders of the period that no longer occur at Omnitron', () => {
  const later = { ...order(3), date_placed: '2026-02-05T10:00:00Z' };
  engine = startEngine();
  store([order(1), order(2), later, order(4)], 'complete');
  store([order(1)], 'complete');
  expect(open(null).header).toMatchObject({ vanished: 2 });
  expect(open(null).control).toMatchObject({ orders: 3 });
  expect(engine.reader().dataState()).toMatchObject({ vanished: 3 });
});

test.each([
  ['failed', 0, null],
  ['cancelled', 0, null],
  ['failed', 1, NOW_MS + 9_000],
  ['cancelled', 1, NOW_MS + 9_000],
] as const)('a run that %s after %i pages', (state, pages, unfinishedMs) => {
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
  const { runId } = engine.writer.beginRun({ kind: 'full', cause: 'manual', plan, nowMs: NOW_MS + 9_000 });
  expect(engine.reader().dataState()).toMatchObject({ unfinishedMs: NOW_MS + 9_000 });
  const nothing = { requests: 1, retries: 0, created: 0, updated: 0, unchanged: 0, quarantined: 0, notSeen: 0 };
  const counts = { ...nothing, pages, remoteCount: null, probe: null, problem: null };
  engine.writer.finishRun({ runId, state, counts, nowMs: NOW_MS + 9_500 });
  expect(engine.reader().dataState()).toMatchObject({ unfinishedMs });
  expect(open(null).header).toMatchObject({ unfinishedMs });
});

test('the header tells that nothing has ended yet', () => {
  engine = startEngine();
  store([order(1)], 'not ended');
  expect(open(null).header).toMatchObject({
    lastSync: null,
    lastCompleteMs: null,
    unfinishedMs: NOW_MS + 1_000,
    quarantined: 0,
    checkRun: null,
  });
});
