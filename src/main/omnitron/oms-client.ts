import type { OmnitronClient } from './client.ts';
import { type ClientOptions, createOmnitronClient } from './create-client.ts';
import { inOmsWords } from './oms-words.ts';

/** The lists of OMS that are read. */
export type OmsList = 'orders' | 'invoices';

/** Contract, section 15. */
const PATHS: Readonly<Record<OmsList, string>> = {
  orders: '/api/v1/oms/orders/',
  invoices: '/api/v1/oms/invoices/',
};

/**
 * What may be asked of OMS: lists, and nothing is ever written. Bodies are handed on as they arrive; that of the orders
 * holds credentials and may only go through the allow-list. Fails as `OmnitronClient` does.
 */
export interface OmsClient {
  readonly counters: { requests: number; retries: number };
  list(list: OmsList, page: number, limit: number, signal: AbortSignal): Promise<Uint8Array>;
}

/** The client of one OMS: the same transport and retries as Omnitron's, with an origin and a token of its own. */
export function createOmsClient(options: Omit<ClientOptions, 'token'> & { token: string }): OmsClient {
  const { counters, listOrders } = clientOf(options);
  return {
    counters,
    async list(list, page, limit, signal) {
      try {
        return await listOrders(page, limit, signal, {}, PATHS[list]);
      } catch (thrown) {
        throw inOmsWords(thrown);
      }
    },
  };
}

function clientOf(options: ClientOptions): OmnitronClient {
  try {
    return createOmnitronClient(options);
  } catch (thrown) {
    throw inOmsWords(thrown);
  }
}
