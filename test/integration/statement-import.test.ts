import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { startOfDay } from '../../src/shared/period.ts';
import { ISTANBUL, NOW_MS, storeOrders } from '../support/engine.ts';
import { failure, statementEngine } from '../support/statement-engine.ts';
import { fileOf, windows1254, xlsxOf } from '../support/statement-files.ts';
import { wireOrder } from '../support/wire-orders.ts';

const HEAD = 'Sipariş No;Fatura No;Tarih;Tutar;İade;Komisyon;Net;Döviz\r\n';

describe('importing', () => {
  test('every field is kept as the file says it', async () => {
    const engine = statementEngine();
    const path = fileOf(
      `${HEAD}1001;ABC2026000000001;31.01.2026;1.234,56;;12,34;1.222,22;TL\r\n1002;;01.02.2026;;50,00;;;USD\r\n`,
    );
    const result = await engine.import(path);
    expect(result).toMatchObject({
      statement: 1,
      rows: 2,
      accepted: 2,
      rejected: 0,
      duplicates: 0,
      from: '2026-01-31',
      to: '2026-02-01',
      totals: {
        try: { rows: 1, amount: '1234.56', fee: '12.34', net: '1222.22' },
        usd: { rows: 1, amount: '-50.00', fee: null, net: null },
      },
    });
    expect(Object.keys(result.totals)).toEqual(['try', 'usd']);
    expect(engine.lines(1)).toEqual([
      {
        id: 1,
        statement: 1,
        line: 2,
        order: '1001',
        invoice: 'ABC2026000000001',
        transaction: null,
        batch: null,
        day: '2026-01-31',
        currency: 'try',
        amount: '1234.56',
        fee: '12.34',
        net: '1222.22',
        rate: null,
        damaged: null,
        occurrence: 1,
      },
      expect.objectContaining({ line: 3, order: '1002', amount: '-50.00', currency: 'usd', fee: null }),
    ]);
  });

  test('days are those of the business time zone, and the change is noted', async () => {
    const engine = statementEngine();
    await engine.import(fileOf(`${HEAD}1;;31.01.2026;5,00;;;;TL\r\n`));
    const file = openSqlite(join(engine.folder, 'local.db'), { readonly: true });
    const statement = file.prepare('SELECT from_ms, until_ms FROM statements').get();
    expect(statement).toEqual({
      from_ms: startOfDay('2026-01-31', ISTANBUL),
      until_ms: startOfDay('2026-02-01', ISTANBUL) - 1,
    });
    expect(file.prepare('SELECT date_ms FROM statement_rows').pluck().get()).toBe(startOfDay('2026-01-31', ISTANBUL));
    expect(file.prepare('SELECT kind, subject FROM touched').all()).toEqual([{ kind: 'statements', subject: 1 }]);
    expect(file.prepare('SELECT action, subject FROM journal').all()).toEqual([
      { action: 'statement.import', subject: 'statement 1' },
    ]);
    file.close();
  });

  test('rows that cannot be read are told one by one, and the others are kept', async () => {
    const engine = statementEngine();
    const rows = [
      '1;;01.02.2026;12,50;;;;TL',
      '2;;01.02.2026;;;;;TL',
      '3;;01.02.2026;abc;;;;TL',
      '4;;01.02.2026;0,1234567;;;;TL',
      '5;;30.02.2026;1,00;;;;TL',
      '6;;01.02.2026;1,00;;;;XXX',
      ';;01.02.2026;1,00;;;;TL',
      '8;;01.02.2026;=1+1;;;;TL',
      '9;;01.02.2026;1,00',
      '10;;01.02.2026;1,00;;;;TL;extra',
      '11;;01.02.2026;$1,00;;;;TL',
    ];
    const { problems, ...result } = await engine.import(fileOf(HEAD + rows.join('\r\n')));
    expect(result).toMatchObject({ rows: 11, accepted: 1, rejected: 10, duplicates: 0 });
    const expected = [
      [3, 'amount', 'empty'],
      [4, 'amount', 'not-an-amount'],
      [5, 'amount', 'decimals'],
      [6, 'date', 'not-a-date'],
      [7, 'currency', 'currency'],
      [8, 'order', 'key-missing'],
      [9, 'amount', 'formula'],
      [10, 'row', 'cells-missing'],
      [11, 'row', 'cells-extra'],
      [12, 'currency', 'currency'],
    ];
    const stored = engine.reader.rejectedRows({ statement: 1, offset: 0, limit: 100 });
    expect(stored.rows.map(({ line, field, code }) => [line, field, code])).toEqual(expected);
    expect(problems).toEqual(stored.rows);
    expect(stored.rows[1]?.value).toBe('abc');
    const orders = ['2', '3', '4', '5', '6', null, '8', '9', '10', '11'];
    expect(stored.rows.map(({ order }) => order)).toEqual(orders);
    expect(stored.total).toBe(10);
  });

  test('a dry run says the same and stores nothing', async () => {
    const engine = statementEngine();
    const path = fileOf(`${HEAD}1;;01.02.2026;12,50;;;;TL\r\n2;;x;1,00;;;;TL\r\n`);
    const before = engine.held();
    const dry = await engine.import(path, { dryRun: true, saveAs: 'ERP' });
    expect(engine.held()).toEqual(before);
    expect(await engine.import(path)).toEqual({ ...dry, statement: 1 });
  });

  test('equal rows of one file are kept and numbered', async () => {
    const engine = statementEngine();
    const row = '1;;01.02.2026;12,50;;;;TL\r\n';
    await engine.import(fileOf(HEAD + row + row + row));
    expect(engine.lines(1).map(({ occurrence }) => occurrence)).toEqual([1, 2, 3]);
  });

  test('of equal rows, as many are duplicates as earlier statements of the kind hold', async () => {
    const engine = statementEngine();
    const row = (n: number, times: number): string => `${n};;01.02.2026;12,50;;;;TL\r\n`.repeat(times);
    await engine.import(fileOf(HEAD + row(1, 2) + row(2, 1)));
    expect(await engine.import(fileOf(HEAD + row(1, 3) + row(2, 1) + row(3, 1)))).toMatchObject({
      rows: 5,
      accepted: 2,
      duplicates: 3,
      totals: { try: { rows: 2, amount: '25.00' } },
    });
    expect(engine.lines(2).map(({ order, occurrence }) => [order, occurrence])).toEqual([
      ['1', 3],
      ['3', 1],
    ]);
    // Another kind of statement tells of another thing.
    expect(await engine.import(fileOf(`${HEAD}${row(1, 1)} `), { kind: 'gateway' })).toMatchObject({ duplicates: 0 });
  });

  test('the same file is known by its content, until it is withdrawn', async () => {
    const engine = statementEngine();
    const content = `${HEAD}1;;01.02.2026;12,50;;;;TL\r\n`;
    await engine.import(fileOf(content));
    const { code, message } = await failure(engine.import(fileOf(content, 'other-name.txt')));
    expect(code).toBe('STATEMENT_KNOWN');
    expect(message).toContain('statement 1');
    expect((await engine.preview(fileOf(content))).alreadyImported).toBe(1);
    engine.writer.withdrawStatement({ statement: 1, reason: 'wrong month', nowMs: NOW_MS });
    expect(await engine.import(fileOf(content))).toMatchObject({ statement: 2, accepted: 1, duplicates: 0 });
  });
});

