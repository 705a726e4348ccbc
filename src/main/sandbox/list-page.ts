import { type Honourable, readFilter } from './filters.ts';
import { flatOrder } from './flat.ts';
import { notFound, type Reply, reply } from './reply.ts';
import type { ListOrder } from './selector.ts';
import type { Store } from './store.ts';

const DEFAULT_LIMIT = 10;

/** `next` and `previous` name another host than the one that was asked, as in the documented example. */
const OTHER_HOST = 'https://akinon-bo.akinon.net';

/** How the lists of orders behave; none of it is documented. */
export interface ListRules {
  honours: ReadonlySet<Honourable>;
  listOrder: ListOrder;
}

/** `GET /api/<prefix>/orders/`: one page; i1 in its own shape, v1 flat. `sort` knows `id` and `-id`. */
export function listOrders(
  store: Store,
  rules: ListRules,
  prefix: 'i1' | 'v1',
  path: string,
  query: URLSearchParams,
): Reply {
  const filter = readFilter(query, rules.honours);
  if ('refusal' in filter) return filter.refusal;
  return listReply(path, query, store.maxLimit, (page, limit) => {
    const { count, orders } = store.page(filter, readOrder(rules, query), page, limit);
    const rows = prefix === 'i1' ? orders : orders.map((order) => flatOrder(order, store.stamps(order)));
    return { count, rows };
  });
}

function readOrder({ honours, listOrder }: ListRules, query: URLSearchParams): ListOrder {
  const sort = honours.has('sort') ? query.get('sort') : null;
  if (sort === 'id') return 'ascending';
  return sort === '-id' ? 'descending' : listOrder;
}

/** The page that a query asks for, read by `rowsOf`; 404 for a page that is none or lies past the end. */
export function listReply(
  path: string,
  query: URLSearchParams,
  maxLimit: number,
  rowsOf: (page: number, limit: number) => { count: number; rows: unknown[] },
): Reply {
  const limit = readLimit(query.get('limit'), maxLimit);
  const page = readPage(query.get('page'));
  if (page === null) return notFound('Invalid page.');
  const { count, rows } = rowsOf(page, limit);
  if (page > 1 && rows.length === 0) return notFound('Invalid page.');
  return reply(200, envelope(path, query, page, limit, count, rows));
}

/** The envelope of every list (contract, section 2.1). */
export function envelope(
  path: string,
  query: URLSearchParams,
  page: number,
  limit: number,
  count: number,
  results: unknown[],
): Record<string, unknown> {
  const next = page * limit < count ? link(path, query, page + 1) : null;
  return { count, next, previous: page > 1 ? link(path, query, page - 1) : null, results };
}

function link(path: string, query: URLSearchParams, page: number): string {
  const target = new URLSearchParams(query);
  if (page === 1) target.delete('page');
  else target.set('page', String(page));
  target.sort();
  return target.size === 0 ? `${OTHER_HOST}${path}` : `${OTHER_HOST}${path}?${target}`;
}

/** A limit that is no positive whole number counts as not given. */
function readLimit(text: string | null, most: number): number {
  const limit = text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return limit === 0 ? Math.min(DEFAULT_LIMIT, most) : Math.min(limit, most);
}

/** The page asked for, 1 without the parameter, null where it is no positive whole number. */
export function readPage(text: string | null): number | null {
  if (text === null || text === '') return 1;
  return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}
