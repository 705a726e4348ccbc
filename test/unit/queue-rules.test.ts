import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { isWithin } from '../../src/shared/tolerance.ts';
import { addWorkingDays, calendarOf, DEFAULT_CALENDAR, isWorkingDay } from '../../src/shared/working-days.ts';

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
  // Kurban Bayramı and its eve, whose afternoon alone is a holiday.
  ['2026-05-26', true],
  ['2026-05-27', false],
  ['2026-05-29', false],
  ['2026-06-01', true],
  ['2024-04-09', true],
  ['2024-04-12', false],
  ['2030-12-31', true],
  ['2031-01-02', null],
  ['2019-12-31', null],
  // Closed for other reasons, whatever the moon says.
  ['2031-01-01', false],
  ['2031-01-04', false],
])('%s is a working day: %s', (day, expected) => {
  expect(isWorkingDay(day, DEFAULT_CALENDAR)).toBe(expected);
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
  ['2026-05-26', 1, '2026-06-01'],
  ['2025-03-28', 1, '2025-04-02'],
  ['2030-12-30', 1, '2030-12-31'],
  ['2030-12-30', 2, null],
  ['2019-12-31', 1, '2020-01-02'],
  ['2019-12-30', 1, null],
])('%s and %i working days is %s', (day, count, expected) => {
  expect(addWorkingDays(day, count, DEFAULT_CALENDAR)).toBe(expected);
});

test('a calendar of its own: a weekend, holidays, days more and days less; the profile before the kind', () => {
  const days = (closed: string[], open: string[]) => ({ closed, open });
  const calendars = [
    { source: 'bank', weekend: [0], holidays: 'fixed' as const, ...days(['2026-06-02'], ['2026-04-23']) },
    { source: 'Garanti POS', weekend: [], holidays: 'none' as const, ...days([], []) },
  ];
  const bank = calendarOf(calendars, { kind: 'bank', profile: 'Other' });
  expect(calendarOf(calendars, { kind: 'bank', profile: 'Garanti POS' })).toBe(calendars[1]);
  expect(calendarOf(calendars, { kind: 'erp', profile: null })).toBe(DEFAULT_CALENDAR);
  expect(['2026-05-27', '2026-05-30', '2026-05-31', '2026-06-02'].map((day) => isWorkingDay(day, bank))).toEqual([
    ...[true, true, false, false],
  ]);
  expect(isWorkingDay('2026-04-23', bank)).toBe(true);
  expect(addWorkingDays('2040-01-01', 3, { ...bank, weekend: [] })).toBe('2040-01-04');
});

test('a day that is none is refused', () => {
  expect(() => addWorkingDays('2026-02-30', 1, DEFAULT_CALENDAR)).toThrow(RangeError);
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
