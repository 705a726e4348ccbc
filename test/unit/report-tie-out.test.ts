import { describe, expect, it } from 'vitest';
import { ORDER_AMOUNTS } from '../../src/main/reports/columns.ts';
import { OrderSums } from '../../src/main/reports/order-sums.ts';
import type { ReportControl, ReportOrder } from '../../src/main/reports/source.ts';
import { TieOut } from '../../src/main/reports/tie-out.ts';
import { reportFinding, reportOrder, reportSource } from '../support/report-source.ts';

const orders = [
  reportOrder(1),
  reportOrder(2, { amount: '-0.10', refund: null }),
  reportOrder(3, { currency: 'eur', amount: '7.00', refund: '2.50' }),
];
const findings = [
  reportFinding(1),
  reportFinding(2, { difference: '0.25' }),
  reportFinding(3, { check: 'invoice.missing', currency: 'eur', expected: null, actual: null, difference: null }),
];

function walked(): TieOut {
  const tieOut = new TieOut();
  for (const order of orders) tieOut.addOrder(order);
  for (const finding of findings) tieOut.addFinding(finding);
  return tieOut;
}

const control = reportSource(orders, findings).control;

describe('tying a report out', () => {
  it('adds up per currency what was written', () => {
    const tieOut = walked();
    expect(tieOut.rows).toBe(6);
    expect(tieOut.totals()).toEqual({
      try: { orders: 2, amount: '104.90', refund: '0.00' },
      eur: { orders: 1, amount: '7.00', refund: '2.50' },
    });
    expect(() => tieOut.verify(control)).not.toThrow();
  });

  const tryTotals = { orders: 2, amount: '104.90', refund: '0.00' };
  const eurTotals = { orders: 1, amount: '7.00', refund: '2.50' };
  const wrong: [string, Partial<ReportControl>][] = [
    ['one order too few', { orders: 2 }],
    ['one finding too many', { findings: 4 }],
    ['a cent of an amount', { totals: { try: { ...tryTotals, amount: '104.91' }, eur: eurTotals } }],
    ['a millionth of a refund', { totals: { try: { ...tryTotals, refund: '0.000001' }, eur: eurTotals } }],
    [
      'orders in the other currency',
      { totals: { try: { ...tryTotals, orders: 1 }, eur: { ...eurTotals, orders: 2 } } },
    ],
    ['a currency that is missing', { totals: { try: tryTotals } }],
    [
      'a currency that was not written',
      { totals: { try: tryTotals, eur: eurTotals, usd: { orders: 0, amount: '0.00', refund: '0.00' } } },
    ],
    ['the first date', { firstDateMs: 0 }],
    ['the last date', { lastDateMs: null }],
    [
      'findings of another check',
      { byCheck: control.byCheck.map((entry) => (entry.check === 'invoice.missing' ? { ...entry, count: 2 } : entry)) },
    ],
    [
      'a difference',
      {
        byCheck: control.byCheck.map((entry) =>
          entry.check === 'amount.total'
            ? { ...entry, differences: [{ currency: 'try', difference: '-1.24' }] }
            : entry,
        ),
      },
    ],
    ['differences that are not stated', { byCheck: control.byCheck.map((entry) => ({ ...entry, differences: [] })) }],
    ['findings of another status', { byStatus: control.byStatus.map((entry) => ({ ...entry, count: 9 })) }],
    ['a status that is not stated', { byStatus: [] }],
    ['a check that is not stated', { byCheck: control.byCheck.filter((entry) => entry.check !== 'invoice.missing') }],
  ];

  it.each(wrong)('refuses the report for %s', (_what, change) => {
    expect(() => walked().verify({ ...control, ...change })).toThrow(
      expect.objectContaining({ code: 'INTERNAL', message: expect.stringContaining('does not tie out') }),
    );
  });

  it('compares the sum of every amount column that the report states', () => {
    const sumsOf = (changed: Partial<ReportOrder>): OrderSums => {
      const sums = new OrderSums();
      for (const order of orders) sums.add(order.id === 2 ? { ...order, ...changed } : order);
      return sums;
    };
    expect(() => walked().verifySums(sumsOf({}))).not.toThrow();
    for (const column of ORDER_AMOUNTS) {
      expect(() => walked().verifySums(sumsOf({ [column]: '3.000001' })), column).toThrow(`${column} in try`);
    }
    expect(() => walked().verifySums(sumsOf({ currency: 'usd' }))).toThrow('does not tie out');
  });
});
