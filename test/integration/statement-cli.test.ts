import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/main/cli/arguments.ts';
import { parseMap } from '../../src/main/cli/commands/import-file.ts';
import { hereStore } from '../support/cli-here-store.ts';
import { tempFolder } from '../support/engine.ts';
import { fileOf } from '../support/statement-files.ts';

describe('the file behind the command', () => {
  test('is taken from among the options', () => {
    const parsed = parseArguments(['import', '--kind', 'erp', 'a b.csv', '--json']);
    expect([parsed.command, parsed.operand, parsed.value('kind')]).toEqual(['import', 'a b.csv', 'erp']);
  });

  test.each([
    [['import', '--kind', 'erp'], 'needs a FILE'],
    [['import', 'a.csv', 'b.csv', '--kind', 'erp'], 'takes one FILE'],
    [['import', 'a.csv'], '--kind'],
    [['statements', 'a.csv'], 'no command'],
  ])('%j is refused', (args, sentence) => {
    expect(() => parseArguments(args)).toThrow(sentence);
  });

  test('needs no file for its help', () => {
    expect(parseArguments(['import', '--help']).command).toBe('import');
  });
});

test('columns are mapped by heading, a comma in one escaped', () => {
  expect(parseMap('order=Sipariş No, amount=Tutar\\, TL,fee=3')).toEqual({
    order: 'Sipariş No',
    amount: 'Tutar, TL',
    fee: '3',
  });
  for (const wrong of ['order', 'total=3', 'order=', 'order=1,order=2', '=x']) {
    expect(() => parseMap(wrong)).toThrow();
  }
});

test('import, list, withdraw, restore and rejected rows by the command line', async () => {
  await using store = await hereStore({ orders: 5 });
  const rows = ['1;01.02.2026;12,50', '2;01.02.2026;7,50', '3;x;1,00'];
  const file = fileOf(`No;Gün;Tutar\n${rows.join('\n')}\n`);
  const base = ['import', file, '--kind', 'erp', '--map', 'order=No,date=Gün,amount=Tutar', '--currency', 'TRY'];

  const dry = await store.json(...base, '--dry-run');
  expect([dry.code, dry.json()]).toMatchObject([1, { statement: null, accepted: 2, rejected: 1 }]);
  const imported = await store.json(...base, '--save-profile', 'Deneme');
  expect(imported.code).toBe(1);
  expect(imported.json()).toEqual({
    statement: 1,
    rows: 3,
    accepted: 2,
    rejected: 1,
    duplicates: 0,
    totals: { try: { rows: 2, amount: '20.00', fee: null, net: null } },
    from: '2026-02-01',
    to: '2026-02-01',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    printed: null,
    columns: {
      order: { column: 1, heading: 'No' },
      date: { column: 2, heading: 'Gün' },
      amount: { column: 3, heading: 'Tutar' },
    },
  });

  const second = fileOf('No;Gün;Tutar\n2;01.02.2026;7,50\n4;02.02.2026;9,00\n');
  const byProfile = await store.words('import', second, '--kind', 'erp', '--profile', 'Deneme');
  expect(byProfile.code).toBe(0);
  expect(byProfile.stdout).toContain('Statement 2: 2 rows, 1 accepted, 0 rejected, 1 duplicate');

  expect((await store.json('statements')).json()).toMatchObject({
    statements: [
      { statement: 2, profile: 'Deneme' },
      { statement: 1, rejected: 1 },
    ],
  });
  const out = join(tempFolder(), 'rejected.csv');
  expect((await store.json('statements', 'rejected', '--statement', '1', '--out', out)).json()).toMatchObject({
    rows: 1,
  });
  expect(readFileSync(out, 'utf8')).toMatch(/4;.*not-a-date;x|4,.*not-a-date,x/);

  const needed = await store.json('statements', 'withdraw', '--statement', '1');
  expect([needed.code, needed.json()]).toMatchObject([2, { error: { code: 'STATEMENT_STATE' } }]);
  expect((await store.json('statements', 'withdraw', '--statement', '2')).code).toBe(0);
  expect((await store.words('statements', 'restore', '--statement', '2')).stdout).toContain('in force again');
  expect((await store.json('statements', 'profiles')).json()).toMatchObject({
    profiles: [{ name: 'Deneme', version: 1 }],
  });
});

test('what needs a decision says so, with both sums', async () => {
  await using store = await hereStore({ orders: 5 });
  const file = fileOf('x');
  writeFileSync(file, 'Order No;Amount;Date\n1;1.500;03/04/2026\n');
  const unclear = await store.json('import', file, '--kind', 'gateway', '--currency', 'try');
  expect([unclear.code, unclear.json()]).toMatchObject([
    2,
    { error: { code: 'STATEMENT_DECIMAL_UNCLEAR', readings: { comma: '1500.00', point: '1.50' } } },
  ]);
  const decided = await store.json('import', file, '--kind', 'gateway', '--decimal', 'comma', '--date-order', 'mdy');
  expect([decided.code, decided.json()]).toMatchObject([0, { accepted: 1, from: '2026-03-04' }]);
});
