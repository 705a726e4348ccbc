import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';
import { addCorrection, CHECKING, ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

let engine: ReturnType<typeof startEngine>;

beforeEach(() => {
  engine = startEngine();
});

test('what speaks against an invoice is told when it is proposed and while it waits, and refuses nothing', () => {
  const taken = 'ABC2026000000009';
  storeOrders(engine.writer, [
    wireOrder(1, { date_placed: '2026-01-10T22:30:00Z', orderitem_set: [wireLine(11)] }),
    wireOrder(2, { orderitem_set: [wireLine(21, { invoice_number: taken, invoice_date: '2026-01-12T00:00:00Z' })] }),
  ]);
  engine.writer.runChecks(CHECKING);
  const target = { kind: 'line', lineId: 11 } as const;
  const set = { invoice_number: taken, invoice_date: '2026-01-10' };
  // 22:30 UTC is the 11th in Istanbul.
  const row = addCorrection(engine.writer, { target, set });
  expect(row.state).toBe('queued');
  expect(row.warnings?.map(({ code, field }) => [code, field])).toEqual([
    ['date-early', 'invoice_date'],
    ['number-taken', 'invoice_number'],
  ]);
  expect(row.warnings?.[1]?.text.en).toBe(
    `Invoice ${taken} already stands on order ${row.order.number.replace(/1$/, '2')}.`,
  );
  const listed = (nowMs: number) =>
    engine
      .reader()
      .correctionsList({ states: [], batch: null, offset: 0, limit: 10, moment: { nowMs, timeZone: ISTANBUL } })
      .rows.map(({ warnings }) => warnings?.map(({ code }) => code));
  expect(listed(NOW_MS)).toEqual([['date-early', 'number-taken']]);
  expect(listed(Date.parse('2026-01-09T12:00:00Z'))).toEqual([['date-future', 'date-early', 'number-taken']]);
  const rules = { ...DEFAULT_RULES, closedUntil: '2026-01-31' };
  engine.writer.chooseRules({ rules, reason: 'January is closed', nowMs: NOW_MS });
  expect(listed(NOW_MS)).toEqual([['date-early', 'date-closed', 'number-taken']]);
  engine.writer.withdrawCorrections({ ids: [row.id], nowMs: NOW_MS });
  expect(listed(NOW_MS)).toEqual([[]]);
});

test('an invoice number that is proposed for two orders is told with both, and their lines may share it', () => {
  storeOrders(
    engine.writer,
    [1, 2].map((id) => wireOrder(id, { orderitem_set: [wireLine(id * 10 + 1), wireLine(id * 10 + 2)] })),
  );
  engine.writer.runChecks(CHECKING);
  const propose = (lineId: number) =>
    addCorrection(engine.writer, { target: { kind: 'line', lineId }, set: { invoice_number: 'ABC2026000000009' } });
  expect([propose(11), propose(12)].map(({ warnings }) => warnings)).toEqual([[], []]);
  const second = propose(21);
  const [first, other] = [second.order.number.replace(/2$/, '1'), second.order.number];
  const text = (number: string) => [`Invoice ABC2026000000009 is also proposed for order ${number}.`];
  expect(second.warnings?.map((each) => each.text.en)).toEqual(text(first));
  const listed = () =>
    engine
      .reader()
      .correctionsList({ states: ['queued'], batch: null, offset: 0, limit: 10, moment: CHECKING })
      .rows.map(({ warnings }) => warnings?.map((each) => each.text.en));
  expect(listed().toSorted()).toEqual([text(first), text(other), text(other)].toSorted());
  engine.writer.withdrawCorrections({ ids: [second.id], nowMs: NOW_MS });
  expect(listed()).toEqual([[], []]);
});

test('an invoice of the day of its order, with a number of its own, has no warning', () => {
  storeOrders(engine.writer, [wireOrder(1, { date_placed: '2026-01-10T22:30:00Z', orderitem_set: [wireLine(11)] })]);
  engine.writer.runChecks(CHECKING);
  const set = { invoice_number: 'ABC2026000000009', invoice_date: '2026-01-11' };
  expect(addCorrection(engine.writer, { target: { kind: 'line', lineId: 11 }, set }).warnings).toEqual([]);
});
