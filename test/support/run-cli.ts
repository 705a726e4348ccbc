import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundled } from './bundled.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ENTRY = 'src/main/cli/index.ts';

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

/**
 * Starts the command line as a process of its own: from the bundle, or from its sources as people do. Only the given
 * environment reaches it, and the place where compiled code is kept between the many starts.
 */
export function startCli(
  args: string[],
  env: Record<string, string> = {},
  from: 'bundle' | 'sources' = 'bundle',
): RunningCli {
  const own = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '' };
  const entry = from === 'bundle' ? bundled(ENTRY) : join(ROOT, ENTRY);
  const child = spawn(process.execPath, [entry, ...args], { env: { ...own, ...env } });
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
