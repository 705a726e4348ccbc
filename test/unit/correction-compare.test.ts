import { describe, expect, test } from 'vitest';
import { compareField, sameValue, wireValue } from '../../src/main/corrections/compare.ts';
import { validateCorrection } from '../../src/main/corrections/validate.ts';
import type { CorrectionField, FieldValue, NewCorrection } from '../../src/shared/corrections.ts';

const TEXTS: FieldValue[] = [null, '', 'A1', 'A2', 'a1', 'A1 '];
const DATES: FieldValue[] = [
  null,
  '',
  '2026-01-05',
  '2026-01-05T00:00:00Z',
  '2026-01-05T00:00:00.000000Z',
  '2026-01-05T03:00:00+03:00',
  '2026-01-06',
  'soon',
];

/** What "says the same" means, written down a second time and without the code under test. */
function meaning(field: CorrectionField, value: FieldValue): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return String(value);
  if (field !== 'invoice_date') return `text ${value}`;
  if (/^2026-01-05/.test(value)) return 'fifth';
  return value === '2026-01-06' ? 'sixth' : `text ${value}`;
}

describe('the three-way compare over every combination of a small domain', () => {
  const domains: [CorrectionField, FieldValue[]][] = [
    ['invoice_number', TEXTS],
    ['e_archive_url', TEXTS],
    ['invoice_date', DATES],
    ['is_send', [true, false]],
  ];
  test.each(domains)('%s', (field, values) => {
    let combinations = 0;
    for (const base of values) {
      for (const target of values) {
        for (const server of values) {
          const expected =
            meaning(field, server) === meaning(field, target)
              ? 'done'
              : meaning(field, server) === meaning(field, base)
                ? 'send'
                : 'conflict';
          expect(compareField({ field, base, target, server }), JSON.stringify({ base, target, server })).toBe(
            expected,
          );
          combinations += 1;
        }
        expect(compareField({ field, base, target, server: undefined })).toBe('conflict');
        expect(sameValue(field, base, target)).toBe(sameValue(field, target, base));
      }
    }
    expect(combinations).toBe(values.length ** 3);
  });
});

test('an invoice date is sent as midnight UTC, everything else as it is', () => {
  expect(wireValue('invoice_date', '2026-01-05')).toBe('2026-01-05T00:00:00.000000Z');
  expect(wireValue('invoice_number', 'A1')).toBe('A1');
  expect(wireValue('is_send', true)).toBe(true);
});

describe('what may be queued', () => {
  const NOW_MS = Date.parse('2026-03-01T09:59:59Z');
  const line = (set: NewCorrection['set']): NewCorrection => ({ target: { kind: 'line', lineId: 1 }, set });
  const order = (set: NewCorrection['set']): NewCorrection => ({ target: { kind: 'order', orderId: 1 }, set });

  test('accepts documented fields with usable values', () => {
    expect(validateCorrection(order({ is_send: true }), NOW_MS)).toEqual([['is_send', true]]);
    const set = {
      invoice_date: '2026-02-28',
      invoice_number: ' ABC2026000000001 ',
      e_archive_url: 'https://example.com/i?x=1',
    };
    expect(validateCorrection(line(set), NOW_MS)).toEqual([
      ['invoice_number', 'ABC2026000000001'],
      ['invoice_date', '2026-02-28'],
      ['e_archive_url', 'https://example.com/i?x=1'],
    ]);
  });
  test.each([
    ['FIELD_NOT_WRITABLE', order({ invoice_number: 'A1' })],
    ['FIELD_NOT_WRITABLE', line({ is_send: true })],
    ['VALUE_INVALID', order({})],
    ['VALUE_INVALID', order({ is_send: false })],
    ['VALUE_INVALID', order({ is_send: 'true' })],
    ['VALUE_INVALID', line({ invoice_number: '' })],
    ['VALUE_INVALID', line({ invoice_number: null })],
    ['VALUE_INVALID', line({ invoice_number: '=HYPERLINK("x")' })],
    ['VALUE_INVALID', line({ invoice_number: 'x'.repeat(129) })],
    ['VALUE_INVALID', line({ invoice_date: '2026-02-30' })],
    ['VALUE_INVALID', line({ invoice_date: '05.01.2026' })],
    ['VALUE_INVALID', line({ e_archive_url: 'javascript:alert(1)' })],
    ['VALUE_INVALID', line({ e_archive_url: 'https://user:secret@example.com/' })],
    ['VALUE_INVALID', line({ e_archive_url: 'example.com' })],
  ])('%s: %j', (code, correction) => {
    expect(() => validateCorrection(correction, NOW_MS)).toThrow(expect.objectContaining({ code }));
  });

  describe('an invoice date', () => {
    const dated = (day: string) => line({ invoice_date: day });
    test('may be the day that it is anywhere on earth', () => {
      expect(validateCorrection(dated('2026-03-01'), NOW_MS)).toEqual([['invoice_date', '2026-03-01']]);
      expect(validateCorrection(dated('2026-03-02'), NOW_MS + 1_000)).toEqual([['invoice_date', '2026-03-02']]);
    });
    test('in the future is refused in words that name the field', () => {
      for (const day of ['2026-03-02', '2062-03-01']) {
        const refusal = { code: 'VALUE_INVALID', details: { field: 'invoice_date' } };
        expect(() => validateCorrection(dated(day), NOW_MS)).toThrow(expect.objectContaining(refusal));
        expect(() => validateCorrection(dated(day), NOW_MS)).toThrow('must not lie in the future');
      }
    });
    test('that Omnitron holds is taken wherever it lies', () => {
      const held = { invoice_date: '2030-01-01T00:00:00Z' };
      expect(validateCorrection(dated('2030-01-01'), NOW_MS, held)).toEqual([['invoice_date', held.invoice_date]]);
    });
  });
});
