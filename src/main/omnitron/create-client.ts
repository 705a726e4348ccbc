import { AppError } from '../../shared/errors.ts';
import type { Clock, Random } from '../connections/ports.ts';
import type { OmnitronClient } from './client.ts';
import { failureOf } from './failures.ts';
import type { FetchLike, HttpRequest, HttpResponse } from './http-port.ts';
import { submittedTexts } from './redact.ts';
import { DEFAULT_RETRY, type RetryPolicy, retryRead } from './retry.ts';
import { type Session, tokenSession } from './session.ts';
import { createFetchTransport, DEFAULT_LIMITS, type TransportLimits } from './transport.ts';

export interface ClientOptions {
  /** As `normaliseBaseUrl` answers it. */
  baseUrl: string;
  /** A token alone, without the word `Token`, or the session that has or obtains a key. */
  token: string | Session;
  fetch: FetchLike;
  clock: Clock;
  random: Random;
  limits?: TransportLimits;
  retry?: RetryPolicy;
}

/** A number as one segment of a path. `.` and `..` would climb out of it and cannot be encoded. */
function segment(number: string): string {
  if (number === '' || number === '.' || number === '..' || !number.isWellFormed()) {
    throw new AppError('VALUE_INVALID', 'This order number cannot be asked for by its number.');
  }
  return encodeURIComponent(number);
}

function isUnauthorised(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.details?.status === 401;
}

function keyRefused(): AppError {
  return new AppError(
    'SIGN_IN_REFUSED',
    'Omnitron refused the sign-in (401). It does not accept the key that it has just handed out. Try again later, or use a token.',
    { details: { status: 401, way: 'key' } },
  );
}

/** Rows a page of the lists that belong to one order; few orders have more than a handful. */
const ROWS_OF_ORDER = '100';

/** Contract, section 3. */
export const ORDER_LIST_PATH = '/api/i1/orders/';

/** The client of one connection. It holds no data: bodies are handed on as they arrive. */
export function createOmnitronClient(options: ClientOptions): OmnitronClient {
  const { baseUrl, fetch, clock, random, limits = DEFAULT_LIMITS, retry: policy = DEFAULT_RETRY } = options;
  const session = typeof options.token === 'string' ? tokenSession(options.token) : options.token;
  const counters = { requests: 0, retries: 0 };
  let serverMs: number | null = null;

  async function once(token: string, request: HttpRequest, submitted: string[] = []): Promise<HttpResponse> {
    counters.requests += 1;
    const response = await createFetchTransport({ fetch, baseUrl, token, clock, limits }).request(request);
    const stated = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(stated)) serverMs = stated;
    const failure = failureOf(response, { nowMs: clock.now(), secrets: [token, ...submitted] });
    if (failure !== null) throw failure;
    return response;
  }

  /**
   * Sends with the session's key; on a 401 once more with another one, where the session has another. A request that was
   * answered 401 was not carried out, so that holds for writes too.
   */
  async function signedIn<T>(signal: AbortSignal, send: (key: string) => Promise<T>): Promise<T> {
    const key = await session.key(signal);
    try {
      return await send(key);
    } catch (thrown) {
      if (!isUnauthorised(thrown)) throw thrown;
      const other = await session.renew(key, signal);
      if (other === null) throw thrown;
      return await send(other).catch((again: unknown) => {
        throw isUnauthorised(again) ? keyRefused() : again;
      });
    }
  }

  async function read(path: string, signal: AbortSignal, query: Record<string, string> = {}): Promise<Uint8Array> {
    const onRetry = (): void => {
      counters.retries += 1;
    };
    const request: HttpRequest = { method: 'GET', path, query, signal };
    const retry = { policy, clock, random, signal, onRetry };
    const response = await signedIn(signal, (key) => retryRead(() => once(key, request), retry));
    return response.body;
  }

  async function patch(path: string, body: Record<string, unknown>, signal: AbortSignal): Promise<number> {
    const request: HttpRequest = { method: 'PATCH', path, body: JSON.stringify(body), signal };
    const response = await signedIn(signal, (key) => once(key, request, submittedTexts(body)));
    return response.status;
  }

  async function cancelOrder(orderId: number, body: Record<string, unknown>, signal: AbortSignal): Promise<number> {
    const path = `/api/i1/orders/${orderId}/cancel/`;
    const request: HttpRequest = { method: 'POST', path, body: JSON.stringify(body), signal };
    const response = await once(await session.key(signal), request, submittedTexts(body));
    return response.status;
  }

  /** The documentation prints this path under both prefixes (contract, section 9). */
  async function discountItems(orderId: number, page: number, signal: AbortSignal): Promise<Uint8Array> {
    const query = { order: `${orderId}`, limit: ROWS_OF_ORDER, page: `${page}` };
    try {
      return await read('/api/v1/discount_items/detailed_integration/', signal, query);
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'NOT_FOUND')) throw thrown;
      return read('/api/i1/discount_items/detailed_integration/', signal, query);
    }
  }

  return {
    counters,
    serverNowMs: () => serverMs,
    listOrders: (page, limit, signal, query = {}, path = ORDER_LIST_PATH) =>
      read(path, signal, { limit: `${limit}`, page: `${page}`, ...query }),
    orderByNumber: async (number, signal) => read(`/api/i1/orders/${segment(number)}/`, signal),
    orderDetailed: (id, signal) => read(`/api/v1/orders_integration/${id}/detailed_integration/`, signal),
    discountItems,
    cancellationPlans: (orderId, page, signal) =>
      read('/api/v1/cancellation_plans/', signal, { order_id: `${orderId}`, limit: ROWS_OF_ORDER, page: `${page}` }),
    changedPlans: (since, page, signal) =>
      read('/api/v1/cancellation_plans/', signal, {
        modified_date__gte: since,
        limit: ROWS_OF_ORDER,
        page: `${page}`,
      }),
    line: (id, signal) => read(`/api/v1/order_items/${id}/`, signal),
    patchOrder: (id, body, signal) => patch(`/api/v1/orders/${id}/`, body, signal),
    patchLine: (id, body, signal) => patch(`/api/v1/order_items/${id}/`, body, signal),
    cancelOrder,
  };
}
