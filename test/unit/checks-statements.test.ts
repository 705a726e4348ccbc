import { describe, expect, it } from 'vitest';
import { statementDate } from '../../src/main/reconcile/checks/statement-date.ts';
import { statementDuplicateRow } from '../../src/main/reconcile/checks/statement-duplicate-row.ts';
import { DEFAULT_RULES, type Rules } from '../../src/shared/rules.ts';
import { ISTANBUL, NOW_MS, storeOrders } from '../support/engine.ts';
import { order, rowStore } from '../support/statement-rows.ts';
import { wireOrder } from '../support/wire-orders.ts';

/** So that the statement covers the 9th to the 12th of March. */
const FRAME = [
  { order: 'FIRST', amount: '7777.00', date: '09.03.2026' },
  { order: 'LAST', amount: '8888.00', date: '12.03.2026' },
];

describe('ERP checks', () => {
  it('find what is flagged and absent only where a statement covers the day', async () => {
    const store = rowStore([
      order(1),
      order(2, { date_placed: '2026-03-12T20:59:59Z' }),
      order(3, { date_placed: '2026-03-12T21:00:00Z' }),
      order(4, { is_send: false }),
    ]);
    const statement = await store.import('erp', FRAME);
    store.match();
    // 20:59:59Z is still the 12th in Istanbul, 21:00Z is the 13th.
    expect(store.findings('erp.sent-but-absent').map(({ subject }) => subject)).toEqual([1, 2]);
    store.writer.withdrawStatement({ statement, reason: 'wrong file', nowMs: 5 });
    expect(store.findings('erp.sent-but-absent')).toEqual([]);
    expect(store.findings('statement.unmatched-row')).toEqual([]);
  });

  it('claim no absence where a row that was rejected names the order, and count it as not judged', async () => {
    const invoice = 'ABC2026000000007';
    const orders = [
      ...[order(1), order(2), order(3, { invoice_number: invoice }), order(4), order(5, { is_send: false })],
      ...[order(6, { date_placed: '2026-04-01T09:00:00Z' })],
    ];
    const store = rowStore(orders);
    const bad = { order: 'N2', amount: 'abc' };
    const others = [
      { order: 'N4', amount: '100.00' },
      { order: 'N4', amount: '1,2,3' },
      { order: 'N5', amount: 'abc' },
    ];
    const rows = [...FRAME, bad, { invoice, amount: '1.00', date: '40.03.2026' }, ...others];
    const statement = await store.import('erp', rows, {}, 4);
    store.match();
    const skipped = () =>
      store.file.prepare("SELECT orders FROM main.check_skips WHERE check_code = 'erp.sent-but-absent'").pluck().get();
    const absent = () => store.findings('erp.sent-but-absent').map(({ subject }) => subject);
    expect(absent()).toEqual([1]);
    // 2 and 3 for their rows; 6 for want of a statement of its day; 4 has its row.
    expect(skipped()).toBe(3);
    const months = [
      { from: null, to: '2026-03-31' },
      { from: '2026-04-01', to: null },
      { from: null, to: null },
    ].map((period) => store.reader.skippedOrders({ period, timeZone: ISTANBUL }));
    const ofCheck = months.map((each) => each.find(({ check }) => check === 'erp.sent-but-absent')?.orders);
    expect(ofCheck).toEqual([2, 1, 3]);
    expect(store.reader.statementMatches()).toMatchObject([
      { confirmed: 1, suggested: 0, ambiguous: 0, unmatched: 2, rejected: 4, rejectedOrders: 4 },
    ]);
    expect(store.reader.statementsList({ offset: 0, limit: 1 }).rows[0]).toMatchObject({ rows: 7, accepted: 3 });
    expect(store.reader.rejectedOfOrder({ id: 2 })).toEqual([
      {
        ...{ statement, kind: 'erp', fileName: 'rows-1.csv', line: 4, field: 'amount', code: 'not-an-amount' },
        ...{ value: 'abc', order: 'N2', invoice: null, transaction: null },
      },
    ]);
    expect(store.reader.rejectedOfOrder({ id: 3 })).toMatchObject([{ line: 5, field: 'date', invoice }]);
    // A change of the order alone is judged as everything is.
    const changed = orders.map((each) => (each.id === 2 ? { ...each, amount: '101.00' } : each));
    storeOrders(
      store.writer,
      changed.map((each) => wireOrder(each.id, { date_placed: '2026-03-10T09:00:00Z', ...each })),
    );
    expect(absent()).toEqual([1]);
    await store.import('erp', [{ order: 'N2', amount: '101.00' }]);
    store.match();
    expect([absent(), skipped()]).toEqual([[1], 2]);
    store.writer.withdrawStatement({ statement, reason: 'unreadable', nowMs: 5 });
    expect(absent()).toEqual([1, 3, 4]);
    expect(store.reader.rejectedOfOrder({ id: 2 })).toEqual([]);
  });

  it('tell a wrong amount from an order that is booked twice', async () => {
    const store = rowStore([
      order(1),
      order(2),
      order(3),
      order(4, { refund_amount: '40.00' }),
      order(5, { is_send: false }),
    ]);
    await store.import('erp', [
      { order: 'N1', amount: '100.01' },
      { order: 'N2', amount: '60.00' },
      { order: 'N2', amount: '40.00' },
      { order: 'N2', amount: '40.00', date: '11.03.2026' },
      { order: 'N2', amount: '60.00', date: '11.03.2026' },
      { order: 'N3', amount: '150.00' },
      { order: 'N3', amount: '50.00' },
      { order: 'N4', amount: '100.00' },
      { order: 'N4', amount: '-41.00' },
      { order: 'N5', amount: '100.00' },
    ]);
    store.match();
    expect(store.findings('erp.amount').map(({ subject, difference }) => [subject, difference])).toEqual([
      [1, 10_000],
      [3, 100_000_000],
      [4, -1_000_000],
    ]);
    expect(store.findings('erp.duplicate').map(({ subject, difference }) => [subject, difference])).toEqual([
      [2, 100_000_000],
    ]);
    expect(store.findings('erp.unflagged').map(({ subject }) => subject)).toEqual([5]);
  });

  it.each(['0.00', '-0.00'])(
    'take a row of %s for a wrong amount, never for one that is booked several times',
    async (none) => {
      const store = rowStore([order(1), order(2, { amount: '0.00' }), order(3), order(4)]);
      await store.import('erp', [
        { order: 'N1', amount: none },
        { order: 'N2', amount: none },
        ...[1, 2, 3].map((day) => ({ order: 'N3', amount: '100.00', date: `1${day}.03.2026` })),
        { order: 'N4', amount: none },
        { order: 'N4', amount: none, date: '11.03.2026' },
      ]);
      store.match();
      expect(store.findings('erp.duplicate').map(({ subject, difference }) => [subject, difference])).toEqual([
        [3, 200_000_000],
      ]);
      expect(
        store.findings('erp.amount').map(({ subject, difference, facts }) => [subject, difference, facts]),
      ).toEqual(
        [1, 4].map((id) => [
          id,
          -100_000_000,
          { sides: [expect.objectContaining({ side: 'sale', expected: '0', actual: '100000000' })] },
        ]),
      );
    },
  );

  it('add up the largest rows that a statement may have', async () => {
    const store = rowStore([order(1, { status: '100' })]);
    const most = '1000000000000.00';
    const sales = Array.from({ length: 12 }, (_, n) => ({ order: 'N1', amount: most, date: `${10 + n}.03.2026` }));
    await store.import('erp', [...sales, { order: 'N1', amount: `-${most}` }]);
    store.match();
    expect(store.findings('erp.sent-but-cancelled').map(({ subject }) => subject)).toEqual([1]);
  });
});

