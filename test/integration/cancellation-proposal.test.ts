import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { type AmountFormula, DEFAULT_RULES } from '../../src/shared/rules.ts';
import { cancellationStore } from '../support/cancellation-store.ts';
import { NOW_MS, storeOrders } from '../support/engine.ts';
import { wirePage } from '../support/wire-orders.ts';

let store: Awaited<ReturnType<typeof cancellationStore>>;
let order: WireOrder;

let later = 0;

/** The lines of {@link merged} orders, whose ids no other order has. */
const lineOf = (place: number): number => order.id * 1_000 + place;

beforeAll(async () => {
  store = await cancellationStore();
});
afterAll(() => store.close());
beforeEach(() => {
  store.allow();
  order = store.nextOrder();
});

function hold(copy: WireOrder): void {
  later += 1;
  storeOrders(store.writer, wirePage([copy]), { nowMs: NOW_MS + later, end: 'incomplete' });
}

/** Puts an order into the cache as it would stand at Omnitron, and answers it. */
function held(change: (copy: WireOrder) => void): WireOrder {
  const copy = structuredClone(order);
  change(copy);
  hold(copy);
  return copy;
}

/** A merged order in which every amount differs, so that none can stand for another. */
function merged(): WireOrder {
  return held((copy) => {
    const [line] = copy.orderitem_set;
    if (line === undefined) throw new Error('an order without lines');
    const base = { ...line, price_currency: copy.currency };
    copy.shipping_amount = '30.05';
    copy.orderitem_set = [
      { ...base, id: lineOf(1), price: '100.10', discount_amount: '10.01', attributes: { quantity: '3' } },
      { ...base, id: lineOf(2), price: '7.77', discount_amount: '0.70', attributes: {} },
    ];
  });
}

function choose(formula: Partial<AmountFormula>): void {
  const rules = { ...DEFAULT_RULES, formula: { ...DEFAULT_RULES.formula, ...formula } };
  if (isDeepStrictEqual(store.reader().rulesInForce().rules, rules)) return;
  store.writer.chooseRules({ rules, reason: 'as calibrated', nowMs: NOW_MS });
}

describe('what a cancellation gives back', () => {
  const amount = (lines: number[], cargo: boolean) =>
    store.reader().cancellationAmount({ orderId: order.id, all: lines.length === 0, lines, cargo }).amount;

  it.each([
    [{}, [2], false, '7.07'],
    [{}, [1], true, '120.14'],
    [{}, [], true, '127.21'],
    [{ discount: 'included' as const }, [], false, '107.87'],
    [{ price: 'unit' as const }, [], true, '327.41'],
    [{ price: 'unit' as const, discount: 'included' as const }, [1], false, '300.30'],
  ])('is worked out by the formula in force: %j, lines %j, shipping %j', (formula, lines, cargo, expected) => {
    merged();
    choose(formula);
    expect(amount(lines.map(lineOf), cargo)).toBe(expected);
  });

  it('is not guessed where a part is not given', () => {
    const copy = merged();
    choose({});
    hold({ ...copy, shipping_amount: null } as unknown as WireOrder);
    expect(amount([lineOf(2)], false)).toBe('7.07');
    expect(() => amount([lineOf(2)], true)).toThrow(/shipping/);
    const lines = copy.orderitem_set.map((line) => ({ ...line, discount_amount: null }));
    const without = { ...copy, orderitem_set: lines } as unknown as WireOrder;
    hold({ ...without, discount_amount: '5.00' });
    expect(() => amount([lineOf(2)], false)).toThrow(/discount of line/);
    hold({ ...without, discount_amount: '0.00' });
    expect(amount([lineOf(2)], false)).toBe('7.77');
  });

  it('is none for lines in several currencies', () => {
    held((copy) => {
      for (const line of copy.orderitem_set) line.price_currency = 'xau';
    });
    expect(() => amount([], false)).toThrow(/another currency/);
  });
});

