import { openSqlite } from '../../src/main/database/open.ts';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import type { FetchLike } from '../../src/main/omnitron/http-port.ts';
import { probeIfDue } from '../../src/main/sync/probe.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import type { SyncPlan, SyncRequest, SyncSummary } from '../../src/shared/sync.ts';
import { type SteppingClock, steppingClock } from './clocks.ts';
import { countedWriter } from './counted-writer.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine } from './engine.ts';

export const DAY_MS = 86_400_000;
/** A day on which the sandbox places no order by itself. */
export const QUIET_DAY = '2020-02-02';
export const VERIFY_QUIET_DAY: SyncRequest = { mode: 'verify', period: { from: QUIET_DAY, to: QUIET_DAY } };
/** Longer than every pause and step of the clock: deadlines of requests, which never pass. */
const FOREVER_MS = 1e12;

/** What is asked: a sandbox, or whatever stands in for one. */
export interface Server {
  baseUrl: string;
  token: string;
  fetch: FetchLike;
}

export interface Pulling {
  engine: ReturnType<typeof startEngine>;
  clock: SteppingClock;
  /** Finds out what the server honours, as the program does before a run. */
  probe(server: Server): Promise<void>;
  /** One run, without the probe; `afterPage` is called with the number of pages that have arrived. */
  run(
    server: Server,
    given?: { request?: SyncRequest; afterPage?(arrived: number): void },
  ): Promise<SyncSummary & { plan: SyncPlan | null }>;
  /** Answers of the cache, read afresh. */
  rows<T>(sql: string): T[];
  values<T>(sql: string): T[];
  /** How many passes over everything have been begun. */
  passesOverAll(): unknown;
  /** Ids of the orders that are marked as vanished. */
  vanished(): unknown;
}

/** A folder, its engine and a clock of its own. */
export function startPulling(nowMs = NOW_MS): Pulling {
  const engine = startEngine();
  const clock = steppingClock(nowMs, FOREVER_MS / 2);
  const cache = closeAfterTest(openSqlite(`${engine.folder}/cache.db`, { readonly: true }));
  const limits = { headMs: FOREVER_MS, wholeMs: FOREVER_MS, maxBytes: 1e8 };
  const clientOf = ({ baseUrl, token, fetch }: Server) =>
    createOmnitronClient({ baseUrl, token, fetch, clock, random: () => 0.5, limits });
  const { signal } = new AbortController();
  const values = <T>(sql: string): T[] => cache.prepare<[], T>(sql).pluck().all();
  return {
    engine,
    clock,
    probe: (server) => probeIfDue({ client: clientOf(server), writer: engine.remoteWriter, clock }, signal),
    async run(server, given = {}) {
      const { afterPage = () => undefined } = given;
      const request: SyncRequest = given.request ?? { mode: 'auto' };
      const client = clientOf(server);
      let arrived = 0;
      let plan: SyncPlan | null = null;
      const watched: OmnitronClient = {
        ...client,
        counters: client.counters,
        async listOrders(...args) {
          const body = await client.listOrders(...args);
          arrived += 1;
          afterPage(arrived);
          return body;
        },
      };
      const summary = await runSync(
        { client: watched, writer: countedWriter(engine.writer, cache), clock },
        {
          signal,
          onProgress: () => undefined,
          onPlan: (made) => {
            plan = made;
          },
          request,
          timeZone: ISTANBUL,
        },
      );
      return { ...summary, plan };
    },
    rows: <T>(sql: string) => cache.prepare<[], T>(sql).all(),
    values,
    passesOverAll: () => values(`SELECT count(*) FROM passes WHERE scope = 'all'`)[0],
    vanished: () => values('SELECT id FROM orders WHERE vanished_ms IS NOT NULL ORDER BY id'),
  };
}
