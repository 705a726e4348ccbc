import { describe, expect, it } from 'vitest';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { createPaymentReader, type PaymentsRun } from '../../src/main/payments/reader.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { OrderPayments } from '../../src/shared/payments.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { detailed, detailedServer } from '../support/payment-answers.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { answer, scriptedServer } from '../support/scripted-server.ts';
import { wireOrder } from '../support/wire-orders.ts';

/** An engine that holds these orders, and a reader of payments to a server. */
function readerOf(server: { baseUrl: string }, orders: unknown[], token = 'token') {
  const engine = startEngine();
  storeOrders(engine.writer, orders);
  const clock = steppingClock(NOW_MS, 10_000);
  const reader = createPaymentReader({
    client: async () =>
      createOmnitronClient({ baseUrl: server.baseUrl, token, fetch: nodeFetch, clock, random: () => 0 }),
    writer: engine.remoteWriter,
    clock,
  });
  return { ...engine, payments: closeAfterTest(reader), clock };
}

const some = (count: number) => Array.from({ length: count }, (_each, place) => wireOrder(place + 1));
const idsOf = (count: number) => Array.from({ length: count }, (_each, place) => place + 1);
const held = (engine: ReturnType<typeof startEngine>, id: number): OrderPayments | undefined =>
  engine.reader().orderPayments({ id })?.payments;

