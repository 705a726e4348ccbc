import { describe, expect, test } from 'vitest';
import { createDateEvidence, dayUnder, readDate } from '../../src/main/statements/detect/dates.ts';
import { columnsByHeading, foldText } from '../../src/main/statements/detect/headings.ts';
import { keyOfLiteral, lookOf, readKey } from '../../src/main/statements/detect/keys.ts';
import { findLayout } from '../../src/main/statements/detect/layout.ts';
import { createRowKinds } from '../../src/main/statements/detect/row-kinds.ts';
import { findDelimiter } from '../../src/main/statements/reading/delimiter.ts';
import type { SourceRow } from '../../src/main/statements/reading/source.ts';
import { showsDate } from '../../src/main/statements/xlsx/styles.ts';
import { AppError } from '../../src/shared/errors.ts';
import { ISTANBUL } from '../support/engine.ts';

const rowsOf = (...rows: string[][]): SourceRow[] => rows.map((cells, at) => ({ line: at + 1, cells, kinds: null }));

describe('dates', () => {
  test.each([
    ['31.01.2026', '2026-01-31'],
    ['1.2.2026', '2026-02-01'],
    ['31.01.26 14:30', '2026-01-31'],
    ['2026-01-31', '2026-01-31'],
    ['2026/01/31 23:59:59', '2026-01-31'],
    ['20260131', '2026-01-31'],
    ['20260131143000', '2026-01-31'],
    ['31/12/2025', '2025-12-31'],
    ['46053', '2026-01-31'],
    // Late in the evening in UTC it is the next day in Istanbul.
    ['2026-01-31T22:30:00Z', '2026-02-01'],
    ['2026-01-31T22:30:00+03:00', '2026-01-31'],
    ['2026-01-31T22:30:00', '2026-01-31'],
  ])('%s', (text, day) => {
    expect(dayUnder('dmy', readDate(text, ISTANBUL))).toBe(day);
  });

  test.each([
    '32.01.2026',
    '29.02.2025',
    '13.13.2026',
    'dün',
    '2026',
    '1.1.1',
    '31.01.2026 dün',
    '01.02.1850',
    '12345678',
  ])('%s is no date', (text) => {
    expect(readDate(text, ISTANBUL)).toBeNull();
  });

  test('the order of day and month is proven or left open', () => {
    const judge = (...texts: string[]) => {
      const evidence = createDateEvidence();
      texts.forEach((text, at) => void evidence.add(readDate(text, ISTANBUL), at + 2));
      return evidence.judge();
    };
    expect(judge('03/04/2026', '25/04/2026').order).toBe('dmy');
    expect(judge('03/04/2026', '04/25/2026').order).toBe('mdy');
    expect(judge('03/04/2026')).toEqual({ order: null, lines: [2] });
    expect(judge('25/04/2026', '04/25/2026')).toEqual({ order: null, lines: [2, 3] });
    expect(judge('04/04/2026', '03.04.2026', '2026-04-03').order).toBe('dmy');
    expect(dayUnder('mdy', readDate('03/04/2026', ISTANBUL))).toBe('2026-03-04');
  });
});

describe('keys', () => {
  test.each([
    ['2,79E+15', 'cut'],
    ['2.79E+15', 'cut'],
    ['2790000000000010', 'zeros'],
    ['2790000000000012', 'intact'],
    ['27900000000000', 'other'],
    ['SHP2026000000000', 'other'],
  ])('%s looks %s', (key, look) => {
    expect(lookOf(key)).toBe(look);
  });

  test('what keeps a key a text is not part of it, and a formula is none', () => {
    expect(readKey(' ="0012" ')).toEqual({ key: '0012' });
    expect(readKey("'0012")).toEqual({ key: '0012' });
    expect(readKey('  ')).toEqual({ key: null });
    expect(readKey('=A1&B1')).toEqual({ problem: 'formula' });
    expect(readKey('x'.repeat(201))).toEqual({ problem: 'key-too-long' });
  });

  test("a workbook's number is written out", () => {
    expect(keyOfLiteral('2.79E15')).toBe('2790000000000000');
    expect(keyOfLiteral('1234567890123456')).toBe('1234567890123456');
    expect(keyOfLiteral('1234.0')).toBe('1234');
    expect(keyOfLiteral('12.5')).toBe('12.5');
  });
});

