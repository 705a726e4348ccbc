import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { isWithin } from '../../src/shared/tolerance.ts';
import { addWorkingDays, isWorkingDay } from '../../src/shared/working-days.ts';

test.each([
  ['2026-01-02', true],
  ['2026-01-01', false],
  ['2026-01-03', false],
  ['2026-01-04', false],
  ['2026-04-23', false],
  ['2026-05-01', false],
  ['2026-05-19', false],
  ['2026-07-15', false],
  ['2026-08-30', false],
  ['2026-10-29', false],
  ['2026-10-30', true],
])('%s is a working day: %s', (day, expected) => {
  expect(isWorkingDay(day)).toBe(expected);
});

test.each([
  ['2026-01-05', 0, '2026-01-05'],
  ['2026-01-05', 1, '2026-01-06'],
  ['2026-01-02', 1, '2026-01-05'],
  ['2026-01-03', 1, '2026-01-05'],
  // Thursday 23 April is a holiday.
  ['2026-04-22', 1, '2026-04-24'],
  ['2026-04-22', 2, '2026-04-27'],
  ['2025-12-31', 1, '2026-01-02'],
  ['2026-02-27', 5, '2026-03-06'],
])('%s and %i working days is %s', (day, count, expected) => {
  expect(addWorkingDays(day, count)).toBe(expected);
});

test('a day that is none is refused', () => {
  expect(() => addWorkingDays('2026-02-30', 1)).toThrow(RangeError);
});

test.each([
  ['0.05', '0', '0.05', '100.00', true],
  ['0.05', '0', '-0.05', '100.00', true],
  ['0.05', '0', '0.050001', '100.00', false],
  ['0', '1', '1.00', '-100.00', true],
  ['0', '1', '1.000001', '100.00', false],
  ['0.05', '1', '0.06', null, false],
  ['0', '0', '0', null, true],
  ['0', '100', '9223372036854.775807', '9223372036854.775807', true],
])('a tolerance of %s or %s %% and a difference of %s of %s: %s', (absolute, percent, difference, amount, expected) => {
  const micros = (text: string) => BigInt(Math.sign(Number(text)) || 1) * toMicros(text.replace('-', ''));
  expect(
    isWithin({ currency: 'try', absolute, percent }, micros(difference), amount === null ? null : micros(amount)),
  ).toBe(expected);
});

function toMicros(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(6, '0')}`);
}

test('canonical JSON does not depend on the order in which an object was made', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson({ a: true, b: [1, { c: 'x', d: null }] })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  expect(() => canonicalJson({ a: 0.1 })).toThrow(TypeError);
});
