import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WriterService } from '../../src/main/engine/services.ts';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import type { FaultAction } from '../../src/main/sandbox/fault-types.ts';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import type { CorrectionRow } from '../../src/shared/corrections.ts';
import { AppError } from '../../src/shared/errors.ts';
import { cancellationStore } from '../support/cancellation-store.ts';
import { ISTANBUL, NOW_MS } from '../support/engine.ts';

let store: Awaited<ReturnType<typeof cancellationStore>>;
let order: WireOrder;

beforeAll(async () => {
  store = await cancellationStore();
});
afterAll(() => store.close());
beforeEach(() => {
  store.shop.setFaults([]);
  store.allow();
  order = store.nextOrder();
});

/** Counts what the test sends and what the server carries out. */
function counted() {
  const before = store.posts();
  return { sent: () => store.posts() - before, done: () => store.carriedOut(order.id) };
}
function proposed(given: Parameters<typeof store.propose>[1] = {}): CorrectionRow {
  const row = store.propose(order, given);
  store.beginPush();
  return row;
}
const onCall = (action: FaultAction) => [{ match: { method: 'POST', path: '/cancel/' }, action }];
const onReads = (code: number, nth = 1) => [
  { match: { method: 'GET', nth, times: 1_000 }, action: { kind: 'status', code } as const },
];
/** What another user, or the server itself, does to every line. */
const setLines = (fields: object): void =>
  store.shop.edit(order.id, { lines: Object.fromEntries(order.orderitem_set.map(({ id }) => [id, fields])) });

