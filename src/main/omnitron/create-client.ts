import { AppError } from '../../shared/errors.ts';
import type { Clock, Random } from '../connections/ports.ts';
import type { OmnitronClient } from './client.ts';
import { failureOf } from './failures.ts';
import type { FetchLike, HttpRequest, HttpResponse } from './http-port.ts';
import { submittedTexts } from './redact.ts';
import { DEFAULT_RETRY, type RetryPolicy, retryRead } from './retry.ts';
import { createFetchTransport, DEFAULT_LIMITS, type TransportLimits } from './transport.ts';

export interface ClientOptions {
  /** As `normaliseBaseUrl` answers it. */
  baseUrl: string;
  /** The key alone, without the word `Token`. */
  token: string;
  fetch: FetchLike;
  clock: Clock;
  random: Random;
  limits?: TransportLimits;
  retry?: RetryPolicy;
}

/** A token is one visible word. Anything else would be refused by `fetch` with a message that quotes it. */
function usableToken(token: string): string {
  const trimmed = token.trim();
  if (trimmed === '') throw new AppError('TOKEN_MISSING', 'No token is known for Omnitron. Enter one and try again.');
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    throw new AppError('SIGN_IN_REFUSED', 'The token holds blanks or letters that no token has. Copy it again.');
  }
  return trimmed;
}

/** A number as one segment of a path. `.` and `..` would climb out of it and cannot be encoded. */
function segment(number: string): string {
  if (number === '' || number === '.' || number === '..' || !number.isWellFormed()) {
    throw new AppError('VALUE_INVALID', 'This order number cannot be asked for by its number.');
  }
  return encodeURIComponent(number);
}

/** Contract, section 3. */
export const ORDER_LIST_PATH = '/api/i1/orders/';

/** The client of one connection. It holds no data: bodies are handed on as they arrive. */
export function createOmnitronClient(options: ClientOptions): OmnitronClient {
  const { baseUrl, fetch, clock, random, limits = DEFAULT_LIMITS, retry: policy = DEFAULT_RETRY } = options;
  const token = usableToken(options.token);
  const http = createFetchTransport({ fetch, baseUrl, token, clock, limits });
  const counters = { requests: 0, retries: 0 };
  let serverMs: number | null = null;

  async function once(request: HttpRequest, submitted: string[] = []): Promise<HttpResponse> {
    counters.requests += 1;
    const response = await http.request(request);
    const stated = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(stated)) serverMs = stated;
    const failure = failureOf(response, { nowMs: clock.now(), secrets: [token, ...submitted] });
    if (failure !== null) throw failure;
    return response;
  }

  async function read(path: string, signal: AbortSignal, query: Record<string, string> = {}): Promise<Uint8Array> {
    const onRetry = (): void => {
      counters.retries += 1;
    };
    const request: HttpRequest = { method: 'GET', path, query, signal };
    const response = await retryRead(() => once(request), { policy, clock, random, signal, onRetry });
    return response.body;
  }

  async function patch(path: string, body: Record<string, unknown>, signal: AbortSignal): Promise<number> {
    const request: HttpRequest = { method: 'PATCH', path, body: JSON.stringify(body), signal };
    const response = await once(request, submittedTexts(body));
    return response.status;
  }

  return {
    counters,
    serverNowMs: () => serverMs,
    listOrders: (page, limit, signal, query = {}, path = ORDER_LIST_PATH) =>
      read(path, signal, { limit: `${limit}`, page: `${page}`, ...query }),
    orderByNumber: async (number, signal) => read(`/api/i1/orders/${segment(number)}/`, signal),
    orderDetailed: (id, signal) => read(`/api/v1/orders_integration/${id}/detailed_integration/`, signal),
    line: (id, signal) => read(`/api/v1/order_items/${id}/`, signal),
    patchOrder: (id, body, signal) => patch(`/api/v1/orders/${id}/`, body, signal),
    patchLine: (id, body, signal) => patch(`/api/v1/order_items/${id}/`, body, signal),
  };
}
