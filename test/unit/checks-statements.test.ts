import { describe, expect, it } from 'vitest';
import { rowStore } from '../support/statement-rows.ts';

const order = (id: number, given: Record<string, unknown> = {}) => ({
  id,
  number: `N${id}`,
  amount: '100.00',
  is_send: true,
  ...given,
});
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
