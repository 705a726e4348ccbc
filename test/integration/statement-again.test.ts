import { describe, expect, test } from 'vitest';
import { NOW_MS } from '../support/engine.ts';
import { statementEngine } from '../support/statement-engine.ts';
import { fileOf } from '../support/statement-files.ts';

const HEAD = 'Sipariş No;Fatura No;İşlem No;Tarih;Tutar\n';
const decision = { reason: 'test', nowMs: NOW_MS };

/** An engine into which text is imported, with what is in force afterwards. */
function again() {
  const engine = statementEngine();
  return {
    ...engine,
    text: (rows: readonly string[], head = HEAD) =>
      engine.import(fileOf(head + rows.map((row) => `${row}\n`).join(''))),
    /** Order and amount of every row in force. */
    inForce: () =>
      engine.reader
        .statementsList({ offset: 0, limit: 100 })
        .rows.filter(({ withdrawnAt }) => withdrawnAt === null)
        .flatMap(({ statement }) => engine.lines(statement).map(({ order, amount }) => `${order} ${amount}`))
        .sort(),
  };
}

describe('a row that comes again', () => {
  test.each([
    ['by its transaction', '1001;;T1;05.01.2026;', 'order'],
    ['by invoice and order', '1001;F1;;05.01.2026;', 'order'],
    ['by order and day', '1001;;;05.01.2026;', 'order'],
    ['by its transaction alone', ';;T1;05.01.2026;', 'null'],
  ])('with another amount is told and not booked twice: %s', async (_, row, order) => {
    const engine = again();
    const name = order === 'order' ? '1001' : 'null';
    await engine.text([`${row}590,99`]);
    const result = await engine.text([`${row}595,99`, '1002;F2;T2;06.01.2026;10,00']);
    expect(result).toMatchObject({ rows: 2, accepted: 1, rejected: 1, duplicates: 0 });
    expect(result.problems).toMatchObject([{ line: 2, field: 'amount', code: 'changed', value: '590.99' }]);
    expect(engine.inForce()).toEqual([`1002 10.00`, `${name} 590.99`].sort());
  });

  test('is put right by withdrawing both and importing the later file again, as the refusal says', async () => {
    const engine = again();
    await engine.text(['1001;F1;T1;05.01.2026;590,99', '1003;F3;T3;05.01.2026;1,50']);
    const corrected = fileOf(
      `${HEAD}1001;F1;T1;05.01.2026;595,99\n1003;F3;T3;05.01.2026;1,50\n1002;F2;T2;06.01.2026;10,00\n`,
      'january.csv',
    );
    expect(await engine.import(corrected)).toMatchObject({ accepted: 1, rejected: 1, duplicates: 1 });
    expect(() => engine.writer.withdrawStatement({ statement: 1, ...decision })).toThrow(
      'Withdraw statement 2 first, then statement 1, and then import again: january.csv.',
    );
    engine.writer.withdrawStatement({ statement: 2, ...decision });
    engine.writer.withdrawStatement({ statement: 1, ...decision });
    expect(await engine.import(corrected)).toMatchObject({ accepted: 3, rejected: 0, duplicates: 0 });
    expect(engine.inForce()).toEqual(['1001 595.99', '1002 10.00', '1003 1.50']);
    // The row as it was would be booked beside the one that was put right.
    expect(() => engine.writer.restoreStatement({ statement: 1, ...decision })).toThrow('Withdraw statement 3 first');
  });

  test('alone and changed leaves nothing behind', async () => {
    const engine = again();
    await engine.text(['1001;F1;T1;05.01.2026;590,99']);
    const before = engine.held();
    expect(await engine.text(['1001;F1;T1;05.01.2026;595,99'])).toMatchObject({ statement: null, rejected: 1 });
    expect(engine.held()).toEqual(before);
    engine.writer.withdrawStatement({ statement: 1, ...decision });
    expect(await engine.text(['1001;F1;T1;05.01.2026;595,99'])).toMatchObject({ statement: 2, accepted: 1 });
  });

  test('is known though the new mapping lacks columns, or has more', async () => {
    const lessThanBefore = again();
    await lessThanBefore.text(['1;F1;T1;05.01.2026;1,50', '1;F2;T2;05.01.2026;1,50', '2;F3;T3;05.01.2026;3,50']);
    const less = await lessThanBefore.text(
      ['1;05.01.2026;1,50', '1;05.01.2026;1,50', '2;05.01.2026;3,50'],
      'Sipariş No;Tarih;Tutar\n',
    );
    expect(less).toMatchObject({ accepted: 0, duplicates: 3 });
    const moreThanBefore = again();
    await moreThanBefore.text(['1;05.01.2026;1,50', '2;05.01.2026;3,50'], 'Sipariş No;Tarih;Tutar\n');
    const more = await moreThanBefore.text(['1;F1;T1;05.01.2026;1,50', '2;F3;T3;05.01.2026;3,75']);
    expect(more).toMatchObject({ accepted: 0, duplicates: 1, rejected: 1, problems: [{ line: 3, value: '3.50' }] });
  });

  test('in another currency is another amount', async () => {
    const engine = again();
    const head = 'Sipariş No;İşlem No;Tarih;Tutar;Döviz\n';
    await engine.text(['1;T1;05.01.2026;1,50;TRY'], head);
    expect(await engine.text(['1;T1;05.01.2026;1,50;EUR'], head)).toMatchObject({ accepted: 0, rejected: 1 });
  });
});

