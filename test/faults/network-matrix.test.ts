import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import { probeCapabilities } from '../../src/main/sync/probe.ts';
import type { SyncRequest } from '../../src/shared/sync.ts';
import { type FaultBench, ONCE_AND_ALWAYS, startFaultBench } from '../support/fault-bench.ts';
import { endOfRead, networkFaults } from '../support/network-faults.ts';
import { heldTexts, servedText } from '../support/sync-world.ts';

/*
 * Every network fault at every kind of request of a pull. One engine serves all cases of an operation: before those of an
 * operation that begins with nothing it holds nothing, before the others it holds everything that the server has.
 */

const ORDERS = 40;
const ROWS_A_PAGE = 15;
/** So that reading a part takes fewer requests than reading everything. */
const FEW_ROWS_A_PAGE = 2;
const FAULTY_PAGE = 2;
/** Nothing here takes more than 50 without a fault; nothing tries endlessly with one. */
const MOST_REQUESTS = 100;

interface Operation {
  name: string;
  /** The requests that meet the fault. */
  hits(url: string): boolean;
  /** Whether the folder holds everything before. */
  filled: boolean;
  rowsAPage?: number;
  /** Whether a body that is not the contract's is asked for again. */
  rereads: boolean;
  /** @returns the code of what went wrong; null = the operation was completed */
  run(): Promise<string | null>;
}

let bench: FaultBench;

async function startStore({ rowsAPage = ROWS_A_PAGE }: Operation): Promise<FaultBench> {
  const started = await startFaultBench({ orders: ORDERS, maxLimit: rowsAPage });
  const { sandbox } = started;
  // Most orders need no further look, or everything would be read anyway.
  for (const id of rowsAPage === FEW_ROWS_A_PAGE ? sandbox.ids().slice(0, -6) : []) {
    const lines = sandbox.order(id)?.orderitem_set.map((line) => [line.id, { cancel_status: null }]) ?? [];
    sandbox.edit(id, { fields: { status: '550', is_send: true }, lines: Object.fromEntries(lines) });
  }
  return started;
}

async function sync(request: SyncRequest): Promise<string | null> {
  return (await bench.sync(request, 'front')).problem?.code ?? null;
}

const list = /^\/api\/i1\/orders\/\?/;

const OPERATIONS: Operation[] = [
  {
    name: 'the probe',
    filled: false,
    rereads: false,
    hits: (url) => list.test(url) && url.includes('limit=10'),
    async run() {
      await probeCapabilities(bench.parts(), new AbortController().signal);
      return null;
    },
  },
  {
    name: 'the first read of connecting',
    filled: false,
    rereads: false,
    hits: (url) => list.test(url),
    async run() {
      const body = await bench.client().listOrders(1, 1, new AbortController().signal);
      const { count } = await bench.remoteWriter.readCount({ body });
      expect(count).toBe(ORDERS + 3);
      return null;
    },
  },
  {
    name: 'a page of a full pass',
    filled: false,
    rereads: true,
    hits: (url) => list.test(url) && url.endsWith(`page=${FAULTY_PAGE}`),
    run: () => sync({ mode: 'full' }),
  },
  {
    name: 'a page of a filtered list',
    filled: true,
    rowsAPage: FEW_ROWS_A_PAGE,
    rereads: true,
    hits: (url) => url.includes('is_send='),
    run: () => sync({ mode: 'auto' }),
  },
  {
    name: 'an order by its number in a verification',
    filled: true,
    rereads: false,
    hits: (url) => !list.test(url),
    run() {
      // What is not on its page any more is asked for by its number.
      const [, , , gone = 0] = bench.sandbox.ids();
      bench.sandbox.remove(gone);
      bench.sandbox.insert();
      return sync({ mode: 'verify', period: { from: null, to: null } });
    },
  },
];

function inCache<T>(read: (cache: SqliteFile) => T): T {
  const cache = openSqlite(join(bench.folder, 'cache.db'), { readonly: true });
  try {
    return read(cache);
  } finally {
    cache.close();
  }
}

/** Once the fault is over, the server can be asked at the same address, and everything is made up for. */
async function recover(): Promise<void> {
  const { sandbox } = bench;
  const body = await bench.client().listOrders(1, 1, new AbortController().signal);
  expect(await bench.remoteWriter.readCount({ body })).toEqual({ count: sandbox.size });
  expect(await bench.sync({ mode: 'full' })).toMatchObject({
    complete: true,
    remoteCount: sandbox.size,
    quarantined: 0,
  });
  const { there, vanished } = inCache(heldTexts);
  const held = [...there].filter(([id]) => !vanished.has(id)).sort(([a], [b]) => a - b);
  const served = sandbox.ids().map((id) => {
    const order = sandbox.order(id);
    return [id, order === null ? '' : servedText(order)];
  });
  expect(held).toEqual(served);
}

const FAULTS = networkFaults({ elsewhere: () => bench.elsewhere(), expire: () => bench.expire() });

describe.each(OPERATIONS)('$name', (operation) => {
  const { filled, hits, rereads } = operation;
  beforeAll(async () => {
    bench = await startStore(operation);
    if (filled) await bench.sync({ mode: 'full' });
  });
  afterAll(() => bench.close());

  test.each(FAULTS)('$name, once and always', async (fault) => {
    for (const times of ONCE_AND_ALWAYS) {
      if (!filled) bench.emptyCache();
      const at = times === 1 ? 'once' : 'always';
      let told: string | null = null;
      const thrown = await bench.meet({ fault, times, hits, mostRequests: MOST_REQUESTS }, async () => {
        told = await operation.run();
      });
      const problem = told ?? thrown;
      expect(problem, at).toBe(endOfRead(fault, { always: times !== 1, rereads }));
      if (operation.name === 'a page of a full pass' && problem !== null) {
        const refused = new Set(bench.sandbox.ids().slice((FAULTY_PAGE - 1) * ROWS_A_PAGE, FAULTY_PAGE * ROWS_A_PAGE));
        const held = inCache((cache) => cache.prepare<[], number>('SELECT id FROM orders').pluck().all());
        expect(
          held.filter((id) => refused.has(id)),
          at,
        ).toEqual([]);
      }
      await recover();
    }
  });
});
