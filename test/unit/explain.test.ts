import { describe, expect, test } from 'vitest';
import type { Component, ExplainInput } from '../../src/main/reconcile/explain/components.ts';
import { explain } from '../../src/main/reconcile/explain/explain.ts';
import { withPartsOfOrder } from '../../src/main/reconcile/explain/wholes.ts';
import type { ExplanationCode } from '../../src/shared/explanations.ts';
import { parseAmount } from '../../src/shared/money.ts';

const of = (code: ExplanationCode, amount: string, more: Partial<Component> = {}): Component => ({
  key: code,
  code,
  amount: parseAmount(amount),
  label: () => ({ en: code, tr: code }),
  level: 'order',
  ...more,
});
const line = (id: number, amount: string, more: Partial<Component> = {}): Component =>
  of('line', amount, {
    key: `line:${id}`,
    label: () => ({ en: `line ${id}`, tr: `satır ${id}` }),
    level: 'line',
    ...more,
  });

function explained(difference: string, components: Component[], more: Partial<ExplainInput> = {}) {
  const lines = components.filter(({ code }) => code === 'line').length;
  return explain({
    difference: parseAmount(difference),
    expected: null,
    actual: null,
    currency: 'try',
    components,
    lines,
    rates: [],
    ...more,
  });
}
const codes = (...given: Parameters<typeof explained>) => explained(...given)?.terms.map(({ code }) => code) ?? null;

const shipping = of('shipping', '29.90');
const discount = of('discount', '120.35');

describe('what a difference may be', () => {
  test('one amount, with its sign', () => {
    expect(explained('29.90', [shipping, discount])?.terms).toEqual([
      { code: 'shipping', sign: 1, amount: '29.90', label: { en: 'shipping', tr: 'shipping' } },
    ]);
    expect(explained('-120.35', [shipping, discount])?.terms).toMatchObject([
      { code: 'discount', sign: -1, amount: '120.35' },
    ]);
  });

  test('several amounts, the fewest first, with the sum in both languages', () => {
    const found = explained('-1090.45', [shipping, discount, line(1, '1000.00')]);
    expect(found).toMatchObject({
      text: {
        en: '−discount 120.35 + shipping 29.90 − line 1 1,000.00 = -1,090.45 TRY',
        tr: '−discount 120,35 + shipping 29,90 − satır 1 1.000,00 = -1.090,45 TRY',
      },
    });
    expect(codes('150.25', [shipping, discount, of('refund', '150.25')])).toEqual(['refund']);
  });

  test('a sign that is wrong: twice the amount', () => {
    expect(codes('-240.70', [shipping, discount])).toEqual(['sign-flip']);
    expect(codes('80.00', [line(1, '40.00')])).toEqual(['sign-flip']);
  });

  test('neighbouring digits that changed places, of the whole amount or of a part', () => {
    const totals = { expected: parseAmount('148.45'), actual: parseAmount('144.85') };
    const found = explained('3.60', [line(1, '144.85'), shipping], totals);
    expect(found?.terms).toMatchObject([{ code: 'transposed', sign: 1, amount: '3.60' }]);
    expect(found?.text.en).toContain('digits swapped in the whole amount (148.45 − 144.85)');
    expect(codes('-9.00', [line(1, '12.00')], { lines: 0 })).toEqual(['transposed']);
  });

  test.each([
    ['10', '107.00', '1070.00', '963.00'],
    ['100', '107.00', '1.07', '-105.93'],
    ['1000', '107000.00', '107.00', '-106893.00'],
  ])('factor %s of the whole amount, either way', (factor, actual, expected, difference) => {
    const totals = { expected: parseAmount(expected), actual: parseAmount(actual) };
    const found = explained(difference, [shipping], totals);
    expect(found?.terms.map(({ code }) => code)).toEqual(['factor']);
    expect(found?.text.tr).toContain(`toplam tutar: ${factor} kat`);
  });

  test('a factor of a single part', () => {
    expect(codes('269.10', [shipping, discount])).toEqual(['factor']);
    expect(codes('-26.91', [shipping, discount])).toEqual(['factor']);
  });

  test('the tax in a price, and the old rate instead of the new one', () => {
    const taxed = line(1, '120.00', { taxRate: 20_000_000n });
    expect(codes('-20.00', [taxed], { lines: 0 })).toEqual(['tax']);
    // 120.00 × 18 / 118 = 18.31 instead of 20.00.
    expect(explained('-1.69', [taxed], { lines: 0 })?.terms).toMatchObject([{ code: 'vat-change', amount: '1.69' }]);
    // 100.00 net at 18 per cent is 118.00.
    expect(explained('-2.00', [taxed], { lines: 0 })?.terms).toMatchObject([{ code: 'vat-change', amount: '2.00' }]);
    expect(codes('-1.69', [line(1, '120.00', { taxRate: 1_000_000n })], { lines: 0 })).toBeNull();
  });

  test('an amount taken at the rate of the row', () => {
    const totals = { expected: parseAmount('3850.00'), actual: parseAmount('100.00') };
    const found = explained('3750.00', [], { ...totals, rates: [parseAmount('38.5')] });
    expect(found?.text.en).toBe('exchange at 38.50 (3,850.00 − 100.00) 3,750.00 = 3,750.00 TRY');
    expect(explained('3750.01', [], { ...totals, rates: [parseAmount('38.5')] })).toBeNull();
  });

  test('rounding: up to half of the smallest unit a line, alone or beside an amount of the order', () => {
    const three = [line(1, '10.11'), line(2, '20.22'), line(3, '40.44')];
    expect(codes('0.01', three)).toEqual(['rounding']);
    expect(codes('0.02', three)).toBeNull();
    expect(codes('0.02', [...three, line(4, '77.77')])).toEqual(['rounding']);
    expect(codes('29.91', [...three, shipping])).toEqual(['shipping', 'rounding']);
    expect(codes('0.01', [line(1, '10.11')])).toBeNull();
    expect(codes('1', [line(1, '1011'), line(2, '2022')], { currency: 'jpy' })).toEqual(['rounding']);
  });
});

