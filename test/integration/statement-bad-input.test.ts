import { mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../support/engine.ts';
import { failure, statementEngine } from '../support/statement-engine.ts';
import { fileOf, workbookParts, xlsxOf, zipOf } from '../support/statement-files.ts';

const HEAD = 'Sipariş No;Tarih;Tutar\r\n';
const ROW = '1;01.02.2026;12,50\r\n';
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const BOOK = [
  ['Sipariş No', 'Tarih', 'Tutar'],
  ['1', '01.02.2026', { n: '5' }],
];

/** A copy with one byte of a part's packed content changed. */
function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.lastIndexOf('sheet1.xml', copy.indexOf('xl/worksheets/sheet1.xml') + 60) + 20;
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

function sparse(bytes: number): string {
  const path = fileOf(HEAD + ROW);
  truncateSync(path, bytes);
  return path;
}

function folderNamed(name: string): string {
  const path = join(tempFolder(), name);
  mkdirSync(path);
  return path;
}

const wide = Array.from({ length: 10_000 }, (_, n) => `c${n}`).join(';');

describe('one clear sentence each, and nothing half-imported', () => {
  test.each<[string, () => string, string, string | RegExp]>([
    ['an empty file', () => fileOf(''), 'STATEMENT_UNREADABLE', 'is empty'],
    ['a file of 2 GB', () => sparse(2_147_483_648), 'STATEMENT_UNREADABLE', 'has 2048 MB'],
    ['a file that ends in zeros', () => sparse(10_000_000), 'STATEMENT_UNREADABLE', 'contains a NUL byte'],
    ['NUL bytes', () => fileOf(`${HEAD}1;01.02.2026;12\0,50\r\n`), 'STATEMENT_UNREADABLE', 'contains a NUL byte'],
    ['only blank lines', () => fileOf('\r\n\r\n \r\n'), 'STATEMENT_UNREADABLE', 'has no rows, only blank lines'],
    ['a PDF', () => fileOf('%PDF-1.7\n1 0 obj;x,y\n'), 'STATEMENT_UNREADABLE', 'is a PDF'],
    [
      'ten thousand columns below known headings',
      () => fileOf(`Sipariş No;Tarih;Tutar;${wide}\r\n1;01.02.2026;12,50;${wide}\r\n`),
      'STATEMENT_UNREADABLE',
      'Line 1 has 10003 columns; at most 500',
    ],
    ['only headings', () => fileOf(HEAD), 'STATEMENT_UNREADABLE', 'no rows below its headings'],
    [
      'ten thousand columns',
      () => fileOf(`${wide}\r\n${wide}\r\n`),
      'STATEMENT_UNREADABLE',
      '10000 columns; at most 500',
    ],
    [
      'no column of amounts',
      () => fileOf('Sipariş No;Tarih\r\n1;01.02.2026\r\n'),
      'STATEMENT_COLUMN_MISSING',
      'No column of amounts',
    ],
    [
      'no column of keys',
      () => fileOf('Tarih;Tutar\r\n01.02.2026;5,00\r\n'),
      'STATEMENT_COLUMN_MISSING',
      'No column of order',
    ],
    [
      'one line without end',
      () => fileOf('x'.repeat(3_000_000)),
      'STATEMENT_UNREADABLE',
      'does not end within a million signs',
    ],
    [
      'a quote without end',
      () => fileOf(`${HEAD}1;"01.02.2026;12,50\r\n`),
      'STATEMENT_UNREADABLE',
      'line 2 is never closed',
    ],
    [
      'UTF-8 that is none',
      () => fileOf(Buffer.from([0xef, 0xbb, 0xbf, 0x41, 0xff])),
      'STATEMENT_UNREADABLE',
      'says that it is UTF-8',
    ],
    ['mixed decimals', () => fileOf(`${HEAD}${ROW}2;01.02.2026;12.50\r\n`), 'STATEMENT_DECIMAL_UNCLEAR', 'in two ways'],
    [
      'a workbook with a password',
      () => fileOf(Buffer.concat([OLE, Buffer.alloc(2_000), Buffer.from('EncryptedPackage', 'utf16le')])),
      'STATEMENT_UNREADABLE',
      'protected by a password',
    ],
    [
      'an old workbook',
      () => fileOf(Buffer.concat([OLE, Buffer.alloc(2_000)])),
      'STATEMENT_UNREADABLE',
      'Excel 97-2003',
    ],
    ['half a workbook', () => fileOf(xlsxOf(BOOK).subarray(0, 700)), 'STATEMENT_UNREADABLE', 'is damaged'],
    ['a workbook with a wrong byte', () => fileOf(damaged(xlsxOf(BOOK))), 'STATEMENT_UNREADABLE', 'is damaged'],
    ['a zip file that is none', () => fileOf(zipOf({ 'a.txt': 'a' })), 'STATEMENT_UNREADABLE', 'is no XLSX workbook'],
    ['a workbook without rows', () => fileOf(xlsxOf([])), 'STATEMENT_UNREADABLE', 'has no rows'],
    [
      'a workbook with a document type',
      () =>
        fileOf(
          zipOf({ ...workbookParts(BOOK), 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' }),
        ),
      'STATEMENT_UNREADABLE',
      'is damaged',
    ],
    [
      'a workbook of ten thousand columns',
      () => fileOf(xlsxOf([BOOK[0] ?? [], Array.from({ length: 10_000 }, () => 'x')])),
      'STATEMENT_UNREADABLE',
      'columns; at most 500',
    ],
    [
      'a text that unpacks without end',
      () => fileOf(zipOf({ ...workbookParts(BOOK), 'xl/sharedStrings.xml': Buffer.alloc(140_000_000, '<si/>') })),
      'STATEMENT_UNREADABLE',
      'unpacks to more than 128 MB',
    ],
    ['a folder', () => folderNamed('statement.csv'), 'FILE_NOT_READABLE', 'is no file'],
    ['no file', () => join(tempFolder(), 'gone.csv'), 'FILE_NOT_READABLE', 'does not exist'],
  ])('%s', async (_, make, code, sentence) => {
    const engine = statementEngine();
    const before = engine.held();
    const found = await failure(engine.import(make()));
    expect(found).toMatchObject({ code });
    expect(found.message).toMatch(sentence);
    expect(found.message.length).toBeLessThan(500);
    expect(engine.held()).toEqual(before);
  });

  test('formulas in the cells of a CSV file are rejected, and never taken for amounts', async () => {
    const engine = statementEngine();
    const rows = ['=A1;01.02.2026;5,00', '="0012";01.02.2026;5,00', '3;01.02.2026;=5', '4;01.02.2026;+5'];
    const result = await engine.import(fileOf(HEAD + rows.join('\r\n')));
    expect(result).toMatchObject({ accepted: 2, rejected: 2 });
    expect(result.problems?.map(({ line, code }) => [line, code])).toEqual([
      [2, 'formula'],
      [4, 'formula'],
    ]);
    expect(engine.lines(1).map(({ order }) => order)).toEqual(['0012', '4']);
  });

  test('a column that a person named and the file lacks is named', async () => {
    const engine = statementEngine();
    const choices = { columns: { order: 'Sipariş No', amount: 'Brüt' } };
    const found = await failure(engine.import(fileOf(HEAD + ROW), { choices }));
    expect(found).toMatchObject({ code: 'STATEMENT_COLUMN_MISSING' });
    expect(found.message).toContain('no column "Brüt" for the field amount. It has: Sipariş No, Tarih, Tutar.');
  });

  test('a sheet that a workbook lacks is named', async () => {
    const engine = statementEngine();
    const found = await failure(engine.import(fileOf(xlsxOf(BOOK)), { choices: { sheet: 'Ocak' } }));
    expect(found.message).toContain('no sheet "Ocak". It has: Sayfa1.');
  });
});
