import type { WriterService } from '../../src/main/engine/services.ts';
import type { OmsList } from '../../src/main/omnitron/oms-client.ts';
import { draftOrder } from '../../src/main/sandbox/draft-order.ts';
import { FIRST_GENERATED_ID, plantAt } from '../../src/main/sandbox/planting.ts';
import { startSandboxThread } from '../../src/main/sandbox/start-in-thread.ts';
import { writeOrder } from '../../src/main/sandbox/write-order.ts';
import { SAMPLES_DIR } from '../support/sandbox.ts';
import { bodiesOf, paymentAnswers } from '../support/sandbox-payments.ts';

interface Generated {
  seed: number;
  orders: number;
  nowMs: number;
}

/** Of the orders with nothing planted the payments of one in so many are read; more would only take longer. */
const PAYMENTS_OF_CLEAN = 50;

/** Reads the payments of every order with something planted and of some of the others; answers their ids. */
export function readPayments(writer: WriterService, { seed, orders, nowMs }: Generated): Set<number> {
  const read = new Set<number>();
  for (let index = 0; index < orders; index += 1) {
    if (index % PAYMENTS_OF_CLEAN !== 0 && plantAt(seed, index) === null) continue;
    const bodies = bodiesOf(paymentAnswers(seed, writeOrder(seed, draftOrder(seed, index))));
    const { first: reading } = writer.reserveReadings({ count: 1 });
    const orderId = FIRST_GENERATED_ID + index;
    const { outcome } = writer.applyPayments({ orderId, bodies, reading, nowMs });
    if (outcome !== 'stored') throw new Error(`The payments of order ${orderId} were not stored: ${outcome}.`);
    read.add(orderId);
  }
  return read;
}

/** Reads both lists of OMS whole from a look-alike over the same orders. */
export async function readOms(writer: WriterService, { seed, orders, nowMs }: Generated): Promise<void> {
  const workerUrl = new URL('../../src/main/sandbox/worker.ts', import.meta.url);
  const sandbox = await startSandboxThread({ orders, seed, samplesDir: SAMPLES_DIR, oms: {}, workerUrl });
  try {
    for (const list of ['orders', 'invoices'] as const) {
      const { passId } = writer.omsBegin({ list, nowMs });
      let coming = pageOf(sandbox.oms, list, 1);
      for (let page = 1; ; page += 1) {
        const body = await coming;
        const isLast = LAST.test(Buffer.from(body.subarray(0, 200)).toString());
        // The look-alike makes the next page while this one is stored.
        if (!isLast) coming = pageOf(sandbox.oms, list, page + 1);
        writer.omsPage({ list, passId, sincePass: passId, page, body, nowMs });
        if (isLast) break;
      }
      writer.omsFinish({ list, passId, complete: true, nowMs });
    }
  } finally {
    await sandbox.close();
  }
}

/** At the head of the last page. */
const LAST = /"next":null/;

async function pageOf(
  oms: { baseUrl: string; token: string } | null,
  list: OmsList,
  page: number,
): Promise<Uint8Array> {
  const url = `${oms?.baseUrl}/api/v1/oms/${list}/?limit=100&page=${page}`;
  const response = await fetch(url, { headers: { Authorization: `Token ${oms?.token}` } });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