describe('what is proposed', () => {
  test('the more specific of two, and the other as the runner-up, of another kind', () => {
    const found = explained('29.90', [shipping, line(1, '29.90'), line(2, '29.90')]);
    expect(found?.terms.map(({ code }) => code)).toEqual(['shipping']);
    expect(found?.runnerUp?.terms.map(({ code }) => code)).toEqual(['line']);
    expect(found?.others).toBe(2);
  });

  test('the runner-up does not tell the best one once more by what it is the sum of', () => {
    const three = [line(1, '50.00'), line(2, '33.33'), line(3, '18.18')];
    const all = of('lines', '101.51', { parts: three.map(({ key }) => key) });
    const found = explained('-83.33', [...three, all], { lines: 0 });
    expect(found?.terms.map(({ label }) => label.en)).toEqual(['line 1', 'line 2']);
    expect(found?.runnerUp).toBeNull();
    // What is no sum of these lines is another explanation.
    const other = of('plan-refund', '65.15');
    expect(explained('-83.33', [...three, all, other], { lines: 0 })?.runnerUp?.terms).toMatchObject([
      { code: 'line', sign: -1, amount: '18.18' },
      { code: 'plan-refund', sign: -1 },
    ]);
    // Nor does one with a term more.
    const cancelled = of('cancelled-lines', '83.33', { parts: ['line:1', 'line:2'] });
    const set = explained('-83.33', [...three, all, cancelled], { lines: 0 });
    expect(set?.terms.map(({ code }) => code)).toEqual(['cancelled-lines']);
    expect(set?.runnerUp).toBeNull();
  });

  test('the parts of a refund are no runner-up of it where they add up to it', () => {
    const parts = (last: string) => [
      of('refund-transaction', '20.00', { key: 'refund:1' }),
      of('refund-transaction', last, { key: 'refund:2' }),
    ];
    const whole = explained('-50.00', withPartsOfOrder([of('refund', '50.00'), ...parts('30.00')]));
    expect(whole?.terms.map(({ code }) => code)).toEqual(['refund']);
    expect(whole?.runnerUp).toBeNull();
    // Three transactions of which two happen to be as much as the refund.
    const third = of('refund-transaction', '7.00', { key: 'refund:3' });
    const more = explained('-50.00', withPartsOfOrder([of('refund', '50.00'), ...parts('30.00'), third]));
    expect(more?.runnerUp?.terms).toHaveLength(2);
  });

  test('a runner-up of one term more, where there is none of as many', () => {
    const found = explained('40.00', [line(1, '40.00'), line(2, '25.50'), line(3, '14.50')]);
    expect(found?.terms).toHaveLength(1);
    expect(found?.runnerUp?.terms).toHaveLength(2);
  });

  test('nothing for no difference, and nothing for what no small combination gives', () => {
    expect(explained('0.00', [shipping])).toBeNull();
    expect(explained('29.905', [shipping, discount])).toBeNull();
    expect(explained('777.77', [shipping, discount, line(1, '10.00')])).toBeNull();
    expect(explained('5.00', [])).toBeNull();
  });

  test('a set of lines; of more than half of them rather all but the others', () => {
    const five = ['10.01', '20.05', '40.17', '80.59', '161.93'].map((price, at) => line(at, price));
    expect(codes('150.76', [...five.slice(0, 4), line(9, '999.99')])).toBeNull();
    expect(codes('150.82', five)).toEqual(['line', 'line', 'line', 'line']);
    const all = of('lines', '312.75');
    expect(codes('302.74', [...five, all])).toEqual(['line', 'lines']);
  });

  test('of many amounts a chance fit is called weak', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      line(at, `${10 + at}.${String((at * 37) % 100).padStart(2, '0')}`),
    );
    const pair = explained('-1.36', many, { lines: 0 });
    expect(pair === null || pair.weak).toBe(true);
    expect(explained('29.90', [shipping, discount])?.weak).toBe(false);
  });
});

