import { describe, expect, test } from 'vitest';
import { openBeside } from '../support/checked-store.ts';
import { CHECKING, closeAfterTest } from '../support/engine.ts';
import { checkedStore, subjectsOf } from '../support/found-by.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

describe('erp.sent-but-cancelled', () => {
  const line = (cancelled: string | null) => wireLine(10, { price: '50.00', cancel_status: cancelled });
  const lines = (...cancelled: (string | null)[]) => ({
    orderitem_set: cancelled.map((one, place) => ({ ...line(one), id: 10 + place })),
  });
  test.each<[string, Record<string, unknown>, boolean]>([
    ['cancelled', { status: '100' }, true],
    ['cancelled, not sent', { status: '100', is_send: false }, false],
    ['every line cancelled before the goods left', { status: '450', ...lines('completed', 'completed') }, true],
    ['one line still open', { status: '450', ...lines('completed', null) }, false],
    ['one line only asked for', { status: '450', ...lines('completed', 'waiting') }, false],
    ['no line', { status: '450', orderitem_set: [] }, false],
    ['everything returned after delivery', { status: '550', ...lines('completed', 'completed') }, false],
    ['refunded', { status: '600', ...lines('completed', 'completed') }, false],
  ])('%s', (_what, given, found) => {
    const store = checkedStore([wireOrder(1, given)]);
    expect(subjectsOf(store, 'erp.sent-but-cancelled')).toEqual(found ? [1] : []);
  });

  describe('with rows of an ERP statement', () => {
    /** Rows of one statement, all matched to the cancelled order. */
    function withRows(
      amounts: readonly number[],
      { kind = 'erp', state = 'confirmed', currency = 'try', withdrawn = null as number | null } = {},
    ): number[] {
      const store = checkedStore([wireOrder(1, { status: '100' })]);
      const beside = closeAfterTest(openBeside(store.folder));
      const { lastInsertRowid: statement } = beside
        .prepare(
          `INSERT INTO local.statements (kind, file_name, sha256, spec, rows, accepted, rejected, duplicates, totals, imported_ms, withdrawn_ms)
           VALUES (?, 'f.csv', 'x', '{}', 1, 1, 0, 0, '{}', 1, ?)`,
        )
        .run(kind, withdrawn);
      for (const [index, amount] of amounts.entries()) {
        const { lastInsertRowid: row } = beside
          .prepare(
            `INSERT INTO local.statement_rows (statement_id, line, currency, amount, occurrence) VALUES (?, ?, ?, ?, 1)`,
          )
          .run(statement, index + 1, index === 0 ? 'try' : currency, amount);
        beside.prepare(`INSERT INTO local.matches VALUES (?, 1, ?, NULL, 'order', ?, 0)`).run(row, row, state);
      }
      beside.prepare(`INSERT INTO local.touched (kind, subject) VALUES ('statements', ?)`).run(statement);
      store.writer.runChecks({ ...CHECKING, all: false });
      return subjectsOf(store, 'erp.sent-but-cancelled');
    }

    test.each<[string, number[], Parameters<typeof withRows>[1], number[]]>([
      ['a sale and its return cancel out', [107_000_000, -107_000_000], {}, []],
      ['in several rows', [100_000_000, 7_000_000, -107_000_000], {}, []],
      ['a sale alone does not', [107_000_000], {}, [1]],
      ['nor one that is taken back in part', [107_000_000, -100_000_000], {}, [1]],
      ['nor rows of nothing', [0, 0], {}, [1]],
      ['nor rows of two currencies', [107_000_000, -107_000_000], { currency: 'eur' }, [1]],
      ['nor rows of a bank', [107_000_000, -107_000_000], { kind: 'bank' }, [1]],
      ['nor rows that are only suggested', [107_000_000, -107_000_000], { state: 'suggested' }, [1]],
      ['nor a statement that was withdrawn', [107_000_000, -107_000_000], { withdrawn: 5 }, [1]],
    ])('%s', (_what, amounts, given, found) => {
      expect(withRows(amounts, given)).toEqual(found);
    });
  });
});
