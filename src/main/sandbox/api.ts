import { detailedOrder } from './detailed.ts';
import { detailedLine, flatLine, flatOrder } from './flat.ts';
import { envelope, listOrders } from './list-page.ts';
import { isObject } from './patch-fields.ts';
import { patchLine } from './patch-line.ts';
import { bodyError, detailError, fieldError, methodNotAllowed, notFound, type Reply, reply } from './reply.ts';
import type { Samples } from './samples.ts';
import type { Store } from './store.ts';
import type { JsonObject } from './wire-types.ts';

/** What an address needs to answer. */
export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The body as sent; empty for a read. */
  body: string;
}

/** Called for every change that a request made: `order` or `line` with its pk. */
export type WriteListener = (kind: 'order' | 'line', pk: number) => void;

interface Context {
  store: Store;
  samples: Samples;
  onWrite: WriteListener;
}

type Handler = (context: Context, request: ApiRequest, key: string) => Reply;

interface Route {
  /** As counters name it. */
  name: string;
  path: RegExp;
  methods: Readonly<Record<string, Handler>>;
}

/** The addresses of the sandbox; all of them are documented or used by a public client. */
const ROUTES: readonly Route[] = [
  {
    name: '/api/i1/orders/',
    path: /^\/api\/i1\/orders\/$/,
    methods: { GET: ({ store }, { path, query }) => listOrders(store, path, query) },
  },
  { name: '/api/i1/orders/{number}/', path: /^\/api\/i1\/orders\/([^/]+)\/?$/, methods: { GET: orderByNumber } },
  {
    name: '/api/i1/orders_integration/{pk}/detailed_integration/',
    path: /^\/api\/i1\/orders_integration\/(\d{1,15})\/detailed_integration\/$/,
    methods: { GET: orderDetailed },
  },
  {
    name: '/api/v1/orders_integration/{pk}/detailed_integration/',
    path: /^\/api\/v1\/orders_integration\/(\d{1,15})\/detailed_integration\/$/,
    methods: { GET: orderDetailed },
  },
  { name: '/api/v1/orders/{pk}/', path: /^\/api\/v1\/orders\/(\d{1,15})\/$/, methods: { PATCH: writeOrderFields } },
  { name: '/api/v1/order_items/', path: /^\/api\/v1\/order_items\/$/, methods: { GET: listLines(flatLine) } },
  {
    name: '/api/v1/order_items/{pk}/',
    path: /^\/api\/v1\/order_items\/(\d{1,15})\/$/,
    methods: { GET: oneLine, PATCH: writeLineFields },
  },
  {
    // The documentation prints one and two slashes, i1 and v1.
    name: '/api/v1/order_item/detailed_integration/',
    path: /^\/api\/(?:i1|v1)\/order_item\/\/?detailed_integration\/$/,
    methods: { GET: listLines(detailedLine) },
  },
];

/** Answers a request that has been let in, and says under which name it is counted. */
export function answer(context: Context, request: ApiRequest): { name: string; run: () => Reply } {
  for (const route of ROUTES) {
    const match = route.path.exec(request.path);
    if (match === null) continue;
    const handler = route.methods[request.method];
    if (handler === undefined) {
      return { name: route.name, run: () => methodNotAllowed(request.method, Object.keys(route.methods)) };
    }
    return { name: route.name, run: () => handler(context, request, match[1] ?? '') };
  }
  return { name: '(unknown)', run: () => notFound() };
}

function orderByNumber({ store }: Context, _request: ApiRequest, key: string): Reply {
  const order = store.orderByNumber(decoded(key));
  return order === null ? notFound() : reply(200, order);
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

function orderDetailed({ store, samples }: Context, _request: ApiRequest, key: string): Reply {
  const order = store.order(Number(key));
  if (order === null) return notFound();
  return reply(200, detailedOrder(samples.detailed, order, store.modified(order.id, null)));
}

/** Lines of one order; without `order` it answers 400, for a list of all lines is nothing the program may ask for. */
function listLines(shape: typeof flatLine): Handler {
  return ({ store }, { path, query }) => {
    const id = query.get('order') ?? '';
    if (!/^\d{1,15}$/.test(id)) return fieldError('order', 'This field is required.');
    const order = store.order(Number(id));
    const lines =
      order === null ? [] : order.orderitem_set.map((line) => shape(line, order, store.modified(order.id, line.id)));
    return reply(200, envelope(path, query, 1, Math.max(lines.length, 1), lines.length, lines));
  };
}

function oneLine({ store }: Context, _request: ApiRequest, key: string): Reply {
  const found = store.line(Number(key));
  if (found === null) return notFound();
  return reply(200, flatLine(found.line, found.order, store.modified(found.order.id, found.line.id)));
}

/** `is_send` is the only order field that can be written (contract, section 8). False is taken too (assumed). */
function writeOrderFields({ store, onWrite }: Context, request: ApiRequest, key: string): Reply {
  const order = store.order(Number(key));
  if (order === null) return notFound();
  const body = parseBody(request.body);
  if ('refusal' in body) return body.refusal;
  const isSend = body.fields.is_send;
  if (isSend !== undefined) {
    if (typeof isSend !== 'boolean') return fieldError('is_send', 'Must be a valid boolean.');
    store.change(order.id, { fields: { is_send: isSend } });
    onWrite('order', order.id);
  }
  return reply(200, flatOrder(store.order(order.id) ?? order, store.modified(order.id, null)));
}

function writeLineFields(context: Context, request: ApiRequest, key: string): Reply {
  const { store, onWrite } = context;
  const found = store.line(Number(key));
  if (found === null) return notFound();
  const body = parseBody(request.body);
  if ('refusal' in body) return body.refusal;
  const patch = patchLine(found.line, body.fields);
  if ('refusal' in patch) return patch.refusal;
  if (Object.keys(patch.fields).length > 0) {
    // The order's own invoice fields stay as they are: whether the server copies them is unknown.
    store.change(found.order.id, { lines: { [key]: patch.fields } });
    onWrite('line', found.line.id);
  }
  return oneLine(context, request, key);
}

function parseBody(text: string): { fields: JsonObject } | { refusal: Reply } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refusal: detailError(400, 'JSON parse error.', 'parse_error') };
  }
  if (isObject(json)) return { fields: json };
  const kind = Array.isArray(json) ? 'list' : typeof json;
  return { refusal: bodyError(`Invalid data. Expected a dictionary, but got ${kind}.`) };
}
