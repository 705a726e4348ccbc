import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import type { CliRun } from './run-cli.ts';
import { runCliHere } from './run-cli-here.ts';
import { startSmallSandbox } from './sandbox.ts';

/** A sandbox and the command line against it, inside this process. */
export interface HereStore extends AsyncDisposable {
  sandbox: Sandbox;
  folder: string;
  /** Runs a command; its standard output is JSON. */
  json(...args: string[]): Promise<CliRun>;
  /** Runs a command for people. */
  words(...args: string[]): Promise<CliRun>;
}

/** A store that is connected and not pulled yet. */
export async function hereStore(options: Partial<SandboxOptions>): Promise<HereStore> {
  const folder = await mkdtemp(join(tmpdir(), 'mutabakat-here-'));
  const sandbox = await startSmallSandbox(options);
  const words = (...args: string[]): Promise<CliRun> =>
    runCliHere([...args, '--data-dir', folder], { OMNITRON_TOKEN: sandbox.token });
  const store: HereStore = {
    sandbox,
    folder,
    words,
    json: (...args) => words(...args, '--json'),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  const { code, stdout } = await store.json('connect', '--base-url', sandbox.baseUrl);
  if (code !== 0) throw new Error(`connect ended with ${code}: ${stdout}`);
  return store;
}
