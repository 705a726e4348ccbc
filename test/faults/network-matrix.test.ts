import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { type Sandbox, startSandbox } from '../../src/main/sandbox/server.ts';
import { probeCapabilities } from '../../src/main/sync/probe.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { SyncRequest } from '../../src/shared/sync.ts';
import { DEADLINE_MS, type DeadlineClock, deadlineClock } from '../support/deadline-clock.ts';
import { closeAfterTest, ISTANBUL, startEngine, tempFolder } from '../support/engine.ts';
import { type FaultyFront, faultyFront } from '../support/faulty-front.ts';
import { endOfRead, networkFaults } from '../support/network-faults.ts';
import { asRemote } from '../support/remote.ts';
import { SAMPLES_DIR } from '../support/sandbox.ts';
import { heldTexts, servedText } from '../support/sync-world.ts';

const ORDERS = 40;
const ROWS_A_PAGE = 15;
/** So that reading a part takes fewer requests than reading everything. */
const FEW_ROWS_A_PAGE = 2;
const FAULTY_PAGE = 2;
/** Nothing here takes more than 50 without a fault; nothing tries endlessly with one. */
const MOST_REQUESTS = 100;
const LIMITS = { headMs: DEADLINE_MS, wholeMs: DEADLINE_MS + 1, maxBytes: 2_000_000 };
/** No request waits longer than this for another try: 5 tries of at most two minutes each. */
const LONGEST_WAIT_MS = 10 * 60_000;

interface Operation {
  name: string;
  /** The requests that meet the fault. */
  hits(request: { method: string; url: string }): boolean;
  /** Whether the folder holds everything before. */
  filled: boolean;
  rowsAPage?: number;
  /** Whether a body that is not the contract's is asked for again. */
  rereads: boolean;
  run(bench: Bench): Promise<Outcome>;
}

interface Outcome {
  /** What went wrong, by its code; null = the operation was completed. */
  problem: string | null;
  quarantined?: number;
}

interface Bench {
  sandbox: Sandbox;
  front: FaultyFront;
  engine: ReturnType<typeof startEngine>;
  client(): ReturnType<typeof createOmnitronClient>;
  clock: DeadlineClock;
}

let asked = 0;
const stranger = createServer((_request, response) => {
  asked += 1;
  response.end('{}');
});
/** Folders that hold everything, by rows a page. */
const filled = new Map<number, string>();
/** The clock of the present test; a fault lets its deadlines pass. */
let clock = deadlineClock();

async function startStore(rowsAPage = ROWS_A_PAGE): Promise<Sandbox> {
  const sandbox = await startSandbox({ orders: ORDERS, seed: 7, samplesDir: SAMPLES_DIR, maxLimit: rowsAPage });
  // Most orders need no further look, or everything would be read anyway.
  for (const id of rowsAPage === FEW_ROWS_A_PAGE ? sandbox.ids().slice(0, -6) : []) {
    const lines = sandbox.order(id)?.orderitem_set.map((line) => [line.id, { cancel_status: null }]) ?? [];
    sandbox.edit(id, { fields: { status: '550', is_send: true }, lines: Object.fromEntries(lines) });
  }
  return sandbox;
}

function sync(bench: Bench, request: SyncRequest) {
  return runSync(
    { client: bench.client(), writer: bench.engine.remoteWriter, clock: bench.clock },
    { signal: new AbortController().signal, onProgress: () => undefined, request, timeZone: ISTANBUL },
  );
}

async function outcomeOf(bench: Bench, request: SyncRequest): Promise<Outcome> {
  const summary = await sync(bench, request);
  return { problem: summary.problem?.code ?? null, quarantined: summary.quarantined };
}

const list = /^\/api\/i1\/orders\/\?/;

const OPERATIONS: Operation[] = [
  {
    name: 'the probe',
    filled: false,
    rereads: false,
    hits: ({ url }) => list.test(url) && url.includes('limit=10'),
    run: async ({ client, engine }) => {
      await probeCapabilities({ client: client(), writer: engine.remoteWriter }, new AbortController().signal);
      return { problem: null };
    },
  },
  {
    name: 'the first read of connecting',
    filled: false,
    rereads: false,
    hits: ({ url }) => list.test(url),
    run: async ({ client, engine }) => {
      const body = await client().listOrders(1, 1, new AbortController().signal);
      const { count } = await engine.remoteWriter.readCount({ body });
      expect(count).toBe(ORDERS + 3);
      return { problem: null };
    },
  },
  {
    name: 'a page of a full pass',
    filled: false,
    rereads: true,
    hits: ({ url }) => list.test(url) && url.endsWith(`page=${FAULTY_PAGE}`),
    run: (bench) => outcomeOf(bench, { mode: 'full' }),
  },
  {
    name: 'a page of a filtered list',
    filled: true,
    rowsAPage: FEW_ROWS_A_PAGE,
    rereads: true,
    hits: ({ url }) => url.includes('is_send='),
    run: (bench) => outcomeOf(bench, { mode: 'auto' }),
  },
  {
    name: 'an order by its number in a verification',
    filled: true,
    rereads: false,
    hits: ({ method, url }) => method === 'GET' && !list.test(url),
    run: async (bench) => {
      // What is not on its page any more is asked for by its number.
      bench.sandbox.remove(1010);
      bench.sandbox.insert();
      return outcomeOf(bench, { mode: 'verify', period: { from: null, to: null } });
    },
  },
];

