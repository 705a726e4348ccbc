import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAmountForPeople,
  formatCount,
  formatDay,
  formatInstant,
  formatInstantDay,
  formatInvoiceDate,
  formatPeriod,
  parseAmountForPeople,
  parseDayForPeople,
  utcDay,
} from '../../src/shared/format.ts';

const tr = { language: 'tr', negativeStyle: 'minus' } as const;
const en = { language: 'en', negativeStyle: 'parentheses' } as const;

describe('amounts for people', () => {
  it('groups and separates as the language does', () => {
    expect(formatAmountForPeople('1234567.5', tr)).toBe('1.234.567,50');
    expect(formatAmountForPeople('1234567.5', en)).toBe('1,234,567.50');
    expect(formatAmountForPeople('999', tr)).toBe('999,00');
  });

  it('shows a negative amount in the chosen style', () => {
    expect(formatAmountForPeople('-1234.56', tr)).toBe('-1.234,56');
    expect(formatAmountForPeople('-1234.56', en)).toBe('(1,234.56)');
  });

  it('keeps every digit that says something and pads to the decimals asked for', () => {
    expect(formatAmountForPeople('0.123456', tr)).toBe('0,123456');
    expect(formatAmountForPeople('1.230000', tr)).toBe('1,23');
    expect(formatAmountForPeople('1.5', { ...tr, decimals: 0 })).toBe('1,5');
    expect(formatAmountForPeople('1500.000000', { ...tr, decimals: 0 })).toBe('1.500');
    expect(formatAmountForPeople('1.5', { ...tr, decimals: 3 })).toBe('1,500');
    expect(formatAmountForPeople('9223372036854.775807', en)).toBe('9,223,372,036,854.775807');
  });

  it('tells no data from zero, and never shows a negative zero', () => {
    expect(formatAmountForPeople(null, tr)).toBe('');
    expect(formatAmountForPeople('0.00', tr)).toBe('0,00');
    expect(formatAmountForPeople('-0.00', en)).toBe('0.00');
    expect(formatAmountForPeople('-0.00', { ...en, zeroAsDash: true })).toBe('–');
    expect(formatAmountForPeople('0.000001', { ...en, zeroAsDash: true })).toBe('0.000001');
  });

  it('gives back text that is no amount', () => {
    expect(formatAmountForPeople('n/a', tr)).toBe('n/a');
    expect(formatAmountForPeople('1e5', tr)).toBe('1e5');
  });

  it('can be read back to the same amount', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        fc.constantFrom('en', 'tr'),
        (micros, language) => {
          const digits = (micros < 0n ? -micros : micros).toString().padStart(7, '0');
          const text = `${micros < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
          const shown = formatAmountForPeople(text, { language, negativeStyle: 'minus' });
          const group = language === 'en' ? /,/g : /\./g;
          const [whole = '', fraction = ''] = shown.replace(group, '').replace(',', '.').split('.');
          expect(BigInt(whole.replace('-', '') + fraction.padEnd(6, '0'))).toBe(micros < 0n ? -micros : micros);
          expect(shown.startsWith('-')).toBe(micros < 0n);
        },
      ),
    );
  });

  it('groups counts', () => {
    expect(formatCount(1_234_567, 'tr')).toBe('1.234.567');
    expect(formatCount(-1200, 'en')).toBe('-1,200');
    expect(formatCount(5210.7, 'en')).toBe('5,210');
    expect(formatCount(0, 'en')).toBe('0');
  });
});

describe('days and instants for people', () => {
  it('writes a day in each language', () => {
    expect(formatDay('2026-03-05', 'tr')).toBe('05.03.2026');
    expect(formatDay('2026-03-05', 'en')).toBe('05 Mar 2026');
    expect(formatDay('soon', 'en')).toBe('soon');
  });

  it('puts an instant into the time zone', () => {
    expect(formatInstantDay('2026-03-04T22:30:00Z', 'tr', 'Europe/Istanbul')).toBe('05.03.2026');
    expect(formatInstantDay('2026-03-04T22:30:00Z', 'tr', 'America/New_York')).toBe('04.03.2026');
    expect(formatInstant('2026-03-04T21:05:00.000000Z', 'en', 'Europe/Istanbul')).toBe('05 Mar 2026 00:05');
    expect(formatInstant('not known', 'en', 'Europe/Istanbul')).toBe('not known');
  });

  it('shows an invoice date as its UTC day, unshifted', () => {
    expect(formatInvoiceDate('2026-03-05T00:00:00.000000Z', 'tr')).toBe('05.03.2026');
    expect(formatInvoiceDate('2026-03-05', 'en')).toBe('05 Mar 2026');
    expect(formatInvoiceDate('2026-03-05T01:00:00+03:00', 'tr')).toBe('04.03.2026');
    expect(formatInvoiceDate('?', 'tr')).toBe('?');
    expect(utcDay('')).toBeNull();
  });

  it('reads days as people type them, day before month', () => {
    for (const text of ['2026-03-05', '5.3.2026', '05/03/2026', ' 05 Mar 2026 ', '05 mar 2026', '05-03-2026']) {
      expect(parseDayForPeople(text), text).toBe('2026-03-05');
    }
    for (const text of ['', '31.02.2026', '2026-13-01', '05 Xyz 2026', '5.3.26', 'yesterday']) {
      expect(parseDayForPeople(text), text).toBeNull();
    }
  });

  it('reads back every day that it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.constantFrom('en', 'tr'), (days, language) => {
        const day = new Date(days * 86_400_000).toISOString().slice(0, 10);
        expect(parseDayForPeople(formatDay(day, language))).toBe(day);
      }),
    );
  });

  it('writes periods, open sides too', () => {
    expect(formatPeriod({ from: '2026-03-01', to: '2026-03-31' }, 'tr')).toBe('01.03.2026 – 31.03.2026');
    expect(formatPeriod({ from: null, to: '2026-03-31' }, 'tr')).toBe('… – 31.03.2026');
  });
});

describe('amounts as people type them', () => {
  it.each([
    ['tr', '1.234,56', '1234.56'],
    ['tr', ' 1234,5 ', '1234.5'],
    ['tr', '1.234', '1234'],
    ['tr', '12.345.678,000001', '12345678.000001'],
    ['en', '1,234.56', '1234.56'],
    ['en', '0.10', '0.10'],
    ['en', '1,234', '1234'],
  ] as const)('in %s reads %s', (language, text, expected) => {
    expect(parseAmountForPeople(text, language)).toBe(expected);
  });

  it.each([
    ['tr', '1234.56'],
    ['tr', '1,234.56'],
    ['tr', '107.00'],
    ['tr', '1.23,4'],
    ['tr', '12345.678'],
    ['tr', '1,2,3'],
    ['en', '1.234,56'],
    ['en', '107,00'],
    ['en', '1,,234'],
    ['en', '.5'],
    ['en', '5.'],
    ['en', '1.2345678'],
    ['en', '-5'],
    ['en', '1e3'],
    ['en', ''],
    ['tr', '1 234'],
  ] as const)('in %s refuses %s rather than misread it', (language, text) => {
    expect(parseAmountForPeople(text, language)).toBeNull();
  });

  it('reads back what it writes', () => {
    const amounts = fc.tuple(fc.bigInt(0n, 999_999_999_999n), fc.bigInt(0n, 999_999n));
    fc.assert(
      fc.property(amounts, fc.constantFrom('tr' as const, 'en' as const), ([whole, micros], language) => {
        const amount = `${whole}.${String(micros).padStart(6, '0')}`;
        const read = parseAmountForPeople(
          formatAmountForPeople(amount, { language, negativeStyle: 'minus' }),
          language,
        );
        expect(BigInt((read ?? '').padEnd(1).split('.')[0] ?? '')).toBe(whole);
        expect((read ?? '').split('.')[1]?.padEnd(6, '0')).toBe(String(micros).padStart(6, '0'));
      }),
    );
  });
});
