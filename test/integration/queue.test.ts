import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { findingTrace, type TraceStep } from '../../src/shared/decisions.ts';
import { findingRow, findingSchema } from '../../src/shared/findings.ts';
import { DEFAULT_RULES, type Rules } from '../../src/shared/rules.ts';
import {
  CHECKING,
  closeAfterTest,
  ISTANBUL,
  NOW_MS,
  orderFilter,
  startEngine,
  storeOrders,
} from '../support/engine.ts';
import { EVERY, journalOf, startQueue, total, wrongOrder } from '../support/queue-store.ts';

const code = (wanted: string) => expect.objectContaining({ code: wanted });
const steps = (found: readonly TraceStep[]): string[] =>
  found.map(({ what, status }) => (status === null ? what : `${what} ${status}`));

describe('what is decided', () => {
  test('takes a finding out of the queue, and stays with its reason, owner and note', () => {
    const queue = startQueue([wrongOrder(1), wrongOrder(2)]);
    expect(queue.findings().map(({ status }) => status)).toEqual(['open', 'open']);
    const decided = queue.decide([total(1)], { status: 'explained', reason: 'commission', owner: 'Ayşe', note: 'fee' });
    expect(decided).toEqual({ entry: 1, findings: 1 });
    const [first, second] = queue.findings();
    expect(first).toMatchObject({ status: 'explained', reason: 'commission', owner: 'Ayşe', note: 'fee' });
    expect(second).toMatchObject({ status: 'open', reason: null, owner: null, note: null });
    expect(findingSchema.parse(first)).toEqual(first);
    expect(queue.reader().overview().openFindings).toBe(1);
  });

  test('in progress stays in the queue and belongs to whoever says so', () => {
    const queue = startQueue([wrongOrder(1)]);
    queue.decide([total(1)], { status: 'in_progress' });
    const [finding] = queue.findings({ ...EVERY, statuses: ['in_progress'] });
    expect(finding?.owner).toMatch(/\S/);
    expect(queue.findings({ ...EVERY, owner: finding?.owner ?? '' })).toHaveLength(1);
    expect(queue.findings({ ...EVERY, owner: 'somebody else' })).toEqual([]);
    expect(queue.reader().overview().openFindings).toBe(1);
  });

  test('an owner alone changes nothing else', () => {
    const queue = startQueue([wrongOrder(1), wrongOrder(2)]);
    queue.decide([total(1)], { status: 'ignored', reason: 'amount' });
    queue.decide([total(1), total(2)], { owner: 'Can' });
    expect(queue.findings()).toMatchObject([
      { status: 'ignored', reason: 'amount', owner: 'Can' },
      { status: 'open', reason: null, owner: 'Can' },
    ]);
  });

  test.each([
    ['nothing', {}],
    ['explained without a reason', { status: 'explained' as const }],
    ['a reason without a status', { reason: 'amount' as const, owner: 'Can' }],
    ['corrected without a correction', { status: 'corrected' as const }],
  ])('refuses %s and stores nothing', (_what, decision) => {
    const queue = startQueue([wrongOrder(1)]);
    expect(() => queue.decide([total(1)], decision)).toThrow(code('VALUE_INVALID'));
    expect(queue.status(total(1))).toBe('open');
    expect(() => queue.writer.undoDecision({ entry: null, nowMs: NOW_MS })).toThrow(code('ENTRY_UNKNOWN'));
  });

  test('refuses findings that are not held', () => {
    const queue = startQueue([wrongOrder(1)]);
    expect(() => queue.decide([total(9)], { status: 'ignored' })).toThrow(code('FINDING_UNKNOWN'));
    expect(() => queue.writer.addNote({ ...total(9), text: 'x', nowMs: NOW_MS })).toThrow(code('FINDING_UNKNOWN'));
  });

  test('the same everywhere: grid, filter, list, summary and report of one order', () => {
    const queue = startQueue([wrongOrder(1, { unsent: true }), wrongOrder(2), wrongOrder(3)]);
    queue.decide([total(1), total(2)], { status: 'ignored' });
    const reader = queue.reader();
    const rows = reader.ordersWindow({
      filter: orderFilter({ withFindings: true }),
      sort: { column: 'number', direction: 'asc' },
      timeZone: ISTANBUL,
      offset: 0,
      limit: 10,
    });
    expect(rows.rows.map(({ id, findings }) => `${id}: ${findings}`)).toEqual(['1: 1', '3: 1']);
    const open = reader.findingsWindow({
      filter: { ...EVERY, statuses: ['open', 'in_progress'] },
      timeZone: ISTANBUL,
      offset: 0,
      limit: 10,
    });
    expect(open.rows.map(({ check, subject }) => `${check} ${subject}`)).toEqual(['amount.total 3', 'erp.not-sent 1']);
    expect(open.rows.map((row) => findingRow.parse(row))).toEqual(open.rows);
    const summary = reader.findingsSummary({ filter: EVERY, timeZone: ISTANBUL });
    expect(summary.find(({ check }) => check === 'amount.total')).toMatchObject({ count: 3, open: 1 });
    expect(reader.overview().openFindings).toBe(2);
    expect(reader.orderDetail({ id: 1 }).findings.map(({ status }) => status)).toEqual(['ignored', 'open']);
  });
});

