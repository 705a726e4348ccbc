import { detailedOrder } from './detailed.ts';
import { detailedLine, flatLine, flatOrder } from './flat.ts';
import { envelope, type ListRules, listOrders } from './list-page.ts';
import { patchLine } from './patch-line.ts';
import { readBody } from './read-body.ts';
import { fieldError, notFound, type Reply, reply } from './reply.ts';
import type { ApiRequest, Handler, Route } from './routes.ts';
import type { Samples } from './samples.ts';
import type { Store } from './store.ts';

/** Under which prefix something is served. */
export type Prefix = 'i1' | 'v1';

/** Called for every change that a request made: `order` or `line` with its pk. */
export type WriteListener = (kind: 'order' | 'line', pk: number) => void;

interface Context {
  store: Store;
  samples: Samples;
  /** Which prefixes serve the list of orders. */
  prefixes: readonly Prefix[];
  lists: ListRules;
  onWrite: WriteListener;
}

/** The addresses of orders and lines; all of them are documented or used by a public client. */
export function orderRoutes(context: Context): Route[] {
  const { store, samples } = context;
  const detailed: Handler = (_request, key) => orderDetailed(store, samples, key);
  return [
    ...context.prefixes.map((prefix) => listRoute(context, prefix)),
    {
      name: '/api/i1/orders/{number}/',
      path: /^\/api\/i1\/orders\/([^/]+)\/?$/,
      methods: { GET: (_request, key) => orderByNumber(store, key) },
    },
    {
      name: '/api/i1/orders_integration/{pk}/detailed_integration/',
      path: /^\/api\/i1\/orders_integration\/(\d{1,15})\/detailed_integration\/$/,
      methods: { GET: detailed },
    },
    {
      name: '/api/v1/orders_integration/{pk}/detailed_integration/',
      path: /^\/api\/v1\/orders_integration\/(\d{1,15})\/detailed_integration\/$/,
      methods: { GET: detailed },
    },
    {
      name: '/api/v1/orders/{pk}/',
      path: /^\/api\/v1\/orders\/(\d{1,15})\/$/,
      methods: { PATCH: (request, key) => writeOrderFields(context, request, key) },
    },
    {
      name: '/api/v1/order_items/',
      path: /^\/api\/v1\/order_items\/$/,
      methods: { GET: (request) => listLines(store, flatLine, request) },
    },
    {
      name: '/api/v1/order_items/{pk}/',
      path: /^\/api\/v1\/order_items\/(\d{1,15})\/$/,
      methods: {
        GET: (_request, key) => oneLine(store, key),
        PATCH: (request, key) => writeLineFields(context, request, key),
      },
    },
    {
      // The documentation prints one and two slashes, i1 and v1.
      name: '/api/v1/order_item/detailed_integration/',
      path: /^\/api\/(?:i1|v1)\/order_item\/\/?detailed_integration\/$/,
      methods: { GET: (request) => listLines(store, detailedLine, request) },
    },
  ];
}

function listRoute({ store, lists }: Context, prefix: Prefix): Route {
  return {
    name: `/api/${prefix}/orders/`,
    path: new RegExp(`^/api/${prefix}/orders/$`),
    methods: { GET: ({ path, query }) => listOrders(store, lists, prefix, path, query) },
  };
}

function orderByNumber(store: Store, key: string): Reply {
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

function orderDetailed(store: Store, samples: Samples, key: string): Reply {
  const order = store.order(Number(key));
  if (order === null) return notFound();
  return reply(200, detailedOrder(samples.detailed, order, store.stamps(order), store.twist(order.id)));
}

/** Lines of one order; without `order` it answers 400, for a list of all lines is nothing the program may ask for. */
function listLines(store: Store, shape: typeof detailedLine, { path, query }: ApiRequest): Reply {
  const id = query.get('order') ?? '';
  if (!/^\d{1,15}$/.test(id)) return fieldError('order', 'This field is required.');
  const order = store.order(Number(id));
  const lines =
    order === null ? [] : order.orderitem_set.map((line) => shape(line, store.lineStamps(line, order), order));
  return reply(200, envelope(path, query, 1, Math.max(lines.length, 1), lines.length, lines));
}

function oneLine(store: Store, key: string): Reply {
  const found = store.line(Number(key));
  return found === null ? notFound() : reply(200, flatLine(found.line, store.lineStamps(found.line, found.order)));
}

/** `is_send` is the only order field that can be written (contract, section 8). False is taken too (assumed). */
function writeOrderFields({ store, onWrite }: Context, request: ApiRequest, key: string): Reply {
  const order = store.order(Number(key));
  if (order === null) return notFound();
  const body = readBody(request.body);
  if ('refusal' in body) return body.refusal;
  const isSend = body.fields.is_send;
  if (isSend !== undefined) {
    if (typeof isSend !== 'boolean') return fieldError('is_send', 'Must be a valid boolean.');
    store.change(order.id, { fields: { is_send: isSend } });
    onWrite('order', order.id);
  }
  return reply(200, flatOrder(store.order(order.id) ?? order, store.stamps(order)));
}

function writeLineFields({ store, onWrite }: Context, request: ApiRequest, key: string): Reply {
  const found = store.line(Number(key));
  if (found === null) return notFound();
  const body = readBody(request.body);
  if ('refusal' in body) return body.refusal;
  const patch = patchLine(found.line, body.fields);
  if ('refusal' in patch) return patch.refusal;
  if (Object.keys(patch.fields).length > 0) {
    // The order's own invoice fields stay as they are: whether the server copies them is unknown.
    store.change(found.order.id, { lines: { [key]: patch.fields } });
    onWrite('line', found.line.id);
  }
  return oneLine(store, key);
}
