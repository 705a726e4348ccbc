import { describe, expect, test } from 'vitest';
import { checkOne, paidBack, plainLine, plainOrder, transaction } from '../support/check-cases.ts';

const NONE = { findings: [], skipped: 0 };
const SKIPPED = { findings: [], skipped: 1 };

describe('amount.payment', () => {
  const of = (sets: Record<string, readonly Record<string, unknown>[]>, order = plainOrder()) =>
    checkOne('amount.payment', { order, payments: { sets } });

  test('adds succeeded purchases over all sets, and nothing else', () => {
    const sets = {
      transaction_set: [
        transaction('57.00'),
        transaction('50.00', { is_succeeded: false }),
        transaction('107.00', { transaction_type: 'pre_purchase' }),
        paidBack('20.00'),
      ],
      loyaltytransaction_set: [transaction('50.00')],
    };
    expect(of(sets)).toEqual(NONE);
  });
  test('begins at the smallest amount, with captured − amount as the difference', () => {
    expect(of({ transaction_set: [transaction('106.999999')] })).toMatchObject({
      findings: [{ expected: '106.999999', actual: '107.00', difference: '-0.000001', severity: 'warning' }],
    });
    const [finding] = of({ transaction_set: [transaction('107.00'), transaction('107.00')] }).findings;
    expect(finding).toMatchObject({ expected: '214.00', difference: '107.00' });
    expect(finding?.text).toEqual({
      en: "The payments that succeeded add up to 214.00 TRY, but the order's amount is 107.00 TRY.",
      tr: 'Başarılı ödemelerin toplamı 214,00 TRY, siparişin tutarı ise 107,00 TRY.',
    });
  });
  test.each(['50', '100', '200', '300', '350', '546'])('at status %s nothing need have been paid', (status) => {
    expect(of({}, plainOrder({ status }))).toEqual(NONE);
    expect(of({ transaction_set: [transaction('1.00')] }, plainOrder({ status })).findings).toHaveLength(1);
  });
  test.each(['400', '450', '550', '600'])('at status %s something must have been', (status) => {
    expect(of({}, plainOrder({ status })).findings).toMatchObject([{ expected: '0.00', actual: '107.00' }]);
  });
  test('is skipped where payments were not read, or cannot be added up', () => {
    expect(checkOne('amount.payment', { order: plainOrder() })).toEqual(SKIPPED);
    expect(of({ transaction_set: [transaction('1.00', { transaction_type: 'capture' })] })).toEqual(SKIPPED);
    expect(of({ transaction_set: [transaction('1.00', { currency: 'EUR' })] })).toEqual(SKIPPED);
    expect(of({ transaction_set: [transaction('none')] })).toEqual(SKIPPED);
    expect(of({ strange_transaction_set: [transaction('1.00')] })).toEqual(SKIPPED);
  });
  test('a type that is not known matters only where it succeeded', () => {
    const failed = transaction('1.00', { transaction_type: 'capture', is_succeeded: false });
    expect(of({ transaction_set: [transaction('107.00'), failed] })).toEqual(NONE);
  });
  test('sums too large to hold are skipped, not wrong', () => {
    const most = Array.from({ length: 12 }, () => transaction('1000000000000.00'));
    expect(of({ transaction_set: most })).toEqual(SKIPPED);
    expect(of({ transaction_set: most.slice(0, 4) }).findings).toMatchObject([{ expected: '4000000000000.00' }]);
  });
});

describe('amount.discount', () => {
  const lines = (...discounts: (string | null)[]) =>
    discounts.map((discount_amount, place) => plainLine(10 + place, { discount_amount }));
  const discounted = (discount_amount: string | null, ...ofLines: (string | null)[]) =>
    plainOrder({ discount_amount, orderitem_set: lines(...ofLines) });
  const item = (amount: string, pk: number) => ({ pk, order: 1, amount });

  test('is the sum of the lines', () => {
    expect(checkOne('amount.discount', { order: discounted('12.50', '5.00', '7.50') })).toEqual(NONE);
    const { findings } = checkOne('amount.discount', { order: discounted('15.00', '5.00', '7.50') });
    expect(findings).toMatchObject([{ expected: '12.50', actual: '15.00', difference: '-2.50' }]);
    expect(findings[0]?.text.en).toBe("The order's discount is 15.00 TRY; its lines' discounts add up to 12.50 TRY.");
  });
  test('is also the sum of the discount items, where they were read', () => {
    const order = discounted('12.50', '5.00', '7.50');
    const ofItems = (...discounts: Record<string, unknown>[]) =>
      checkOne('amount.discount', { order, payments: { discounts } });
    expect(ofItems(item('12.50', 1))).toEqual(NONE);
    const { findings } = ofItems(item('5.00', 1), item('7.49', 2));
    expect(findings).toMatchObject([{ expected: '12.49', actual: '12.50', difference: '-0.01' }]);
    expect(findings[0]?.text.en).toContain(
      "its lines' discounts add up to 12.50 TRY and its discount items add up to 12.49 TRY.",
    );
    expect(findings[0]?.text.tr).toContain('indirim kalemlerinin toplamı 12,49 TRY');
    expect(ofItems().findings).toMatchObject([{ expected: '0.00' }]);
  });
  test('makes one finding where both differ, with the lines’ sum', () => {
    const payments = { discounts: [item('1.00', 1)] };
    const { findings } = checkOne('amount.discount', { order: discounted('3.00', '2.00'), payments });
    expect(findings).toMatchObject([{ expected: '2.00', actual: '3.00' }]);
  });
  test('items that could not be read are no items', () => {
    const payments = { discounts: { refused: 'FORBIDDEN' } };
    expect(checkOne('amount.discount', { order: discounted('2.00', '2.00'), payments })).toEqual(NONE);
  });
  test('is skipped where a discount is not given, or the currencies are mixed', () => {
    expect(checkOne('amount.discount', { order: discounted(null, '2.00') })).toEqual(SKIPPED);
    expect(checkOne('amount.discount', { order: discounted('2.00', '1.00', null) })).toEqual(SKIPPED);
    const mixed = plainOrder({ discount_amount: '2.00', orderitem_set: [plainLine(10, { price_currency: 'eur' })] });
    expect(checkOne('amount.discount', { order: mixed })).toEqual(SKIPPED);
  });
});

