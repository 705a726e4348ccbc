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
    const outcome = writer.omsPage({ list, passId, sincePass: passId, page: index + 1, body, nowMs: NOW_MS });
    expect(outcome.quarantined).toBe(0);
  }
  writer.omsFinish({ list, passId, complete: true, nowMs: NOW_MS });
}

test.each([1, 7, 42])('what OMS tells differently is found, and nothing else: seed %i', async (seed) => {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: ORDERS, seed, oms: {} }));
  const orders = sandbox.ids().map((id) => sandbox.order(id) as WireOrder);
  const [omsOrders, omsInvoices] = [await pagesOf(sandbox, 'orders'), await pagesOf(sandbox, 'invoices')];
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
  const found = findings
    .map(({ check, subject }) => `${check} ${subject}`)
    .filter((finding) => OMS_CHECKS.test(finding))
    .sort();
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
