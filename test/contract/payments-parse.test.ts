import { describe, expect, it } from 'vitest';
import { type PaymentBodies, parsePayments } from '../../src/main/omnitron/parse-payments.ts';
import { readSample, sampleBytes } from '../support/samples.ts';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const NONE = { pages: [bytes({ count: 0, next: null, previous: null, results: [] })] };
const SAMPLE = 'order-detailed-integration.json';

/** The answers about order 27, with the documented detailed order changed. */
function bodies(change: Record<string, unknown> = {}, lists: Partial<PaymentBodies> = {}): PaymentBodies {
  return { detailed: bytes({ ...readSample(SAMPLE), ...change }), discounts: NONE, plans: NONE, ...lists };
}

function transaction(given: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    pk: 2,
    transaction_type: 'purchase',
    transaction_id: 'T1',
    currency: null,
    is_succeeded: true,
    amount: '16.40',
    created_date: '2017-02-02T09:40:29.245976Z',
    ...given,
  };
}

const page = (rows: unknown[], next: string | null = null) => ({
  pages: [bytes({ count: rows.length, next, previous: null, results: rows })],
});
const discount = (given: Record<string, unknown> = {}) => ({
  pk: 1,
  order: 27,
  name: 'Spring',
  amount: '1.50',
  ...given,
});
const plan = (given: Record<string, unknown> = {}) => ({
  pk: 1,
  order: { pk: 27, number: 'x' },
  plan_type: 'refund',
  status: 'completed',
  ...given,
});

describe('the documented detailed order', () => {
  it('has one purchase of 16.40, with nothing of its gateway, its card or its shopper', () => {
    const { payments, unfinished } = parsePayments(27, { detailed: sampleBytes(SAMPLE), discounts: NONE, plans: NONE });
    expect(unfinished).toEqual([]);
    expect(payments).toEqual({
      orderId: 27,
      transactions: [
        {
          id: 2,
          set: 'transaction_set',
          type: 'purchase',
          succeeded: true,
          amount: 16_400_000n,
          currency: null,
          created: '2017-02-02T09:40:29.245976Z',
          createdMs: Date.parse('2017-02-02T09:40:29.245Z'),
          reference: '17030LcZH11794',
        },
      ],
      discountItems: [],
      plans: [],
      unreadable: [],
    });
  });

  it('asked for under another number is refused', () => {
    const asked = () => parsePayments(28, bodies());
    expect(asked).toThrowError(
      expect.objectContaining({ code: 'RESPONSE_INVALID', details: { path: 'pk', code: 'other_order' } }),
    );
  });

  it.each([
    ['no JSON', new TextEncoder().encode('<html>')],
    ['a list', bytes([])],
    ['nothing', bytes(null)],
    ['an order without pk', bytes({ transaction_set: [] })],
  ])('that is %s is refused', (_what, detailed) => {
    expect(() => parsePayments(27, { ...bodies(), detailed })).toThrowError(
      expect.objectContaining({ code: 'RESPONSE_INVALID' }),
    );
  });
});

describe('a set of transactions', () => {
  const cases: [string, unknown, string, string][] = [
    ['an object', {}, '', 'invalid_type'],
    ['a text', 'x', '', 'invalid_type'],
    ['with a number in it, as flat orders have them', [17], '0', 'invalid_type'],
    ['with an amount that is none', [transaction({ amount: '1,5' })], '0.amount', 'not_amount'],
    ['with an amount beyond the limit', [transaction({ amount: '1000000000001' })], '0.amount', 'not_amount'],
    ['with an amount beyond six decimals', [transaction({ amount: '1.0000001' })], '0.amount', 'not_amount'],
    ['without an amount', [transaction({ amount: undefined })], '0.amount', 'invalid_type'],
    ['with an unknown success', [transaction({ is_succeeded: null })], '0.is_succeeded', 'invalid_type'],
    ['with a text for success', [transaction({ is_succeeded: 'true' })], '0.is_succeeded', 'invalid_type'],
    ['with a sentence for a type', [transaction({ transaction_type: 'a b' })], '0.transaction_type', 'invalid_format'],
    ['with a message for an id', [transaction({ transaction_id: 'not a word' })], '0.transaction_id', 'invalid_format'],
    ['without a date', [transaction({ created_date: '2017' })], '0.created_date', 'not_instant'],
    ['without a key', [transaction({ pk: null })], '0.pk', 'invalid_type'],
    ['with the same key twice', [transaction(), transaction()], '1.pk', 'duplicate_id'],
  ];
  it.each(cases)('that is, or comes, %s is left out as a whole and named', (_what, value, path, code) => {
    for (const set of ['transaction_set', 'bextransaction_set']) {
      const { payments } = parsePayments(27, bodies({ transaction_set: [], [set]: value }));
      expect(payments.unreadable).toEqual([{ part: set, path, code }]);
      expect(payments.transactions).toEqual([]);
    }
  });

  it('does not spoil the others', () => {
    const change = { bextransaction_set: [7], loyaltytransaction_set: [transaction({ pk: 9, amount: 3 })] };
    const { payments } = parsePayments(27, bodies(change));
    expect(payments.transactions.map(({ set, id, amount }) => [set, id, amount])).toEqual([
      ['transaction_set', 2, 16_400_000n],
      ['loyaltytransaction_set', 9, 3_000_000n],
    ]);
    expect(payments.unreadable).toHaveLength(1);
  });

  it('that the contract does not know is named, unless it is empty', () => {
    const change = {
      giftcardtransaction_set: [transaction()],
      othertransaction_set: [],
      'Secret: transaction_set': [1],
    };
    const { payments } = parsePayments(27, bodies(change));
    expect(payments.unreadable).toEqual([{ part: 'giftcardtransaction_set', path: '', code: 'unknown_set' }]);
  });

  it('may be absent, but for the first', () => {
    expect(parsePayments(27, bodies({ bextransaction_set: null })).payments.unreadable).toEqual([]);
    const { payments } = parsePayments(27, bodies({ transaction_set: undefined }));
    expect(payments.unreadable).toEqual([{ part: 'transaction_set', path: '', code: 'missing' }]);
  });

  it('may have types that the contract does not know, a currency of its own and no id of the gateway', () => {
    const given = { transaction_type: 'post_purchase', currency: 'EUR', transaction_id: '' };
    const { payments } = parsePayments(27, bodies({ transaction_set: [transaction(given)] }));
    expect(payments.transactions).toMatchObject([{ type: 'post_purchase', currency: 'eur', reference: null }]);
  });
});