describe('amount.interest', () => {
  const of = (order: string | null, ...lines: (string | null)[]) =>
    checkOne('amount.interest', {
      order: plainOrder({
        installment_interest_amount: order,
        orderitem_set: lines.map((installment_interest_amount, place) =>
          plainLine(10 + place, { installment_interest_amount }),
        ),
      }),
    });

  test('is the sum of the lines', () => {
    expect(of('3.10', '2.10', '1.00')).toEqual(NONE);
    const { findings } = of('3.00', '2.10', '1.00');
    expect(findings).toMatchObject([{ expected: '3.10', actual: '3.00', difference: '0.10', severity: 'warning' }]);
    expect(findings[0]?.text.en).toContain("adds up to 3.10 TRY, but the order's is 3.00 TRY");
    expect(findings[0]?.text.tr).toContain('3,10 TRY');
  });
  test('is skipped where one is not given', () => {
    expect(of(null, '1.00')).toEqual(SKIPPED);
    expect(of('1.00', '1.00', null)).toEqual(SKIPPED);
  });
});

describe('amount.tax', () => {
  const of = (date_placed: string, tax_rate: string | null, given: Record<string, unknown> = {}) =>
    checkOne('amount.tax', {
      order: plainOrder({ date_placed, orderitem_set: [plainLine(10, { tax_rate })], ...given }),
    });
  /** The last second of 9 July 2023 in Istanbul, and the first of the 10th. */
  const [BEFORE, SINCE] = ['2023-07-09T20:59:59.999Z', '2023-07-09T21:00:00Z'];

  test.each([
    ['0', true, true],
    ['1.00', true, true],
    ['8.00', true, false],
    ['18.00', true, false],
    ['10.00', false, true],
    ['20.00', false, true],
    ['19.00', false, false],
    ['-1.00', false, false],
  ])('a rate of %s is valid before 10 July 2023: %s, since: %s', (rate, before, since) => {
    expect(of(BEFORE, rate).findings.length === 0).toBe(before);
    expect(of(SINCE, rate).findings.length === 0).toBe(since);
  });
  test('names the lines and what was valid then', () => {
    const orderitem_set = [plainLine(10, { tax_rate: '18.00' }), plainLine(11, { tax_rate: '7.50' })];
    const texts = (date: string) => of(date, null, { orderitem_set }).findings.map(({ text }) => text);
    expect(texts(SINCE)).toEqual([
      {
        en: 'Lines 10, 11 have a tax rate of 18, 7.5 %; since 10 July 2023 only 1, 10 and 20 % are valid, or none.',
        tr: '10, 11 numaralı satırlarda KDV oranı %18, %7,5; 10 Temmuz 2023’ten beri yalnızca %1, %10 ve %20 geçerli, ya da vergisiz.',
      },
    ]);
    expect(texts(BEFORE)[0]?.en).toContain('Line 11 has a tax rate of 7.5 %; until 9 July 2023 only 1, 8 and 18 %');
    expect(of(SINCE, '100.00').findings[0]?.text.en).toContain('100 %');
  });
  test('orders in another currency are none of Turkey’s, and a rate that is not given is skipped', () => {
    const orderitem_set = [plainLine(10, { tax_rate: '19.00', price_currency: 'eur' })];
    expect(of(SINCE, '19.00', { currency: 'eur', orderitem_set })).toEqual(NONE);
    expect(of(SINCE, null)).toEqual(SKIPPED);
  });
});

describe('amount.negative', () => {
  test('zero is none, and so is an amount that is not given', () => {
    expect(
      checkOne('amount.negative', { order: plainOrder({ refund_amount: null, discount_amount: '-0.00' }) }),
    ).toEqual(NONE);
  });
  test.each([
    'amount',
    'shipping_amount',
    'net_shipping_amount',
    'discount_amount',
    'installment_interest_amount',
    'shipping_interest_amount',
    'refund_amount',
    'discount_refund_amount',
    'shipping_refund_amount',
  ])('%s below zero is one', (field) => {
    const { findings } = checkOne('amount.negative', { order: plainOrder({ [field]: '-0.01' }) });
    expect(findings).toMatchObject([{ severity: 'error', expected: null, actual: null, difference: null }]);
  });
  test('names fields and lines', () => {
    const orderitem_set = [
      plainLine(10, { price: '-1.00' }),
      plainLine(11, { discount_amount: '-1.00' }),
      plainLine(12, { installment_interest_amount: '-1.00' }),
      plainLine(13),
    ];
    const { findings } = checkOne('amount.negative', { order: plainOrder({ amount: '-1', orderitem_set }) });
    expect(findings.map(({ text }) => text)).toEqual([
      { en: 'Below zero: amount, lines 10, 11, 12.', tr: 'Sıfırın altında: tutar, 10, 11, 12 numaralı satırlar.' },
    ]);
  });
});
