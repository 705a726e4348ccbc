import { expect, test } from 'vitest';
import type { SqliteFile } from '../../src/main/database/open.ts';
import { orderSource } from '../../src/main/reconcile/check-scope.ts';
import { CHECKS } from '../../src/main/reconcile/checks/catalogue.ts';
import { findingsOf, runChecks } from '../../src/main/reconcile/run-checks.ts';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';
import { type CheckResults, checkResults, openBeside } from '../support/checked-store.ts';
import { CHECKING, closeAfterTest, ISTANBUL, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An order without an invoice, not yet shipped: nothing is wrong but what is given. */
const plain = (id: number, given: Record<string, unknown> = {}) =>
  wireOrder(id, {
    status: '400',
    invoice_number: null,
    orderitem_set: [wireLine(id * 10, { invoice_number: null, invoice_date: null, ...(given.line as object) })],
    ...given,
    line: undefined,
  });

/** A store whose orders are changed one by one and checked after each change. */
function store(orders: readonly Record<string, unknown>[]) {
  const engine = startEngine();
  const held = new Map(orders.map((order) => [Number(order.id), order]));
  const beside = closeAfterTest(openBeside(engine.folder));
  let rules = CHECKING;
  const check = (all = false) => engine.writer.runChecks({ ...rules, all });
  const pull = () => storeOrders(engine.writer, [...held.values()], { nowMs: rules.nowMs });
  pull();
  check();
  return {
    engine,
    beside,
    check,
    /** Changes orders, or takes them away, and pulls the store. */
    change(...changes: (Record<string, unknown> | { id: number; gone: true })[]) {
      for (const change of changes) {
        if ('gone' in change) held.delete(Number(change.id));
        else held.set(Number(change.id), change as Record<string, unknown>);
      }
      pull();
    },
    after(ms: number) {
      rules = { ...rules, nowMs: rules.nowMs + ms };
      return rules.nowMs;
    },
    set(given: Partial<typeof CHECKING>) {
      rules = { ...rules, ...given };
    },
    results: () => checkResults(beside),
    of: (code: string, subject: number) =>
      checkResults(beside).findings.find((found) => found.check_code === code && found.subject === subject),
  };
}

const many = (count: number, given: (id: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, index) => plain(index + 1, given(index + 1)));
const eventsOf = (results: CheckResults, code: string) =>
  results.events
    .filter(({ check_code }) => check_code === code)
    .map(({ event, at_ms, opened_ms, difference }) => ({ event, at_ms, opened_ms, difference }));

test('a finding closes, changes and comes back with a trace; it keeps the time at which it was found first', () => {
  const { change, check, after, results, of } = store(many(3));
  const openedMs = after(HOUR_MS);
  change(plain(1, { refund_amount: '108.00' }));
  check();
  expect(of('refund.exceeds-order', 1)).toMatchObject({
    opened_ms: openedMs,
    since_ms: openedMs,
    changed_ms: openedMs,
  });
  const changedMs = after(HOUR_MS);
  change(plain(1, { refund_amount: '109.00' }));
  check();
  expect(of('refund.exceeds-order', 1)).toMatchObject({
    opened_ms: openedMs,
    since_ms: openedMs,
    changed_ms: changedMs,
    difference: -2_000_000,
  });
  const closedMs = after(HOUR_MS);
  change(plain(1));
  check();
  expect(of('refund.exceeds-order', 1)).toBeUndefined();
  const backMs = after(HOUR_MS);
  change(plain(1, { refund_amount: '110.00' }));
  check();
  expect(of('refund.exceeds-order', 1)).toMatchObject({ opened_ms: openedMs, since_ms: backMs, changed_ms: backMs });
  // What an event tells of amounts is what they were until then, and what it came back with.
  expect(eventsOf(results(), 'refund.exceeds-order')).toEqual([
    { event: 'changed', at_ms: changedMs, opened_ms: openedMs, difference: -1_000_000 },
    { event: 'closed', at_ms: closedMs, opened_ms: openedMs, difference: -2_000_000 },
    { event: 'reopened', at_ms: backMs, opened_ms: openedMs, difference: -3_000_000 },
  ]);
  check(true);
  expect(eventsOf(results(), 'refund.exceeds-order')).toHaveLength(3);
});

test('an order that vanishes takes its findings along, and brings them back', () => {
  const { change, check, after, results, of } = store(many(3, () => ({ amount: '1.00' })));
  const openedMs = after(0);
  after(HOUR_MS);
  change({ id: 2, gone: true });
  check();
  expect(of('amount.total', 2)).toBeUndefined();
  after(HOUR_MS);
  change(plain(2, { amount: '1.00' }));
  check();
  expect(of('amount.total', 2)).toMatchObject({ opened_ms: openedMs });
  expect(eventsOf(results(), 'amount.total').map(({ event }) => event)).toEqual(['closed', 'reopened']);
});

test('after one changed order only this one is judged, and those that share a number with it', () => {
  const shared = { invoice_number: 'A1' };
  const { change, check, of } = store(many(40, (id) => (id > 37 ? { ...shared, line: shared } : {})));
  expect(check().judged).toBe(0);
  change(plain(5, { amount: '1.00' }));
  expect(check()).toMatchObject({ judged: 1 });
  expect(check().judged).toBe(0);
  expect(of('amount.total', 5)).toBeDefined();
  // 38, 39 and 40 share A1: what the others say about 38 is another thing once it has gone from the group.
  change(plain(38));
  expect(check()).toMatchObject({ judged: 3 });
  expect(of('invoice.duplicate', 38)).toBeUndefined();
  expect(of('invoice.duplicate', 39)).toMatchObject({ facts: '{"numbers":["A1"],"orders":["N40"]}' });
  change({ id: 40, gone: true });
  expect(check()).toMatchObject({ judged: 2 });
  expect(of('invoice.duplicate', 39)).toBeUndefined();
  change(plain(38, { ...shared, line: shared }));
  expect(check()).toMatchObject({ judged: 2 });
  expect(of('invoice.duplicate', 39)).toMatchObject({ facts: '{"numbers":["A1"],"orders":["N38"]}' });
});

test('days that pass are no change', () => {
  const late = { is_send: false, date_placed: '2026-10-30T09:00:00Z' };
  const { check, after, results, of } = store(many(2, () => late));
  const before = of('erp.not-sent', 1);
  expect(before?.facts).toContain('"days":2');
  after(3 * DAY_MS);
  check();
  expect(of('erp.not-sent', 1)).toMatchObject({ changed_ms: before?.changed_ms, basis: before?.basis });
  expect(of('erp.not-sent', 1)?.facts).toContain('"days":5');
  expect(results().events).toEqual([]);
});

test('what only time brings is found within the hour, without a change', () => {
  const { check, after, of } = store([plain(1, { is_send: false, date_placed: '2026-10-31T09:30:00Z' })]);
  expect(of('erp.not-sent', 1)).toBeUndefined();
  after(HOUR_MS);
  expect(check().judged).toBe(0);
  expect(of('erp.not-sent', 1)).toBeDefined();
});

test('the orders that could not be judged are those of now after a run over one order, or say of when they are', () => {
  const { check, change, engine, after } = store(many(3));
  const read = () => {
    const filter = { period: { from: null, to: null }, checks: [], text: '' };
    const summary = engine.reader().findingsSummary({ filter, timeZone: ISTANBUL });
    return summary.flatMap((each) => (each.check === 'refund.missing' ? [[each.skipped, each.skippedAsOf]] : []));
  };
  expect(read()).toEqual([[0, null]]);
  const countedMs = after(60_000);
  change(plain(2, { refund_amount: null }));
  expect(check().judged).toBe(1);
  expect(read()).toEqual([[1, null]]);
  // A large store.
  const nowMs = after(60_000);
  change(plain(3, { refund_amount: null }));
  engine.writer.runChecks({ ...CHECKING, nowMs, all: false, walkBelow: 0 });
  expect(read()).toEqual([[1, new Date(countedMs).toISOString()]]);
  expect(check().judged).toBe(0);
  expect(read()).toEqual([[2, null]]);
});

test('other rules and settings make every order be judged again', () => {
  const { check, set, beside } = store(many(5));
  for (const change of [
    () => set({ erpHours: 25 }),
    () => set({ timeZone: 'UTC' }),
    () =>
      beside.exec(
        `INSERT INTO local.rules (rules, chosen_ms, reason) VALUES ('${JSON.stringify(DEFAULT_RULES)}', 0, '')`,
      ),
    () => beside.exec(`UPDATE check_run SET catalogue = 'older'`),
    () => beside.exec('DELETE FROM check_run'),
  ]) {
    expect(check().judged).toBe(0);
    change();
    expect(check().judged).toBeNull();
  }
});

test('a crash after the findings were stored and before local.db forgot what was touched changes nothing', () => {
  const { engine, beside, check, results } = store(many(5, () => ({ amount: '1.00' })));
  const touch = `INSERT INTO local.touched (kind, subject) VALUES ('order', 3), ('row', 9), ('statements', 1)`;
  beside.exec(touch);
  // What the writer does first; then it is gone.
  runChecks(beside, CHECKING, { all: false });
  const stored = results();
  expect(beside.prepare('SELECT count(*) FROM local.touched').pluck().get()).toBe(3);
  expect(check()).toMatchObject({ judged: 1, findings: 5 });
  expect(results()).toEqual(stored);
  expect(beside.prepare('SELECT count(*) FROM local.touched').pluck().get()).toBe(0);
  expect(engine.writer.runChecks(CHECKING).findings).toBe(5);
});

test('a run aside finds the same, keeps when it was found first, and writes nothing', () => {
  const { engine, beside, change, check, after, of } = store(many(3, () => ({ amount: '1.00' })));
  const openedMs = Number(of('amount.total', 2)?.opened_ms);
  after(HOUR_MS);
  change(plain(2), plain(3, { amount: '2.00' }));
  check();
  after(HOUR_MS);
  change(plain(2, { amount: '1.00' }));
  const files = () => beside.prepare('SELECT count(*), max(rowid) FROM main.finding_events').raw().get();
  const [before, stored] = [files(), checkResults(beside)];
  const reader = engine.reader();
  const filter = { period: { from: null, to: null }, checks: ['amount.total'], text: '' };
  reader.refreshFindings({ ...CHECKING, nowMs: CHECKING.nowMs + 2 * HOUR_MS });
  const { rows } = reader.findingsWindow({ filter, timeZone: ISTANBUL, offset: 0, limit: 10 });
  expect(rows.map(({ order, openedAt }) => [order?.id, Date.parse(openedAt)])).toEqual([
    [1, openedMs],
    [2, openedMs],
    [3, openedMs],
  ]);
  expect(files()).toEqual(before);
  expect(checkResults(beside)).toEqual(stored);
});

/** Tables and indexes of the files that a statement walks from their beginning, by the program that SQLite makes of it. */
function walkedBy(file: SqliteFile, sql: string): string[] {
  interface Step {
    opcode: string;
    p1: number;
    p2: number;
    p3: number;
  }
  const steps = file.prepare<[], Step>(`EXPLAIN ${sql.replace(/:(now|erpMs|stuckMs)\b/g, '0')}`).all();
  const named = (schema: string): Map<number, string> =>
    new Map(file.prepare<[], [number, string]>(`SELECT rootpage, name FROM ${schema}.sqlite_schema`).raw().all());
  const names = new Map([
    [0, named('main')],
    [2, named('local')],
  ]);
  const opened = new Map<number, string>();
  for (const { opcode, p1, p2, p3 } of steps) {
    const name = names.get(p3)?.get(p2);
    if (opcode === 'OpenRead' && name !== undefined) opened.set(p1, name);
  }
  const doing = (opcodes: readonly string[]): Set<number> =>
    new Set(steps.filter(({ opcode }) => opcodes.includes(opcode)).map(({ p1 }) => p1));
  const [begun, goingOn] = [doing(['Rewind', 'Last']), doing(['Next', 'Prev'])];
  return [...opened].filter(([cursor]) => begun.has(cursor) && goingOn.has(cursor)).map(([, name]) => name);
}

test('what a run over everything kept in memory is given back', () => {
  const { beside } = store(many(150, () => ({ amount: '1.00', refund_amount: '2.00' })));
  runChecks(beside, CHECKING, { all: true });
  expect(beside.prepare('SELECT count(*) FROM main.findings').pluck().get()).toBe(300);
  expect(beside.prepare('SELECT count(*) FROM temp.found').pluck().get()).toBe(0);
  expect(beside.pragma('temp.freelist_count', { simple: true })).toBe(0);
});

/** One row for each file or reading: these stay short. */
const SHORT = ['statements', 'oms_passes'];

test('no check walks over whole tables for one touched order', () => {
  const { beside } = store(many(3));
  runChecks(beside, CHECKING, { all: false });
  expect(walkedBy(beside, `SELECT sum(o.line_count) FROM ${orderSource(null)} o`)).toEqual(['orders']);
  const walking = CHECKS.filter(({ scope }) => scope !== 'data').map((check) => {
    const sql = findingsOf(check, DEFAULT_RULES, { timeZone: ISTANBUL, all: false });
    return [
      check.code,
      ...walkedBy(beside, sql),
      ...(check.related === undefined ? [] : walkedBy(beside, check.related)),
    ];
  });
  expect(walking.filter(([, ...walked]) => walked.some((name) => !SHORT.includes(name)))).toEqual([]);
});
