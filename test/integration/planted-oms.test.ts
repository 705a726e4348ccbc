import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { CHECKING, closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders } from '../support/engine.ts';
import { naiveOmsFindings, type ServedOmsInvoice, type ServedOmsOrder } from '../support/naive-oms-checks.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { expectWholeSentences } from '../support/sentences.ts';

const ORDERS = 1_000;
const EVERYTHING = { filter: { period: { from: null, to: null }, checks: [], text: '' }, timeZone: ISTANBUL };
const OMS_CHECKS = /^(oms\.|invoice\.refund-without-return-invoice)/;

/** Every page of a list of OMS, as it was served. */
async function pagesOf({ oms }: Sandbox, list: 'orders' | 'invoices'): Promise<Uint8Array[]> {
  const pages: Uint8Array[] = [];
  for (let page = 1; ; page++) {
    const path = `/api/v1/oms/${list}/?limit=100&page=${page}`;
    const response = await fetch(`${oms?.baseUrl}${path}`, { headers: { Authorization: `Token ${oms?.token}` } });
    const body = new Uint8Array(await response.arrayBuffer());
    pages.push(body);
    if ((JSON.parse(new TextDecoder().decode(body)) as { next: string | null }).next === null) return pages;
  }
}

const rowsOf = <T>(pages: readonly Uint8Array[]): T[] =>
  pages.flatMap((page) => (JSON.parse(new TextDecoder().decode(page)) as { results: T[] }).results);

function applyOms({ writer }: ReturnType<typeof startEngine>, list: 'orders' | 'invoices', pages: Uint8Array[]): void {
  const { passId } = writer.omsBegin({ list, nowMs: NOW_MS });
  for (const [index, body] of pages.entries()) {
    writer.omsPage({ list, passId, sincePass: passId, page: index + 1, body, nowMs: NOW_MS });
  }
  writer.omsFinish({ list, passId, complete: true, nowMs: NOW_MS });
}

/** What the checks that compare with OMS find in a store of these orders, once OMS was read. */
function foundIn(orders: readonly WireOrder[], [omsOrders, omsInvoices]: [Uint8Array[], Uint8Array[]]): string[] {
  const engine = startEngine();
  storeOrders(engine.writer, orders);
  engine.writer.runChecks(CHECKING);
  const reader = engine.reader();
  expect(reader.findingsAll(EVERYTHING).filter(({ check }) => OMS_CHECKS.test(check))).toEqual([]);

  applyOms(engine, 'orders', omsOrders);
  applyOms(engine, 'invoices', omsInvoices);
  engine.writer.runChecks({ ...CHECKING, all: false });
  const findings = reader.findingsAll(EVERYTHING);
  expectWholeSentences(findings);
  return findings
    .map(({ check, subject }) => `${check} ${subject}`)
    .filter((finding) => OMS_CHECKS.test(finding))
    .sort();
}

test.each([1, 7, 42])('what OMS tells differently is found, and nothing else: seed %i', async (seed) => {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: ORDERS, seed, oms: {} }));
  const orders = sandbox.ids().map((id) => sandbox.order(id) as WireOrder);
  const [omsOrders, omsInvoices] = [await pagesOf(sandbox, 'orders'), await pagesOf(sandbox, 'invoices')];
  const found = foundIn(orders, [omsOrders, omsInvoices]);
  const served: [ServedOmsOrder[], ServedOmsInvoice[]] = [rowsOf(omsOrders), rowsOf(omsInvoices)];
  expect(found).toEqual(naiveOmsFindings(orders, ...served));

  const known = new Set(served[0].map(({ omnitron_id: id }) => id));
  const planted = [
    ...sandbox.omsPlanted().flatMap(({ difference, orderId }) => {
      const reported = difference !== 'missing' || found.includes(`oms.missing ${orderId}`);
      return reported ? [`oms.${difference} ${orderId}`] : [];
    }),
    ...sandbox
      .planted()
      .flatMap(({ check, needs, orderId }) => (needs === 'oms' && known.has(orderId) ? [`${check} ${orderId}`] : [])),
  ].sort();
  expect(found).toEqual(planted);
  const kinds = new Set(found.map((finding) => finding.split(' ')[0]));
  expect(kinds.size).toBe(6);
});

test('invoices that cannot be read say nothing, and leave open what they may have said', async () => {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: 300, oms: {} }));
  const orders = sandbox.ids().map((id) => sandbox.order(id) as WireOrder);
  const omsOrders = await pagesOf(sandbox, 'orders');
  const served = rowsOf<ServedOmsInvoice>(await pagesOf(sandbox, 'invoices'));
  // Every other return invoice is taken for a sale; of every third invoice the number cannot be read.
  const mixed = served.map((row, index): ServedOmsInvoice => {
    const type = index % 2 === 0 ? row.invoice_type : 'purchased';
    return { ...row, invoice_type: type, number: index % 3 === 0 ? {} : row.number };
  });
  // One of them does not tell its order either.
  const nameless: ServedOmsInvoice = { invoice_type: 'returned', number: {} };
  const missing = [mixed, [...mixed, nameless]].map((invoices) => {
    const body = new TextEncoder().encode(JSON.stringify({ count: invoices.length, next: null, results: invoices }));
    const naive = naiveOmsFindings(orders, rowsOf<ServedOmsOrder>(omsOrders), invoices);
    expect(foundIn(orders, [omsOrders, [body]])).toEqual(naive);
    return naive.filter((finding) => finding.startsWith('invoice.')).length;
  });
  expect([(missing[0] ?? 0) > 5, missing[1]]).toEqual([true, 0]);
});
