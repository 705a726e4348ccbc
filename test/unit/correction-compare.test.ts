import { describe, expect, test } from 'vitest';
import { compareField, sameValue, wireBody } from '../../src/main/corrections/compare.ts';
import type { CorrectionField, FieldValue } from '../../src/shared/corrections.ts';

/** Values with what each says, written down by hand: two say the same where, and only where, the words are the same. */
type Domain = [value: FieldValue, says: string][];

const TEXTS: Domain = [
  [null, 'none'],
  ['', 'none'],
  ['A1', 'A1'],
  ['A2', 'A2'],
  ['a1', 'a1'],
  ['A1 ', 'A1 and a blank'],
  ['8.5', '8.5'],
  ['8.50', '8.50'],
  ['none', 'the word'],
  ['true', 'the word true'],
  [true, 'yes'],
  [false, 'no'],
];
const DATES: Domain = [
  [null, 'none'],
  ['', 'none'],
  ['2026-01-05', 'fifth'],
  ['2026-01-05T00:00:00Z', 'fifth'],
  ['2026-01-05T00:00:00.000000Z', 'fifth'],
  ['2026-01-05T03:00:00+03:00', 'fifth'],
  ['2026-01-06', 'sixth'],
  ['soon', 'soon'],
];
const EXTRA: Domain = [
  [null, 'none'],
  ['', 'none'],
  ['8.5', 'eight and a half'],
  ['8.50', 'eight and a half'],
  ['8.500', 'eight and a half'],
  ['08.5', 'text 08.5'],
  ['8,5', 'text 8,5'],
  ['-8.5', 'minus eight and a half'],
  ['0', 'zero'],
  ['0.00', 'zero'],
  ['-0', 'zero'],
  ['00', 'text 00'],
  ['90071992547409931', 'a large number'],
  ['90071992547409932', 'the one after it'],
  ['1e3', 'text 1e3'],
  ['1000', 'a thousand'],
  [true, 'yes'],
  ['true', 'the word true'],
  [false, 'no'],
  [{}, 'an object without names'],
  [{ a: null }, 'an object without names'],
  [{ a: '' }, 'an object without names'],
  [{ a: { b: null } }, 'an object in an object'],
  [{ a: {} }, 'an object in an object'],
  [{ a: '8.5', b: null }, 'a is 8.5'],
  [{ a: '8.50' }, 'a is 8.5'],
  [{ a: '1', b: '2' }, 'a and b'],
  [{ b: '2.0', a: '1' }, 'a and b'],
  [{ a: '08.5' }, 'a is text'],
  [[], 'an empty list'],
  [[null], 'a list of none'],
  [[''], 'a list of none'],
  [['1', '2'], 'one, two'],
  [['1.0', '2'], 'one, two'],
  [['2', '1'], 'two, one'],
  [['1,2'], 'one text'],
  ['[1,2]', 'text of a list'],
  ['{"a":1}', 'text of an object'],
];

const DOMAINS: [CorrectionField, Domain][] = [
  ['invoice_number', TEXTS],
  ['e_archive_url', TEXTS],
  ['status', TEXTS],
  ['is_send', TEXTS],
  ['invoice_date', DATES],
  ['extra_field.erp', EXTRA],
];

describe.each(DOMAINS)('the three-way compare of %s, over every combination', (field, domain) => {
  test('says what the values say, and never loses or overwrites one unseen', () => {
    const wrong: unknown[] = [];
    for (const [base, saw] of domain) {
      for (const [target, wants] of domain) {
        for (const [server, holds] of domain) {
          const expected = holds === wants ? 'done' : holds === saw ? 'send' : 'conflict';
          const verdict = compareField({ field, base, target, server });
          // done only where Omnitron holds what is wanted, send only where it holds what was seen.
          if (verdict !== expected) wrong.push({ base, target, server, verdict, expected });
        }
        if (compareField({ field, base, target, server: undefined }) !== 'conflict') wrong.push({ base, target });
      }
    }
    expect(wrong).toEqual([]);
  });

  test('saying the same is reflexive, symmetric and transitive', () => {
    const values = domain.map(([value]) => value);
    const same = values.map((a) => values.map((b) => sameValue(field, a, b)));
    for (const [a] of values.entries()) {
      expect(same[a]?.[a]).toBe(true);
      for (const [b] of values.entries()) {
        expect(same[a]?.[b]).toBe(same[b]?.[a]);
        // Two that say the same agree about every third.
        if (same[a]?.[b]) expect(same[a]).toEqual(same[b]);
      }
    }
  });
});

test('the body of a write: a day as midnight UTC, keys of extra_field in one object, everything else as it is', () => {
  expect(
    wireBody([
      { field: 'invoice_date', target: '2026-01-05' },
      { field: 'invoice_number', target: 'A1' },
      { field: 'extra_field.erp.code', target: '8.50' },
      { field: 'extra_field.lot', target: { a: ['1'] } },
    ]),
  ).toEqual({
    invoice_date: '2026-01-05T00:00:00.000000Z',
    invoice_number: 'A1',
    extra_field: { 'erp.code': '8.50', lot: { a: ['1'] } },
  });
  expect(wireBody([{ field: 'is_send', target: true }])).toEqual({ is_send: true });
  // What a reversal puts back is an instant as it was read.
  expect(wireBody([{ field: 'invoice_date', target: '2026-01-04T21:00:00Z' }])).toEqual({
    invoice_date: '2026-01-04T21:00:00Z',
  });
});
