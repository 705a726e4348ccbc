import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, guardFormula } from '../../src/main/reports/csv-text.ts';
import { readCsv } from '../support/csv-reader.ts';

const awkward = fc.string({
  unit: fc.constantFrom('a', 'İ', '"', ';', ',', '\r', '\n', '\t', ' ', "'", '=', '-', '😀'),
});
const field = fc.oneof(awkward, fc.string({ unit: 'binary' }));

describe('CSV quoting', () => {
  it.each([';', ','])('any fields come back from an independent reader, columns parted by %s', (separator) => {
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1 }), { maxLength: 8 }), (rows) => {
        const text = rows.map((row) => csvLine(row, separator)).join('');
        expect(readCsv(text, separator)).toEqual(rows);
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
