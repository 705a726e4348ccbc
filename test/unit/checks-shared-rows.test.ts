import { expect, test } from 'vitest';
import { asAfterFullRun, checkResults, openBeside } from '../support/checked-store.ts';
import { CHECKING, closeAfterTest, storeOrders } from '../support/engine.ts';
import { type GivenRow, rowStore } from '../support/statement-rows.ts';
import { wireOrder } from '../support/wire-orders.ts';

const NOW = { nowMs: CHECKING.nowMs };
const PLACED = '2026-03-10T09:00:00Z';

/** A store whose rows are matched by hand. After each change a run over what was touched must leave what a full one would. */
async function matchedStore(rows: readonly GivenRow[]) {
  const given = new Map([1, 2, 3].map((id) => [id, { date_placed: PLACED, amount: '100.00' }]));
  const store = rowStore([...given].map(([id, values]) => ({ id, ...values })));
  const { writer } = store;
  const beside = closeAfterTest(openBeside(store.folder));
  await store.import('gateway', rows);
  return {
    ...store,
    beside,
    change(id: number, values: { date_placed?: string; amount?: string; number?: string }) {
      given.set(id, { date_placed: PLACED, amount: '100.00', ...values });
      storeOrders(
        writer,
        [...given].map(([each, its]) => wireOrder(each, its)),
      );
    },
    /** The findings of one check after a run over what was touched. */
    check(code: string) {
      const { results: expected } = asAfterFullRun(beside, CHECKING);
      expect(writer.runChecks({ ...CHECKING, all: false }).judged).not.toBeNull();
      const results = checkResults(beside);
      expect(results).toEqual(expected);
      return results.findings
        .filter(({ check_code }) => check_code === code)
        .map(({ subject, order_id, difference }) => ({ subject, order_id, difference }));
    },
  };
}

test('what is said of a row of several orders stays when another one of them changes', async () => {
  const store = await matchedStore([{ order: 'X1', amount: '300.00', date: '10.03.2026' }]);
  store.change(2, { date_placed: '2026-03-11T09:00:00Z' });
  store.writer.matchByHand({ rowIds: [1], orderIds: [1, 2, 3], ...NOW });
  store.writer.runChecks({ ...CHECKING, all: true });
  const found = { subject: 1, order_id: 2, difference: null };
  store.change(3, { amount: '90.00' });
  expect(store.check('statement.date')).toEqual([found]);
  store.change(3, { date_placed: '2026-03-12T09:00:00Z' });
  expect(store.check('statement.date')).toEqual([found]);
  store.change(2, {});
  expect(store.check('statement.date')).toEqual([{ ...found, order_id: 3 }]);
});

test('a sum of several orders is judged at the order where it stands, whatever else is suggested for its rows', async () => {
  const store = await matchedStore([{ order: 'X1', amount: '200.00' }]);
  store.writer.matchByHand({ rowIds: [1], orderIds: [2, 3], ...NOW });
  store.beside.exec(`INSERT INTO local.matches VALUES (1, 1, 1, NULL, 'order_number', 'suggested', 0)`);
  store.writer.runChecks({ ...CHECKING, all: true });
  store.change(3, { amount: '60.00' });
  expect(store.check('statement.amount')).toEqual([{ subject: 2, order_id: 2, difference: 40_000_000 }]);
  store.change(3, {});
  expect(store.check('statement.amount')).toEqual([]);
});

test('a batch that loses a transfer of other orders is judged at the order where it stands', async () => {
  const store = await matchedStore([
    { order: 'N1', amount: '100.00', batch: 'B1' },
    { order: 'N2', amount: '100.00', batch: 'B1' },
  ]);
  const { writer } = store;
  await store.import('bank', [{ batch: 'B1', amount: '200.00' }]);
  store.match();
  // The batch is settled anew, by another order, and paid out once more.
  writer.withdrawStatement({ statement: 1, reason: 'wrong file', ...NOW });
  await store.import('gateway', [{ order: 'N3', amount: '100.00', batch: 'B1' }]);
  await store.import('bank', [{ batch: 'B1', amount: '100.00' }]);
  store.match();
  writer.matchAccept({ rowIds: [5], orderId: null, ...NOW });
  writer.matchReject({ rowIds: [3], orderId: 3, ...NOW });
  writer.runChecks({ ...CHECKING, all: true });
  expect(store.check('statement.amount')).toEqual([{ subject: 1, order_id: 1, difference: 200_000_000 }]);
  writer.matchReject({ rowIds: [5], orderId: null, ...NOW });
  expect(store.check('statement.amount')).toEqual([{ subject: 1, order_id: 1, difference: 100_000_000 }]);
});

test('an order is proposed for a damaged key once the other one that fitted has another number or day', async () => {
  const number = (last: string) => `10555652281128${last}`;
  const store = await matchedStore([{ order: '1,05557E+15', amount: '100.00', date: '10.03.2026' }]);
  store.change(1, { number: number('25') });
  store.writer.runChecks({ ...CHECKING, all: true });
  store.change(2, { number: number('99') });
  expect(store.check('statement.damaged-key')).toEqual([{ subject: 1, order_id: null, difference: null }]);
  store.change(2, { number: 'N2' });
  expect(store.check('statement.damaged-key')).toEqual([{ subject: 1, order_id: 1, difference: null }]);
  store.change(2, { number: number('99') });
  expect(store.check('statement.damaged-key')).toEqual([{ subject: 1, order_id: null, difference: null }]);
  store.change(2, { number: number('99'), date_placed: '2026-01-10T09:00:00Z' });
  expect(store.check('statement.damaged-key')).toEqual([{ subject: 1, order_id: 1, difference: null }]);
  store.change(1, { number: 'N1' });
  expect(store.check('statement.damaged-key')).toEqual([{ subject: 1, order_id: null, difference: null }]);
});
