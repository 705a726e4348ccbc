import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../src/main/cli/index.ts', import.meta.url));

/** Compiled code is kept between the many starts, as they are most of these tests' time. */
const COMPILED = join(tmpdir(), 'mutabakat-test-compiled');

export interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The one JSON object on standard output. Throws when there is anything else. */
  json(): Record<string, unknown>;
}

export interface RunningCli {
  /** Sends a signal to the process. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the first line of standard output. */
  firstLine: Promise<string>;
  ended: Promise<CliRun>;
}

/** Starts the command line as a process of its own. Only the given environment reaches it. */
export function startCli(args: string[], env: Record<string, string> = {}): RunningCli {
  const own = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: COMPILED };
  const child = spawn(process.execPath, [ENTRY, ...args], { env: { ...own, ...env } });
  let stdout = '';
  let stderr = '';
  const { promise: firstLine, resolve } = Promise.withResolvers<string>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<CliRun>((done) => {
    child.once('close', (code) => {
      resolve('');
      done({ code, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> });
    });
  });
  return { kill: (signal) => child.kill(signal), firstLine, ended };
}

/** Runs the command line to its end. */
export function runCli(args: string[], env: Record<string, string> = {}): Promise<CliRun> {
  return startCli(args, env).ended;
}
