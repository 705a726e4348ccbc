/**
 * What the rest of the program may ask of Omnitron. Bodies are handed on as bytes: they are parsed in the writer
 * thread, never here. Every method rejects with an AppError of the codes SIGN_IN_REFUSED (401), SIGN_IN_CODE_NEEDED,
 * SIGN_IN_PAUSED, FORBIDDEN (403), NOT_FOUND (404), REQUEST_REJECTED (other 4xx, after redaction), RATE_LIMITED,
 * SERVER_ERROR, NOT_REACHABLE, TIMEOUT, REDIRECT_REFUSED, RESPONSE_TOO_LARGE or CANCELLED. Reads are retried with
 * back-off, writes never; where user and password are known, a request that is answered 401 is sent once more after
 * signing in anew.
 */
export interface OmnitronClient {
  /** Requests sent and retries made since the client was created, sign-ins apart. */
  readonly counters: { requests: number; retries: number };
  /**
   * `GET /api/i1/orders/?limit=&page=`. A page past the end may be a 404, which becomes NOT_FOUND.
   * @param query filters and order; @param path another spelling of the list's path
   */
  listOrders(
    page: number,
    limit: number,
    signal: AbortSignal,
    query?: Readonly<Record<string, string>>,
    path?: string,
  ): Promise<Uint8Array>;
  /** The time of the server as its last answer stated it, epoch milliseconds; null = it states none. */
  serverNowMs(): number | null;
  /** `GET /api/i1/orders/{number}/`, i1 shape. */
  orderByNumber(number: string, signal: AbortSignal): Promise<Uint8Array>;
  /** `GET /api/v1/orders_integration/{pk}/detailed_integration/`. Contains credentials: parse through the allow-list only. */
  orderDetailed(id: number, signal: AbortSignal): Promise<Uint8Array>;
  /** A page of `GET /api/v1/discount_items/detailed_integration/?order=`, or of i1 where v1 does not know it. */
  discountItems(orderId: number, page: number, signal: AbortSignal): Promise<Uint8Array>;
  /** A page of `GET /api/v1/cancellation_plans/?order_id=`. Contains bank data: parse through the allow-list only. */
  cancellationPlans(orderId: number, page: number, signal: AbortSignal): Promise<Uint8Array>;
  /** A page of `GET /api/v1/cancellation_plans/?modified_date__gte=`, which is documented. Parse as above. */
  changedPlans(since: string, page: number, signal: AbortSignal): Promise<Uint8Array>;
  /** `GET /api/v1/order_items/{pk}/`. */
  line(id: number, signal: AbortSignal): Promise<Uint8Array>;
  /** `PATCH /api/v1/orders/{pk}/`. Answers the HTTP status. */
  patchOrder(id: number, body: Record<string, unknown>, signal: AbortSignal): Promise<number>;
  /** `PATCH /api/v1/order_items/{pk}/`. Answers the HTTP status. */
  patchLine(id: number, body: Record<string, unknown>, signal: AbortSignal): Promise<number>;
  /**
   * `POST /api/i1/orders/{order_id}/cancel/`: moves money, so one call is one request, whatever happens; not even a 401
   * is answered by signing in anew. Answers the HTTP status. After any error but a refusal (4xx) nobody knows whether it
   * was carried out.
   */
  cancelOrder(orderId: number, body: Record<string, unknown>, signal: AbortSignal): Promise<number>;
}