function heldIds({ folder }: Bench['engine']): number[] {
  const cache = openSqlite(join(folder, 'cache.db'), { readonly: true });
  try {
    return cache.prepare<[], number>('SELECT id FROM orders ORDER BY id').pluck().all();
  } finally {
    cache.close();
  }
}

beforeAll(async () => {
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  for (const rows of [ROWS_A_PAGE, FEW_ROWS_A_PAGE]) filled.set(rows, await fillFolder(rows));
});

afterAll(() => {
  stranger.close();
  for (const folder of filled.values()) rmSync(folder, { recursive: true, force: true });
});

async function fillFolder(rowsAPage: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
  const sandbox = await startStore(rowsAPage);
  const writer = createWriter(folder);
  const clock = deadlineClock();
  const client = createOmnitronClient({ ...sandbox, fetch: nodeFetch, clock, random: () => 0.5, limits: LIMITS });
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  await runSync({ client, writer: asRemote(writer), clock }, options);
  writer.close();
  await sandbox.close();
  return folder;
}

async function startBench(operation: Operation): Promise<Bench> {
  const { rowsAPage = ROWS_A_PAGE } = operation;
  const sandbox = closeAfterTest(await startStore(rowsAPage));
  const front = closeAfterTest(await faultyFront(sandbox.baseUrl));
  const folder = tempFolder();
  if (operation.filled) cpSync(filled.get(rowsAPage) ?? '', folder, { recursive: true });
  const engine = startEngine(folder);
  clock = deadlineClock();
  const { token } = sandbox;
  const options = { baseUrl: front.baseUrl, token, fetch: nodeFetch, clock, random: () => 0.5, limits: LIMITS };
  return { sandbox, front, engine, client: () => createOmnitronClient(options), clock };
}

/** Once the fault is over, everything is made up for. */
async function recover(bench: Bench): Promise<void> {
  const { engine, sandbox } = bench;
  expect(await sync(bench, { mode: 'full' })).toMatchObject({
    complete: true,
    remoteCount: sandbox.size,
    quarantined: 0,
  });
  const cache = openSqlite(join(engine.folder, 'cache.db'), { readonly: true });
  const { there, vanished } = heldTexts(cache);
  cache.close();
  const held = [...there].filter(([id]) => !vanished.has(id)).sort(([a], [b]) => a - b);
  const served = sandbox.ids().map((id) => {
    const order = sandbox.order(id);
    return [id, order === null ? '' : servedText(order)];
  });
  expect(held).toEqual(served);
}

const FAULTS = networkFaults({
  elsewhere: () => `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`,
  expire: () => clock.expire(),
});

describe.each(OPERATIONS)('$name', (operation) => {
  test.each(FAULTS)('$name, once and always', async (fault) => {
    for (const times of [1, Number.POSITIVE_INFINITY]) {
      const bench = await startBench(operation);
      const { front, engine, sandbox } = bench;
      front.trouble = { hits: operation.hits, fault: fault.fault, times };
      const outcome = await operation.run(bench).catch((thrown: unknown): Outcome => {
        if (!(thrown instanceof AppError)) throw thrown;
        return { problem: thrown.code };
      });
      front.trouble = null;
      const at = times === 1 ? 'once' : 'always';
      expect(front.acted, at).toBeGreaterThan(0);
      expect(outcome.problem, at).toBe(endOfRead(fault, { always: times !== 1, rereads: operation.rereads }));
      expect(front.requests, at).toBeLessThan(MOST_REQUESTS);
      expect(clock.pausedMs, at).toBeLessThan(LONGEST_WAIT_MS);
      if (operation.name === 'a page of a full pass' && outcome.problem !== null) {
        const refused = new Set(sandbox.ids().slice((FAULTY_PAGE - 1) * ROWS_A_PAGE, FAULTY_PAGE * ROWS_A_PAGE));
        expect(
          heldIds(engine).filter((id) => refused.has(id)),
          at,
        ).toEqual([]);
      }
      await recover(bench);
      expect(asked, 'requests to another host').toBe(0);
    }
  });
});
