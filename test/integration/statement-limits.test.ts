import { expect, test } from 'vitest';
import { failure, statementEngine } from '../support/statement-engine.ts';
import { fileOf } from '../support/statement-files.ts';

const HEAD = 'Sipariş No;Fatura No;Tarih;Tutar;İade;Komisyon;Net;Döviz\r\n';

test('an amount beyond a trillion is too large, in whatever column, and so is what two come to', async () => {
  const engine = statementEngine();
  const most = '1.000.000.000.000,00';
  const over = '1.000.000.000.000,01';
  const rows = [
    `1;;01.02.2026;${most};;-${most};-${most};TL`,
    `2;;01.02.2026;${over};;;;TL`,
    `3;;01.02.2026;;${over};;;TL`,
    `4;;01.02.2026;1,00;;-${over};;TL`,
    `5;;01.02.2026;5.000.000.000,00;;0,00;-5.000.000.000.000,00;TL`,
    `6;;01.02.2026;-${most};0,01;;;TL`,
  ];
  const { problems, ...result } = await engine.import(fileOf(HEAD + rows.join('\r\n')));
  expect(result).toMatchObject({ accepted: 1, rejected: 5 });
  expect(problems?.map(({ line, field, code }) => [line, field, code])).toEqual([
    [3, 'amount', 'too-large'],
    [4, 'refund', 'too-large'],
    [5, 'fee', 'too-large'],
    [6, 'net', 'too-large'],
    [7, 'refund', 'too-large'],
  ]);
  expect(engine.lines(1)).toMatchObject([{ amount: '1000000000000.00', net: '-1000000000000.00' }]);
});

test('a rate of 0 is none, and a row with one below 0 is not taken', async () => {
  const engine = statementEngine();
  const rates = ['34,5', '0,0000', '-0,00', '', '-34,5'];
  const rows = rates.map((rate, n) => `${n + 1};11.09.2025;96,00;USD;${rate}`);
  const { problems } = await engine.import(
    fileOf(`Sipariş No;Tarih;Tutar;Para Birimi;Kur\r\n${rows.join('\r\n')}\r\n`),
  );
  expect(engine.lines(1).map(({ rate }) => rate)).toEqual(['34.50', null, null, null]);
  expect(problems).toEqual([
    { line: 6, field: 'rate', code: 'not-a-rate', value: '-34,5', order: '5', invoice: null, transaction: null },
  ]);
});

test('a fee that nothing could be calculated with is refused', async () => {
  const engine = statementEngine();
  const path = fileOf(`${HEAD}1;;01.02.2026;12,50;;;;TL\r\n`);
  const digits = '99999999999999999999';
  for (const fee of [
    { percent: '1.99', fixed: digits },
    { percent: '1.99', fixed: '1000000000000.01' },
    { percent: digits, fixed: '0' },
  ]) {
    expect(await failure(engine.import(path, { choices: { fee } }))).toMatchObject({ code: 'VALUE_INVALID' });
  }
  expect(engine.held().statements).toEqual([]);
});