describe('reading payments', () => {
  it('sends at most two requests at once, also where several ask at the same time', async () => {
    const sandbox = closeAfterTest(await startSmallSandbox({ orders: 30 }));
    let now = 0;
    let most = 0;
    await using proxy = await scriptedServer([
      (request, response) => {
        now += 1;
        most = Math.max(most, now);
        void fetch(`${sandbox.baseUrl}${request.url}`, { headers: { Authorization: `Token ${sandbox.token}` } })
          .then((reply) => reply.text())
          .then((text) => {
            now -= 1;
            answer(200, text)(request, response, '');
          });
      },
    ]);
    const ids = sandbox.ids();
    const { payments } = readerOf(
      proxy,
      ids.map((id) => sandbox.order(id)),
    );
    const runs = await Promise.all([payments.read({ ids }), payments.read({ ids: ids.slice(0, 5) })]);
    expect(runs.map(({ read, failed }) => [read.length, failed.length])).toEqual([
      [ids.length, 0],
      [5, 0],
    ]);
    expect(most).toBe(2);
    expect(proxy.seen).toHaveLength((ids.length + 5) * 3);
  });

  it('goes on after an order that fails, and keeps what was held of it', async () => {
    let broken = false;
    await using server = await detailedServer((id) => (broken && id === 2 ? '{"pk": 9}' : detailed(id)));
    const engine = readerOf(server, some(4));
    expect((await engine.payments.read({ ids: idsOf(4) })).read).toHaveLength(4);
    broken = true;
    const { read, failed } = await engine.payments.read({ ids: idsOf(4) });
    expect(read.sort()).toEqual([1, 3, 4]);
    expect(failed.map(({ id, problem }) => [id, problem.code])).toEqual([[2, 'RESPONSE_INVALID']]);
    expect(held(engine, 2)?.purchase.sum).toBe('107.00');

    // The reason is kept with the order, until its payments can be read.
    const reasons = () => idsOf(4).map((id) => engine.reader().paymentsFailure({ id }));
    const at = new Date(engine.clock.now()).toISOString();
    const { message } = failed[0]?.problem ?? {};
    expect(reasons()).toEqual([null, { code: 'RESPONSE_INVALID', message, at }, null, null]);
    broken = false;
    expect((await engine.payments.read({ ids: [2] })).failed).toEqual([]);
    expect(reasons()).toEqual([null, null, null, null]);
  });

  it('keeps the reason without what the server said', async () => {
    await using server = await detailedServer(() => answer(403, '{"detail": "Ayşe Yılmaz may not see this."}'));
    const engine = readerOf(server, some(1));
    const { failed } = await engine.payments.read({ ids: [1] });
    expect(failed[0]?.problem.message).toContain('Ayşe');
    const kept = engine.reader().paymentsFailure({ id: 1 });
    expect(kept).toMatchObject({ code: 'FORBIDDEN', message: expect.stringMatching(/\(403\)\.$/) });
  });

  it('asks no further once the sign-in is refused, or the server is out of reach', async () => {
    await using strict = await scriptedServer([answer(401, '{}')]);
    const refused = await readerOf(strict, some(9)).payments.read({ ids: idsOf(9) });
    expect(refused.failed).toHaveLength(9);
    expect(refused.asked.requests).toBe(strict.seen.length);
    expect(new Set(refused.failed.map(({ problem }) => problem.code))).toEqual(new Set(['SIGN_IN_REFUSED']));
    expect(strict.seen.length).toBeLessThanOrEqual(2);

    await using down = await scriptedServer([answer(503, '')]);
    const gone = await readerOf(down, some(30)).payments.read({ ids: idsOf(30) });
    expect(gone.failed).toHaveLength(30);
    expect(down.seen.length).toBeLessThanOrEqual(5 * 5);
  });

  it('can be cancelled; what was read is kept', async () => {
    const abort = new AbortController();
    await using server = await detailedServer((id) => detailed(id));
    const engine = readerOf(server, some(20));
    const ended: PaymentsRun[] = [];
    const reading = engine.payments.read({
      ids: idsOf(20),
      signal: abort.signal,
      onEnd: (run) => ended.push(run),
      onProgress: (done) => {
        if (done === 3) abort.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    const kept = idsOf(20).filter((id) => held(engine, id) !== undefined);
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(kept.length).toBeLessThan(8);
    // What was asked until then is told; what was broken off has not failed.
    expect(ended).toMatchObject([{ failed: [], asked: { retries: 0 } }]);
    expect(ended[0]?.asked.requests).toBeGreaterThanOrEqual(3 * kept.length);
    expect(ended[0]?.read.toSorted((a, b) => a - b)).toEqual(kept);
    expect(idsOf(20).map((id) => engine.reader().paymentsFailure({ id }))).toEqual(idsOf(20).map(() => null));
  });

  it('does without a list that is refused, says so, and reads every page of one that has several', async () => {
    const rows = (from: number, next: string | null) =>
      JSON.stringify({
        next,
        results: [from, from + 1].map((pk) => ({ pk, order: 1, name: 'x', amount: '1.00', offer_type: null })),
      });
    await using server = await scriptedServer([
      (request, response, body) => {
        const url = new URL(request.url ?? '', 'http://host');
        const page = Number(url.searchParams.get('page'));
        const step = url.pathname.includes('orders_integration')
          ? answer(200, detailed(1))
          : url.pathname.includes('cancellation')
            ? answer(403, '{}')
            : url.pathname.startsWith('/api/v1')
              ? answer(404, '{}')
              : answer(200, rows(page * 10, page < 3 ? 'https://elsewhere.example/' : null));
        step(request, response, body);
      },
    ]);
    const engine = readerOf(server, [wireOrder(1, { discount_amount: '6.00' })]);
    expect((await engine.payments.read({ ids: [1] })).failed).toEqual([]);
    const found = held(engine, 1);
    expect(found?.discountItems.map(({ id }) => id)).toEqual([10, 11, 20, 21, 30, 31]);
    expect(found?.discount).toEqual({ sum: '6.00', gap: null, order: '6.00', difference: '0.00' });
    expect(found?.unreadable).toEqual([{ part: 'plans', path: '', code: 'FORBIDDEN' }]);
    expect(server.seen.filter(({ url }) => url.includes('discount_items'))).toHaveLength(6);
  });

  it('are no longer read once the connection closes', async () => {
    await using server = await detailedServer(() => () => undefined);
    const { payments } = readerOf(server, some(3));
    const reading = payments.read({ ids: idsOf(3) });
    await server.arrived(2);
    await payments.close();
    await expect(reading).rejects.toBeInstanceOf(AppError);
    expect(server.seen).toHaveLength(2);
  });
});
