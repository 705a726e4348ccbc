import { draftOrder } from './draft-order.ts';
import type { FaultScript } from './fault-types.ts';
import { channelId } from './flat.ts';
import { ALWAYS } from './instant-range.ts';
import { listReply } from './list-page.ts';
import { listen } from './listen.ts';
import { omsOrderId, withChannelSecrets, writeOmsOrder } from './oms-order.ts';
import { type OmsDifference, omsDifferenceAt } from './oms-planting.ts';
import { FIRST_GENERATED_ID, plantAt } from './planting.ts';
import { answerFrom, type Route } from './routes.ts';
import type { Criterion } from './selector.ts';
import { type SandboxCounters, Service } from './service.ts';
import type { Store } from './store.ts';
import type { JsonObject, WireOrder } from './wire-types.ts';

export interface OmsOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** The token that requests must carry; Omnitron's is refused. The default follows from the seed. */
  token?: string;
  faults?: FaultScript;
}

/** Return invoices count for themselves, behind all others. */
const RETURN_IDS = 1_000_000_000;

/** A running look-alike of OMS. */
export interface Oms {
  /** The host's root, another one than Omnitron's. */
  readonly baseUrl: string;
  readonly token: string;
  readonly counters: SandboxCounters;
}

/**
 * Starts OMS beside a sandbox, over the same orders as they stand: the documented OMS orders first, then one for each
 * order that OMS knows. Rejects when the port is taken.
 */
export async function startOms(
  store: Store,
  samples: readonly JsonObject[],
  options: OmsOptions,
): Promise<Oms & { service: Service; close(): Promise<void> }> {
  const { token = `demo-oms-token-${store.seed}`, faults = [], port = 0 } = options;
  const routes = omsRoutes(store, samples);
  const service = new Service({
    answer: (request) => answerFrom(routes, 'required', request),
    admits: (authorization) => authorization === `Token ${token}`,
    faults,
  });
  const { baseUrl, close } = await listen(service, port);
  return { baseUrl, token, counters: service.counters, service, close };
}

function omsRoutes(store: Store, samples: readonly JsonObject[]): Route[] {
  return [
    {
      name: '/api/v1/oms/orders/',
      path: /^\/api\/v1\/oms\/orders\/$/,
      methods: {
        GET: ({ path, query }) =>
          listReply(path, query, store.maxLimit, (page, limit) => ordersOn(store, samples, page, limit)),
      },
    },
    {
      name: '/api/v1/oms/invoices/',
      path: /^\/api\/v1\/oms\/invoices\/$/,
      methods: {
        GET: ({ path, query }) =>
          listReply(path, query, store.maxLimit, (page, limit) => invoicesOn(store, page, limit)),
      },
    },
  ];
}

/** What is planted about an order; inserted ones and the samples are the same on both sides. */
function differenceOf(store: Store, orderId: number): OmsDifference | null {
  const index = orderId - FIRST_GENERATED_ID;
  return index >= 0 && index < store.generated ? omsDifferenceAt(store.seed, index) : null;
}

interface Rows {
  count: number;
  rows: JsonObject[];
}

function ordersOn(store: Store, samples: readonly JsonObject[], page: number, limit: number): Rows {
  const ids = store.select({
    key: 'oms orders',
    placed: ALWAYS,
    base: (index) => omsDifferenceAt(store.seed, index) !== 'missing',
    current: ({ id }) => differenceOf(store, id) !== 'missing',
  });
  const [model = {}] = samples;
  const first = (page - 1) * limit;
  const documented = samples.slice(first, first + limit).map(withChannelSecrets);
  const from = Math.max(0, first - samples.length);
  const others = ids.subarray(from, Math.max(0, first + limit - samples.length));
  const rows = [...documented];
  for (const id of others) {
    const order = store.order(id);
    if (order !== null) rows.push(writeOmsOrder(model, order, store.stamps(order), differenceOf(store, id)));
  }
  return { count: samples.length + ids.length, rows };
}

const numberOf = (order: WireOrder): string | null =>
  order.invoice_number || order.orderitem_set.map((line) => line.invoice_number).find(Boolean) || null;

/** Whether OMS knows the order and has an invoice for it. A planted one is also there where Omnitron knows none. */
function invoiced(store: Store): Criterion {
  return {
    key: 'oms invoices',
    placed: ALWAYS,
    base: (index) => {
      const difference = omsDifferenceAt(store.seed, index);
      if (difference === 'missing' || difference === 'invoice') return difference === 'invoice';
      const draft = draftOrder(store.seed, index);
      return draft.invoice !== null || draft.lines.some((line) => line.invoice !== null);
    },
    current: (order) => {
      const difference = differenceOf(store, order.id);
      return difference === 'invoice' || (difference !== 'missing' && numberOf(order) !== null);
    },
  };
}

/** Whether OMS has invoiced the order and taken that invoice back: so with every order of which anything came back. */
function takenBack(store: Store): Criterion {
  const { base, current } = invoiced(store);
  return {
    key: 'oms return invoices',
    placed: ALWAYS,
    base: (index) => {
      if (!base(index) || plantAt(store.seed, index)?.kind.withoutReturnInvoice) return false;
      const { refundAmount, lines } = draftOrder(store.seed, index);
      return refundAmount > 0 || lines.some(({ status, cancelStatus }) => isBack(status, cancelStatus));
    },
    current: (order) => {
      if (!current(order) || store.plant(order.id)?.kind.withoutReturnInvoice) return false;
      const lines = order.orderitem_set;
      return Number(order.refund_amount) > 0 || lines.some((line) => isBack(line.status, line.cancel_status));
    },
  };
}

function isBack(status: string, cancelStatus: string | null): boolean {
  return status === '600' || cancelStatus === 'completed';
}

/** One invoice an order: its own, or the first one of its lines (contract, section 15); behind them those of returns. */
function invoicesOn(store: Store, page: number, limit: number): Rows {
  const sales = store.select(invoiced(store));
  const returns = store.select(takenBack(store));
  const first = (page - 1) * limit;
  const write = (ids: Uint32Array, from: number, isReturn: boolean): JsonObject[] =>
    [...ids.subarray(Math.max(0, from), Math.max(0, from + limit))].flatMap((id) => {
      const order = store.order(id);
      return order === null ? [] : [writeInvoice(store, order, isReturn)];
    });
  const rows = [...write(sales, first, false), ...write(returns, first - sales.length, true)];
  return { count: sales.length + returns.length, rows };
}

/** The types and numbers of return invoices are assumed: no answer with one was ever seen. */
function writeInvoice(store: Store, order: WireOrder, isReturn: boolean): JsonObject {
  const { created, modified } = store.stamps(order);
  const id = omsOrderId(order.id);
  const sold = differenceOf(store, order.id) === 'invoice' ? `OMS2026${id}` : numberOf(order);
  return {
    id: isReturn ? RETURN_IDS + id : id,
    invoice_type: isReturn ? 'returned' : 'purchased',
    status: 'waiting',
    channel: channelId(order),
    address: id,
    order: id,
    package_number: `P${order.id}`,
    created_date: created,
    modified_date: modified,
    number: isReturn ? `IAD2026${id}` : sold,
  };
}
