import { describe, expect, test } from 'vitest';
import { besideOms, type OmsLine } from '../../src/shared/oms.ts';
import type { OrderLine } from '../../src/shared/orders.ts';

function line(id: number, given: Partial<OrderLine> = {}): OrderLine {
  return {
    id,
    sku: `SKU-${id}`,
    status: '550',
    currency: 'try',
    price: '100.00',
    taxRate: '20',
    discount: '0.00',
    interest: null,
    quantity: null,
    cancelStatus: null,
    invoiceNumber: null,
    invoiceDate: null,
    eArchiveUrl: null,
    trackingNumber: null,
    shippingCompany: null,
    ...given,
  };
}

function omsLine(omnitronId: number | null, given: Partial<OmsLine> = {}): OmsLine {
  return {
    id: 1000 + (omnitronId ?? 0),
    omnitronId,
    sku: `SKU-${omnitronId}`,
    state: '550',
    currency: 'try',
    price: '100.00',
    netAmount: '100.00',
    retailPrice: null,
    discount: '0.00',
    taxRate: '20',
    ...given,
  };
}

const order = (lines: OrderLine[], invoiceNumber: string | null = null) => ({ status: '550', invoiceNumber, lines });
const oms = (lines: OmsLine[], state = '550') => ({ state, lines, invoices: [] });
const pairsOf = (ours: OrderLine[], theirs: OmsLine[]) =>
  besideOms(order(ours), oms(theirs)).lines.map((pair) => [pair.omnitron?.id, pair.oms?.id, ...pair.differs]);

describe('an order beside OMS', () => {
  test('without any difference says so', () => {
    expect(besideOms(order([line(1), line(2)]), oms([omsLine(2), omsLine(1)]))).toMatchObject({
      stateDiffers: false,
      strangeInvoices: [],
      differences: 0,
    });
  });

  test.each([
    ['a state', { state: '600' }, ['state']],
    ['a price', { price: '101.00' }, ['price']],
    ['a currency', { currency: 'eur' }, ['price']],
    ['a discount', { discount: '1.00' }, ['discount']],
    ['a discount that OMS does not give', { discount: null }, []],
    ['everything', { state: '600', price: '1.00', discount: '1.00' }, ['state', 'price', 'discount']],
  ])('tells %s of a line', (_name, given, differs) => {
    expect(pairsOf([line(1)], [omsLine(1, given)])).toEqual([[1, 1001, ...differs]]);
  });

  test('tells lines that one side has not', () => {
    expect(pairsOf([line(1), line(2)], [omsLine(2), omsLine(3)])).toEqual([
      [1, undefined, 'onlyOmnitron'],
      [2, 1002],
      [undefined, 1003, 'onlyOms'],
    ]);
  });

  test('joins lines without an id by article, never one that names another line', () => {
    const same = { sku: 'A' };
    expect(pairsOf([line(1, same), line(2, same)], [omsLine(null, { ...same, id: 7 }), omsLine(1, same)])).toEqual([
      [1, 1001],
      [2, 7],
    ]);
    expect(pairsOf([line(1, same), line(2, { sku: 'B' })], [omsLine(2, same)])).toEqual([
      [1, undefined, 'onlyOmnitron'],
      [2, 1002],
    ]);
  });

  test('counts the order’s state and invoices that Omnitron does not know', () => {
    const invoices = ['A1', 'B2', 'C3', 'C3', null].map((number, id) => ({ id, number, type: null, status: null }));
    const ours = order([line(1, { invoiceNumber: 'B2' })], 'A1');
    expect(besideOms(ours, { ...oms([omsLine(1)], '600'), invoices })).toMatchObject({
      stateDiffers: true,
      strangeInvoices: ['C3'],
      differences: 2,
    });
  });
});
