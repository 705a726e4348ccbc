import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { StatementKind } from '../../src/shared/statements.ts';
import { ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

const moment = { timeZone: ISTANBUL, nowMs: NOW_MS };
const COUNT = 5_000;

function startStore() {
  const engine = startEngine();
  const load = async (kind: StatementKind, keys: readonly string[]): Promise<number> => {
    const path = join(engine.folder, `${kind}-${keys.length}.csv`);
    const rows = keys.map((key) => `${key};05.02.2026;107,00;TRY`);
    writeFileSync(path, ['Sipariş No;Tarih;Tutar;Para Birimi', ...rows].join('\n'));
    const { statement } = await engine.writer.importStatement({ path, kind, dryRun: false, ...moment });
    if (statement === null) throw new Error('nothing was imported');
    return statement;
  };
  const mark = (statement: number) => engine.writer.markSentOfStatement({ statement, ...moment });
  return { ...engine, load, mark };
}

test('marks every unsent order of an ERP file at once: by its match, or by its number where it is one order’s', async () => {
  const { writer, reader, load, mark } = startStore();
  const numberOf = (id: number): string => (id === 2 || id === 3 ? 'TWICE' : `N${id}`);
  const ids = Array.from({ length: COUNT }, (_, index) => index + 1);
  storeOrders(
    writer,
    ids.map((id) => wireOrder(id, { number: numberOf(id), is_send: id % 10 === 0, orderitem_set: [wireLine(id)] })),
  );
  // Order 1 stands under another number in the file, TWICE is nobody's, 5 was rejected, 6 is not in the file.
  const named = ids.filter((id) => id !== 1 && id !== 3 && id !== 6);
  const statement = await load('erp', ['OTHER', 'STRANGE', ...named.map(numberOf)]);
  const rowOf = (key: string): number => {
    const filter = { text: key, damaged: false, currency: null };
    const { rows } = reader().statementRows({ statement, filter, offset: 0, limit: 10 });
    return rows.find(({ order }) => order === key)?.id ?? 0;
  };
  writer.matchByHand({ rowIds: [rowOf('OTHER')], orderIds: [1], nowMs: NOW_MS });
  writer.matchByHand({ rowIds: [rowOf('N5')], orderIds: [5], nowMs: NOW_MS });
  writer.matchReject({ rowIds: [rowOf('N5')], orderId: 5, nowMs: NOW_MS });
  writer.addCorrection({ correction: { target: { kind: 'order', orderId: 7 }, set: { is_send: true } }, ...moment });

  const found = [1, ...named].filter((id) => id !== 2 && id !== 5);
  const wanted = found.filter((id) => id % 10 !== 0 && id !== 7);
  const outcome = mark(statement);
  expect([outcome.queued, outcome.skipped, outcome.ids.length]).toEqual([
    wanted.length,
    found.length - wanted.length,
    wanted.length,
  ]);
  const shown = reader();
  const all = Array.from({ length: COUNT / 500 }, (_, page) =>
    shown.correctionsList({ states: ['queued'], batch: null, offset: page * 500, limit: 500 }),
  ).flatMap(({ rows }) => rows);
  const made = new Set(outcome.ids);
  const orders = all.filter(({ id }) => made.has(id)).map(({ order }) => order.id);
  expect(orders.sort((a, b) => a - b)).toEqual(wanted);
  expect(mark(statement)).toEqual({ queued: 0, skipped: found.length, ids: [] });
});

test('is all or nothing, and only for a file of the ERP that is in force', async () => {
  const { writer, reader, load, mark } = startStore();
  storeOrders(writer, [wireOrder(1, { is_send: false }), wireOrder(2, { is_send: false })]);
  const [erp, bank] = [await load('erp', ['N1', 'N2']), await load('bank', ['N1'])];
  expect(() => mark(bank)).toThrow(expect.objectContaining({ code: 'STATEMENT_STATE' }));
  expect(() => mark(99)).toThrow(expect.objectContaining({ code: 'STATEMENT_UNKNOWN' }));
  writer.withdrawStatement({ statement: erp, reason: '', nowMs: NOW_MS });
  expect(() => mark(erp)).toThrow(expect.objectContaining({ code: 'STATEMENT_STATE' }));
  writer.restoreStatement({ statement: erp, reason: '', nowMs: NOW_MS });
  expect(reader().overview().pendingCorrections).toBe(0);
  const spy = vi.spyOn(JSON, 'stringify').mockImplementationOnce(() => {
    throw new Error('cut off');
  });
  expect(() => mark(erp)).toThrow('cut off');
  spy.mockRestore();
  expect(reader().overview().pendingCorrections).toBe(0);
  expect(mark(erp).queued).toBe(2);
});