describe('pushing a cancellation', () => {
  it('calls once, reads back and keeps a receipt of all of it', async () => {
    const { sent, done } = counted();
    const [first = 0, second = 0] = order.orderitem_set.map(({ id }) => id);
    const row = proposed({ all: false, lines: [first], cargo: true, refundInvoiceNumber: 'RFD2026000000001' });
    expect(await store.push(row)).toBe('applied');
    expect([sent(), done()]).toEqual([1, 1]);
    const now = store.shop.order(order.id)?.orderitem_set.map(({ cancel_status }) => cancel_status);
    expect(now).toEqual(order.orderitem_set.map(({ id }) => (id === first ? 'waiting' : null)));
    expect(store.row(row.id)).toMatchObject({ state: 'applied', problem: null });
    const none = { status: order.orderitem_set[0]?.status, cancel_status: null };
    expect(store.reader().receipts({ id: row.id })).toMatchObject([
      { step: 'read', httpStatus: 200, reading: { [`line ${first}`]: none } },
      {
        step: 'write',
        httpStatus: 200,
        sent: {
          order: `${order.id}`,
          is_all: false,
          cancel_items: [`${first}`],
          reasons: { [first]: '7' },
          forced_refund_amount: null,
          is_cargo_refund: true,
          refund_invoice_number: 'RFD2026000000001',
        },
      },
      { step: 'read-back', httpStatus: 200, reading: { [`line ${first}`]: { cancel_status: 'waiting' } } },
    ]);
    const held = store.reader().orderDetail({ id: order.id }).lines;
    expect(held.find(({ id }) => id === first)?.cancelStatus).toBe('waiting');
    expect(held.find(({ id }) => id === second)?.cancelStatus).toBeNull();
  });

  it('sends no bank account, no name and no amount', async () => {
    const bodies: Record<string, unknown>[] = [];
    const client: OmnitronClient = {
      ...store.client,
      cancelOrder: async (_id, body) => {
        bodies.push(body);
        return 200;
      },
    };
    const row = proposed();
    expect(await store.push(row, { client })).toBe('unknown');
    expect(bodies).toEqual([
      {
        order: order.id,
        is_all: true,
        cancel_items: [],
        reasons: Object.fromEntries(order.orderitem_set.map(({ id }) => [id, 7])),
        forced_refund_amount: null,
        is_cargo_refund: false,
      },
    ]);
  });

  it.each([
    ['a status', () => setLines({ status: '510' }), /changed from/],
    ['a refused cancellation', () => setLines({ cancel_status: 'rejected' }), /cancellation rejected/],
    ['a price', () => setLines({ price: '99999.00' }), /worked out as/],
    ['a waiting cancellation', () => setLines({ cancel_status: 'waiting' }), /changed from/],
    ['the currency', () => setLines({ price_currency: 'xau' }), /another currency/],
  ])('does not call where %s has changed since', async (_name, change, words) => {
    const { sent } = counted();
    const row = proposed();
    change();
    expect(await store.push(row)).toBe('conflict');
    expect(sent()).toBe(0);
    expect(store.row(row.id)).toMatchObject({ state: 'conflict', problem: { code: 'CANCELLATION_STALE' } });
    expect(store.row(row.id).problem?.message).toMatch(words);
  });

  it('does not call for one line while another line of the order is waiting', async () => {
    const { sent } = counted();
    const [first = 0, second = 0] = order.orderitem_set.map(({ id }) => id);
    const row = proposed({ all: false, lines: [first] });
    store.shop.edit(order.id, { lines: { [second]: { cancel_status: 'waiting' } } });
    expect(await store.push(row)).toBe('conflict');
    expect(sent()).toBe(0);
  });

  it('waits where the calls have been switched off since', async () => {
    const { sent } = counted();
    const row = proposed();
    store.allow(false);
    expect(await store.push(row)).toBe('waiting');
    expect(sent()).toBe(0);
    expect(store.row(row.id)).toMatchObject({ state: 'waiting', problem: { code: 'CANCELLATION_OFF' } });
    store.allow();
    expect(await store.push(row)).toBe('applied');
    expect(sent()).toBe(1);
  });

  it('is not begun where the lines as they were seen were changed after the submission', () => {
    const row = store.propose(order);
    const batch = store.writer.submitEverything({ reason: 'returns', timeZone: ISTANBUL, nowMs: NOW_MS });
    expect(store.tamper(`UPDATE cancellations SET seen = '[]' WHERE correction_id = ${row.id}`)).toBe(1);
    const begin = () => store.writer.beginPushing({ id: batch?.id ?? 0, nowMs: NOW_MS });
    expect(begin).toThrow(/not what was submitted/);
  });

  it('is not begun outside a batch that is being pushed, nor twice', async () => {
    const row = store.propose(order);
    const { sent } = counted();
    await expect(store.push(row)).rejects.toThrow(/not being pushed/);
    store.beginPush();
    store.writer.cancelStart({ id: row.id, nowMs: NOW_MS });
    store.writer.cancelBegin({ id: row.id, nowMs: NOW_MS });
    expect(() => store.writer.cancelBegin({ id: row.id, nowMs: NOW_MS })).toThrow(/begun before/);
    expect(store.tamper(`UPDATE corrections SET state = 'checking' WHERE id = ${row.id}`)).toBe(1);
    expect(() => store.writer.cancelBegin({ id: row.id, nowMs: NOW_MS })).toThrow(/begun before/);
    expect(() => store.tamper(`UPDATE cancellations SET calls = 2 WHERE correction_id = ${row.id}`)).toThrow(/CHECK/);
    expect(sent()).toBe(0);
  });

  it('reads the lines one by one where the number leads to another order, but then never the whole order', async () => {
    const [first = 0] = order.orderitem_set.map(({ id }) => id);
    const other = store.nextOrder();
    const byNumber = Buffer.from(JSON.stringify(store.shop.order(other.id)));
    const client = { ...store.client, orderByNumber: async () => byNumber };
    const { sent } = counted();
    const whole = proposed();
    expect(await store.push(whole, { client })).toBe('conflict');
    expect(store.row(whole.id).problem?.message).toMatch(/as a whole/);
    const single = proposed({ all: false, lines: [first] });
    expect(await store.push(single, { client })).toBe('applied');
    expect(sent()).toBe(1);
  });

  it('is rejected where the order is gone, and waits where nobody answers, without a call', async () => {
    const { sent } = counted();
    const row = proposed();
    store.shop.setFaults(onReads(503));
    await expect(store.push(row)).rejects.toMatchObject({ code: 'SERVER_ERROR' });
    store.shop.setFaults(onReads(403));
    expect(await store.push(row)).toBe('rejected');
    expect(sent()).toBe(0);
  });
});

