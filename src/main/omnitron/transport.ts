import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../connections/ports.ts';
import { networkError, redirectRefused } from './failures.ts';
import type { FetchInit, FetchLike, FetchResponse, HttpPort, HttpRequest } from './http-port.ts';

export interface TransportLimits {
  /** Milliseconds until the head of the answer must be here: look-up, connection and the server's thinking. */
  headMs: number;
  /** Milliseconds for the whole exchange, body included. */
  wholeMs: number;
  /** Bytes of body after decompression. */
  maxBytes: number;
}

/** Contract, section 17 (assumed there); a page of 100 orders is about 350 KB. */
export const DEFAULT_LIMITS: TransportLimits = { headMs: 60_000, wholeMs: 120_000, maxBytes: 64 * 1024 * 1024 };

export interface TransportOptions {
  fetch: FetchLike;
  /** As `normaliseBaseUrl` answers it. The token is sent to this origin and to no other. */
  baseUrl: string;
  /** Null = none yet: signing in. */
  token: string | null;
  clock: Clock;
  limits: TransportLimits;
}

/** Rejects as soon as the caller aborts or a deadline passes, so that every await of a request can be raced with it. */
interface Watch {
  /** Ends the underlying request. */
  readonly signal: AbortSignal;
  race<T>(work: Promise<T>): Promise<T>;
  /** From here on only the deadline of the whole exchange counts. */
  headArrived(): void;
  /** Stops timers and the underlying request, whatever state it is in. */
  end(): void;
}

function startWatch(clock: Clock, limits: TransportLimits, caller: AbortSignal): Watch {
  const underlying = new AbortController();
  const timers = new AbortController();
  const headTimer = new AbortController();
  const { promise: failure, reject } = Promise.withResolvers<never>();
  failure.catch(() => undefined);

  const cancelled = (): void => reject(new AppError('CANCELLED', 'The request was cancelled.'));
  const timeLimit = (ms: number, signal: AbortSignal, what: string): void => {
    const late = new AppError('TIMEOUT', `Omnitron ${what} within ${Math.round(ms / 1000)} seconds. Try again later.`, {
      retryable: true,
    });
    clock.sleep(ms, signal).then(
      () => reject(late),
      () => undefined,
    );
  };

  if (caller.aborted) cancelled();
  else caller.addEventListener('abort', cancelled, { once: true });
  timeLimit(limits.headMs, headTimer.signal, 'did not answer');
  timeLimit(limits.wholeMs, timers.signal, 'did not finish its answer');
  return {
    signal: underlying.signal,
    race: (work) => Promise.race([work, failure]),
    headArrived: () => headTimer.abort(),
    end: () => {
      caller.removeEventListener('abort', cancelled);
      headTimer.abort();
      timers.abort();
      underlying.abort();
    },
  };
}

function tooLarge(maxBytes: number): AppError {
  const megabytes = Math.round(maxBytes / (1024 * 1024));
  return new AppError(
    'RESPONSE_TOO_LARGE',
    `Omnitron's answer is larger than ${megabytes} MB and was not read to its end.`,
  );
}

/** True when the head announced another length than arrived; says nothing about compressed bodies. */
function isTruncated(headers: FetchResponse['headers'], length: number): boolean {
  const announced = headers.get('content-length');
  if (announced === null || headers.get('content-encoding') !== null) return false;
  return /^\d+$/.test(announced) && Number(announced) !== length;
}

/**
 * Gives the memory of a chunk back at once. It lies outside the heap, where it does not hurry the collector: tens of
 * megabytes of chunks would wait for it. A chunk that is part of a larger buffer shares that with others.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0);
}

async function readBody(response: FetchResponse, watch: Watch, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await watch.race(reader.read());
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
    release(chunk);
  }
  return body;
}

function urlOf(baseUrl: string, request: HttpRequest): string {
  const url = new URL(request.path, baseUrl);
  if (url.origin !== new URL(baseUrl).origin) {
    throw new AppError('URL_INVALID', 'A request would have left the configured host and was not sent.');
  }
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  return url.href;
}

function initOf(token: string | null, request: HttpRequest, signal: AbortSignal): FetchInit {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token !== null) headers.Authorization = `Token ${token}`;
  const init: FetchInit = {
    method: request.method,
    headers,
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    signal,
  };
  if (request.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = request.body;
  }
  return init;
}

/** The adapter for every `fetch`. Reads bodies within time and size limits and lets no redirect carry the token away. */
export function createFetchTransport(options: TransportOptions): HttpPort {
  const { fetch, baseUrl, token, clock, limits } = options;
  const host = new URL(baseUrl).host;
  return {
    async request(request) {
      const url = urlOf(baseUrl, request);
      const watch = startWatch(clock, limits, request.signal);
      try {
        const response = await watch.race(fetch(url, initOf(token, request, watch.signal)));
        watch.headArrived();
        if (response.status >= 300 && response.status < 400) throw redirectRefused(host);
        const body = await readBody(response, watch, limits.maxBytes);
        if (isTruncated(response.headers, body.byteLength)) throw networkError(host, new Error('truncated'));
        return { status: response.status, headers: response.headers, body };
      } catch (thrown) {
        throw thrown instanceof AppError ? thrown : networkError(host, thrown);
      } finally {
        watch.end();
      }
    },
  };
}
