import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaultScript } from '../../src/main/sandbox/fault-types.ts';
import { type Sandbox, startSandbox } from '../../src/main/sandbox/server.ts';
import { type CliRun, type RunningCli, startCli } from './run-cli.ts';
import { runCliHere } from './run-cli-here.ts';

const SAMPLES = fileURLToPath(new URL('../../resources/samples', import.meta.url));

/** A sandbox and a data folder, and the command line with both. */
export interface CliStore extends AsyncDisposable {
  sandbox: Sandbox;
  folder: string;
  start(...args: string[]): RunningCli;
  run(...args: string[]): Promise<CliRun>;
}

/** `here` runs commands inside this process, which is much sooner; `start` always makes a process. */
interface Options {
  orders: number;
  seed?: number;
  faults?: FaultScript;
  here?: boolean;
}

export async function cliStore(options: Options): Promise<CliStore> {
  const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
  const { orders, seed = 11, faults = [], here = false } = options;
  const sandbox = await startSandbox({ orders, seed, faults, samplesDir: SAMPLES });
  const env = { OMNITRON_TOKEN: sandbox.token };
  const full = (args: string[]): string[] => [...args, '--data-dir', join(folder, 'data')];
  const start = (...args: string[]): RunningCli => startCli(full(args), env);
  return {
    sandbox,
    folder,
    start,
    run: (...args) => (here ? runCliHere(full(args), env) : start(...args).ended),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A store whose orders have been pulled. */
export async function syncedStore(options: Options): Promise<CliStore> {
  const store = await cliStore(options);
  for (const args of [['connect', '--base-url', store.sandbox.baseUrl], ['sync']]) {
    const { code, stderr } = await store.run(...args);
    if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${stderr}`);
  }
  return store;
}
