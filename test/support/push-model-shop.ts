import type { FetchLike } from '../../src/main/omnitron/http-port.ts';
import { wireLine, wireOrder, wirePage } from './wire-orders.ts';

/** The fields that the model is about: one of the order, two of its only line. */
export const MODEL_FIELDS = ['is_send', 'tracking_number', 'e_archive_url'] as const;
export type ModelField = (typeof MODEL_FIELDS)[number];
export type Values = Record<ModelField, string | boolean>;

/**
 * What happens at one request of a push. crash: the program dies at that instant. edit: another user changes the order that
 * the request is about, before it is carried out. refuse: the first write from that request on is answered with 403.
 */
export interface ModelFault {
  /** Which request, counted from 1. */
  at: number;
  kind: 'lost before' | 'lost after' | 'crash before' | 'crash after' | 'status' | 'refuse' | 'edit';
  status: number;
  set: Partial<Values>;
}

/** A write that arrived, and what had been shown of its subject before; null = nothing since the last write or start. */
export interface Arrived {
  order: number;
  body: Partial<Values>;
  shown: Values | null;
  carriedOut: boolean;
}

export const lineOf = (order: number): number => order * 10;

/** A few orders at an Omnitron in memory: as little of it as a push needs, and last write wins. */
export function modelShop(orders: readonly number[]) {
  const values = new Map<number, Values>(
    orders.map((id) => [
      id,
      { is_send: false, tracking_number: `T0-${id}`, e_archive_url: `https://e.example.com/0/${id}` },
    ]),
  );
  const arrived: Arrived[] = [];
  /** Every answer to a reading, as far as it arrived. */
  const readings: { order: number; values: Values }[] = [];
  let shown = new Map<number, Values>();
  let fault: ModelFault | null = null;
  let requests = 0;
  let dead = false;

  function valuesOf(order: number): Values {
    const found = values.get(order);
    if (found === undefined) throw new Error(`there is no order ${order}`);
    return found;
  }

  function wire(id: number): Record<string, unknown> {
    const { is_send, ...ofLine } = valuesOf(id);
    return wireOrder(id, { is_send, orderitem_set: [wireLine(lineOf(id), { order: id, ...ofLine })] });
  }

  function change(order: number, set: Partial<Values>): void {
    Object.assign(valuesOf(order), set);
  }

  function serve(order: number, method: string, body: string | undefined): { status: number; text: string } {
    if (method === 'GET') {
      shown.set(order, { ...valuesOf(order) });
      return { status: 200, text: JSON.stringify(wire(order)) };
    }
    const set = JSON.parse(body ?? '{}') as Partial<Values>;
    arrived.push({ order, body: set, shown: shown.get(order) ?? null, carriedOut: true });
    shown.delete(order);
    change(order, set);
    return { status: 200, text: '{}' };
  }

  function meetsNow(method: string): boolean {
    if (fault?.kind === 'refuse') return method !== 'GET' && requests >= fault.at;
    return fault?.at === requests;
  }

  const fetch: FetchLike = async (url, init) => {
    init.signal.throwIfAborted();
    if (dead) throw lost();
    requests += 1;
    const meets = meetsNow(init.method) ? fault : null;
    if (meets?.kind === 'crash before') dead = true;
    if (meets?.kind === 'crash before' || meets?.kind === 'lost before') throw lost();
    if (meets?.kind === 'refuse') fault = null;
    if (meets?.kind === 'status' || meets?.kind === 'refuse') return answer(meets.status, '{"detail":"No."}');
    const order = orderOf(new URL(url).pathname);
    if (meets?.kind === 'edit') change(order, meets.set);
    const { status, text } = serve(order, init.method, init.body);
    if (meets?.kind === 'crash after') dead = true;
    if (meets?.kind === 'crash after' || meets?.kind === 'lost after') {
      // What did not arrive was shown to nobody.
      shown = new Map();
      throw lost();
    }
    const values = shown.get(order);
    if (init.method === 'GET' && values !== undefined) readings.push({ order, values });
    return answer(status, text);
  };

  return {
    values: valuesOf,
    arrived: arrived as readonly Arrived[],
    readings: readings as readonly { order: number; values: Values }[],
    fetch,
    change,
    page: () => wirePage(orders.map(wire)),
    /** A program that starts anew, or a push: it has read nothing yet; one of its requests may meet a fault. */
    begin(next: ModelFault | null): void {
      shown = new Map();
      fault = next;
      requests = 0;
      dead = false;
    },
    requests: () => requests,
    isDead: () => dead,
  };
}
export type ModelShop = ReturnType<typeof modelShop>;

/** The order that an address names, by its number, its id or its line. */
function orderOf(path: string): number {
  const [, kind = '', name = ''] = /\/(orders|order_items)\/N?(\d+)\/$/.exec(path) ?? [];
  return kind === 'order_items' ? Number(name) / 10 : Number(name);
}

function answer(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'application/json' } });
}

function lost(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) });
}