describe('withdrawing and restoring', () => {
  const row = (n: number): string => `${n};;01.02.2026;12,50;;;;TL\r\n`;

  test('a statement goes out of force and comes back as it was', async () => {
    const engine = statementEngine();
    await engine.import(fileOf(HEAD + row(1)));
    const before = engine.held();
    const decision = { statement: 1, reason: 'test', nowMs: NOW_MS + 1 };
    expect(engine.writer.withdrawStatement(decision).withdrawnAt).toBe(new Date(NOW_MS + 1).toISOString());
    expect(() => engine.writer.withdrawStatement(decision)).toThrow('withdrawn already');
    engine.writer.restoreStatement(decision);
    expect(engine.held()).toEqual(before);
    expect(() => engine.writer.restoreStatement(decision)).toThrow('is in force');
    engine.writer.withdrawStatement(decision);
    engine.writer.restoreStatement(decision);
    expect(engine.held()).toEqual(before);
  });

  test('one that others left out rows of stays until they are gone', async () => {
    const engine = statementEngine();
    await engine.import(fileOf(HEAD + row(1)));
    await engine.import(fileOf(HEAD + row(1) + row(2)));
    const decision = { reason: '', nowMs: NOW_MS };
    expect(() => engine.writer.withdrawStatement({ statement: 1, ...decision })).toThrow('Withdraw statement 2 first');
    engine.writer.withdrawStatement({ statement: 2, ...decision });
    engine.writer.withdrawStatement({ statement: 1, ...decision });
    expect(() => engine.writer.restoreStatement({ statement: 2, ...decision })).toThrow('Restore statement 1 first');
  });

  test('one whose rows came back through another stays out', async () => {
    const engine = statementEngine();
    await engine.import(fileOf(HEAD + row(1)));
    const decision = { reason: '', nowMs: NOW_MS };
    engine.writer.withdrawStatement({ statement: 1, ...decision });
    await engine.import(fileOf(HEAD + row(1) + row(2)));
    expect(() => engine.writer.restoreStatement({ statement: 1, ...decision })).toThrow('Withdraw statement 2 first');
    expect(() => engine.writer.restoreStatement({ statement: 9, ...decision })).toThrow('no statement 9');
  });
});

