import { readFilter } from './filters.ts';
import { notFound, type Reply, reply } from './reply.ts';
import type { Store } from './store.ts';

const DEFAULT_LIMIT = 10;

/** `next` and `previous` name another host than the one that was asked, as in the documented example. */
const OTHER_HOST = 'https://akinon-bo.akinon.net';

/** `GET /api/i1/orders/`: one page, ids ascending whatever `sort` says (the real order is unknown). */
export function listOrders(store: Store, path: string, query: URLSearchParams): Reply {
  const limit = readLimit(query.get('limit'), store.maxLimit);
  const page = readPage(query.get('page'));
  if (page === null) return notFound('Invalid page.');
  const { count, orders } = store.page(readFilter(query), page, limit);
  if (page > 1 && orders.length === 0) return notFound('Invalid page.');
  return reply(200, envelope(path, query, page, limit, count, orders));
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
  return limit === 0 ? DEFAULT_LIMIT : Math.min(limit, most);
}

/** The page asked for, 1 without the parameter, null where it is no positive whole number. */
export function readPage(text: string | null): number | null {
  if (text === null || text === '') return 1;
  return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}