describe('a decision holds until the finding changes', () => {
  test.each(['explained', 'accepted', 'ignored'] as const)('%s', (status) => {
    const queue = startQueue([wrongOrder(1)]);
    queue.decide([total(1)], { status, reason: 'amount' });
    queue.change([wrongOrder(1)]);
    expect(queue.status(total(1))).toBe(status);
    queue.change([wrongOrder(1, { wrong: 2 })], NOW_MS + 120_000);
    expect(queue.findings()).toMatchObject([{ status: 'open', reason: null }]);
    const { rows } = queue.reader().findingsWindow({ filter: EVERY, timeZone: ISTANBUL, offset: 0, limit: 1 });
    expect(rows).toMatchObject([{ status: 'open', overtaken: status }]);
    const trace = queue.reader().findingTrace(total(1));
    expect(steps(trace.steps)).toEqual(['opened', `decided ${status}`, 'changed']);
    expect(findingTrace.parse(trace)).toEqual(trace);
  });

  test('in progress goes on', () => {
    const queue = startQueue([wrongOrder(1)]);
    queue.decide([total(1)], { status: 'in_progress' });
    queue.change([wrongOrder(1, { wrong: 2 })]);
    expect(queue.status(total(1))).toBe('in_progress');
  });

  test('days that pass are no change', () => {
    const queue = startQueue([wrongOrder(1, { wrong: 0, unsent: true })]);
    const key = { check: 'erp.not-sent', subject: 1 };
    const before = queue.findings()[0]?.age ?? 0;
    queue.decide([key], { status: 'ignored' });
    queue.writer.runChecks({ ...CHECKING, nowMs: NOW_MS + 5 * 86_400_000 });
    expect(queue.status(key)).toBe('ignored');
    expect(queue.findings()[0]).toMatchObject({ text: { en: expect.stringContaining(`${before + 1 + 5} full days`) } });
  });

  test('a finding that went and came back as it was is still ignored; trace tells', () => {
    const queue = startQueue([wrongOrder(1)]);
    queue.decide([total(1)], { status: 'ignored' });
    queue.change([wrongOrder(1, { wrong: 0 })], NOW_MS + 60_000);
    expect(queue.findings()).toEqual([]);
    queue.change([wrongOrder(1)], NOW_MS + 120_000);
    expect(queue.status(total(1))).toBe('ignored');
    expect(steps(queue.reader().findingTrace(total(1)).steps)).toEqual([
      'opened',
      'decided ignored',
      'closed',
      'reopened',
    ]);
  });

  test('decisions and notes are there after the orders were fetched anew', () => {
    const queue = startQueue([wrongOrder(1), wrongOrder(2)]);
    queue.decide([total(1)], { status: 'explained', reason: 'tax-rate', note: 'agreed' });
    queue.writer.close();
    for (const end of ['', '-wal', '-shm']) rmSync(join(queue.folder, `cache.db${end}`), { force: true });
    const writer = closeAfterTest(createWriter(queue.folder));
    storeOrders(writer, [wrongOrder(1), wrongOrder(2)], { nowMs: NOW_MS + 900_000 });
    writer.runChecks({ ...CHECKING, nowMs: NOW_MS + 900_000 });
    const reader = closeAfterTest(
      createReader(
        queue.folder,
        () => 0,
        () => NOW_MS,
      ),
    );
    expect(reader.findingsAll({ filter: EVERY, timeZone: ISTANBUL })).toMatchObject([
      { subject: 1, status: 'explained', reason: 'tax-rate', note: 'agreed' },
      { subject: 2, status: 'open' },
    ]);
  });
});

