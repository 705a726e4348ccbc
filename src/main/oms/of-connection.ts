import { AppError } from '../../shared/errors.ts';
import type { OmsAnswer, OmsSummary } from '../../shared/oms.ts';
import type { SyncCause, SyncProgress } from '../../shared/sync.ts';
import type { TokenStore } from '../connections/connection.ts';
import type { Clock, Random } from '../connections/ports.ts';
import type { ReaderService, Remote, WriterService } from '../engine/services.ts';
import { normaliseBaseUrl } from '../omnitron/base-url.ts';
import type { FetchLike } from '../omnitron/http-port.ts';
import { createOmsClient, type OmsClient } from '../omnitron/oms-client.ts';
import { type Besides, requestsOfWhole } from '../sync/plan.ts';
import { PAGE_LIMIT } from '../sync/run-context.ts';
import { pullOms } from './pull-oms.ts';
import { omsTokenKey } from './token-key.ts';

/** Where OMS is, and the token that it wants; Omnitron's is another one. */
export interface OmsSource {
  url: string;
  token: string;
}

/** OMS as the window and the command line work with it. */
export interface Oms {
  /** The address of OMS; null where the connection has none. */
  url(): string | null;
  /** What is held of an order in OMS. @throws AppError ORDER_UNKNOWN */
  ofOrder(args: { id: number }): Promise<OmsAnswer>;
  /**
   * Gives the connection this OMS after one read from it, or takes its OMS away. What is held of another OMS is forgotten.
   * @throws AppError as the client does; URL_INVALID, DATA_LOCKED
   */
  set(source: OmsSource | null): Promise<void>;
}

export interface OmsParts {
  name: string;
  /** The address as the profile has it. */
  omsUrl: string | null;
  saveUrl(omsUrl: string | null): void;
  tokens: TokenStore;
  /** @throws AppError DATA_LOCKED when the connection was opened for reading only */
  writer(): Remote<WriterService>;
  reader: Remote<Pick<ReaderService, 'omsOfOrder' | 'omsReadMs' | 'omsExpected'>>;
  fetch: FetchLike;
  clock: Clock;
  random: Random;
}

/** A run that nobody asked for reads OMS again only when the last complete reading is older than this. */
const UNASKED_MS = 60 * 60_000;

const UNASKED: readonly SyncCause[] = ['start', 'interval', 'resume'];

/** Puts the client, the token and what is held of one connection's OMS together. */
export function createOms(parts: OmsParts): Oms & {
  /**
   * What reading OMS after a run is expected to take: as much as what is held does, and no less than the last complete
   * reading took, which knew in what order its lists stand. Null where there is no OMS, or it is not time.
   */
  planned(cause: SyncCause): Promise<Besides['oms']>;
  /** Reads OMS after a run, where there is one and it is time. Never fails: a run is what it is without OMS. */
  afterRun(run: {
    cause: SyncCause;
    signal: AbortSignal;
    onProgress(progress: SyncProgress): void;
  }): Promise<OmsSummary | null>;
} {
  const { name, tokens, reader, clock } = parts;
  let url = parts.omsUrl;

  async function isFresh(): Promise<boolean> {
    const readMs = await reader.omsReadMs();
    // One that lies ahead was made before the clock was set back, nobody knows how long ago.
    return readMs !== null && Math.abs(clock.now() - readMs) < UNASKED_MS;
  }

  /** A run that nobody asked for leaves OMS alone for a while. */
  const isTime = async (cause: SyncCause): Promise<boolean> => !(UNASKED.includes(cause) && (await isFresh()));

  return {
    url: () => url,
    ofOrder: (args) => reader.omsOfOrder(args),
    async set(source) {
      const writer = parts.writer();
      const checked = source === null ? null : await checkOms(parts, source, writer);
      // An empty text takes the place of a token that is not wanted any more.
      await tokens.set(omsTokenKey(name), source?.token ?? '');
      const next = checked?.url ?? null;
      if (next !== url) await writer.omsForget();
      parts.saveUrl(next);
      url = next;
    },
    async planned(cause) {
      if (url === null || !(await isTime(cause))) return null;
      const expected = await reader.omsExpected();
      if (expected === null) return { requests: null };
      const { orders, invoices, lastTook } = expected;
      const least = requestsOfWhole(orders, PAGE_LIMIT) + requestsOfWhole(invoices, PAGE_LIMIT);
      return { requests: Math.max(least, lastTook) };
    },
    async afterRun({ cause, signal, onProgress }) {
      if (url === null) return null;
      try {
        if (!(await isTime(cause))) return null;
        const token = (await tokens.get(omsTokenKey(name))) ?? '';
        const client = createOmsClient({ ...parts, baseUrl: url, token: tokenOrMissing(token) });
        return await pullOms({ client, writer: parts.writer(), clock }, { signal, onProgress });
      } catch (thrown) {
        const problem = thrown instanceof AppError ? thrown : new AppError('INTERNAL', 'Reading OMS failed.');
        return notRead(problem);
      }
    },
  };
}

/**
 * Asks OMS once how many orders it has.
 * @throws AppError as the client does; URL_INVALID, TOKEN_MISSING
 */
export async function checkOms(
  parts: { fetch: FetchLike; clock: Clock; random: Random },
  source: OmsSource,
  writer: Remote<Pick<WriterService, 'readCount'>>,
): Promise<{ url: string; remoteCount: number }> {
  const url = normaliseBaseUrl(source.url);
  const client: OmsClient = createOmsClient({ ...parts, baseUrl: url, token: tokenOrMissing(source.token) });
  const body = await client.list('orders', 1, 1, new AbortController().signal);
  const { count } = await writer.readCount({ body });
  return { url, remoteCount: count };
}

function tokenOrMissing(token: string): string {
  if (token.trim() !== '') return token;
  throw new AppError('TOKEN_MISSING', 'No token for OMS is known for this connection. Enter one and try again.', {
    details: { way: 'oms' },
  });
}

function notRead({ code, message }: AppError): OmsSummary {
  return {
    complete: false,
    orders: null,
    created: 0,
    updated: 0,
    unchanged: 0,
    quarantined: 0,
    notSeen: 0,
    requests: 0,
    remoteCount: null,
    invoices: null,
    problem: { code, message },
  };
}
