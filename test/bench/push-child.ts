import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src/main/connections/clock.ts';
import { createWorkspace } from '../../src/main/connections/workspace.ts';
import type { FetchLike } from '../../src/main/omnitron/http-port.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { NO_ORDER_FILTER } from '../../src/shared/orders.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { percentile } from './table.ts';

/**
 * A process of its own: queues a tracking number for each line of a file that has none queued, pushes them as one batch
 * while it asks for windows of the grid, and prints how far it is and, at the end, what that cost. Arguments: data
 * folder, token, file of line ids, engine's and sandbox's worker, folder of resources, and after how many answered writes
 * it dies, before it has noted the last of them; none = it does not.
 */
const [dataDir = '', token = '', file = '', engineWorker = '', sandboxWorker = '', resourcesDir = '', dieAfter = ''] =
  process.argv.slice(2);
const lines = JSON.parse(readFileSync(file, 'utf8')) as number[];
const clock = systemClock();
let writes = 0;

/** The network; the program ends in the middle of a write that the server has carried out. */
const mortalFetch: FetchLike = async (url, init) => {
  const response = await nodeFetch(url, init);
  if (init.method === 'PATCH') writes += 1;
  if (dieAfter !== '' && writes === Number(dieAfter)) process.kill(process.pid, 'SIGKILL');
  return response;
};

const timeZone = 'Europe/Istanbul';
const workspace = createWorkspace({
  dataDir,
  resourcesDir,
  tokens: { get: async () => token, set: async () => undefined },
  auditKeys: { ofConnection: async () => null },
  settings: () => DEFAULT_SETTINGS,
  clock,
  random: Math.random,
  fetch: mortalFetch,
  engineWorker,
  sandboxWorker,
  programVersion: 'bench',
});
const connection = await workspace.open('default');
const { total } = await connection.reader.correctionsList({ states: [], batch: null, offset: 0, limit: 1 });
for (const lineId of lines.slice(total)) {
  const correction = { target: { kind: 'line' as const, lineId }, set: { tracking_number: `TRK-${lineId}` } };
  await connection.writer.addCorrection({ correction, timeZone, nowMs: clock.now() });
}
process.stdout.write('queued\n');

const delay = monitorEventLoopDelay({ resolution: 1 });
/** Memory of the whole process over the push. */
const rssMb: number[] = [];
let pushing = true;

/** Reads windows of the grid one after the other. @returns how long each took, milliseconds */
async function readWindows(isOn: () => boolean): Promise<number[]> {
  const windowMs: number[] = [];
  let rows = 0;
  while (isOn()) {
    const offset = Math.floor(Math.random() * rows);
    const started = performance.now();
    const args = { filter: NO_ORDER_FILTER, sort: { column: 'number' as const, direction: 'desc' as const }, timeZone };
    ({ total: rows } = await connection.reader.ordersWindow({ ...args, offset, limit: 200 }));
    windowMs.push(performance.now() - started);
    rssMb.push(process.memoryUsage.rss() / 2 ** 20);
    // As quickly as somebody who drags the scroll bar without end.
    await clock.sleep(50);
  }
  return windowMs;
}

/** So long nothing but windows is asked for: what they cost by themselves. */
const QUIET_MS = 3_000;
const quietUntilMs = performance.now() + QUIET_MS;
const quietMs = await readWindows(() => performance.now() < quietUntilMs);
rssMb.length = 0;

delay.enable();
const reading = readWindows(() => pushing);
const startedMs = performance.now();
const summary = await connection.push({
  signal: new AbortController().signal,
  onProgress: ({ done }) => {
    process.stdout.write(`done ${done}\n`);
  },
});
const tookMs = performance.now() - startedMs;
pushing = false;
const windowMs = await reading;
delay.disable();
await workspace.close();
const quarter = Math.ceil(rssMb.length / 4);
process.stdout.write(
  `${JSON.stringify({
    ...summary,
    tookMs,
    windows: windowMs.length,
    windowP99Ms: percentile(windowMs, 99),
    quietP99Ms: percentile(quietMs, 99),
    delayP99Ms: delay.percentile(99) / 1e6,
    // Once the heaps have grown to what they need, and at the end.
    earlyMb: Math.max(...rssMb.slice(2 * quarter, 3 * quarter)),
    lateMb: Math.max(...rssMb.slice(-quarter)),
  })}\n`,
);
process.exit(0);
