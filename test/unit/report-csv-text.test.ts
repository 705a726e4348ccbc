import { describe, expect, it } from 'vitest';
import { csvLine, csvSeparator, guardFormula } from '../../src/main/reports/csv-text.ts';

describe('CSV text', () => {
  it('parts columns with a semicolon in Turkish and a comma in English', () => {
    expect(csvSeparator('tr')).toBe(';');
    expect(csvSeparator('en')).toBe(',');
  });

  it.each(['=1+1', '+90 212', '-5', '@cmd', '\tx', '\rx'])('takes the formula out of %j', (text) => {
    expect(guardFormula(text)).toBe(`'${text}`);
  });

  it.each(['', 'Web', '2790000000000001', 'a=b', "'=1", ' =1', 'é-x'])('leaves %j alone', (text) => {
    expect(guardFormula(text)).toBe(text);
  });

  it('quotes what needs quoting and ends the line with CR LF', () => {
    expect(csvLine(['a', 'b;c', 'd"e', 'f\ng', 'h,i', ' j'], ';')).toBe('a;"b;c";"d""e";"f\ng";h,i;" j"\r\n');
    expect(csvLine(['1,50', 'x'], ',')).toBe('"1,50",x\r\n');
    expect(csvLine([], ',')).toBe('\r\n');
  });
});
