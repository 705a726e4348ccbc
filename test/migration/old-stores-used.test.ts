import { describe, expect, test } from 'vitest';
import { BATCH_STATES } from '../../src/shared/batches.ts';
import { CHECKING, ISTANBUL, orderFilter, startEngine, storeOrders, tempFolder } from '../support/engine.ts';
import { AUDIT_KEY } from '../support/old-stores/local-4-audit.ts';
import { OLD_STORES, oldStore, type Versions } from '../support/old-stores.ts';
import { wireOrder } from '../support/wire-orders.ts';

/* Stores of every released version, opened by the program as it is: all of it can be read, and it goes on from there. */

const ALL = { offset: 0, limit: 500 };
const EVER = { period: { from: null, to: null }, timeZone: ISTANBUL };
const FINDINGS = { filter: { period: EVER.period, checks: [], text: '' }, timeZone: ISTANBUL };
const ORDERS = {
  filter: orderFilter(),
  sort: { column: 'number', direction: 'asc' },
  timeZone: ISTANBUL,
  ...ALL,
} as const;
/** An amount beyond 2^53 millionths, as it is shown. */
const HUGE = '9007199254.740993';
const PEOPLE = ['Ali İ', 'Ayşe Ğ', 'gone'];

type Reader = ReturnType<ReturnType<typeof startEngine>['reader']>;

/** Orders with what belongs to them in `cache.db`, as far as its version had room for it. */
function expectOrders(reader: Reader, { cache, local }: Versions): void {
  const since = <T>(version: number, value: T, before: T): T => (cache >= version ? value : before);
  const held = since(6, 28, 27);
  const { total, rows } = reader.ordersWindow(ORDERS);
  expect([total, rows.length]).toEqual([held, held]);
  const amounts = Object.fromEntries(rows.map(({ number, amount }) => [number, amount]));
  const [most, least] = ['9223372036854.775807', '-9223372036854.775807'];
  expect(amounts).toMatchObject({ N1: '9007199254740.993123', N3: '3.00', N9103: '-5.00', N9105: most, N9106: least });
  expect(amounts).toMatchObject({ 'İĞÜŞÖÇ-ığüşöç-1': '115.250001', N9104: HUGE });
  const lines = reader.orderDetail({ id: 9101 }).lines.map(({ sku, price, discount }) => [sku, price, discount]);
  expect(lines).toEqual([
    ['ŞAL-ığ', '60.00', '1.50'],
    ['ÇANTA', '40.00', '0.25'],
  ]);
  const gone = since(2, 1, 0);
  const counts = { openFindings: since(6, 3, 0), pendingCorrections: local >= 3 ? 12 : 7 };
  expect(reader.overview()).toMatchObject({ orders: held - gone, vanished: gone, ...counts });
  expect(reader.quarantine(ALL).total).toBe(since(9, 5, since(4, 4, 2)));
  expect(reader.runs(ALL).rows.map(({ state, oms }) => `${state} ${oms?.state ?? ''}`.trim())).toEqual([
    ...since(9, ['complete'], []),
    ...since(7, ['cancelled cancelled', 'complete incomplete', 'complete failed', 'complete complete'], []),
    ...since(2, ['running', 'interrupted', 'complete', 'cancelled', 'failed'], []),
    ...['incomplete', 'incomplete', 'incomplete', 'complete'],
  ]);
  const changes = reader.changes({ orderId: null, since: null, ...ALL }).rows;
  expect(changes.map(({ to }) => to)).toEqual(
    since(2, ['İST2026000000001', null, 'SKU-2', '9007199254740.993123'], []),
  );
  const payments = reader.orderPayments({ id: 1 })?.payments;
  expect(payments?.transactions.map(({ amount }) => amount).slice(0, 4)).toEqual(
    since(3, [HUGE, '5.00', '-0.000001', `-${HUGE}`], undefined),
  );
  expect(payments?.plans[0]?.refund).toBe(since(3, HUGE, undefined));
  expect(reader.omsOfOrder({ id: 1 }).order?.lines.map(({ price }) => price)).toEqual(
    since(4, [HUGE, '-0.000001'], undefined),
  );
}