describe('statement checks', () => {
  it('judge a fee by the schedule, to the cent, from the net where there is one', async () => {
    const store = rowStore([order(1), order(2), order(3), order(4, { refund_amount: '10.00' })]);
    const fee = { percent: '1.995', fixed: '0.25' };
    const rows = [
      { order: 'N1', amount: '100.00', fee: '2.25' },
      { order: 'N2', amount: '100.00', fee: '2.24' },
      { order: 'N3', amount: '100.00', fee: '2.25', net: '97.00' },
      { order: 'N4', amount: '-10.00', fee: '9.00' },
    ];
    await store.import('gateway', rows, { fee });
    store.match();
    // 1.995 rounds half up to 2.00.
    expect(store.findings('statement.fee').map(({ order: of, difference }) => [of, difference])).toEqual([
      [2, -10_000],
      [3, 750_000],
    ]);
  });

  it('judge the fee of the largest rows', async () => {
    const store = rowStore([order(1)]);
    const most = '1000000000000.00';
    const rows = [{ order: 'N1', amount: most, fee: most, net: `-${most}` }];
    await store.import('gateway', rows, { fee: { percent: '1.99', fixed: '0' } });
    store.match();
    expect(store.findings('statement.fee')).toHaveLength(1);
    const filter = { period: { from: null, to: null }, checks: ['statement.fee' as const], text: '' };
    expect(store.reader.findingsAll({ filter, timeZone: ISTANBUL })).toMatchObject([
      { expected: '2000000000000.00', actual: '19900000000.00', difference: '1980100000000.00' },
    ]);
  });

  it.each([
    [2, '2nd'],
    [3, '3rd'],
    [4, '4th'],
    [11, '11th'],
    [12, '12th'],
    [13, '13th'],
    [21, '21st'],
    [22, '22nd'],
    [103, '103rd'],
    [111, '111th'],
  ])('say of %i equal rows which one it is', (occurrence, words) => {
    const facts = { amount: '66000000', occurrence, statement: null };
    const found = { currency: 'try', expected: null, actual: null, difference: null, facts };
    const { en, tr } = statementDuplicateRow.sentence(found);
    expect(en).toContain(`for the ${words} time`);
    expect(tr).toContain(`${occurrence}. kez`);
  });

  it.each([
    [1, '1 working day after'],
    [2, '2 working days after'],
  ])('say that %i is the most', (settlement, words) => {
    const facts = { day: '2026-03-20', orderDay: '2026-03-12', settlement };
    const found = { currency: 'try', expected: null, actual: null, difference: null, facts };
    expect(statementDate.sentence(found).en).toContain(`more than ${words} its order`);
  });

  it('find rows before their order and after the settlement days, weekends and holidays not counted', async () => {
    // A Thursday: the second working day after it is Monday, the 16th.
    const store = rowStore([1, 2, 3, 4].map((id) => order(id, { date_placed: '2026-03-12T05:00:00Z' })));
    const rows = [
      { order: 'N1', amount: '100.00', date: '16.03.2026' },
      { order: 'N2', amount: '100.00', date: '17.03.2026' },
      { order: 'N3', amount: '100.00', date: '11.03.2026' },
      { order: 'N4', amount: '100.00', date: '12.03.2026' },
    ];
    await store.import('gateway', rows, { settlementDays: 2 });
    store.match();
    expect(store.findings('statement.date').map(({ order: of }) => of)).toEqual([2, 3]);
  });

  it('count the settlement days of a source by its calendar, and judge no row whose holidays are not known', async () => {
    // The Tuesday before Kurban Bayramı: the second working day after it is 2 June; one beyond the known years.
    const store = rowStore([
      ...[1, 2].map((id) => order(id, { date_placed: '2026-05-26T05:00:00Z' })),
      ...[3, 4].map((id) => order(id, { date_placed: '2030-12-30T05:00:00Z' })),
    ]);
    const rows = [
      { order: 'N1', amount: '100.00', date: '02.06.2026' },
      { order: 'N2', amount: '100.00', date: '03.06.2026' },
      { order: 'N3', amount: '100.00', date: '01.01.2031' },
      { order: 'N4', amount: '100.00', date: '20.01.2031' },
    ];
    await store.import('gateway', rows, { settlementDays: 2 });
    store.match();
    const late = () => store.findings('statement.date').map(({ order: of }) => of);
    const skipped = () =>
      store.file.prepare("SELECT orders FROM main.check_skips WHERE check_code = 'statement.date'").pluck().get();
    // The row of order 3 came after two days of any sort: that is not late whatever the holidays.
    expect([late(), skipped()]).toEqual([[2], 1]);
    const choose = (calendars: Rules['calendars']) =>
      store.writer.chooseRules({ rules: { ...DEFAULT_RULES, calendars }, reason: 'agreed', nowMs: NOW_MS });
    const own = { weekend: [0, 6], holidays: 'fixed', closed: ['2026-05-28', '2026-06-02'], open: [] } as const;
    const calendar = { ...own, weekend: [...own.weekend], closed: [...own.closed], open: [] };
    choose([
      { source: "bank's own", ...calendar, holidays: 'none' },
      { source: 'gateway', ...calendar },
    ]);
    // Wednesday and Friday work: the second working day is 29 May.
    expect([late(), skipped()]).toEqual([[1, 2, 4], 0]);
    choose([]);
    expect([late(), skipped()]).toEqual([[2], 1]);
  });

  it('find equal rows of one file, and propose an order for a damaged key where one alone fits', async () => {
    const number = (tail: string) => `27901234567890${tail}`;
    const store = rowStore([
      order(1, { number: number('11') }),
      order(2, { number: '2789999999999999', amount: '55.00' }),
      order(3, { number: number('22'), amount: '55.00' }),
      order(4, { number: 'N4', amount: '66.00' }),
    ]);
    await store.import('erp', [
      { order: '2.79E+15', amount: '100.00', date: '15.03.2026' },
      { order: '2.79E+15', amount: '55.00', date: '15.03.2026' },
      { order: 'N4', amount: '66.00' },
      { order: 'N4', amount: '66.00' },
    ]);
    store.match();
    expect(store.findings('statement.damaged-key').map(({ order: of, facts }) => [of, facts])).toEqual([
      [1, { amount: '100000000', key: '2.79E+15', orders: 1, number: number('11') }],
      [null, { amount: '55000000', key: '2.79E+15', orders: 2, number: null }],
    ]);
    expect(store.findings('statement.duplicate-row').map(({ order: of }) => of)).toEqual([4]);
    expect(store.findings('statement.unmatched-row')).toEqual([]);
  });

  it('compare a batch that a person accepted with what its rows pay out', async () => {
    const store = rowStore([order(1), order(2)]);
    await store.import('gateway', [
      { order: 'N1', amount: '100.00', fee: '2.00', batch: 'B' },
      { order: 'N2', amount: '100.00', fee: '2.00', batch: 'B' },
    ]);
    const bank = await store.import('bank', [{ batch: 'B', amount: '190.00' }]);
    store.match();
    expect(store.findings('statement.amount')).toEqual([]);
    const row = store.groups().find(({ rows }) => rows[0]?.statement === bank);
    store.writer.matchAccept({ rowIds: [row?.group ?? 0], orderId: null, nowMs: 3 });
    expect(
      store.findings('statement.amount').map(({ subject, difference, facts }) => [subject, difference, facts]),
    ).toMatchObject([[1, -6_000_000, { sides: [{ kind: 'bank', side: 'batch', batch: 'B', orders: 2 }] }]]);
  });
});
