import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src/main/connections/clock.ts';
import { createWorkspace } from '../../src/main/connections/workspace.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { NO_ORDER_FILTER, ORDER_SORT_COLUMNS } from '../../src/shared/orders.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { percentile } from './table.ts';

/**
 * A process of its own: pulls a store as the window does, with both threads, while it asks for windows of the grid at
 * random places, and prints what that cost. Arguments: data folder, address, token.
 */
const [dataDir = '', baseUrl = '', token = ''] = process.argv.slice(2);
/** Windows asked for before the sort changes: a few seconds of dragging. */
const WINDOWS_A_VIEW = 100;
const clock = systemClock();
const workspace = createWorkspace({
  dataDir,
  resourcesDir: 'resources',
  tokens: { get: async () => token, set: async () => undefined },
  auditKeys: { ofConnection: async () => null },
  settings: () => DEFAULT_SETTINGS,
  clock,
  random: Math.random,
  fetch: nodeFetch,
  engineWorker: new URL('../../src/main/engine/worker.ts', import.meta.url),
  sandboxWorker: new URL('../../src/main/sandbox/worker.ts', import.meta.url),
  programVersion: 'bench',
});
await workspace.connect({ name: 'default', baseUrl, token });
const connection = await workspace.open('default');
const delay = monitorEventLoopDelay({ resolution: 1 });
const windowMs: number[] = [];
let pulling = true;

async function readWindows(): Promise<void> {
  let total = 0;
  for (let turn = 0; pulling; turn += 1) {
    // Somebody looks about in one view for a while, then sorts by something else.
    const column = ORDER_SORT_COLUMNS[Math.floor(turn / WINDOWS_A_VIEW) % ORDER_SORT_COLUMNS.length] ?? 'number';
    const offset = Math.floor(Math.random() * total);
    const started = performance.now();
    const args = { filter: NO_ORDER_FILTER, sort: { column, direction: 'desc' as const }, timeZone: 'UTC' };
    ({ total } = await connection.reader.ordersWindow({ ...args, offset, limit: 200 }));
    windowMs.push(performance.now() - started);
    // As quickly as somebody who drags the scroll bar without end.
    await clock.sleep(50);
  }
}

delay.enable();
const reading = readWindows();
const summary = await connection.sync({
  signal: new AbortController().signal,
  onProgress: ({ phase }) => {
    if (phase === 'checking') pulling = false;
  },
});
pulling = false;
await reading;
delay.disable();
await workspace.close();
process.stdout.write(
  `${JSON.stringify({
    ...summary,
    windows: windowMs.length,
    windowP95Ms: percentile(windowMs, 95),
    delayP99Ms: delay.percentile(99) / 1e6,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
  })}\n`,
);