describe('reading', () => {
  test.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 LE without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-16 BE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['windows-1254', windows1254],
  ])('%s', async (_, encode) => {
    const engine = statementEngine();
    // Long enough that letters of several bytes lie across the pieces in which the file is read.
    const rows = Array.from({ length: 4_000 }, (__, n) => `ŞİĞÜ-${n};;01.02.2026;${n},25;;;;TL\r\n`).join('');
    const result = await engine.import(fileOf(encode(HEAD + rows)));
    expect(result).toMatchObject({ accepted: 4_000, totals: { try: { amount: '7999000.00' } } });
    expect(engine.lines(1).every(({ order }, n) => order === `ŞİĞÜ-${n}`)).toBe(true);
  });

  test.each([false, true])('a workbook, with texts inline: %s', async (inline) => {
    const engine = statementEngine();
    const path = fileOf(
      xlsxOf(
        [
          ['Rapor'],
          [],
          ['Sipariş No', 'Tarih', 'Tutar', 'Komisyon'],
          ['2790000000000012', { date: '46053.75' }, { n: '17.989999999999998' }, '1.234,56'],
          [{ n: '1234567890123456' }, { date: '46054' }, { n: '-1E2' }, null],
          [{ n: '1001' }, '02.02.2026', { xml: '<c r="@" t="n"><f>1+1</f><v>2</v></c>' }, null],
          [{ n: '1002' }, { n: '46054' }, { xml: '<c r="@"><f>A1</f></c>' }, null],
          [{ n: '1003' }, null, { xml: '<c r="@" t="e"><v>#N/A</v></c>' }, null],
          ['Toplam', null, { n: '-80.01' }, null],
        ],
        { inline },
      ),
      'workbook.bin',
    );
    const result = await engine.import(path);
    expect(result).toMatchObject({ rows: 5, accepted: 3, rejected: 2 });
    expect(engine.lines(1).map(({ order, day, amount, fee }) => [order, day, amount, fee])).toEqual([
      ['2790000000000012', '2026-01-31', '17.99', '1234.56'],
      ['1234567890123456', '2026-02-01', '-100.00', null],
      ['1001', '2026-02-02', '2.00', null],
    ]);
    expect(result.problems?.map(({ line, code }) => [line, code])).toEqual([
      [7, 'formula'],
      [8, 'fault'],
    ]);
  });

  test('a workbook whose days begin in 1904', async () => {
    const engine = statementEngine();
    const rows = [
      ['Sipariş No', 'Tarih', 'Tutar'],
      ['1', { date: '44591' }, { n: '1' }],
    ];
    await engine.import(fileOf(xlsxOf(rows, { from1904: true })));
    expect(engine.lines(1)[0]?.day).toBe('2026-01-31');
  });

  test('keys that a spreadsheet has cut are marked: by an order that begins so, or by their whole column', async () => {
    const engine = statementEngine();
    storeOrders(engine.writer, [
      wireOrder(1, { number: '1234567890123456' }),
      wireOrder(2, { number: '5555555555555550' }),
    ]);
    const rows = ['1234567890123450', '5555555555555550', '7777777777777777', '8888888888888880', '2,79E+15', '12'];
    const head = 'Order No;Amount;Transaction ID\n';
    await engine.import(fileOf(head + rows.map((key, n) => `${key};${n},50;${n}999999999999000\n`).join('')));
    expect(engine.lines(1).map(({ order, damaged }) => [order, damaged])).toEqual([
      ['1234567890123450', 'order'],
      ['5555555555555550', 'transaction'],
      ['7777777777777777', 'transaction'],
      ['8888888888888880', 'transaction'],
      ['2,79E+15', 'order'],
      ['12', 'transaction'],
    ]);
  });
});

