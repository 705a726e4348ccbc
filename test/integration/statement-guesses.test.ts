import { describe, expect, test } from 'vitest';
import { hereStore } from '../support/cli-here-store.ts';
import { failure, statementEngine } from '../support/statement-engine.ts';
import { fileOf, xlsxOf } from '../support/statement-files.ts';

describe('a column of amounts that no heading names', () => {
  const KEYS = '88d2e8000000007;03.09.2025';

  test.each([
    ['KDV Tutarı;Satış Bedeli', '258,42;1550,50', 4, '1550.50'],
    ['İskonto Tutarı;Kargo Tutarı;Ciro', '12,50;29,90;1550,50', 5, '1550.50'],
    ['KDV TUTARI;Ödenecek', '258,42;1550,50', 4, '1550.50'],
    // Nothing but the values tells about these, and what is headed as something else is out of the question.
    ['Kdv’si;Hasılat', '258,42;1550,50', 4, '1550.50'],
    ['Vade Farkı;ÖTV;Hasılat', '1,00;2,00;1550,50', 5, '1550.50'],
    ['KDV dahil hasılat;İndirim', '1550,50;12,50', 3, '1550.50'],
  ])('%s', async (headings, cells, column, amount) => {
    const engine = statementEngine();
    const path = fileOf(`Sipariş No;Tarih;${headings}\n${KEYS};${cells}\n`);
    const result = await engine.import(path, { dryRun: true });
    expect(result).toMatchObject({ columns: { amount: { column } }, totals: { try: { amount } } });
    expect(result.columns?.amount).not.toHaveProperty('others');
  });

  test.each([
    'KDV Tutarı;Matrah',
    'İskonto;Kargo Bedeli',
    'Komisyon Oranı;Vergi',
    'Discount;Shipping',
    'VAT;Tax Amount',
  ])('is never %s, but where a person names it', async (headings) => {
    const engine = statementEngine();
    const path = fileOf(`Sipariş No;Tarih;${headings}\n${KEYS};258,42;1292,08\n`);
    expect((await failure(engine.import(path))).code).toBe('STATEMENT_COLUMN_MISSING');
    const columns = { order: 'Sipariş No', amount: headings.split(';')[0] ?? '' };
    expect(await engine.import(path, { choices: { columns } })).toMatchObject({
      totals: { try: { amount: '258.42' } },
    });
  });

  test('is unclear where several look like it and their sums differ', async () => {
    const engine = statementEngine();
    const path = fileOf(`Sipariş No;Tarih;Peşin;KDV;Hasılat\n${KEYS};258,42;1,00;1550,50\n`);
    expect(await failure(engine.import(path))).toMatchObject({
      code: 'STATEMENT_COLUMN_UNCLEAR',
      message: expect.stringContaining('column 3 "Peşin" (258.42), column 5 "Hasılat" (1550.50)'),
    });
    expect(engine.held().statements).toEqual([]);
    const equal = fileOf(`Sipariş No;Tarih;Peşin;Hasılat\n${KEYS};258,42;258,42\n`);
    expect((await engine.import(equal)).columns?.amount).toMatchObject({ column: 3, others: [4] });
  });

  test('is unclear in a file without headings too, and a heading that was not recognised counts', async () => {
    const engine = statementEngine();
    const path = fileOf(`${KEYS};258,42;1550,50\n${KEYS};1,00;2,00\n`);
    expect((await failure(engine.import(path))).message).toContain('column 3 "" (259.42), column 4 "" (1552.50)');
    const rows = Array.from({ length: 9 }, (_, n) => `88d2e800000000${n};03.09.2025;258,42;1550,50\n`).join('');
    const result = await engine.import(fileOf(`Nr.;Wann;KDV Tutarı;Hasılat\n${rows}`), { dryRun: true });
    expect(result).toMatchObject({ columns: { amount: { column: 4 } }, rejected: 1 });
  });
});

describe('the printed total', () => {
  const HEAD = 'Sipariş No;Tarih;Tutar\n';
  const ROWS = '88d2e8000000007;03.09.2025;4.107,28\n88d2e8000000008;04.09.2025;5.389,37\n';

  test('that is not the sum needs a person, and nothing is stored until one chooses the reading', async () => {
    await using store = await hereStore({ orders: 1 });
    const file = fileOf(`${HEAD}${ROWS}Genel Toplam;;9.999,99\n`);
    const missed = { statement: null, accepted: 2, rejected: 0, printed: '9999.99', sum: '9496.65' };
    const dry = await store.json('import', file, '--kind', 'erp', '--dry-run');
    expect([dry.code, dry.json()]).toMatchObject([1, missed]);
    const words = await store.words('import', file, '--kind', 'erp');
    expect(words.code).toBe(1);
    expect(words.stdout).toContain('Nothing was stored, because the printed total does not tie');
    expect(words.stdout).toContain('printed total is 9999.99, and the sum of the rows is 9496.65 (difference 503.34)');
    expect((await store.json('statements')).json()).toEqual({ statements: [] });
    const chosen = await store.json('import', file, '--kind', 'erp', '--decimal', 'comma');
    expect([chosen.code, chosen.json()]).toMatchObject([1, { ...missed, statement: 1 }]);

    // One that is the sum is told as well.
    const tying = fileOf(`${HEAD}${ROWS}Ara Toplam;;4.107,28\nGenel Toplam;;9.496,65\n`);
    const told = await store.words('import', tying, '--kind', 'erp', '--dry-run');
    expect([told.code, told.stdout]).toMatchObject([0, expect.stringContaining('total 9496.65 ties with the sum')]);
  });

  test.each([
    ['', 'Ara Toplam;;4.107,28\nGenel Toplam;;9.496,65\n', '9496.65'],
    ['Toplam tutar: 9,496.65\n', '', '9496.65'],
    ['', 'Ara Toplam;;1.000,00\nGenel Toplam;;9.496,66\n', '9496.66'],
    ['Toplam kayıt sayısı: 2\n', 'Toplam KDV;;;1.899,33\nToplam adet;2\n', null],
    ['', '', null],
  ])('of %j and %j', async (above, below, printed) => {
    const result = await statementEngine().import(fileOf(above + HEAD + ROWS + below), { dryRun: true });
    expect(result.printed).toBe(printed);
  });

  test('is held against every row of the table, rejected and held ones too', async () => {
    const engine = statementEngine();
    await engine.import(fileOf(HEAD + ROWS));
    const again = await engine.import(fileOf(`${HEAD + ROWS}88d2e8000000009;?;1,00\nToplam;;9.497,65\n`));
    expect(again).toMatchObject({ duplicates: 2, rejected: 1, printed: '9497.65', sum: '9497.65' });
  });

  test("of the fees alone is none, and a workbook's binary sum is read like its rows", async () => {
    const engine = statementEngine();
    const fees = fileOf('Sipariş No;Tarih;Tutar;Komisyon\n1;03.09.2025;10,00;1,00\nToplam;;;1,00\n');
    expect((await engine.import(fees, { dryRun: true })).printed).toBeNull();
    const book = xlsxOf([
      ['Sipariş No', 'Tarih', 'Tutar'],
      ['1', '03.09.2025', { n: '8.9949999999999992' }],
      ['2', '03.09.2025', { n: '8.995' }],
      ['Toplam', null, { n: '17.989999999999998' }],
    ]);
    const result = await engine.import(fileOf(book, 'a.xlsx'), { dryRun: true });
    expect(result).toMatchObject({ printed: '17.99', sum: '17.99' });
  });
});
