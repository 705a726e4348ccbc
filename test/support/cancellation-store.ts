import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pushCancellation } from '../../src/main/corrections/cancellation/push-cancellation.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import type { WriterService } from '../../src/main/engine/services.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import type { CancellationCall, NewCancellation } from '../../src/shared/cancellations.ts';
import type { CorrectionRow } from '../../src/shared/corrections.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { steppingClock } from './clocks.ts';
import { ISTANBUL, NOW_MS, storeOrders } from './engine.ts';
import { asRemote } from './remote.ts';
import { sandboxHere } from './sandbox-here.ts';

/**
 * A store at Omnitron that is asked without a network, and an engine that holds its orders. One serves all tests of a
 * file, each with an order of its own; `close` it after them.
 */
export async function cancellationStore() {
  const clock = steppingClock(NOW_MS, 30_000);
  const shop = sandboxHere({ orders: 190, seed: 7, now: clock.now });
  const folder = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
  let writer = createWriter(folder);
  const reader = createReader(
    folder,
    () => performance.now(),
    () => NOW_MS,
  );
  let posts = 0;
  const client = createOmnitronClient({
    baseUrl: shop.baseUrl,
    token: shop.token,
    clock,
    random: () => 0.5,
    fetch: (url, init) => {
      if (init.method === 'POST') posts += 1;
      return shop.fetch(url, init);
    },
  });
  for (const page of [1, 2]) {
    const body = await client.listOrders(page, 100, new AbortController().signal);
    storeOrders(writer, body, { end: 'incomplete' });
  }
  const fresh = shop
    .ids()
    .flatMap((id) => shop.order(id) ?? [])
    .filter(canBeCancelled);
  const calls = (id: number): number => shop.counts().writes[`cancellation ${id}`] ?? 0;

  const store = {
    shop,
    client,
    clock,
    get writer(): WriterService {
      return writer;
    },
    reader: () => reader,
    /** Requests that start a cancellation so far. */
    posts: () => posts,
    /** Cancellations of an order that the server carried out. */
    carriedOut: calls,
    /** The next order that nobody has cancelled anything of, with several lines. */
    nextOrder(): WireOrder {
      const order = fresh.shift();
      if (order === undefined) throw new Error('the sandbox has no further order to cancel');
      return order;
    },
    allow(cancellationCalls = true): void {
      if (reader.control().rules.cancellationCalls === cancellationCalls) return;
      const rules = { ...DEFAULT_CONTROL, cancellationCalls };
      writer.setControl({ rules, reason: 'as agreed', nowMs: NOW_MS });
    },
    add: (cancellation: NewCancellation): CorrectionRow =>
      writer.addCancellation({ cancellation, timeZone: ISTANBUL, nowMs: NOW_MS }),
    /** Proposes to cancel these lines, or the whole order, as the person confirms it. */
    propose(order: WireOrder, given: Partial<CancellationCall> = {}): CorrectionRow {
      return store.add({ ...store.callOf(order, given), orderId: order.id });
    },
    callOf(order: WireOrder, given: Partial<CancellationCall> = {}): CancellationCall {
      const { all = true, lines = [], cargo = false } = given;
      const chosen = all ? order.orderitem_set.map(({ id }) => id) : lines;
      const worth = reader.cancellationAmount({ orderId: order.id, all, lines, cargo });
      const reasons = chosen.toSorted((a, b) => a - b).map((line) => ({ line, reason: 7 }));
      return { all, lines, cargo, reasons, refundInvoiceNumber: null, ...worth, ...given };
    },
    /** Submits, approves and begins to push what is queued; the batch's id. */
    beginPush(): number {
      const batch = writer.submitEverything({ reason: 'returns', timeZone: ISTANBUL, nowMs: NOW_MS });
      if (batch === null) throw new Error('nothing waits for a push');
      writer.beginPushing({ id: batch.id, nowMs: NOW_MS });
      return batch.id;
    },
    /** Pushes one cancellation of a batch that is being pushed. */
    async push(row: CorrectionRow, parts: { writer?: WriterService; client?: OmnitronClient } = {}) {
      const item = {
        id: row.id,
        state: store.row(row.id).state,
        orderId: row.order.id,
        orderNumber: row.order.number,
        lineId: null,
        byLine: false,
        kind: 'cancellation' as const,
      };
      const to = { client: parts.client ?? client, writer: asRemote(parts.writer ?? writer), clock };
      return pushCancellation(to, item, new AbortController().signal);
    },
    row(id: number): CorrectionRow {
      const { rows } = reader.correctionsList({ states: [], batch: null, offset: 0, limit: 500 });
      const found = rows.find((each) => each.id === id);
      if (found === undefined) throw new Error(`there is no correction ${id}`);
      return found;
    },
    close(): void {
      reader.close();
      writer.close();
      rmSync(folder, { recursive: true, force: true });
    },
    /** Changes `local.db`, or the other file, behind the program's back; answers how many rows. */
    tamper(sql: string, name: 'local.db' | 'cache.db' = 'local.db'): number {
      const file = openSqlite(join(folder, name), { readonly: false });
      try {
        return file.prepare(sql).run().changes;
      } finally {
        file.close();
      }
    },
    /** Abandons the writer and opens its files again, as after a crash. */
    reopen(): void {
      writer.close();
      writer = createWriter(folder);
    },
  };
  return store;
}

function canBeCancelled({ payment_option, status, orderitem_set, amount, currency }: WireOrder): boolean {
  const untouched = orderitem_set.every(
    (line) =>
      line.cancel_status === null && !['50', '100', '600'].includes(line.status) && line.price_currency === currency,
  );
  return (
    payment_option === 2 &&
    orderitem_set.length > 1 &&
    !['50', '100', '600'].includes(status) &&
    untouched &&
    /[1-9]/.test(amount)
  );
}
