import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrder } from '../../src/main/omnitron/parse-page.ts';
import { addMoney, formatAmount, parseAmount, roundToCurrency, tryParseAmount } from '../../src/shared/money.ts';
import { readSample } from '../support/samples.ts';

const LIMIT = 9_223_372_036_854_775_807n;
const micros = fc.bigInt({ min: -LIMIT, max: LIMIT });
const currency = fc.constantFrom('try', 'eur', 'jpy', 'kwd', 'clf', 'huf', 'xyz');
/** An amount as any server may write it: sign, whole part with or without leading zeros, up to six decimals. */
const amountText = fc
  .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^[0-9]{1,12}$/), fc.stringMatching(/^[0-9]{0,6}$/))
  .map(([sign, whole, part]) => `${sign}${whole}${part === '' ? '' : `.${part}`}`);

/** An oracle that shares no code with the implementation: digits shifted by hand. */
function oracle(text: string): bigint {
  const [whole = '', part = ''] = text.replace('-', '').split('.');
  let value = 0n;
  for (const digit of `${whole}${part}`) value = value * 10n + BigInt(digit.charCodeAt(0) - 48);
  for (let missing = part.length; missing < 6; missing += 1) value *= 10n;
  return text.startsWith('-') ? -value : value;
}

describe('money', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(micros, currency, (amount, code) => {
        expect(parseAmount(formatAmount(amount, code))).toBe(amount);
      }),
      { numRuns: 10_000 },
    );
  });

  it('reads every decimal text as an oracle does', () => {
    fc.assert(
      fc.property(amountText, (text) => {
        expect(parseAmount(text)).toBe(oracle(text));
      }),
      { numRuns: 10_000 },
    );
  });

  it('keeps the order of numbers', () => {
    fc.assert(
      fc.property(amountText, amountText, (a, b) => {
        const difference = parseAmount(a) - parseAmount(b);
        expect(Math.sign(Number(difference))).toBe(Math.sign(Number(oracle(a) - oracle(b))));
      }),
      { numRuns: 5_000 },
    );
  });

  it('adds the same in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { minLength: 1, maxLength: 12 }),
        (amounts) => {
          const add = (list: bigint[]): bigint =>
            list.reduce(
              (sum, one) => addMoney({ micros: sum, currency: 'try' }, { micros: one, currency: 'try' }).micros,
              0n,
            );
          expect(add(amounts)).toBe(add(amounts.toReversed()));
          expect(add(amounts)).toBe(add(amounts.toSorted((a, b) => (a < b ? -1 : 1))));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('rounds to the nearest unit, halves away from zero', () => {
    const unitOf: Record<string, bigint> = { jpy: 1_000_000n, try: 10_000n, kwd: 1_000n };
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
        fc.constantFrom('jpy', 'try', 'kwd'),
        (amount, code) => {
          const unit = unitOf[code] ?? 1n;
          const rounded = roundToCurrency(amount, code);
          const off = rounded - amount;
          expect(rounded % unit).toBe(0n);
          expect((off < 0n ? -off : off) * 2n <= unit).toBe(true);
          if ((off < 0n ? -off : off) * 2n === unit) expect(off > 0n).toBe(amount > 0n);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('refuses whatever is not a plain decimal', () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.double().map(String),
      fc
        .tuple(amountText, fc.constantFrom('e1', 'E0', '0000000', ' ', ',00', '.', '_'))
        .map(([text, tail]) => `${text}${tail}`),
      amountText.map((text) => `+${text}`),
    );
    fc.assert(
      fc.property(junk, (text) => {
        const plain = /^-?[0-9]+(\.[0-9]{1,6})?$/.test(text) && oracle(text) <= LIMIT && oracle(text) >= -LIMIT;
        expect(tryParseAmount(text) !== null).toBe(plain);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('an amount on its way from the wire', () => {
  const template = JSON.stringify(readSample('order-by-number.json'));

  it('is the same whether it came as a number or as text', () => {
    const wireNumber = amountText.map((text) => text.replace(/^(-?)0+(?=[0-9])/, '$1'));
    fc.assert(
      fc.property(wireNumber, fc.boolean(), (text, quoted) => {
        const literal = quoted ? `"${text}"` : text;
        const body = template.replace('"amount":"16.40"', `"amount":${literal}`);
        expect(parseOrder(new TextEncoder().encode(body)).amount).toBe(oracle(text));
      }),
      { numRuns: 10_000 },
    );
  });
});
