import { describe, expect, it } from 'vitest';
import { csvLine, csvSeparator, guardFormula } from '../../src/main/reports/csv-text.ts';
import { labelsFor } from '../../src/main/reports/labels.ts';

describe('CSV text', () => {
  it('parts columns with a semicolon in Turkish and a comma in English', () => {
    expect(csvSeparator('tr')).toBe(';');
    expect(csvSeparator('en')).toBe(',');
  });

  it.each(['=1+1', '+90 212', '-5', '@cmd', '\tx', '\rx', '\n=x'])('takes the formula out of %j', (text) => {
    expect(guardFormula(text)).toBe(`'${text}`);
  });

  it.each(['', 'Web', '2790000000000001', 'a=b', "'=1", ' =1', 'é-x'])('leaves %j alone', (text) => {
    expect(guardFormula(text)).toBe(text);
  });

  it('quotes what needs quoting and ends the line with CR LF', () => {
    expect(csvLine(['a', 'b;c', 'd"e', 'f\tg', 'h,i', ' j'], ';')).toBe('a;"b;c";"d""e";f\tg;h,i;" j"\r\n');
    expect(csvLine(['1,50', 'x'], ',')).toBe('"1,50",x\r\n');
    expect(csvLine([], ',')).toBe('\r\n');
  });

  it('writes a row as one line: a line break inside a value is a blank', () => {
    expect(csvLine(['a\r\nb', 'c\nd\re', 'f\u2028g\u2029h\u0085i'], ',')).toBe('a b,c d e,f g h i\r\n');
  });

  it.each(['\0', '\x01', '\b', '\x0B', '\x1B', '\x1F', '\x7F', '\u202A', '\u202E', '\u2066', '\u2069'])(
    'replaces the control character %j',
    (character) => {
      expect(csvLine([`a${character}b`], ',')).toBe('a\uFFFDb\r\n');
    },
  );

  it('says nothing untrue about the length of order numbers', () => {
    for (const language of ['en', 'tr'] as const) {
      expect(labelsFor(language).legend.csvKeys).not.toMatch(/up to 16|16 karaktere kadar/);
    }
  });
});
