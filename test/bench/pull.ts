import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openSqlite } from '../../src/main/database/open.ts';
import { type SandboxThread, startSandboxThread } from '../../src/main/sandbox/start-in-thread.ts';
import type { SyncSummary } from '../../src/shared/sync.ts';
import { runCli } from './cli-process.ts';
import type { Row } from './table.ts';

const CHILD = join(import.meta.dirname, 'pull-child.ts');
const WORKER = new URL('../../src/main/sandbox/worker.ts', import.meta.url);
const SAMPLES = join(import.meta.dirname, '..', '..', 'resources', 'samples');
const SEED = 42;

interface Pulled extends SyncSummary {
  windows: number;
  windowP95Ms: number;
  delayP99Ms: number;
  peakMb: number;
}

/** The first pull with a window beside it, then what it takes to keep the copy fresh. */
export async function measurePull({ orders, folder }: { orders: number; folder: string }): Promise<Row[]> {
  const dataDir = join(folder, 'pull');
  const options = { port: 0, orders, seed: SEED, samplesDir: SAMPLES, workerUrl: WORKER };
  const proven = await startSandboxThread({ ...options, honours: ['sort', 'modified_date__gte'] });
  const rows: Row[] = [];
  try {
    rows.push(...firstPull(await pullInChild(dataDir, proven), orders));
    for (const changed of [0, 100, 10_000]) rows.push(await refreshed(dataDir, proven, changed, orders));
  } finally {
    await proven.close();
  }
  forgetWhatIsHonoured(join(dataDir, 'connections', 'default', 'cache.db'));
  const plain = await startSandboxThread({ ...options, port: Number(new URL(proven.baseUrl).port) });
  try {
    // The first run asks what is honoured, the second is a refresh like any other.
    await syncByCli(dataDir, plain);
    const { value } = await syncByCli(dataDir, plain);
    rows.push({
      what: `refresh without any proven filter, ${orders} orders held (${value.kind})`,
      value: `${value.requests} requests, ${(value.durationMs / 1_000).toFixed(1)} s`,
    });
  } finally {
    await plain.close();
  }
  return rows;
}

function firstPull(pulled: Pulled, orders: number): Row[] {
  const perSecond = pulled.orders / (pulled.durationMs / 1_000);
  return [
    {
      what: `first pull of ${orders} orders beside an open window`,
      value: `${Math.round(perSecond)} orders/s`,
      target: '>= 5,000 orders/s',
      met: perSecond >= 5_000 && pulled.complete,
    },
    {
      what: `windows meanwhile (${pulled.windows})`,
      value: `${pulled.windowP95Ms.toFixed(1)} ms (p95)`,
      target: '<= 20 ms',
      met: pulled.windowP95Ms <= 20,
    },
    {
      what: "delay of main's event loop meanwhile",
      value: `${pulled.delayP99Ms.toFixed(1)} ms (p99)`,
      target: '<= 20 ms',
      met: pulled.delayP99Ms <= 20,
    },
    {
      what: 'peak memory of the whole engine',
      value: `${pulled.peakMb} MB`,
      target: '<= 500 MB',
      met: pulled.peakMb <= 500,
    },
  ];
}

async function refreshed(dataDir: string, server: SandboxThread, changed: number, orders: number): Promise<Row> {
  const step = Math.max(1, Math.floor(orders / Math.max(1, changed)));
  for (let place = 0; place < Math.min(changed, orders); place += 1)
    await server.control.touch(1_001 + ((place * step) % orders));
  const { value } = await syncByCli(dataDir, server);
  const row: Row = {
    what: `refresh with a proven filter, ${changed} changed (${value.kind})`,
    value: `${value.requests} requests, ${(value.durationMs / 1_000).toFixed(1)} s`,
  };
  if (changed > 0) return row;
  return { ...row, target: '<= 20 requests, 2 s', met: value.requests <= 20 && value.durationMs <= 2_000 };
}

function syncByCli(dataDir: string, { token }: SandboxThread) {
  return runCli<SyncSummary>(['sync', '--data-dir', dataDir, '--json'], token);
}

async function pullInChild(dataDir: string, { baseUrl, token }: SandboxThread): Promise<Pulled> {
  const child = spawn(process.execPath, [CHILD, dataDir, baseUrl, token], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The pull ended with ${code}.`);
  return JSON.parse(out) as Pulled;
}

function forgetWhatIsHonoured(path: string): void {
  const file = openSqlite(path, { readonly: false });
  file.prepare('UPDATE sync_state SET capabilities = NULL, probed_ms = NULL').run();
  file.close();
}
