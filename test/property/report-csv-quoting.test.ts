import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, guardFormula } from '../../src/main/reports/csv-text.ts';
import { readCsv } from '../support/csv-reader.ts';

const awkward = fc.string({
  unit: fc.constantFrom('a', 'İ', '"', ';', ',', '\r', '\n', '\t', ' ', "'", '=', '-', '😀'),
});
const field = fc.oneof(awkward, fc.string({ unit: 'binary' }));

/** What a reader gets of a field: one line, and nothing that turns it round or is no text. */
function asWritten(text: string): string {
  const isControl = (code: number): boolean =>
    (code < 0x20 && code !== 9) ||
    (code >= 0x7f && code < 0xa0) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069);
  const isBreak = (code: number): boolean => [10, 13, 0x85, 0x2028, 0x2029].includes(code);
  return [...text.replaceAll('\r\n', '\n')]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (isBreak(code)) return ' ';
      return isControl(code) ? '\uFFFD' : character;
    })
    .join('');
}

describe('CSV quoting', () => {
  it.each([';', ','])('any fields come back from an independent reader, columns parted by %s', (separator) => {
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1 }), { maxLength: 8 }), (rows) => {
        const text = rows.map((row) => csvLine(row, separator)).join('');
        expect(readCsv(text, separator)).toEqual(rows.map((row) => row.map(asWritten)));
      }),
    );
  });

  it('no guarded text begins like a formula, and nothing else is changed', () => {
    fc.assert(
      fc.property(field, (text) => {
        const guarded = guardFormula(text);
        expect(guarded).not.toMatch(/^[=+\-@\t\r]/);
        expect([text, `'${text}`]).toContain(guarded);
      }),
    );
  });
});