describe('discount items', () => {
  const read = (discounts: PaymentBodies['discounts']) => parsePayments(27, bodies({}, { discounts })).payments;

  it('keep amount, name, type and lines, and no code of a coupon', () => {
    const item = discount({
      offer_type: 'coupon',
      code: 'SECRET1',
      promotion: { name: 'x' },
      benefitapplicant_set: [5, 6],
    });
    expect(read(page([item])).discountItems).toEqual([
      { id: 1, name: 'Spring', type: 'coupon', amount: 1_500_000n, lineIds: [5, 6] },
    ]);
  });

  it.each(['for ayse@example.com', 'for 05321234567', '  '])('do not keep the name "%s"', (name) => {
    expect(read(page([discount({ name })])).discountItems).toMatchObject([{ name: null }]);
  });

  it('name their lines where the elements say which, else nothing', () => {
    const lines = (benefitapplicant_set: unknown) =>
      read(page([discount({ benefitapplicant_set })])).discountItems[0]?.lineIds;
    expect(lines([{ order_item: 5, name: 'x' }])).toEqual([5]);
    expect(lines([{ line: 5 }])).toBeNull();
    expect(lines(undefined)).toBeNull();
  });

  it('may come without the envelope', () => {
    expect(read({ pages: [bytes([discount()])] }).discountItems).toHaveLength(1);
  });

  it.each<[string, PaymentBodies['discounts'], string, string]>([
    [
      'of another order, as where the filter is ignored',
      page([discount(), discount({ pk: 2, order: 28 })]),
      '1.order',
      'other_order',
    ],
    ['no list', { pages: [bytes({ detail: 'x' })] }, '', 'not_list'],
    ['no JSON', { pages: [new TextEncoder().encode('<html>')] }, '', 'not_list'],
    ['without an amount', page([discount({ amount: null })]), '0.amount', 'invalid_type'],
    ['refused', { refused: 'FORBIDDEN' }, '', 'FORBIDDEN'],
  ])('that are %s are left out and named', (_what, given, path, code) => {
    const payments = read(given);
    expect(payments.discountItems).toEqual([]);
    expect(payments.unreadable).toEqual([{ part: 'discounts', path, code }]);
    expect(payments.transactions).toHaveLength(1);
  });

  it('go on where the last page names another one', () => {
    const first = page([discount()], 'https://elsewhere.example/?page=2');
    expect(parsePayments(27, bodies({}, { discounts: first })).unfinished).toEqual(['discounts']);
    const both = { pages: [...first.pages, ...page([discount({ pk: 2 })]).pages] };
    const { payments, unfinished } = parsePayments(27, bodies({}, { discounts: both }));
    expect([payments.discountItems.map(({ id }) => id), unfinished]).toEqual([[1, 2], []]);
  });
});

describe('cancellation plans', () => {
  const read = (rows: unknown[]) => parsePayments(27, bodies({}, { plans: page(rows) })).payments;

  it('keep type, status, amount, dates and lines, and no bank data', () => {
    const full = plan({
      refund_amount: '12.00',
      order_items: [3],
      iban: 'TR00',
      holder_name: 'A B',
      created_by: 'a@b',
      created_date: '2026-01-05T10:00:00Z',
    });
    expect(read([full]).plans).toEqual([
      {
        id: 1,
        type: 'refund',
        status: 'completed',
        refund: 12_000_000n,
        created: '2026-01-05T10:00:00Z',
        modified: null,
        lineIds: [3],
      },
    ]);
  });

  it('may name their order by its number alone; those of another order are not taken over', () => {
    expect(read([plan({ order: 27 })]).plans).toHaveLength(1);
    expect(read([plan({ order: { pk: 5 } })]).unreadable).toEqual([
      { part: 'plans', path: '0.order', code: 'other_order' },
    ]);
  });
});