/** What people have decided, as far as the version of `local.db` had room for it. */
function expectDecisions(reader: Reader, { cache, local }: Versions): void {
  const since = <T>(version: number, value: T, before: T): T => (local >= version ? value : before);
  const { rows: corrections } = reader.correctionsList({ states: [], batch: null, ...ALL });
  expect(corrections.map(({ id }) => id)).toEqual([
    ...since(3, [27, 26, 25, 24, 23, 22, 21], []),
    12,
    8,
    7,
    6,
    5,
    4,
    3,
    2,
    1,
  ]);
  expect(corrections.filter(({ batch }) => batch?.number === '2025-0001').map(({ id }) => id)).toEqual([
    8, 6, 5, 4, 3, 2, 1,
  ]);
  expect(reader.receipts({ id: 7 }).map(({ reading }) => reading)).toEqual([
    { is_send: false },
    null,
    { is_send: true },
  ]);
  const batches = reader.batchesList({ states: [], ...ALL }).rows;
  expect(new Set(batches.map(({ state }) => state))).toEqual(
    new Set(since<readonly string[]>(3, BATCH_STATES, ['draft'])),
  );
  const cancelled = corrections.find(({ id }) => id === 24)?.cancellation;
  expect(cancelled?.amount).toBe(since(3, HUGE, undefined));
  const kinds = reader.statementsList(ALL).rows.map(({ kind }) => kind);
  expect(kinds).toEqual(since(2, ['marketplace', 'bank', 'gateway', 'erp'], []));
  expect(reader.profilesList()).toHaveLength(since(2, 4, 0));
  if (local >= 2) {
    const { rows } = reader.statementRows({
      statement: 1,
      filter: { text: '', damaged: false, currency: null },
      ...ALL,
    });
    expect(rows.map(({ amount }) => amount)).toEqual([HUGE, '-0.000001', '-1.000001']);
    expect(reader.rejectedRows({ statement: 1, ...ALL }).total).toBe(since(5, 3, 1));
    expect(reader.matchesOfOrder({ id: 1 }).map(({ state }) => state)).toEqual(['confirmed']);
    const { steps, notes } = reader.findingTrace({ check: 'amount.total', subject: 9101 });
    expect(steps.map(({ what, isUndone }) => `${what} ${isUndone}`)).toEqual(
      cache >= 6 ? ['decided true', 'undone false', 'opened false', 'changed false'] : [],
    );
    expect(notes.map(({ text }) => text)).toEqual(['Mağaza soruldu, ığüşöç']);
  }
  expect([reader.rulesInForce().version, reader.matchRules().version]).toEqual(since(2, [2, 1], [0, 0]));
  expect(reader.matchRuns(ALL).rows.map(({ run }) => run)).toEqual(since(2, [4, 1], []));
  expect(reader.users({ nowMs: 0 }).map(({ name }) => name)).toEqual(since(4, PEOPLE, []));
  expect(reader.control().version).toBe(since(4, 2, 0));
  const verdict = reader.auditVerify({ keys: [AUDIT_KEY] });
  const plain = since(2, since(4, 5, 4), 0);
  expect(verdict).toMatchObject({ ok: true, entries: plain + since(4, 1, 0), plain, uncheckedKeyed: 0, bad: null });
}

describe.each(OLD_STORES)('a store of version $cache of cache.db and version $local of local.db', (versions) => {
  test('is read, checked and pulled anew as any other', () => {
    const folder = tempFolder();
    oldStore(folder, versions);
    const { writer, reader: readers } = startEngine(folder);
    const reader = readers();
    expectOrders(reader, versions);
    expectDecisions(reader, versions);

    // What is found does not depend on what older checks had found.
    const found = (): string[] =>
      reader
        .findingsAll(FINDINGS)
        .map(({ check, subject, expected, actual, difference }) =>
          JSON.stringify([check, subject, expected, actual, difference]),
        );
    expect(writer.runChecks({ ...CHECKING, all: false }).judged).toBeNull();
    const first = found();
    expect(first.length).toBeGreaterThan(50);
    writer.runChecks(CHECKING);
    expect(found()).toEqual(first);
    // Order 5 had vanished, order 9 has no invoice.
    const checksOf = (id: number): string[] =>
      reader.findingsAll(FINDINGS).flatMap(({ check, order }) => (order?.id === id ? check : []));
    if (versions.cache >= 2) expect(checksOf(5)).toEqual(['data.vanished']);
    expect(checksOf(9)).toContain('invoice.missing');
    expect(reader.periodTotals(EVER).orders).toBe(versions.cache < 6 ? 27 : 28);
    reader.calibrate(EVER);

    const outcome = storeOrders(writer, [wireOrder(1), wireOrder(2), wireOrder(900)]);
    expect(outcome).toMatchObject({ created: 1, updated: 2, quarantined: 0 });
    expect(reader.overview()).toMatchObject({ orders: 3, vanished: versions.cache < 6 ? 25 : 26 });
    expect(writer.withdrawCorrections({ ids: [1], nowMs: 1 })).toEqual({ withdrawn: 1 });
    expect(writer.runChecks({ ...CHECKING, all: false }).judged).toBeGreaterThan(20);
    const since = found();
    writer.runChecks(CHECKING);
    expect(found()).toEqual(since);
  });
});