describe('deciding', () => {
  test('amounts that fit both readings need a person, or a printed total', async () => {
    const engine = statementEngine();
    const rows = 'Order No;Amount\n1;1.500\n2;2.250\n';
    const unclear = await failure(engine.import(fileOf(rows)));
    expect(unclear.code).toBe('STATEMENT_DECIMAL_UNCLEAR');
    expect(unclear.message).toContain('3750.00');
    expect(unclear.message).toContain('3.75');
    const preview = await engine.preview(fileOf(`${rows}Total;3.750,00\n`));
    expect(preview).toMatchObject({ guess: { decimal: 'comma' }, printedTotals: ['3.750,00'] });
    expect((await engine.preview(fileOf(rows))).readings).toEqual({ comma: '3750.00', point: '3.75' });
    expect(await engine.import(fileOf(`${rows}Total;3.750,00\n`))).toMatchObject({
      rows: 2,
      totals: { try: { amount: '3750.00' } },
    });
    expect(await statementEngine().import(fileOf(rows), { choices: { decimal: 'point' } })).toMatchObject({
      totals: { try: { amount: '3.75' } },
    });
  });

  test('mixed decimals are refused, and rejected row by row once a person has chosen', async () => {
    const engine = statementEngine();
    const path = fileOf('Order No;Amount\n1;1,50\n2;2.25\n3;1.000\n');
    expect((await failure(engine.import(path))).message).toMatch(/line 2 has a comma, line 3 a point/);
    const result = await engine.import(path, { choices: { decimal: 'comma' } });
    expect(result).toMatchObject({ accepted: 2, rejected: 1, totals: { try: { amount: '1001.50' } } });
  });

  test('dates with slashes that fit both orders need a person', async () => {
    const engine = statementEngine();
    const path = fileOf('Order No;Date;Amount\n1;03/04/2026;1,50\n');
    expect((await failure(engine.import(path))).code).toBe('STATEMENT_DATE_UNCLEAR');
    await engine.import(path, { choices: { dateOrder: 'mdy' } });
    expect(engine.lines(1)[0]?.day).toBe('2026-03-04');
  });

  test('rows that name no currency have that of the heading, else the chosen one, else that of most orders', async () => {
    const engine = statementEngine();
    storeOrders(
      engine.writer,
      [1, 2, 3].map((id) => wireOrder(id, { number: `${id}`, currency: id === 1 ? 'try' : 'eur' })),
    );
    const currencies = async (content: string, currency?: string): Promise<string[]> =>
      Object.keys(
        (await engine.import(fileOf(content), currency === undefined ? {} : { choices: { currency } })).totals,
      );
    expect(await currencies('Order No;Amount (USD)\n1;1,50\n')).toEqual(['usd']);
    expect(await currencies('Order No;Amount\n2;1,50\n', 'gbp')).toEqual(['gbp']);
    expect(await currencies('Order No;Amount\n3;1,50\n')).toEqual(['eur']);
    expect(await currencies('Order No;Amount\n4;1,50 TL\n')).toEqual(['try']);
  });

  test('a saved profile is taken by itself for the next file of its source', async () => {
    const engine = statementEngine();
    const choices = { columns: { order: 'Alan 1', amount: 'Alan 3' } };
    const head = 'Alan 1;Alan 2;Alan 3\n';
    await engine.import(fileOf(`${head}1;9,99;1,50\n`), { choices, saveAs: 'Özel ERP' });
    expect(await engine.import(fileOf(`${head}2;9,99;2,50\n`))).toMatchObject({ totals: { try: { amount: '2.50' } } });
    expect(engine.held().statements.map(({ profile }) => profile)).toEqual(['Özel ERP', 'Özel ERP']);
    engine.writer.saveProfile({ name: 'Özel ERP', kind: 'erp', spec: specOf(engine), nowMs: NOW_MS });
    expect(engine.reader.profilesList()).toMatchObject([{ name: 'Özel ERP', kind: 'erp', version: 2 }]);
    engine.writer.removeProfile({ name: 'Özel ERP', nowMs: NOW_MS });
    expect((await failure(engine.import(fileOf(`${head}3;1,00;1,00\n`), { profile: 'Özel ERP' }))).code).toBe(
      'PROFILE_UNKNOWN',
    );
  });
});

