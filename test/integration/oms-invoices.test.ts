import { expect, test } from 'vitest';
import type { FetchInit, FetchLike, FetchResponse } from '../../src/main/omnitron/http-port.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { omsOrderId } from '../../src/main/sandbox/oms-order.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { JsonObject } from '../../src/main/sandbox/wire-types.ts';
import { steppingClock } from '../support/clocks.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, tempFolder } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { openConnectionTo } from '../support/workspace.ts';

const RETURNS = 'invoice.refund-without-return-invoice';

/** What becomes of a return invoice of OMS on its way. */
type Spoil = (invoice: JsonObject) => unknown;

/** The first invoiced order, like in both sources, of which something came back, or nothing did. */
function invoicedOrder(sandbox: Sandbox, { refunded }: { refunded: boolean }): number {
  const found = sandbox.ids().find((id) => {
    const differs = sandbox.omsPlanted().some(({ orderId }) => orderId === id);
    const order = sandbox.order(id);
    const back =
      Number(order?.refund_amount) > 0 || order?.orderitem_set.some(({ status }) => status === '600') === true;
    return !differs && Boolean(order?.invoice_number) && back === refunded;
  });
  return found ?? 0;
}

/**
 * A connection to a sandbox with OMS, whose return invoices can be spoiled; that of one order is a sale. Every sync is a
 * second after the last.
 */
async function world() {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: 130, oms: {} }));
  const clock = steppingClock(NOW_MS, 30_000);
  const without = invoicedOrder(sandbox, { refunded: true });
  const spoiled = new Set<unknown>();
  let spoil: Spoil = (invoice) => invoice;

  const served = async ({ status, headers, body }: FetchResponse, change: Spoil): Promise<FetchResponse> => {
    const page = (await new Response(body).json()) as { results: JsonObject[] };
    const results = page.results.map((invoice) => {
      if (invoice.invoice_type !== 'returned') return invoice;
      if (invoice.order === omsOrderId(without)) return { ...invoice, invoice_type: 'purchased' };
      spoiled.add(invoice.id);
      return change(invoice);
    });
    const type = headers.get('content-type') ?? '';
    return new Response(JSON.stringify({ ...page, results }), { status, headers: { 'content-type': type } });
  };
  const fetch: FetchLike = async (url, init: FetchInit) => {
    const response = await nodeFetch(url, init);
    return url.includes('/oms/invoices/') && response.status === 200 ? served(response, spoil) : response;
  };

  const connection = await openConnectionTo(sandbox, { dataDir: tempFolder(), fetch, clock });
  const source = { url: sandbox.oms?.baseUrl ?? '', token: sandbox.oms?.token ?? '' };
  await connection.oms.set(source);
  return {
    sandbox,
    without,
    spoiled,
    async sync(change: Spoil = (invoice) => invoice) {
      spoil = change;
      spoiled.clear();
      await clock.sleep(1_000);
      return connection.sync({ signal: new AbortController().signal, cause: 'manual', onProgress: () => undefined });
    },
    async forget() {
      await connection.oms.set(null);
      await connection.oms.set(source);
    },
    /** The orders that the check finds, and how many it does not judge. */
    async judged(): Promise<{ found: number[]; skipped: number }> {
      const filter = { period: { from: null, to: null }, checks: [RETURNS], text: '' };
      const findings = await connection.reader.findingsAll({ filter, timeZone: ISTANBUL });
      const summaries = await connection.reader.findingsSummary({ filter, timeZone: ISTANBUL });
      return {
        found: findings.map(({ subject }) => subject).sort((a, b) => a - b),
        skipped: summaries.find(({ check }) => check === RETURNS)?.skipped ?? 0,
      };
    },
  };
}

test('return invoices that cannot be read are counted, and no order is said to lack the one it may have', async () => {
  const { without, spoiled, sync, forget, judged } = await world();
  expect((await sync()).oms).toMatchObject({ complete: true, quarantined: 0 });
  const plain = await judged();
  expect(plain.found).toEqual([without]);

  const unreadable: Spoil = (invoice) => ({ ...invoice, number: {} });
  for (const held of [true, false]) {
    if (!held) await forget();
    const { oms } = await sync(unreadable);
    expect([oms?.complete, oms?.quarantined, spoiled.size > 1]).toEqual([true, spoiled.size, true]);
    const { found, skipped } = await judged();
    expect([found, skipped > plain.skipped], `held before: ${held}`).toEqual([[without], !held]);
  }
  // Without its order, any order may be the one it is of.
  const { oms } = await sync(() => 'this is no invoice');
  expect(oms).toMatchObject({ complete: true, quarantined: spoiled.size });
  const { found, skipped } = await judged();
  expect([found, skipped > plain.skipped]).toEqual([[], true]);

  expect((await sync()).oms).toMatchObject({ complete: true, quarantined: 0 });
  expect(await judged()).toEqual(plain);
});

test('a refund since the invoices were last read whole is not judged, whatever was read of the orders', async () => {
  const { sandbox, sync, judged } = await world();
  await sync();
  const plain = await judged();
  sandbox.edit(invoicedOrder(sandbox, { refunded: false }), { fields: { refund_amount: '1.00' } });
  for (const code of [400, 403]) {
    sandbox.setOmsFaults([{ match: { path: 'invoices' }, action: { kind: 'status', code } }]);
    const { updated, oms } = await sync();
    expect([updated, oms?.remoteCount, oms?.complete]).toEqual([code === 400 ? 1 : 0, oms?.unchanged, code === 403]);
    expect(await judged(), `${code}`).toEqual({ ...plain, skipped: plain.skipped + 1 });
  }
  sandbox.setOmsFaults([]);
  await sync();
  expect(await judged()).toEqual(plain);
});

test('a plan knows from the last reading that the lists of OMS stand in no order', async () => {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: 130, maxLimit: 20, oms: {} }));
  const fetch: FetchLike = async (url, init: FetchInit) => {
    const answer = await nodeFetch(url, init);
    if (!url.includes('/api/v1/oms/')) return answer;
    const page = (await new Response(answer.body).json()) as { results: JsonObject[] };
    return Response.json({ ...page, results: page.results.toReversed() }, { status: answer.status });
  };
  const connection = await openConnectionTo(sandbox, { dataDir: tempFolder(), fetch });
  await connection.oms.set({ url: sandbox.oms?.baseUrl ?? '', token: sandbox.oms?.token ?? '' });
  const sync = async () =>
    (await connection.sync({ signal: new AbortController().signal, onProgress: () => undefined })).oms;
  const first = await sync();
  const { steps } = await connection.planSync({ mode: 'auto' });
  const again = await sync();
  // The first page of each list shows it, then every page is read twice.
  const pages = [first?.orders, first?.invoices].map((rows) => Math.ceil(Number(rows) / 20));
  const requests = pages.reduce((sum, each) => sum + 1 + 2 * each, 0);
  expect([again?.complete, again?.requests]).toEqual([true, requests]);
  expect(steps.at(-1)).toEqual({ step: 'oms', requests });
});
