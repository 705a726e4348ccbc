/** What this program hands to `fetch`. Both implementations take these options. */
export interface FetchInit {
  method: 'GET' | 'PATCH' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Never followed. Node answers the 3xx itself, Electron's `net.fetch` rejects with "Redirect was cancelled". */
  redirect: 'manual';
  credentials: 'omit';
  cache: 'no-store';
  signal: AbortSignal;
}

/** What this program needs of a fetch response. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
}

/** Node's `fetch` on the command line, Electron's `net.fetch` (system proxy, company certificates) in the window. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface HttpRequest {
  method: 'GET' | 'PATCH' | 'POST';
  /** Below the host's root, with a leading slash; segments already encoded. */
  path: string;
  query?: Record<string, string>;
  /** JSON text. */
  body?: string;
  signal: AbortSignal;
}

/** An answer of any status but a redirect, its body read to the end. */
export interface HttpResponse {
  status: number;
  headers: { get(name: string): string | null };
  /** Owns its whole buffer, which may therefore be transferred to another thread. */
  body: Uint8Array<ArrayBuffer>;
}

/** The one way onto the network. */
export interface HttpPort {
  /**
   * Sends one request, once.
   * @throws AppError NOT_REACHABLE, TIMEOUT, REDIRECT_REFUSED, RESPONSE_TOO_LARGE or CANCELLED
   */
  request(request: HttpRequest): Promise<HttpResponse>;
}