function specOf(engine: ReturnType<typeof statementEngine>) {
  const [profile] = engine.reader.profilesList();
  if (profile === undefined) throw new Error('There is no profile.');
  return profile.spec;
}

test('a cancelled import leaves nothing', async () => {
  const engine = statementEngine();
  const rows = Array.from({ length: 60_000 }, (_, n) => `${n};;01.02.2026;${n},25;;;;TL\r\n`).join('');
  const path = fileOf(HEAD + rows);
  const before = engine.held();
  const indexes = rowIndexes(engine.folder);
  const stop = new AbortController();
  const told: number[] = [];
  const progress = (value: unknown): void => {
    const { done, total } = value as { done: number; total: number };
    told.push(done);
    if (done > total * 0.8) stop.abort();
  };
  const work = engine.writer.importStatement(
    { path, kind: 'erp', dryRun: false, nowMs: NOW_MS, timeZone: ISTANBUL },
    { signal: stop.signal, progress },
  );
  expect((await failure(work)).code).toBe('CANCELLED');
  expect(told.length).toBeGreaterThan(5);
  expect(engine.held()).toEqual(before);
  expect(await engine.import(path)).toMatchObject({ accepted: 60_000 });
  // Indexes are made anew for so many rows: they are all there, and as they were.
  expect(rowIndexes(engine.folder)).toEqual(indexes);
  expect(indexes.length).toBeGreaterThan(3);
});

function rowIndexes(folder: string): unknown[] {
  const file = openSqlite(join(folder, 'local.db'), { readonly: true });
  const indexes = file
    .prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'statement_rows' ORDER BY name")
    .pluck()
    .all();
  file.close();
  return indexes;
}
