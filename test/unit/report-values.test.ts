import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsSpreadsheet, localAmount } from '../../src/main/reports/amount-text.ts';
import { LocalClock } from '../../src/main/reports/local-clock.ts';
import { defaultReportName } from '../../src/main/reports/report-name.ts';
import { cellText, columnLetters, quotedSheet, sheetName } from '../../src/main/reports/xlsx-cell-text.ts';
import { linesOf } from '../../src/main/reports/xlsx-sheet.ts';
import { AppError } from '../../src/shared/errors.ts';
import { formatAmount, parseAmount } from '../../src/shared/money.ts';

describe('amounts in a spreadsheet', () => {
  it.each([
    ['0.00', true],
    ['-1234.50', true],
    ['0.000001', true],
    ['999999999999999', true],
    ['9999999999999.99', true],
    ['10000000000000000.00', true],
    ['1000000000000000', true],
    ['1234567890123456', false],
    ['99999999999999.99', false],
    ['1234567890.123456', false],
    ['-9223372036854.775807', false],
  ])('%s fits: %s', (amount, fits) => {
    expect(fitsSpreadsheet(amount)).toBe(fits);
  });

  it('every amount that fits survives as a double', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        fc.constantFrom('try', 'jpy', 'kwd'),
        (micros, currency) => {
          const text = formatAmount(micros, currency);
          fc.pre(fitsSpreadsheet(text));
          expect(parseAmount(String(Number(text)))).toBe(micros === 0n ? 0n : micros);
        },
      ),
    );
  });

  it('are written with the decimal point of the language and no grouping', () => {
    expect(localAmount('-1234567.50', 'tr')).toBe('-1234567,50');
    expect(localAmount('-1234567.50', 'en')).toBe('-1234567.50');
  });
});

describe('the clock of a report', () => {
  it('writes wall-clock time of the business time zone', () => {
    const clock = new LocalClock('Europe/Istanbul');
    const instant = Date.UTC(2026, 0, 31, 21, 5, 9);
    expect(clock.text(instant, 'tr')).toBe('01.02.2026 00:05:09');
    expect(clock.text(instant, 'en')).toBe('2026-02-01 00:05:09');
  });

  it('gives the serial number that spreadsheets count days with', () => {
    const clock = new LocalClock('UTC');
    expect(clock.serial(Date.UTC(2026, 0, 1))).toBe(46_023);
    expect(clock.serial(Date.UTC(2026, 0, 1, 12, 0, 0, 999))).toBe(46_023.5);
  });

  it('follows the clock change of a zone to the second', () => {
    const clock = new LocalClock('Europe/Berlin');
    const change = Date.UTC(2026, 2, 29, 1);
    expect(clock.text(change - 1000, 'en')).toBe('2026-03-29 01:59:59');
    expect(clock.text(change, 'en')).toBe('2026-03-29 03:00:00');
  });
});

describe('the name of a report file', () => {
  const parts = {
    connection: 'default',
    period: { from: '2026-01-01', to: '2026-01-31' },
    format: 'xlsx' as const,
    timeZone: 'Europe/Istanbul',
    nowMs: Date.UTC(2026, 1, 1, 22, 7),
  };

  it('says connection, period and local time', () => {
    expect(defaultReportName(parts)).toBe('Mutabakat_default_2026-01-01_2026-01-31_20260202-0107.xlsx');
  });

  it('holds no character that a file system refuses', () => {
    const name = defaultReportName({ ...parts, connection: ' ../A:B\\C*?"<>|\u0007 mağaza. ', format: 'csv' });
    expect(name).toBe('Mutabakat_A-B-C-mağaza_2026-01-01_2026-01-31_20260202-0107.csv');
  });

  it('names open periods and empty connections', () => {
    expect(defaultReportName({ ...parts, connection: '...', period: { from: null, to: null } })).toBe(
      'Mutabakat_report_all_all_20260202-0107.xlsx',
    );
  });

  it('stays short and refuses a period that is none', () => {
    expect(Buffer.byteLength(defaultReportName({ ...parts, connection: 'ğ'.repeat(500) }))).toBeLessThan(255);
    expect(() => defaultReportName({ ...parts, period: { from: '../x', to: null } })).toThrow(AppError);
  });
});

describe('text in a workbook', () => {
  it('is kept, what XML cannot hold is shown as a replacement character', () => {
    expect(cellText('Şık & <b> "x"\n😀')).toBe('Şık & <b> "x"\n😀');
    expect(cellText('a\u0000b\u001fc\ud800d')).toBe('a\uFFFDb\uFFFDc\uFFFDd');
  });

  it('is not taken for an escape and keeps a carriage return', () => {
    expect(cellText('_x0041_')).toBe('_x005F_x0041_');
    expect(cellText('a\rb')).toBe('a_x000D_b');
  });

  it('ends in an ellipsis where Excel would cut it', () => {
    const long = cellText('x'.repeat(40_000));
    expect(long.length).toBeLessThanOrEqual(32_767);
    expect(long.endsWith('x…')).toBe(true);
  });

  it('names sheets so that Excel takes them and none is there twice', () => {
    const taken = new Set<string>();
    expect(sheetName('Orders TRY', taken)).toBe('Orders TRY');
    expect(sheetName('orders try', taken)).toBe('orders try (2)');
    expect(sheetName("'a/b:c[d]*?\\", taken)).toBe('_a_b_c_d____');
    const long = 'x'.repeat(40);
    expect(sheetName(long, taken)).toHaveLength(31);
    expect(sheetName(long, taken)).toMatch(/^x{27} \(2\)$/);
    expect(quotedSheet("A'B")).toBe("'A''B'");
  });

  it('counts columns in letters', () => {
    expect([1, 15, 26, 27, 52, 702, 703].map(columnLetters)).toEqual(['A', 'O', 'Z', 'AA', 'AZ', 'ZZ', 'AAA']);
  });
});

describe('the lines that a wrapped text takes', () => {
  it.each([
    ['', 10, 1],
    ['short', 10, 1],
    ['ten chars.', 10, 1],
    ['two short words', 10, 2],
    ['two\nbreaks\n', 10, 3],
    ['aaaa bbbb cccc dddd', 9, 2],
    // By length alone this were two lines, but no two of its words fit into one.
    ['aaaaaa bbbbbb cccccc', 10, 3],
    ['a word-that-is-longer-than-a-line b', 10, 5],
    ['0123456789012345678901', 10, 3],
  ])('%j in %i characters: %i', (text, width, lines) => {
    expect(linesOf(text, width)).toBe(lines);
  });
});