describe('tolerance', () => {
  const tolerant = (absolute: string, percent: string): Rules => ({
    ...DEFAULT_RULES,
    tolerances: [{ currency: 'try', absolute, percent }],
  });
  function statusesUnder(rules: Rules, orders: readonly unknown[]) {
    const engine = startEngine();
    engine.writer.close();
    const local = openSqlite(join(engine.folder, 'local.db'), { readonly: false });
    local
      .prepare('INSERT INTO rules (version, rules, chosen_ms, reason) VALUES (1, ?, 0, ?)')
      .run(JSON.stringify(rules), 'agreed');
    local.close();
    const writer = closeAfterTest(createWriter(engine.folder));
    storeOrders(writer, orders);
    writer.runChecks(CHECKING);
    const reader = engine.reader();
    const found = reader.findingsAll({ filter: EVERY, timeZone: ISTANBUL });
    return { writer, reader, statuses: found.map(({ subject, status }) => `${subject} ${status}`) };
  }

  test('accepts differences up to the greater bound by itself, and they are out of the queue but listed', () => {
    const orders = [wrongOrder(1, { wrong: 1 }), wrongOrder(2, { wrong: 2 }), wrongOrder(3, { wrong: 3 })];
    const { reader, writer, statuses } = statusesUnder(tolerant('1', '1.835'), orders);
    // 1.835 % of 109 is 2.00015; of 110 it is 2.0185.
    expect(statuses).toEqual(['1 accepted', '2 accepted', '3 open']);
    expect(reader.overview().openFindings).toBe(1);
    const decideAll = (from: string | null = null) =>
      writer.decideFindings({
        filter: { ...EVERY, period: { from, to: null }, checks: ['amount.total'], statuses: ['open', 'in_progress'] },
        ...{ selection: { mode: 'all', except: [] }, timeZone: ISTANBUL, nowMs: NOW_MS },
        decision: { status: 'ignored', reason: null, owner: null, note: null, correction: null },
      });
    expect(decideAll().findings).toBe(1);
    // All of them are held still: none waits for a decision.
    expect(decideAll).toThrow(/^None of these findings is open or in progress \(2 accepted, 1 ignored; /);
    expect(decideAll).toThrow(code('FINDING_UNKNOWN'));
    expect(() => decideAll('2030-01-01')).toThrow(/^No finding of amount\.total is in the period from 2030-01-01\. /);
    expect(() => decideAll('2030-01-01')).toThrow(code('FINDING_UNKNOWN'));
    expect(
      reader.findingsSummary({ filter: { ...EVERY, statuses: ['accepted'] }, timeZone: ISTANBUL })[0],
    ).toMatchObject({
      count: 2,
      open: 0,
      differences: [{ currency: 'try', difference: '-3.00' }],
    });
  });

  test('a person may open such a finding again', () => {
    const { writer, reader } = statusesUnder(tolerant('5', '0'), [wrongOrder(1)]);
    writer.decideFindings({
      filter: EVERY,
      selection: { mode: 'all', except: [] },
      timeZone: ISTANBUL,
      decision: { status: 'open', reason: null, owner: null, note: null, correction: null },
      nowMs: NOW_MS,
    });
    expect(reader.overview().openFindings).toBe(1);
  });
});

test('a row of a statement is as old as its settlement is late, by working days of its source', () => {
  const engine = startEngine();
  const spec = (settlementDays: number | null) => JSON.stringify({ columns: {}, fee: null, settlementDays });
  const local = openSqlite(join(engine.folder, 'local.db'), { readonly: false });
  const dayMs = Date.parse('2026-04-22T00:00:00+03:00');
  for (const [id, days] of [
    [1, 2],
    [2, null],
    [3, 365],
  ] as const) {
    local
      .prepare(
        `INSERT INTO statements (id, kind, file_name, sha256, spec, rows, accepted, rejected, duplicates, totals, imported_ms)
         VALUES (?, 'gateway', 'a.csv', 'x', ?, 1, 1, 0, 0, '{}', 0)`,
      )
      .run(id, spec(days));
    local
      .prepare(
        `INSERT INTO statement_rows (id, statement_id, line, order_key, currency, amount, day, date_ms, occurrence)
         VALUES (?, ?, 2, 'NOBODY', 'try', 1000000, '2026-04-22', ?, 0)`,
      )
      .run(id, id, BigInt(dayMs));
  }
  local.close();
  engine.writer.runChecks(CHECKING);
  const found = engine
    .reader()
    .findingsAll({ filter: { ...EVERY, checks: ['statement.unmatched-row'] }, timeZone: ISTANBUL });
  const daysSince = (day: string) => Math.floor((NOW_MS - Date.parse(`${day}T00:00:00+03:00`)) / 86_400_000);
  // 23 April is a holiday, 25 and 26 are a weekend; what is not due yet is no day old.
  expect(found.map(({ subject, age }) => [subject, age])).toEqual([
    [1, daysSince('2026-04-27')],
    [2, daysSince('2026-04-22')],
    [3, 0],
  ]);
});

describe('corrected', () => {
  const unsent = { check: 'erp.not-sent', subject: 1 };

  test('a correction that is queued takes the findings that it is for out of the queue until it is withdrawn', () => {
    const queue = startQueue([wrongOrder(1, { unsent: true })]);
    const { id } = queue.writer.addCorrection({
      correction: { target: { kind: 'order', orderId: 1 }, set: { is_send: true } },
      timeZone: ISTANBUL,
      nowMs: NOW_MS,
    });
    expect([queue.status(unsent), queue.status(total(1))]).toEqual(['corrected', 'open']);
    expect(queue.reader().findingTrace(unsent).steps.at(-1)).toMatchObject({ status: 'corrected', correction: id });
    queue.writer.withdrawCorrections({ ids: [id], nowMs: NOW_MS });
    expect(queue.status(unsent)).toBe('open');
  });

  test('marking many as sent is one entry', () => {
    const queue = startQueue([1, 2, 3].map((id) => wrongOrder(id, { unsent: true })));
    queue.writer.markSent({
      filter: orderFilter(),
      selection: { mode: 'ids', ids: [1, 3] },
      timeZone: ISTANBUL,
      nowMs: NOW_MS,
    });
    const found = queue.findings({ ...EVERY, checks: ['erp.not-sent'] });
    expect(found.map(({ subject, status }) => `${subject} ${status}`)).toEqual([
      '1 corrected',
      '2 open',
      '3 corrected',
    ]);
    expect(journalOf(queue.folder).map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'findings.correct 2 findings',
      'correction.propose 2 corrections',
    ]);
  });

  test('by hand, with a correction about its order', () => {
    const queue = startQueue([wrongOrder(1, { unsent: true }), wrongOrder(2)]);
    const { id } = queue.writer.addCorrection({
      correction: { target: { kind: 'order', orderId: 1 }, set: { is_send: true } },
      timeZone: ISTANBUL,
      nowMs: NOW_MS,
    });
    expect(() => queue.decide([total(2)], { status: 'corrected', correction: id })).toThrow(code('VALUE_INVALID'));
    expect(() => queue.decide([total(1)], { status: 'corrected', correction: 99 })).toThrow(code('CORRECTION_UNKNOWN'));
    queue.decide([total(1)], { status: 'corrected', correction: id });
    expect(queue.status(total(1))).toBe('corrected');
  });
});
