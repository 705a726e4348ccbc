import { describe, expect, it } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import { formatAmount, parseAmount } from '../../src/shared/money.ts';
import { CHECKING, closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { detailed, EMPTY_LIST } from '../support/payment-answers.ts';
import { wireLine, wireOrder } from '../support/wire-orders.ts';

describe('what is held', () => {
  const transaction = (pk: number, given: Record<string, unknown> = {}) => ({
    pk,
    transaction_type: 'purchase',
    is_succeeded: true,
    amount: '50.00',
    created_date: '2026-01-05T10:00:00Z',
    ...given,
  });
  const encode = (text: string) => new TextEncoder().encode(text);
  const NONE = { pages: [encode(EMPTY_LIST)] };
  const apply = (engine: ReturnType<typeof startEngine>, change: Record<string, unknown>, reading = 1) =>
    engine.writer.applyPayments({
      orderId: 1,
      bodies: { detailed: encode(detailed(1, change)), discounts: NONE, plans: NONE },
      reading,
      nowMs: NOW_MS + reading,
    });
  function engineWith(change: Record<string, unknown>) {
    const engine = startEngine();
    storeOrders(engine.writer, [wireOrder(1)]);
    apply(engine, change);
    return engine;
  }

  it('is replaced as a whole, unless the reading began earlier than the one that is held', () => {
    const engine = engineWith({ transaction_set: [transaction(1), transaction(2)], bextransaction_set: [7] });
    expect(apply(engine, { transaction_set: [transaction(3)] }, 5).outcome).toBe('stored');
    expect(apply(engine, { transaction_set: [] }, 4).outcome).toBe('older');
    const found = engine.reader().orderPayments({ id: 1 });
    expect(found?.payments.transactions.map(({ id }) => id)).toEqual([3]);
    expect(found?.payments.unreadable).toEqual([]);
    expect(found?.readMs).toBe(NOW_MS + 5);
  });

  it('says why the last reading failed, unless a later one went well', () => {
    const engine = engineWith({});
    const note = (orderId: number, reading: number, code: string) =>
      engine.writer.notePaymentsFailed({ orderId, reading, problem: { code, message: `${code}.` }, nowMs: NOW_MS });
    const failure = () => engine.reader().paymentsFailure({ id: 1 })?.code ?? null;
    apply(engine, {}, 5);
    note(1, 4, 'TIMEOUT');
    expect(failure()).toBeNull();
    note(1, 6, 'TIMEOUT');
    note(1, 7, 'FORBIDDEN');
    note(2, 8, 'TIMEOUT');
    expect([failure(), engine.reader().paymentsFailure({ id: 2 })]).toEqual(['FORBIDDEN', null]);
    apply(engine, {}, 9);
    expect(failure()).toBeNull();
  });

  it('goes with its order; of an order that is not held nothing is taken over', () => {
    const engine = engineWith({});
    const other = { ...{ detailed: encode(detailed(2)) }, discounts: NONE, plans: NONE };
    expect(engine.writer.applyPayments({ orderId: 2, bodies: other, reading: 1, nowMs: 1 }).outcome).toBe('unknown');
    expect(() => engine.reader().orderPayments({ id: 2 })).toThrowError(
      expect.objectContaining({ code: 'ORDER_UNKNOWN' }),
    );
    engine.writer.close();
    const files = closeAfterTest(openWriterFiles(engine.folder));
    const count = (table: string) => files.cache.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect([count('payment_readings'), count('transactions')]).toEqual([1, 1]);
    files.cache.exec('DELETE FROM orders');
    expect([count('payment_readings'), count('transactions')]).toEqual([0, 0]);
  });

  it.each<[string, Record<string, unknown>, string | null, string | null]>([
    ['a failed attempt', { transaction_set: [transaction(1), transaction(2, { is_succeeded: false })] }, '50.00', null],
    [
      'a reservation',
      { transaction_set: [transaction(1), transaction(2, { transaction_type: 'pre_purchase' })] },
      '50.00',
      null,
    ],
    ['all sets', { transaction_set: [transaction(1)], ordertransaction_set: [transaction(2)] }, '100.00', null],
    ['an unreadable set', { transaction_set: [transaction(1)], bextransaction_set: [7] }, null, 'unreadable'],
    ['a set of unknown name', { transaction_set: [transaction(1)], xtransaction_set: [1] }, null, 'unreadable'],
    ['another currency', { transaction_set: [transaction(1, { currency: 'usd' })] }, null, 'currency'],
    ['an unknown type', { transaction_set: [transaction(1, { transaction_type: 'void' })] }, null, 'type'],
    [
      'an unknown type that failed',
      { transaction_set: [transaction(1, { transaction_type: 'void', is_succeeded: false })] },
      '0.00',
      null,
    ],
  ])('adds up what was paid, with %s', (_what, change, sum, gap) => {
    const found = engineWith(change).reader().orderPayments({ id: 1 })?.payments;
    expect(found?.purchase).toMatchObject({ sum, gap, order: '107.00' });
    expect(found?.purchase.difference).toBe(sum === null ? null : formatAmount(parseAmount(sum) - 107_000_000n, 'try'));
  });
});

describe('orders whose payments are due', () => {
  it('after a run: those with a finding about money that are new or changed, the newest first', () => {
    const engine = startEngine();
    const wrong = (id: number, day: string) =>
      wireOrder(id, { amount: '1.00', date_placed: `2026-01-${day}T10:00:00Z` });
    const orders = [
      wrong(1, '05'),
      wrong(2, '07'),
      wireOrder(3),
      wireOrder(4, { invoice_number: null, orderitem_set: [wireLine(40, { invoice_number: null })] }),
    ];
    storeOrders(engine.writer, orders);
    engine.writer.runChecks(CHECKING);
    const due = (limit: number) => engine.reader().paymentsDue({ of: 'changed', limit, most: 10 });
    expect(due(10)).toEqual([2, 1]);
    expect(due(1)).toEqual([2]);
    const bodies = (id: number) => {
      const bytes = (text: string) => new TextEncoder().encode(text);
      return { detailed: bytes(detailed(id)), discounts: { pages: [bytes('[]')] }, plans: { pages: [bytes('[]')] } };
    };
    for (const id of [1, 2])
      engine.writer.applyPayments({ orderId: id, bodies: bodies(id), reading: 1, nowMs: NOW_MS });
    expect(due(10)).toEqual([]);
    storeOrders(engine.writer, [{ ...wrong(1, '05'), refund_amount: '0.50' }, ...orders.slice(1)]);
    expect(due(10)).toEqual([1]);

    // What is owed comes after what changed, who waits longest first, each once, and shows no failure of a cancel.
    const problem = { code: 'FORBIDDEN', message: 'no' };
    engine.writer.notePaymentsFailed({ orderId: 3, reading: 2, problem, nowMs: NOW_MS + 1 });
    engine.writer.notePaymentsOwed({ orderIds: [3, 4, 99], nowMs: NOW_MS });
    expect([due(1), due(0)]).toEqual([
      [1, 4, 3],
      [4, 3],
    ]);
    expect(engine.reader().paymentsDue({ of: 'changed', limit: 1, most: 2 })).toEqual([1, 4]);
    expect([3, 4].map((id) => engine.reader().paymentsFailure({ id })?.code)).toEqual(['FORBIDDEN', undefined]);
    engine.writer.notePaymentsFailed({ orderId: 1, reading: 3, problem, nowMs: NOW_MS + 2 });
    expect(due(1)).toEqual([4, 3, 1]);
    for (const id of [1, 3, 4])
      engine.writer.applyPayments({ orderId: id, bodies: bodies(id), reading: 4, nowMs: NOW_MS });
    expect(due(10)).toEqual([]);

    const period = { from: '2026-01-06', to: '2026-01-07' };
    const ofPeriod = (readBeforeMs: number) =>
      engine.reader().paymentsDue({ of: 'period', period, timeZone: ISTANBUL, readBeforeMs });
    expect(ofPeriod(NOW_MS)).toEqual([]);
    expect(ofPeriod(NOW_MS + 1)).toEqual([2]);
  });
});
