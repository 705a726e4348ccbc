import { describe, expect, test } from 'vitest';
import { readLiteral, readUnder, takeApart } from '../../src/main/statements/detect/amounts.ts';
import { createDecimalEvidence } from '../../src/main/statements/detect/decimals.ts';
import type { DecimalStyle } from '../../src/shared/statements.ts';
import { seededRandom, testSeed } from '../support/random.ts';

function read(style: DecimalStyle, text: string): bigint | string {
  const apart = takeApart(text);
  return apart === null ? 'no amount' : readUnder(style, apart);
}

describe('amounts in text', () => {
  test.each([
    ['1.234,56', 1_234_560_000n],
    ['-1.234,56', -1_234_560_000n],
    ['1.234,56-', -1_234_560_000n],
    ['(1.234,56)', -1_234_560_000n],
    ['−1.234,56', -1_234_560_000n],
    ['+12,5', 12_500_000n],
    ['₺1.234,56', 1_234_560_000n],
    ['-₺1.234,56', -1_234_560_000n],
    ['₺-1.234,56', -1_234_560_000n],
    ['1.234,56 TL', 1_234_560_000n],
    ['1 234,56', 1_234_560_000n],
    ['1\u00a0234\u00a0567,8', 1_234_567_800_000n],
    ['12.345.678,90', 12_345_678_900_000n],
    [',50', 500_000n],
    ['0,000001', 1n],
    ['1234', 1_234_000_000n],
    ['1,2300000000', 1_230_000n],
    ['1.234', 1_234_000_000n],
  ])('%s with a decimal comma', (text, micros) => {
    expect(read('comma', text)).toBe(micros);
  });

  test.each([
    ['1,234.56', 1_234_560_000n],
    ['1.234', 1_234_000n],
    ['1234.567', 1_234_567_000n],
    ['$1,234.56', 1_234_560_000n],
    ['(0.01)', -10_000n],
    ['9223372036854.775807', 9_223_372_036_854_775_807n],
  ])('%s with a decimal point', (text, micros) => {
    expect(read('point', text)).toBe(micros);
  });

  test.each([
    ['comma', '12.34'],
    ['comma', '1.23.456,00'],
    ['comma', '0.123,00'],
    ['comma', '1,2,3'],
    ['comma', '1.234,'],
    ['point', '1.234,56'],
    ['point', '1,23,456.00'],
    ['point', '.'],
  ] as const)('with a decimal %s, %s is no amount', (style, text) => {
    expect(read(style, text)).toBe('not-an-amount');
  });

  test.each(['abc', '12a', '--5', '-5-', '(-5)', '(5', '1 2,00', '=1+1', '₺5 USD', '1e5', 'NaN', '', '١٢'])(
    '%s is no amount in any reading',
    (text) => {
      expect(takeApart(text)).toBeNull();
    },
  );

  test('more than six decimals and what does not fit 64 bits are refused, never rounded', () => {
    expect(read('point', '0.1234567')).toBe('decimals');
    expect(read('point', '9223372036854.775808')).toBe('too-large');
    expect(read('point', '9'.repeat(70))).toBe('too-large');
  });

  test('what is printed in either style is read back exactly', () => {
    const seed = testSeed();
    const random = seededRandom(seed);
    for (let round = 0; round < 2_000; round += 1) {
      const micros = BigInt(Math.floor(random() * 1e15)) * (random() < 0.3 ? -1n : 1n);
      const size = micros < 0n ? -micros : micros;
      const whole = (size / 1_000_000n).toString();
      const fraction = (size % 1_000_000n).toString().padStart(6, '0');
      for (const [style, group, decimal] of [
        ['comma', '.', ','],
        ['point', ',', '.'],
      ] as const) {
        const grouped = random() < 0.5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
        const text = `${micros < 0n ? '-' : ''}${grouped}${decimal}${fraction}`;
        expect(read(style, text), `seed ${seed}: ${text}`).toBe(micros);
      }
    }
  });
});

describe("a workbook's numbers", () => {
  test.each([
    ['1234.5', 1_234_500_000n],
    ['17.989999999999998', 17_990_000n],
    ['107.00000000000001', 107_000_000n],
    ['1.2345E3', 1_234_500_000n],
    ['1E-3', 1_000n],
    ['-0.05', -50_000n],
    ['0', 0n],
    ['5e-324', 'decimals'],
    ['0.33333333333333331', 'decimals'],
    ['999999999999999.9', 'too-large'],
    ['1E40', 'too-large'],
    ['1E300', 'too-large'],
    ['99999999999.9999999', 100_000_000_000_000_000n],
    ['x', 'not-an-amount'],
  ])('%s', (literal, micros) => {
    expect(readLiteral(literal)).toBe(micros);
  });

  test('every amount of two decimals survives the binary number in between', () => {
    const seed = testSeed();
    const random = seededRandom(seed);
    for (let round = 0; round < 2_000; round += 1) {
      const cents = Math.floor(random() * 1e11);
      // What a spreadsheet writes: up to 17 digits of the nearest binary number.
      const literal = (cents / 100).toPrecision(17);
      expect(readLiteral(literal), `seed ${seed}: ${literal}`).toBe(BigInt(cents) * 10_000n);
    }
  });
});

describe('how decimals are written', () => {
  function judge(cells: readonly string[], printed: readonly string[] = []) {
    const evidence = createDecimalEvidence();
    cells.forEach((cell, at) => {
      const apart = takeApart(cell);
      if (apart !== null) evidence.add(apart, at + 2, true);
    });
    return evidence.judge(printed.flatMap((total) => takeApart(total) ?? []));
  }

  test('one cell that fits only one way decides for all', () => {
    expect(judge(['1.234', '12,5'])).toMatchObject({ style: 'comma', sums: { comma: 1_246_500_000n, point: null } });
    expect(judge(['1.234', '12.5'])).toMatchObject({ style: 'point', sums: { comma: null, point: 13_734_000n } });
  });

  test('where both fit and differ, only a printed total decides', () => {
    const cells = ['1.234', '5.678'];
    expect(judge(cells)).toMatchObject({
      style: null,
      unclear: 'both',
      sums: { comma: 6_912_000_000n, point: 6_912_000n },
    });
    expect(judge(cells, ['6.912,00'])).toMatchObject({ style: 'comma', unclear: null });
    expect(judge(cells, ['6.912'])).toMatchObject({ style: null, unclear: 'both' });
    expect(judge(cells, ['7.000,00'])).toMatchObject({ style: null, unclear: 'both' });
  });

  test('cells that contradict each other decide nothing', () => {
    expect(judge(['1,50', '2.50'])).toMatchObject({ style: null, unclear: 'mixed', proof: { comma: 2, point: 3 } });
  });

  test('whole numbers are the same either way', () => {
    expect(judge(['100', '250'])).toMatchObject({ unclear: null, sums: { comma: 350_000_000n, point: 350_000_000n } });
  });
});
