import { describe, expect, test } from 'vitest';
import { parseFee } from '../../src/main/cli/commands/import-file.ts';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';
import { hereStore } from '../support/cli-here-store.ts';
import { storeOrders } from '../support/engine.ts';
import { failure, statementEngine } from '../support/statement-engine.ts';
import { fileOf } from '../support/statement-files.ts';
import { wireOrder } from '../support/wire-orders.ts';

describe('columns that could be the amount', () => {
  test('are refused with their sums where these differ, until a person names one', async () => {
    const engine = statementEngine();
    const path = fileOf('Sipariş No;Brüt Tutar;Tutar;Toplam Tutar\n1;12,50;10,00;12,50\n');
    const found = await failure(engine.import(path));
    expect(found.code).toBe('STATEMENT_COLUMN_UNCLEAR');
    for (const part of [
      'column 2 "Brüt Tutar" (12.50)',
      'column 3 "Tutar" (10.00)',
      'column 4 "Toplam Tutar" (12.50)',
    ]) {
      expect(found.message).toContain(part);
    }
    const result = await engine.import(path, { choices: { columns: { order: 'Sipariş No', amount: 'Tutar' } } });
    expect(result.totals).toMatchObject({ try: { amount: '10.00' } });
    expect(result.columns).toEqual({
      order: { column: 1, heading: 'Sipariş No' },
      amount: { column: 3, heading: 'Tutar' },
    });
  });

  test('are told where their sums are equal', async () => {
    const engine = statementEngine();
    const result = await engine.import(fileOf('Sipariş No;Brüt Tutar;Toplam Tutar\n1;12,50;12,50\n'), { dryRun: true });
    expect(result.columns?.amount).toEqual({ column: 2, heading: 'Brüt Tutar', others: [3] });
  });

  test('an empty one is none', async () => {
    const engine = statementEngine();
    const result = await engine.import(fileOf('Sipariş No;Brüt Tutar;Fatura Tutarı\n1;12,50;\n2;1,00;bilinmiyor\n'));
    expect(result.columns?.amount).toEqual({ column: 2, heading: 'Brüt Tutar' });
  });

  test('two of one name have to be named by number', async () => {
    const engine = statementEngine();
    const path = fileOf('Sipariş No;Tutar;Tutar\n1;12,50;10,00\n');
    expect((await failure(engine.import(path))).message).toContain(
      'column 2 "Tutar" (12.50), column 3 "Tutar" (10.00)',
    );
    const byName = { columns: { order: 'Sipariş No', amount: 'Tutar' } };
    expect(await failure(engine.import(path, { choices: byName }))).toMatchObject({
      code: 'STATEMENT_COLUMN_UNCLEAR',
      message: expect.stringContaining('headed "Tutar": 2, 3.'),
    });
    const byNumber = { columns: { order: 'Sipariş No', amount: '3' } };
    expect(await engine.import(path, { choices: byNumber, saveAs: 'Çift' })).toMatchObject({
      totals: { try: { amount: '10.00' } },
    });
    // The profile finds the same column again.
    expect(engine.reader.profilesList()[0]?.spec.columns.amount).toBe('3');
    // A preview leaves the choice to a person.
    expect((await engine.preview(path)).guess.columns.amount).toBe('2');
  });
});

test('the command line says which column was taken for what', async () => {
  await using store = await hereStore({ orders: 5 });
  const file = fileOf('Sipariş No;Tarih;Brüt Tutar;Toplam Tutar\n1;01.02.2026;12,50;12,50\n');
  const dry = await store.json('import', file, '--kind', 'erp', '--dry-run');
  expect([dry.code, dry.json()]).toMatchObject([
    0,
    { statement: null, columns: { order: { column: 1 }, date: { column: 2 }, amount: { column: 3, others: [4] } } },
  ]);
  const words = await store.words('import', file, '--kind', 'erp', '--dry-run');
  expect(words.stdout).toMatch(/amount\s+3\s+Brüt Tutar/);
  expect(words.stdout).toContain('Warning: column 4 could be the amount as well');

  const unclear = await store.json('import', fileOf('Sipariş No;Tutar;Toplam Tutar\n1;1,00;2,00\n'), '--kind', 'erp');
  expect([unclear.code, unclear.json()]).toMatchObject([2, { error: { code: 'STATEMENT_COLUMN_UNCLEAR' } }]);

  // Nothing taken, nothing stored: the reasons stand here, because there is no statement to list them of.
  const wrong = await store.json('import', fileOf('Sipariş No;Tutar\n1;abc\n'), '--kind', 'erp');
  expect([wrong.code, wrong.json()]).toMatchObject([
    1,
    { statement: null, accepted: 0, rejected: 1, problems: [{ line: 2, code: 'not-an-amount', value: 'abc' }] },
  ]);
  expect((await store.json('statements')).json()).toEqual({ statements: [] });
});

test('fee and settlement days are given on the command line, and saved with the profile', async () => {
  await using store = await hereStore({ orders: 5 });
  const file = fileOf('Sipariş No;Tarih;Tutar;Komisyon\n1;01.02.2026;100,00;2,24\n');
  const terms = ['--fee', '1.99+0.25', '--settlement-days', '5'];
  expect((await store.json('import', file, '--kind', 'gateway', ...terms, '--save-profile', 'POS')).code).toBe(0);
  expect((await store.json('statements', 'profiles')).json()).toMatchObject({
    profiles: [{ name: 'POS', spec: { fee: { percent: '1.99', fixed: '0.25' }, settlementDays: 5 } }],
  });
  for (const wrong of [
    ['--fee', '101'],
    ['--fee', 'x'],
    ['--fee', '1,99'],
    ['--settlement-days', '366'],
    ['--currency', 'xyz'],
  ]) {
    expect((await store.json('import', fileOf('Sipariş No;Tutar\n7;1,00\n'), '--kind', 'gateway', ...wrong)).code).toBe(
      2,
    );
  }
});

test('a fee is a share and what a row costs', () => {
  expect(parseFee('1.99')).toEqual({ percent: '1.99', fixed: '0' });
  expect(parseFee('1.99%+0.25')).toEqual({ percent: '1.99', fixed: '0.25' });
  for (const wrong of ['', '-1', '100.01', '1+', '1.1234567', '1+2+3'])
    expect(() => parseFee(wrong)).toThrow('is no fee');
});

test('a currency is known by the list, or because an order is in it', async () => {
  const engine = statementEngine();
  const asked = (currency: string) =>
    engine.import(fileOf('Sipariş No;Tutar\n1;1,00\n'), { dryRun: true, choices: { currency } });
  expect(await failure(asked('xyz'))).toMatchObject({
    code: 'VALUE_INVALID',
    message: expect.stringContaining('"xyz"'),
  });
  const rules = { reason: 'test', nowMs: 1 };
  const tolerance = (currency: string) => ({ currency, absolute: '1', percent: '0' });
  const { rules: before } = engine.writer.chooseRules({
    ...rules,
    rules: { ...DEFAULT_RULES, tolerances: [tolerance('eur')] },
  });
  const other = { ...before, tolerances: [tolerance('xyz')] };
  expect(() => engine.writer.chooseRules({ ...rules, rules: other })).toThrow('"xyz" is no currency that is known');
  storeOrders(engine.writer, [wireOrder(1, { currency: 'xyz' })]);
  expect(await asked('xyz')).toMatchObject({ accepted: 1 });
  expect(engine.writer.chooseRules({ ...rules, rules: other })).toMatchObject({ version: 2 });
});
