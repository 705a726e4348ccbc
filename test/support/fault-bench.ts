import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Clock } from '../../src/main/connections/ports.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import type { Remote, WriterService } from '../../src/main/engine/services.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import type { Session } from '../../src/main/omnitron/session.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/main/sandbox/server.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { SyncRequest } from '../../src/shared/sync.ts';
import { DEADLINE_MS, deadlineClock } from './deadline-clock.ts';
import { ISTANBUL, NOW_MS } from './engine.ts';
import { faultyFront } from './faulty-front.ts';
import type { NetworkFault } from './network-faults.ts';
import { tablesOf } from './old-stores.ts';
import { asRemote } from './remote.ts';
import { SAMPLES_DIR } from './sandbox.ts';

/** Pass only when a fault says so; a body may be so large. */
export const LIMITS = { headMs: DEADLINE_MS, wholeMs: DEADLINE_MS + 1, maxBytes: 2_000_000 };
/** Where a meeting does not say otherwise: nothing takes half as many without a fault; nothing tries endlessly with one. */
const MOST_REQUESTS = 40;
/** No request waits longer than this for another try: 5 tries of at most two minutes each. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** Once, and whenever it is asked. */
export const ONCE_AND_ALWAYS = [1, Number.POSITIVE_INFINITY] as const;

export interface Meeting {
  fault: NetworkFault;
  times: number;
  /** The server that is in trouble. */
  at?: 'omnitron' | 'oms';
  /** The requests that meet the fault. */
  hits(url: string): boolean;
  /** More than the work may ever take. */
  mostRequests?: number;
}

export type FaultBench = Awaited<ReturnType<typeof startFaultBench>>;

/**
 * Omnitron and OMS, each behind a front that can be put in trouble, a stranger whom nobody may ever ask, and an engine.
 * One serves all tests of a file; `close` it after them.
 */
export async function startFaultBench(options: Partial<SandboxOptions> = {}) {
  let asked = 0;
  const stranger = createServer((_request, response) => {
    asked += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const strangersUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  const sandbox: Sandbox = await startSandbox({ orders: 20, seed: 7, samplesDir: SAMPLES_DIR, oms: {}, ...options });
  const fronts = {
    omnitron: await faultyFront(sandbox.baseUrl),
    oms: await faultyFront(sandbox.oms?.baseUrl ?? ''),
  };
  const folder = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
  const writer = createWriter(folder);
  const reader = createReader(
    folder,
    () => performance.now(),
    () => NOW_MS,
  );
  const remoteWriter: Remote<WriterService> = asRemote(writer);
  /** That of the present test. */
  let present = deadlineClock();
  const clock: Clock = {
    now: () => present.now(),
    elapsed: () => present.elapsed(),
    sleep: (ms, signal) => present.sleep(ms, signal),
  };
  let redirectsTo = strangersUrl;

  /** What every request at a client of the program is made with. */
  const network = () => ({ fetch: nodeFetch, clock, random: () => 0.5, limits: LIMITS });

  function client(token: string | Session = sandbox.token, baseUrl = fronts.omnitron.baseUrl) {
    return createOmnitronClient({ ...network(), baseUrl, token });
  }

  const bench = {
    sandbox,
    fronts,
    folder,
    writer,
    remoteWriter,
    reader,
    clock,
    /** All pauses since the trouble began. */
    pausedMs: () => present.pausedMs,
    /** Sets the clock back to where every test begins. */
    restartClock(): void {
      present = deadlineClock();
    },
    network,
    client,
    /** What the client, the engine and the clock of the present test are to those who read. */
    parts: () => ({ client: client(), writer: remoteWriter, clock }),
    /** Where redirects point to. */
    elsewhere: () => redirectsTo,
    /** Lets every deadline of the present test pass. */
    expire: () => present.expire(),

    /** Makes `cache.db` what a new one is, behind the program's back: far cheaper than another engine. */
    emptyCache(): void {
      const cache = openSqlite(join(folder, 'cache.db'), { readonly: false });
      cache.transaction(() => {
        for (const table of tablesOf(cache)) cache.exec(`DELETE FROM "${table}"`);
        cache.exec('INSERT INTO sync_state (id) VALUES (1)');
      })();
      cache.close();
    },

    /** A run past the fronts, or through them. */
    sync(request: SyncRequest, from: 'behind' | 'front' = 'behind') {
      const parts = { ...bench.parts(), client: client(sandbox.token, from === 'front' ? undefined : sandbox.baseUrl) };
      const options = { signal: new AbortController().signal, onProgress: () => undefined, request };
      return runSync(parts, { ...options, timeZone: ISTANBUL });
    },

    /**
     * Does work while a server is in trouble, with a clock of its own, and makes sure of what always holds: the fault was
     * met, nobody tried endlessly or waited for ever, and nobody asked another host. Redirects lead to the stranger, those
     * that always come to the other one of the two servers.
     * @returns the code of what went wrong; null = the work was completed
     */
    async meet(
      { fault, times, at = 'omnitron', hits, mostRequests = MOST_REQUESTS }: Meeting,
      work: () => Promise<unknown>,
    ): Promise<string | null> {
      const inTrouble = fronts[at];
      const other = fronts[at === 'oms' ? 'omnitron' : 'oms'];
      bench.restartClock();
      redirectsTo = times === 1 ? strangersUrl : other.baseUrl;
      for (const front of [inTrouble, other]) {
        front.requests = 0;
        front.acted = 0;
        front.authorizations.clear();
      }
      inTrouble.trouble = { hits: ({ url }) => hits(url), fault: fault.fault, times };
      const problem = await codeOf(work()).finally(() => {
        inTrouble.trouble = null;
      });
      expect(inTrouble.acted).toBeGreaterThan(0);
      expect(inTrouble.requests).toBeLessThan(mostRequests);
      expect(present.pausedMs).toBeLessThan(LONGEST_WAIT_MS);
      expect([asked, other.requests], 'requests to another host').toEqual([0, 0]);
      return problem;
    },

    async close(): Promise<void> {
      reader.close();
      writer.close();
      await Promise.all([fronts.omnitron.close(), fronts.oms.close()]);
      await sandbox.close();
      stranger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bench;
}

/** The code of what went wrong; null = nothing did. */
export async function codeOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
}
