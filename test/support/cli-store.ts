import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaultScript } from '../../src/main/sandbox/fault-types.ts';
import { type Sandbox, startSandbox } from '../../src/main/sandbox/server.ts';
import { type CliRun, type RunningCli, startCli } from './run-cli.ts';

const SAMPLES = fileURLToPath(new URL('../../resources/samples', import.meta.url));

/** A sandbox and a data folder, and the command line with both. */
export interface CliStore extends AsyncDisposable {
  sandbox: Sandbox;
  folder: string;
  start(...args: string[]): RunningCli;
  run(...args: string[]): Promise<CliRun>;
}

export async function cliStore(options: { orders: number; seed?: number; faults?: FaultScript }): Promise<CliStore> {
  const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
  const { orders, seed = 11, faults = [] } = options;
  const sandbox = await startSandbox({ orders, seed, faults, samplesDir: SAMPLES });
  const start = (...args: string[]): RunningCli =>
    startCli([...args, '--data-dir', join(folder, 'data')], { OMNITRON_TOKEN: sandbox.token });
  return {
    sandbox,
    folder,
    start,
    run: (...args) => start(...args).ended,
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A store whose orders have been pulled. */
export async function syncedStore(options: { orders: number; seed?: number }): Promise<CliStore> {
  const store = await cliStore(options);
  for (const args of [['connect', '--base-url', store.sandbox.baseUrl], ['sync']]) {
    const { code, stderr } = await store.run(...args);
    if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${stderr}`);
  }
  return store;
}
