import { AppError } from '../../shared/errors.ts';
import type { Capabilities } from '../../shared/sync.ts';
import type { ListFacts, SyncFacts } from '../engine/services.ts';
import { ORDER_LIST_PATH } from '../omnitron/create-client.ts';
import type { SyncParts } from './run-sync.ts';

/** What was learnt about a server is asked for anew after this time. */
const PROBE_AGAIN_MS = 7 * 86_400_000;

const WITHOUT_SLASH = ORDER_LIST_PATH.slice(0, -1);
const FLAT_LIST_PATH = '/api/v1/orders/';
const SAMPLE = 10;
const MANY = 500;
/** Before every order, and after every one. */
const PAST = '1970-01-01T00:00:00Z';
const FUTURE = '2999-01-01T00:00:00Z';

/** Asks one thing of the list; null where the server refuses the question. */
type Ask = (query: Readonly<Record<string, string>>, limit?: number) => Promise<ListFacts | null>;

/** About what a probe takes; fewer where the first answers tell that something is not honoured. */
export const PROBE_REQUESTS = 15;

/** Whether what a server honours is not known, or was found out so long ago that it is asked for again. */
export function isProbeDue(
  { capabilities, probedMs }: Pick<SyncFacts, 'capabilities' | 'probedMs'>,
  nowMs: number,
): boolean {
  // A probe that lies ahead was made before the clock was set back, nobody knows how long ago.
  return capabilities === null || probedMs === null || Math.abs(nowMs - probedMs) >= PROBE_AGAIN_MS;
}

/** Finds out and stores what a server honours. @throws AppError as the client does */
export async function probeServer({ client, writer, clock }: SyncParts, signal: AbortSignal): Promise<void> {
  const found = await probeCapabilities({ client, writer }, signal);
  await writer.storeCapabilities({ capabilities: found, nowMs: clock.now() });
}

/** The same where it is due, outside a run. @throws AppError as the client does */
export async function probeIfDue(parts: SyncParts, signal: AbortSignal): Promise<void> {
  if (isProbeDue(await parts.writer.syncFacts(), parts.clock.now())) await probeServer(parts, signal);
}

/**
 * Finds out what a tenant's order list honours, by counts and order, for an unknown filter is ignored in silence
 * (contract, section 2.3). Reads only; takes about a dozen requests.
 * @returns with null wherever the orders there are do not tell
 * @throws AppError as the client does for the plain list
 */
export async function probeCapabilities(
  { client, writer }: Pick<SyncParts, 'client' | 'writer'>,
  signal: AbortSignal,
): Promise<Capabilities> {
  const before = client.counters.requests;
  const list = async (path: string, query: Readonly<Record<string, string>>, limit: number): Promise<ListFacts> =>
    writer.readList({ body: await client.listOrders(1, limit, signal, query, path) });
  const { listPath, plain } = await findPath(list);
  const ask: Ask = async (query, limit = SAMPLE) => orRefused(() => list(listPath, query, limit));

  const ascending = isSorted(plain.ids, 1);
  const sort = await probeSort(ask, plain);
  const modifiedSince = await probeBounds(ask, plain.count, 'modified_date__gte', null);
  const placedRange = await probeBounds(ask, plain.count, 'date_placed__gte', 'date_placed__lte');
  const statusIn = await probeStatusIn(ask, plain);
  const many = plain.count > MANY ? await ask({}, MANY) : null;
  const flat = await orRefused(() => list(FLAT_LIST_PATH, {}, 1));
  return {
    listPath,
    v1List: flat !== null,
    ascending,
    sort,
    modifiedSince,
    placedRange,
    statusIn,
    rowsOf500: many?.rows ?? null,
    requests: client.counters.requests - before,
  };
}

/** A question that the server does not take, or answers with something else, is not honoured. Trouble is passed on. */
async function orRefused<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question();
  } catch (thrown) {
    const refusals = ['NOT_FOUND', 'REQUEST_REJECTED', 'RESPONSE_INVALID', 'REDIRECT_REFUSED', 'FORBIDDEN'];
    if (thrown instanceof AppError && refusals.includes(thrown.code)) return null;
    throw thrown;
  }
}

async function findPath(
  list: (path: string, query: Readonly<Record<string, string>>, limit: number) => Promise<ListFacts>,
): Promise<{ listPath: string; plain: ListFacts }> {
  try {
    return { listPath: ORDER_LIST_PATH, plain: await list(ORDER_LIST_PATH, {}, SAMPLE) };
  } catch (thrown) {
    const isElsewhere =
      thrown instanceof AppError && (thrown.code === 'NOT_FOUND' || thrown.code === 'REDIRECT_REFUSED');
    const plain = isElsewhere ? await orRefused(() => list(WITHOUT_SLASH, {}, SAMPLE)) : null;
    if (plain === null) throw thrown;
    return { listPath: WITHOUT_SLASH, plain };
  }
}

/** Null for fewer than two ids. */
function isSorted(ids: readonly number[], direction: 1 | -1): boolean | null {
  if (ids.length < 2) return null;
  return ids.every((id, place) => place === 0 || (id - (ids[place - 1] ?? 0)) * direction > 0);
}

/** Honoured when both directions come out as asked for, beginning at different ends. */
async function probeSort(ask: Ask, plain: ListFacts): Promise<boolean | null> {
  if (plain.ids.length < 2) return null;
  const up = await ask({ sort: 'id' });
  const down = await ask({ sort: '-id' });
  if (up === null || down === null) return false;
  return isSorted(up.ids, 1) === true && isSorted(down.ids, -1) === true && (up.ids[0] ?? 0) < (down.ids[0] ?? 0);
}

/** Honoured when nothing is found after the end of time and as much as without a filter since its beginning. */
async function probeBounds(ask: Ask, count: number, from: string, before: string | null): Promise<boolean | null> {
  if (count === 0) return null;
  const none = await ask({ [from]: FUTURE });
  if (none?.count !== 0) return false;
  const all = await ask({ [from]: PAST });
  if (!isAbout(all?.count, count)) return false;
  if (before === null) return true;
  const noneBefore = await ask({ [before]: PAST });
  if (noneBefore?.count !== 0) return false;
  return isAbout((await ask({ [before]: FUTURE }))?.count, count);
}

/** The list may have grown or shrunk by a few orders while it was asked. */
function isAbout(found: number | undefined, expected: number): boolean {
  return found !== undefined && Math.abs(found - expected) <= Math.max(5, expected / 1_000);
}

/** Honoured when two statuses together count what they count apart, and less than everything. */
async function probeStatusIn(ask: Ask, plain: ListFacts): Promise<boolean | null> {
  const [first, second] = [...new Set(plain.statuses)];
  if (first === undefined || second === undefined) return null;
  const one = await ask({ status: first });
  const other = await ask({ status: second });
  const both = await ask({ status__in: `${first},${second}` });
  if (one === null || other === null || both === null) return false;
  const apart = one.count + other.count;
  if (isAbout(apart, plain.count)) return null;
  return isAbout(both.count, apart);
}
