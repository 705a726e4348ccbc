import { describe, expect, test } from 'vitest';
import { CHECKS, checkOf } from '../../src/main/reconcile/checks/catalogue.ts';
import { checkCode, type Finding } from '../../src/shared/findings.ts';
import { CHECKING, ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { orderOf } from '../support/findings.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

/** The checks of this file; the others have files of their own. */
const HERE = [
  'amount.total',
  'amount.currency',
  'amount.shipping',
  'refund.exceeds-order',
  'refund.missing',
  'invoice.missing',
  'invoice.line-mismatch',
  'invoice.duplicate',
  'erp.not-sent',
];

/** Stores the orders, runs every check and answers the findings of those of this file. */
function findingsOf(orders: readonly unknown[], rules: { nowMs?: number; erpHours?: number } = {}): Finding[] {
  const engine = startEngine();
  expect(storeOrders(engine.writer, orders).quarantined).toBe(0);
  engine.writer.runChecks({ ...CHECKING, ...rules });
  return engine
    .reader()
    .findingsAll({ filter: { period: { from: null, to: null }, checks: HERE, text: '' }, timeZone: ISTANBUL });
}

const codesOf = (orders: readonly unknown[], rules = {}): string[] =>
  findingsOf(orders, rules).map((finding) => `${finding.check} ${orderOf(finding).id}`);

const line = (id: number, given: Record<string, unknown> = {}) => wireLine(id, { invoice_number: null, ...given });
/** An order without an invoice, not yet shipped, so that invoice checks stay silent. */
const open = (id: number, given: Record<string, unknown> = {}) =>
  wireOrder(id, { status: '400', invoice_number: null, orderitem_set: [line(id * 10)], ...given });

test('an order with nothing wrong has no finding', () => {
  expect(findingsOf([wireOrder(1), open(2)])).toEqual([]);
});

test('sentences write as many decimals as the currency has', () => {
  const of = (currency: string, amount: string) =>
    findingsOf([
      open(1, {
        currency,
        amount,
        orderitem_set: [line(11, { price_currency: currency })],
        net_shipping_amount: '7.00',
      }),
    ])[0]?.text.en;
  expect(of('kwd', '1.250')).toContain("107.000 KWD, but the order's amount is 1.250 KWD");
  expect(of('jpy', '1')).toContain("107 JPY, but the order's amount is 1 JPY");
});

describe('amount.total', () => {
  test('adds lines, shipping and interests and takes the discount off', () => {
    const footing = {
      orderitem_set: [line(11, { price: '100.00' }), line(12, { price: '50.50', status: '100' })],
      shipping_amount: '10.00',
      net_shipping_amount: '11.25',
      discount_amount: '20.00',
      installment_interest_amount: '3.10',
      shipping_interest_amount: '1.25',
    };
    expect(codesOf([open(1, { ...footing, amount: '144.85' })])).toEqual([]);
    expect(findingsOf([open(1, { ...footing, amount: '144.84' })])).toMatchObject([
      {
        check: 'amount.total',
        severity: 'warning',
        expected: '144.85',
        actual: '144.84',
        difference: '0.01',
        currency: 'try',
      },
    ]);
  });
  test('counts a merged line once', () => {
    const merged = [line(11, { price: '100.00', attributes: { quantity: 4 } })];
    expect(codesOf([open(1, { orderitem_set: merged })])).toEqual([]);
  });
  test('is not evaluated where a line has another currency or a component is not given', () => {
    const foreign = [line(11, { price_currency: 'eur' })];
    expect(codesOf([open(1, { orderitem_set: foreign, amount: '1.00' })])).toEqual(['amount.currency 1']);
    expect(codesOf([open(1, { discount_amount: null, amount: '1.00' })])).toEqual([]);
  });
  test('says in both languages that the sum is an assumption', () => {
    const [finding] = findingsOf([open(1, { amount: '1107.00' })]);
    expect(finding?.text.en).toContain('107.00 TRY');
    expect(finding?.text.en).toContain('1,107.00 TRY');
    expect(finding?.text.en).toContain('assumption');
    expect(finding?.text.tr).toContain('1.107,00 TRY');
    expect(finding?.text.tr).toContain('varsayım');
    expect(finding).toMatchObject({ difference: '-1000.00' });
  });
});

test('amount.currency names the other currencies and compares no amount', () => {
  const lines = [line(11, { price: '50.00' }), line(12, { price: '50.00', price_currency: 'eur' })];
  expect(findingsOf([open(1, { orderitem_set: lines })])).toMatchObject([
    {
      check: 'amount.currency',
      expected: null,
      actual: null,
      difference: null,
      text: { en: expect.stringContaining('EUR') },
    },
  ]);
});

test.each([
  [7, []],
  ['7.00', []],
  [8.5, ['amount.shipping 1']],
  [null, []],
])('amount.shipping with a net shipping amount of %j', (net, expected) => {
  expect(codesOf([open(1, { net_shipping_amount: net })])).toEqual(expected);
});

test('amount.shipping: expected is shipping with its interest', () => {
  const order = open(1, { amount: '108.50', shipping_interest_amount: '1.50', net_shipping_amount: '7.00' });
  expect(findingsOf([order])).toMatchObject([
    { check: 'amount.shipping', expected: '8.50', actual: '7.00', difference: '1.50' },
  ]);
});

test('refund.exceeds-order begins above the amount', () => {
  expect(codesOf([open(1, { refund_amount: '107.00' })])).toEqual([]);
  expect(findingsOf([open(1, { refund_amount: '107.01' })])).toMatchObject([
    { check: 'refund.exceeds-order', expected: '107.00', actual: '107.01', difference: '-0.01' },
  ]);
});

describe('sentences count', () => {
  const refunded = { status: '600' };
  test.each<[string, unknown, string]>([
    [
      'a day',
      open(1, { date_placed: new Date(NOW_MS - 36 * 3_600_000).toISOString(), is_send: false }),
      '1 full day ago',
    ],
    [
      'days',
      open(1, { date_placed: new Date(NOW_MS - 60 * 3_600_000).toISOString(), is_send: false }),
      '2 full days ago',
    ],
    ['a line', open(1, { orderitem_set: [line(10, refunded)] }), 'Line 10 is refunded or its cancellation'],
    [
      'lines',
      open(1, {
        orderitem_set: [line(10, { ...refunded, price: '50.00' }), line(11, { ...refunded, price: '50.00' })],
      }),
      'Lines 10, 11 are refunded or their cancellation',
    ],
    ['another line', open(1, { invoice_number: 'ABC1' }), 'but line 10 carries another number or none'],
  ])('%s', (_what, order, words) => {
    expect(findingsOf([order]).map(({ text }) => text.en)).toEqual([expect.stringContaining(words)]);
  });
});

test('an order that Omnitron no longer has keeps no finding but that one', () => {
  const engine = startEngine();
  const wrong = [open(1, { amount: '1.00' }), open(2, { amount: '1.00' })];
  storeOrders(engine.writer, wrong);
  expect(engine.writer.runChecks(CHECKING)).toEqual({ findings: 2, judged: null });
  storeOrders(engine.writer, wrong.slice(1), { nowMs: NOW_MS + 1_000 });
  expect(engine.writer.runChecks(CHECKING)).toEqual({ findings: 2, judged: null });
  const reader = engine.reader();
  expect(reader.refreshFindings(CHECKING)).toEqual({ findings: 2, judged: null });
  const all = { period: { from: null, to: null }, checks: [], text: '' };
  expect(reader.findingsAll({ filter: all, timeZone: ISTANBUL }).map(({ check, subject }) => [check, subject])).toEqual(
    [
      ['amount.total', 2],
      ['data.vanished', 1],
    ],
  );
  expect(engine.reader().overview()).toMatchObject({ orders: 1, vanished: 1 });
});

describe('refund.missing', () => {
  const withLine = (given: Record<string, unknown>, order: Record<string, unknown> = {}) =>
    codesOf([open(1, { orderitem_set: [line(10, given)], ...order })]);
  test('a refunded line or a completed cancellation without a refund', () => {
    expect(withLine({ status: '600' })).toEqual(['refund.missing 1']);
    expect(withLine({ cancel_status: 'completed' })).toEqual(['refund.missing 1']);
  });
  test('a cancelled line alone is none, nor one whose cancellation is open, nor one with a refund', () => {
    expect(withLine({ status: '100' })).toEqual([]);
    expect(withLine({ cancel_status: 'waiting' })).toEqual([]);
    expect(withLine({ status: '600' }, { refund_amount: '0.01' })).toEqual([]);
  });
});

describe('invoice.missing', () => {
  test.each(['500', '510', '520', '540', '550'])('status %s needs an invoice', (status) => {
    expect(codesOf([open(1, { status })])).toEqual(['invoice.missing 1']);
    expect(codesOf([open(1, { status, invoice_number: '' })])).toEqual(['invoice.missing 1']);
  });
  test.each(['450', '544', '600', '999'])('status %s needs none', (status) => {
    expect(codesOf([open(1, { status })])).toEqual([]);
  });
  test('a number on one line is enough', () => {
    const lines = [line(11, { price: '50.00' }), line(12, { price: '50.00', invoice_number: 'A1' })];
    expect(codesOf([open(1, { status: '550', orderitem_set: lines })])).toEqual([]);
  });
});

test('invoice.line-mismatch: another number or none on a line, only where the order has one', () => {
  const lines = (number: string | null) => [
    line(11, { price: '50.00', invoice_number: 'A1' }),
    line(12, { price: '50.00', invoice_number: number }),
  ];
  expect(codesOf([open(1, { invoice_number: 'A1', orderitem_set: lines('A1') })])).toEqual([]);
  expect(codesOf([open(1, { invoice_number: 'A1', orderitem_set: lines('') })])).toEqual(['invoice.line-mismatch 1']);
  expect(codesOf([open(1, { invoice_number: 'A1', orderitem_set: lines('A1 ') })])).toEqual([
    'invoice.line-mismatch 1',
  ]);
  expect(codesOf([open(1, { invoice_number: null, orderitem_set: lines('B2') })])).toEqual([]);
});

describe('invoice.duplicate', () => {
  test('finds a number shared at order level, at line level, and across both', () => {
    const withNumber = (id: number, order: string | null, ofLine: string | null) =>
      open(id, { invoice_number: order, orderitem_set: [line(id * 10, { invoice_number: ofLine })] });
    expect(codesOf([withNumber(1, 'A1', 'A1'), withNumber(2, 'A1', 'A1'), withNumber(3, 'A3', 'A3')])).toEqual([
      'invoice.duplicate 1',
      'invoice.duplicate 2',
    ]);
    expect(codesOf([withNumber(1, null, 'A1'), withNumber(2, null, 'A1')])).toEqual([
      'invoice.duplicate 1',
      'invoice.duplicate 2',
    ]);
    expect(codesOf([withNumber(1, 'A1', 'A1'), withNumber(2, null, 'A1')])).toEqual([
      'invoice.duplicate 1',
      'invoice.duplicate 2',
    ]);
  });
  test('one number on several lines of one order is none, nor are empty numbers', () => {
    const lines = [
      line(11, { price: '50.00', invoice_number: 'A1' }),
      line(12, { price: '50.00', invoice_number: 'A1' }),
    ];
    expect(
      codesOf([open(1, { orderitem_set: lines }), open(2, { invoice_number: '' }), open(3, { invoice_number: '' })]),
    ).toEqual([]);
  });
  test('names the other order, also when both carry the same order number in two channels', () => {
    const same = (id: number, channel: string) =>
      wireOrder(id, {
        number: 'X1',
        invoice_number: 'A1',
        orderitem_set: [line(id * 10, { invoice_number: 'A1' })],
        channel: { name: channel },
      });
    const found = findingsOf([same(1, 'Shop'), same(2, 'Marketplace')]);
    expect(found.map(({ text }) => text.en)).toEqual(Array(2).fill('Invoice A1 also stands on order X1.'));
  });
  test('names the orders of every number that an order shares', () => {
    const found = findingsOf([
      open(1, {
        orderitem_set: [
          line(11, { price: '50.00', invoice_number: 'A1' }),
          line(12, { price: '50.00', invoice_number: 'A2' }),
        ],
      }),
      open(2, { orderitem_set: [line(21, { invoice_number: 'A1' })] }),
      open(3, { orderitem_set: [line(31, { invoice_number: 'A2' })] }),
    ]);
    expect(found.map(({ text }) => text.en)).toEqual([
      'Invoice A1, A2 also stands on order N2, N3.',
      'Invoice A1 also stands on order N1.',
      'Invoice A2 also stands on order N1.',
    ]);
  });
});

describe('erp.not-sent', () => {
  const unsent = (given: Record<string, unknown> = {}) => open(1, { is_send: false, ...given });
  test.each(['400', '450', '544', '545'])('status %s must be sent', (status) => {
    expect(codesOf([unsent({ status })])).toEqual(['erp.not-sent 1']);
  });
  test.each(['50', '100', '200', '300', '350', '546', '547', '600', '999'])('status %s need not be sent', (status) => {
    expect(codesOf([unsent({ status })])).toEqual([]);
  });
  test('begins after the hours of the setting, not at them', () => {
    const nowMs = Date.parse('2026-01-06T10:00:00.123Z');
    expect(codesOf([unsent()], { nowMs })).toEqual([]);
    expect(codesOf([unsent()], { nowMs: nowMs + 1 })).toEqual(['erp.not-sent 1']);
    expect(codesOf([unsent()], { nowMs: nowMs + 1, erpHours: 25 })).toEqual([]);
  });
  test('is silent once every line is cancelled, or where there is no line', () => {
    const done = { price: '50.00', cancel_status: 'completed' };
    const refund = { refund_amount: '100.00' };
    expect(codesOf([unsent({ ...refund, orderitem_set: [line(11, done), line(12, done)] })])).toEqual([]);
    expect(codesOf([unsent({ ...refund, orderitem_set: [line(11, done), line(12, { price: '50.00' })] })])).toEqual([
      'erp.not-sent 1',
    ]);
    expect(codesOf([unsent({ orderitem_set: [], amount: '7.00' })])).toEqual([]);
  });
});

test('the catalogue has every code once', () => {
  const codes = CHECKS.map(({ code }) => checkCode.parse(code));
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.map(checkOf)).toEqual(CHECKS);
});

test('findings follow the period of the business time zone', () => {
  const engine = startEngine();
  const late = open(1, { amount: '1.00', date_placed: '2026-01-31T21:30:00Z' });
  storeOrders(engine.writer, [late]);
  engine.writer.runChecks(CHECKING);
  const inMonth = (from: string, to: string) =>
    engine.reader().findingsAll({ filter: { period: { from, to }, checks: [], text: '' }, timeZone: ISTANBUL }).length;
  expect(inMonth('2026-01-01', '2026-01-31')).toBe(0);
  expect(inMonth('2026-02-01', '2026-02-28')).toBe(1);
});