describe('a call is sent at most once', () => {
  const status = (code: number, retryAfter?: string): FaultAction =>
    retryAfter === undefined ? { kind: 'status', code } : { kind: 'status', code, retryAfter };

  it.each<[string, FaultAction, 'applied' | 'rejected' | 'unknown', number]>([
    ['400', status(400), 'rejected', 0],
    ['401', status(401), 'rejected', 0],
    ['403', status(403), 'rejected', 0],
    ['404', status(404), 'rejected', 0],
    ['406', status(406), 'rejected', 0],
    ['429, Retry-After', status(429, '1'), 'rejected', 0],
    ['408', status(408), 'unknown', 0],
    ['500', status(500), 'unknown', 0],
    ['503, Retry-After', status(503, '1'), 'unknown', 0],
    ['a page of HTML that looks like success', { kind: 'html', status: 200 }, 'unknown', 0],
    ['502 in HTML', { kind: 'html', status: 502 }, 'unknown', 0],
    ['a redirect', { kind: 'redirect', location: 'https://elsewhere.example/' }, 'unknown', 0],
    ['an empty answer', { kind: 'body', text: '' }, 'unknown', 0],
    ['a reset before the commit', { kind: 'dropBefore' }, 'unknown', 0],
    ['a reset after the commit', { kind: 'dropAfter' }, 'applied', 1],
    ['an answer cut off', { kind: 'truncate', mode: 'length', fraction: 0.5 }, 'applied', 1],
    ['an answer cut off in silence', { kind: 'truncate', mode: 'silent', fraction: 0.5 }, 'applied', 1],
  ])('%s', async (_name, action, expected, carriedOut) => {
    const { sent, done } = counted();
    const row = proposed();
    store.shop.setFaults(onCall(action));
    expect(await store.push(row)).toBe(expected);
    expect([sent(), done()]).toEqual([1, carriedOut]);
    expect(store.row(row.id).state).toBe(expected);
    store.shop.setFaults([]);
    if (expected !== 'unknown') return;
    const { problem } = store.row(row.id);
    expect(problem).toMatchObject({ code: 'CANCELLATION_UNKNOWN' });
    for (const { id } of order.orderitem_set) expect(problem?.message).toContain(`line ${id}: `);
    // A later push reads, and only reads.
    expect(await store.push(row)).toBe('unknown');
    expect(sent()).toBe(1);
    setLines({ cancel_status: 'waiting_for_payment' });
    expect(await store.push(row)).toBe('applied');
    expect([sent(), done()]).toEqual([1, 0]);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('a time-out %s the commit', async (_when, carriedOut) => {
    const { sent, done } = counted();
    const client: OmnitronClient = {
      ...store.client,
      cancelOrder: async (...args) => {
        if (carriedOut === 1) await store.client.cancelOrder(...args);
        throw new AppError('TIMEOUT', 'Omnitron did not answer.', { retryable: true });
      },
    };
    const row = proposed();
    expect(await store.push(row, { client })).toBe(carriedOut === 1 ? 'applied' : 'unknown');
    expect([sent(), done()]).toEqual([carriedOut, carriedOut]);
  });

  it('stays unknown while nobody can read what became of it', async () => {
    const { sent, done } = counted();
    const row = proposed();
    store.shop.setFaults([...onCall({ kind: 'dropAfter' }), ...onReads(503, 2)]);
    expect(await store.push(row)).toBe('unknown');
    expect(store.row(row.id).problem?.message).toMatch(/could not be asked/);
    for (const code of [401, 403, 404, 500]) {
      store.shop.setFaults(onReads(code));
      expect(await store.push(row)).toBe('unknown');
    }
    store.shop.setFaults([]);
    expect(await store.push(row)).toBe('applied');
    expect([sent(), done()]).toEqual([1, 1]);
  });

  it('is unknown where only some of the lines show it', async () => {
    const row = proposed();
    store.shop.setFaults(onCall({ kind: 'dropBefore' }));
    const [first = 0] = order.orderitem_set.map(({ id }) => id);
    await store.push(row);
    store.shop.edit(order.id, { lines: { [first]: { cancel_status: 'waiting' } } });
    expect(await store.push(row)).toBe('unknown');
  });

  it('goes out anew only as a new proposal with a new confirmation', async () => {
    const { sent, done } = counted();
    const row = proposed();
    store.shop.setFaults(onCall({ kind: 'dropBefore' }));
    await store.push(row);
    store.shop.setFaults([]);
    const anew = proposed();
    expect(store.row(row.id)).toMatchObject({ state: 'withdrawn', successor: anew.id });
    expect(await store.push(anew)).toBe('applied');
    expect([sent(), done()]).toEqual([2, 1]);
  });
});

describe('a crash at any instant', () => {
  class Crash extends Error {}

  /** Everything that a push asks of the writer and the client, cut off at the given step, before or after it is done. */
  function crashing(at: number, after: boolean) {
    let step = 0;
    const cut = <T extends object>(target: T, isAsked: (name: string) => boolean): T =>
      new Proxy(target, {
        get(from, name) {
          const method: unknown = Reflect.get(from, name);
          if (typeof method !== 'function' || !isAsked(String(name))) return method;
          return (...args: unknown[]): unknown => {
            const here = step++;
            // Once dead, a program does nothing more, whatever it would have made of the failure.
            if (here > at || (here === at && !after)) throw new Crash();
            const result: unknown = method.apply(from, args);
            if (here !== at) return result;
            return Promise.resolve(result).then(() => {
              throw new Crash();
            });
          };
        },
      });
    const writer: WriterService = cut(store.writer, () => true);
    const client = cut(store.client, (name) => name !== 'counters');
    return { writer, client, steps: () => step };
  }

  it('never leads to a second call', async () => {
    const outcomes = new Map<string, string[]>();
    for (const after of [false, true]) {
      for (let at = 0; ; at += 1) {
        order = store.nextOrder();
        const { sent, done } = counted();
        const row = proposed();
        const parts = crashing(at, after);
        const ended = await store.push(row, parts).catch((thrown: unknown) => {
          if (thrown instanceof Crash) return 'crash';
          throw thrown;
        });
        if (ended !== 'crash') {
          expect(parts.steps()).toBe(at);
          break;
        }
        store.reopen();
        const sentBefore = sent();
        const begun = store.tamper(
          `UPDATE cancellations SET calls = calls WHERE correction_id = ${row.id} AND calls = 1`,
        );
        const next = await store.push(row);
        outcomes.set(`${at} ${after ? 'after' : 'before'}`, [`${begun}`, `${sentBefore}`, next]);
        // Once the call was counted, only reading is left; it never goes out twice.
        expect(sent()).toBe(begun === 1 ? sentBefore : 1);
        expect(done()).toBe(sent());
        expect(next).toBe(sent() === 1 ? 'applied' : 'unknown');
        expect(await store.push(row)).toBe(next);
        expect(sent()).toBeLessThanOrEqual(1);
      }
    }
    // The instants between counting and calling, between calling and noting, and around them were all met.
    const met = new Set([...outcomes.values()].map((each) => each.join(' ')));
    expect(met).toEqual(new Set(['0 0 applied', '1 0 unknown', '1 1 applied']));
  });
});
