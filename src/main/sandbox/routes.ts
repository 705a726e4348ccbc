import { methodNotAllowed, notFound, type Reply, reply } from './reply.ts';

/** What an address needs to answer. */
export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The body as sent; empty for a read. */
  body: string;
}

/** Answers a request to an address; `key` is what the address's path names, such as an order number. */
export type Handler = (request: ApiRequest, key: string) => Reply;

export interface Route {
  /** As counters name it. */
  name: string;
  path: RegExp;
  methods: Readonly<Record<string, Handler>>;
  /** True where nobody has to be signed in. */
  open?: boolean;
}

/**
 * What a path without its last slash gets where the address has one: 404, the same answer, or 301 to the address with
 * the slash. Which of them a real server does is unknown.
 */
export type SlashRule = 'required' | 'either' | 'redirect';

/** How a request is answered, under which name it is counted, and whether it needs a token. */
export interface Answer {
  name: string;
  open: boolean;
  run: () => Reply;
}

/** Finds the answer to a request among the routes of a server. */
export function answerFrom(routes: readonly Route[], slash: SlashRule, request: ApiRequest): Answer {
  const found = find(routes, request.path);
  if (found !== null) return answerOf(found, request);
  const closed = slash === 'required' || request.path.endsWith('/') ? null : find(routes, `${request.path}/`);
  if (closed === null) return { name: '(unknown)', open: false, run: () => notFound() };
  if (slash === 'either' || request.method !== 'GET') return answerOf(closed, request);
  const query = request.query.size === 0 ? '' : `?${request.query}`;
  return {
    name: closed.route.name,
    open: false,
    run: () => reply(301, null, { Location: `${request.path}/${query}` }),
  };
}

interface Found {
  route: Route;
  key: string;
}

function find(routes: readonly Route[], path: string): Found | null {
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match !== null) return { route, key: match[1] ?? '' };
  }
  return null;
}

function answerOf({ route, key }: Found, request: ApiRequest): Answer {
  const handler = route.methods[request.method];
  const run =
    handler === undefined
      ? () => methodNotAllowed(request.method, Object.keys(route.methods))
      : () => handler(request, key);
  return { name: route.name, open: route.open ?? false, run };
}