describe('proposing a cancellation', () => {
  it('is refused while the calls are off, and stores nothing', () => {
    store.allow(false);
    const total = () => store.reader().correctionsList({ states: [], batch: null, offset: 0, limit: 1 }).total;
    const before = total();
    expect(() => store.propose(order)).toThrow(expect.objectContaining({ code: 'CANCELLATION_OFF' }));
    expect(total()).toBe(before);
  });

  it('needs the amount to the last digit, in the right currency', () => {
    merged();
    const call = { ...store.callOf(order, { all: false, lines: [lineOf(2)] }), orderId: order.id };
    expect(call.reasons).toEqual([{ line: lineOf(2), reason: 7 }]);
    for (const typed of ['7.06', '7.08', '7.070001', '70.7', '-7.07', '0']) {
      expect(() => store.add({ ...call, amount: typed })).toThrow(
        expect.objectContaining({ code: 'VALUE_INVALID', details: { field: 'amount' } }),
      );
    }
    expect(() => store.add({ ...call, currency: 'xau' })).toThrow(/amount confirmed/);
    expect(store.add({ ...call, amount: '7.070' }).cancellation).toMatchObject({ amount: '7.07', lines: [lineOf(2)] });
  });

  it('is refused for an order that Omnitron no longer has', () => {
    const call = { ...store.callOf(order), orderId: order.id };
    const file = store.tamper(`UPDATE orders SET vanished_ms = ${NOW_MS} WHERE id = ${order.id}`, 'cache.db');
    expect(file).toBe(1);
    const gone = expect.objectContaining({ code: 'ORDER_VANISHED' });
    expect(() => store.add(call)).toThrow(gone);
    expect(() => store.callOf(order)).toThrow(gone);
  });

  it('needs one reason for each line and for no other', () => {
    const [first = 0, second = 0] = order.orderitem_set.map(({ id }) => id);
    const call = { ...store.callOf(order, { all: false, lines: [first] }), orderId: order.id };
    const refused = (given: object, code: string, words: RegExp) => {
      expect(() => store.add({ ...call, ...given })).toThrow(expect.objectContaining({ code }));
      expect(() => store.add({ ...call, ...given })).toThrow(words);
    };
    refused({ reasons: [] }, 'VALUE_INVALID', /no reason/);
    refused({ reasons: [...call.reasons, { line: second, reason: 7 }] }, 'VALUE_INVALID', /none for others/);
    refused({ reasons: [...call.reasons, ...call.reasons] }, 'VALUE_INVALID', /none for others/);
    refused({ lines: [first, first] }, 'VALUE_INVALID', /twice/);
    refused({ lines: [] }, 'VALUE_INVALID', /at least one/);
    refused({ all: true }, 'VALUE_INVALID', /not both/);
    refused({ lines: [27] }, 'LINE_UNKNOWN', /not one of order/);
    refused({ orderId: 999_999 }, 'ORDER_UNKNOWN', /cache/);
  });

  it.each([
    ['a waiting cancellation', { cancel_status: 'waiting' }],
    ['a finished one', { cancel_status: 'completed' }],
    ['a line that is cancelled', { status: '100' }],
    ['a line that was taken back', { status: '600' }],
  ])('leaves %s out', (_name, fields) => {
    const [taken, other = 0] = order.orderitem_set.map(({ id }) => id);
    held((copy) => {
      for (const line of copy.orderitem_set) if (line.id === taken) Object.assign(line, fields);
    });
    expect(() => store.propose(order)).toThrow(/already/);
    expect(store.propose(order, { all: false, lines: [other] }).state).toBe('queued');
  });

  it('takes up a line of which a cancellation was refused before', () => {
    held((copy) => {
      for (const line of copy.orderitem_set) line.cancel_status = 'rejected';
    });
    expect(store.propose(order).state).toBe('queued');
  });

  it('keeps who, what and how much in the batch and the audit trail, and calls it one-way', () => {
    store.writer.submitEverything({ reason: 'returns', timeZone: 'UTC', nowMs: NOW_MS });
    const row = store.propose(order, { refundInvoiceNumber: ' RFD2026000000001 ' });
    expect(row).toMatchObject({ state: 'queued', lineId: null, fields: [], order: { id: order.id } });
    expect(row.maker).not.toBe('');
    expect(row.cancellation).toEqual({ ...store.callOf(order), refundInvoiceNumber: 'RFD2026000000001' });
    const [batch] = store.reader().batchesList({ states: ['draft'], offset: 0, limit: 5 }).rows;
    expect(batch).toMatchObject({ id: row.batch?.id, count: 1, oneWay: 1 });
    const { rows } = store.reader().auditWindow({
      filter: { text: `correction ${row.id}`, groups: ['correction'], period: { from: null, to: null } },
      timeZone: 'UTC',
      offset: 0,
      limit: 10,
    });
    expect(rows[0]).toMatchObject({ action: 'correction.propose', subject: `correction ${row.id}` });
    const { reasons, lines, amount, currency } = store.callOf(order);
    const after: unknown = JSON.parse(rows[0]?.after ?? '');
    expect(after).toMatchObject({ order: order.id, amount, currency, cancellation: { all: true, reasons, lines } });
  });

  it('replaces what was proposed before and waits in the draft, but not what is submitted', () => {
    const first = store.propose(order);
    const second = store.propose(order);
    expect(store.row(first.id)).toMatchObject({ state: 'withdrawn', successor: second.id });
    store.writer.submitEverything({ reason: 'returns', timeZone: 'UTC', nowMs: NOW_MS });
    expect(() => store.propose(order)).toThrow(expect.objectContaining({ code: 'CORRECTION_STATE' }));
    expect(store.row(second.id).state).toBe('queued');
  });

  it('changes the content that is approved when any of it changes', () => {
    const row = store.propose(order);
    const batch = store.writer.submitEverything({ reason: 'returns', timeZone: 'UTC', nowMs: NOW_MS });
    const change = `UPDATE cancellations SET body = replace(body, '"reason":7', '"reason":8') WHERE correction_id = ${row.id}`;
    expect(store.tamper(change)).toBe(1);
    expect(() => store.writer.beginPushing({ id: batch?.id ?? 0, nowMs: NOW_MS })).toThrow(/not what was submitted/);
  });
});
