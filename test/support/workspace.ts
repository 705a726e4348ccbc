import { join } from 'node:path';
import { systemClock } from '../../src/main/connections/clock.ts';
import type { Connection, TokenStore } from '../../src/main/connections/connection.ts';
import type { Clock } from '../../src/main/connections/ports.ts';
import { createWorkspace } from '../../src/main/connections/workspace.ts';
import type { FetchLike } from '../../src/main/omnitron/http-port.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { bundled } from './bundled.ts';
import { closeAfterTest, NOW_MS } from './engine.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** A connection with real threads to a server, as the window and the command line open one. Closed after the test. */
export async function openConnectionTo(
  server: { baseUrl: string; token: string },
  options: { dataDir: string; clock?: Clock; fetch?: FetchLike; auditKey?: Uint8Array },
): Promise<Connection> {
  const known = new Map<string, string>();
  const tokens: TokenStore = {
    get: async (name) => known.get(name) ?? null,
    set: async (name, token) => void known.set(name, token),
  };
  const workspace = closeAfterTest(
    createWorkspace({
      dataDir: options.dataDir,
      resourcesDir: join(ROOT, 'resources'),
      tokens,
      auditKeys: { ofConnection: async () => options.auditKey ?? null },
      settings: () => DEFAULT_SETTINGS,
      clock: options.clock ?? systemClock(NOW_MS),
      random: () => 0,
      fetch: options.fetch ?? nodeFetch,
      engineWorker: bundled('src/main/engine/worker.ts'),
      sandboxWorker: bundled('src/main/sandbox/worker.ts'),
      programVersion: 'test',
    }),
  );
  await workspace.connect({ name: 'shop', baseUrl: server.baseUrl, token: server.token });
  return workspace.open('shop');
}