describe('headings', () => {
  test('Turkish and English ones are known in any letter case', () => {
    expect(foldText('  SİPARİŞ   NO. ')).toBe('siparis no');
    const columns = columnsByHeading([
      'Belge No',
      'SIPARIS NO',
      'Brüt Tutar (TL)',
      'Komisyon',
      'Net Tutar',
      'Tarih',
      'Döviz',
      'Kur',
    ]);
    expect(Object.fromEntries(columns)).toEqual({
      invoice: 0,
      order: 1,
      amount: 2,
      fee: 3,
      net: 4,
      date: 5,
      currency: 6,
      rate: 7,
    });
  });

  test('a file whose only amount is headed net has it as its amount', () => {
    expect(columnsByHeading(['Order No', 'Net']).get('amount')).toBe(1);
  });

  test('title lines are passed over, and the currency of the heading is seen', () => {
    const rows = rowsOf(['Rapor'], ['Toplam', '12'], ['Sipariş No', 'Tarih', 'Tutar (USD)'], ['1', '01.01.2026', '5']);
    expect(findLayout(rows, null)).toMatchObject({
      headerLine: 3,
      width: 3,
      currency: 'usd',
      columns: { order: 0, date: 1, amount: 2 },
    });
  });

  test('the day of a row is that of the payment where somebody pays, and the other days are told', () => {
    const rows = rowsOf(
      ['Sipariş No', 'Sipariş Tarihi', 'İşlem Tarihi', 'Ödeme Tarihi', 'Tutar'],
      ['1', '01.01.2026', '02.01.2026', '29.01.2026', '5'],
    );
    for (const kind of ['gateway', 'bank', 'marketplace'] as const) {
      expect(findLayout(rows, null, kind)).toMatchObject({ columns: { date: 3 }, dateRivals: [1, 2] });
    }
    expect(findLayout(rows, null, 'erp')).toMatchObject({ columns: { date: 2 }, dateRivals: [1, 3] });
    // Before a kind is chosen the order's day is at least not taken for the row's.
    const ordered = rows.map((row) => ({ ...row, cells: row.cells.toSpliced(2, 1) }));
    expect(findLayout(ordered, null)).toMatchObject({ columns: { date: 2 }, dateRivals: [1] });
    // What is not paid yet says no day, and rows without a number are found by the day of the sale.
    const unpaid = rows.map((row, index) => ({ ...row, cells: row.cells.with(3, index === 0 ? 'Ödeme Tarihi' : '') }));
    expect(findLayout(unpaid, null, 'bank')).toMatchObject({ columns: { date: 2 }, dateRivals: [1] });
    const keyless = rowsOf(['İşlem Tarihi', 'Valör', 'Tutar'], ['02.01.2026', '29.01.2026', '5']);
    expect(findLayout(keyless, null, 'bank')).toMatchObject({ columns: { date: 0 }, dateRivals: [1] });
  });

  test('without headings the values tell', () => {
    const rows = rowsOf(
      ['1234567890123456', '01.02.2026', 'Satış', '12,50'],
      ['1234567890123457', '02.02.2026', 'Satış', '13,50'],
    );
    expect(findLayout(rows, null)).toMatchObject({ headerLine: null, columns: { order: 0, date: 1, amount: 3 } });
  });

  test('columns are named by heading or number, and one that is missing is named', () => {
    const rows = rowsOf(['A', 'B', 'C'], ['1', '2', '3']);
    expect(findLayout(rows, { order: 'a', amount: '3' }).columns).toEqual({ order: 0, amount: 2 });
    expect(() => findLayout(rows, { order: 'a', amount: 'Tutar' })).toThrow(AppError);
    expect(() => findLayout(rows, { order: 'a', amount: 'Tutar' })).toThrow('no column "Tutar"');
  });

  test('totals, blank lines and repeated headings are no rows', () => {
    const rows = rowsOf(
      ['Sipariş No', 'Açıklama', 'Tutar'],
      ['1', 'Toplam Gıda', '5,00'],
      ['', '', ''],
      ['Sipariş No', 'Açıklama', 'Tutar'],
      ['Ara Toplam', '', '5,00'],
      ['', 'GENEL TOPLAM:', '5,00'],
      ['', 'Hazırlayan: muhasebe', ''],
    );
    expect(rows.map(createRowKinds(findLayout(rows, null)))).toEqual([
      'none',
      'data',
      'none',
      'none',
      'total',
      'total',
      'none',
    ]);
  });
});

test.each([
  ['Sipariş No;Tutar\n1;1.234,50\n2;2.000,25\n', ';'],
  ['order,amount,note\n1,"1,234.50",x\n', ','],
  ['order\tamount\n1\t5,00\n', '\t'],
  ['a|b|c\n1|2,5|3\n4|5,5|6\n', '|'],
  ['1001;12,50\n1002;13,50\n1003;14,75\n', ';'],
])('the delimiter of %j', (head, delimiter) => {
  expect(findDelimiter(head)).toBe(delimiter);
});

test('a number format shows a date or not', () => {
  for (const code of ['dd.mm.yyyy', 'yyyy\\-mm\\-dd', '[$-41F]d mmmm yyyy', 'h:mm']) expect(showsDate(code)).toBe(true);
  for (const code of ['#,##0.00 "TL"', '0', 'General', '#,##0.00\\ [$TRY]', '0.00_);[Red](0.00)', null]) {
    expect(showsDate(code)).toBe(false);
  }
});