describe('a further row of the same order is taken', () => {
  test.each([
    ['another invoice', '1001;F2;;05.01.2026;40,00'],
    ['another transaction', '1001;F1;T9;05.01.2026;40,00'],
    ['another day', '1001;;;06.01.2026;40,00'],
    ['a refund', '1001;;;05.01.2026;-40,00'],
  ])('with %s', async (_, row) => {
    const engine = again();
    await engine.text(['1001;F1;T1;05.01.2026;60,00', '1001;F1;;05.01.2026;61,00', '1001;;;05.01.2026;62,00']);
    expect(await engine.text([row])).toMatchObject({ accepted: 1, rejected: 0, duplicates: 0 });
  });

  test('refunds of one payment on several days', async () => {
    const engine = again();
    await engine.text(['1001;;T1;05.01.2026;-40,00']);
    expect(await engine.text(['1001;;T1;06.01.2026;-40,00', '1001;;T1;07.01.2026;-5,00'])).toMatchObject({
      accepted: 2,
    });
  });

  test.each([
    ['first', ['30,00', '60,00']],
    ['last', ['60,00', '30,00']],
  ])('where the file has the held row as well, the new one %s', async (_, amounts) => {
    const engine = again();
    await engine.text(['1001;;;05.01.2026;60,00']);
    expect(await engine.text(amounts.map((amount) => `1001;;;05.01.2026;${amount}`))).toMatchObject({
      accepted: 1,
      duplicates: 1,
      rejected: 0,
    });
    expect(engine.inForce()).toEqual(['1001 30.00', '1001 60.00']);
  });

  test('but not where the held row is missing: one of the two is that one, put right', async () => {
    const engine = again();
    await engine.text(['1001;;;05.01.2026;60,00', '1001;;;05.01.2026;50,00']);
    const result = await engine.text(['60,00', '30,00', '20,00'].map((amount) => `1001;;;05.01.2026;${amount}`));
    expect(result).toMatchObject({ accepted: 0, duplicates: 1, rejected: 2 });
    expect(result.problems?.map(({ value }) => value)).toEqual(['50.00', '50.00']);
  });
});

test('a file of which no row could be taken is not stored, and may come again', async () => {
  const engine = again();
  const path = fileOf(`${HEAD}1001;;;05.01.2026;abc\n`);
  const before = engine.held();
  for (const _ of ['first', 'second']) {
    const result = await engine.import(path);
    expect(result).toMatchObject({ statement: null, accepted: 0, rejected: 1, problems: [{ code: 'not-an-amount' }] });
  }
  expect(engine.held()).toEqual(before);
  expect(await engine.import(fileOf(`${HEAD}1001;;;05.01.2026;5,00\n`))).toMatchObject({ statement: 1 });
});