describe('what only states the compared amounts again explains nothing', () => {
  const amounts = (expected: string, actual: string) => ({
    expected: parseAmount(expected),
    actual: parseAmount(actual),
  });
  const row = of('row', '590.99', { key: 'row:7' });

  test('the row less all that makes up the order', () => {
    // 595.99 = 566.09 + 29.90; the ERP has 590.99.
    const parts = [row, of('lines', '566.09'), shipping];
    expect(codes('-5.00', parts)?.toSorted()).toEqual(['lines', 'row', 'shipping']);
    expect(explained('-5.00', parts, amounts('590.99', '595.99'))).toBeNull();
  });

  test('the refund less the row, or less the line', () => {
    const refund = of('refund', '1271.67');
    const other = [of('row', '271.67', { key: 'row:8' }), line(1, '271.67')];
    expect(explained('-1000.00', [refund, ...other], amounts('-1271.67', '-271.67'))).toBeNull();
    // What stands beside is still found.
    const found = explained('-1000.00', [refund, ...other, line(2, '1000.00')], amounts('-1271.67', '-271.67'));
    expect(found?.terms).toMatchObject([{ code: 'line', amount: '1000.00' }]);
    expect(found?.runnerUp).toBeNull();
  });

  test('one side of nothing: naming a part says something, the amount itself does not', () => {
    const given = amounts('50.00', '0');
    expect(explained('50.00', [of('refund', '50.00')], given)).toBeNull();
    expect(codes('50.00', [of('refund', '50.00'), line(1, '50.00'), line(2, '7.00')], given)).toEqual(['line']);
    // Every line of the order is the order.
    expect(explained('57.00', [line(1, '50.00'), line(2, '7.00')], amounts('57.00', '0'))).toBeNull();
  });

  test('a row that is booked twice is named', () => {
    expect(codes('-590.99', [row], amounts('590.99', '1181.98'))).toEqual(['row']);
  });
});
