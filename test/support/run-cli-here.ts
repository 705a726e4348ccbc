import { pathToFileURL } from 'node:url';
import type { run as runCommand } from '../../src/main/cli/main.ts';
import { bundled } from './bundled.ts';
import type { CliRun } from './run-cli.ts';

/** Runs the command line to its end inside this process: much sooner than as a process of its own. */
export async function runCliHere(args: string[], env: Record<string, string> = {}): Promise<CliRun> {
  const { run }: { run: typeof runCommand } = await import(pathToFileURL(bundled('src/main/cli/main.ts')).href);
  return runHere(run, args, env);
}

/** The same with another `run`: a test that replaces modules brings the one that sees the replaced ones. */
export async function runHere(run: typeof runCommand, args: string[], env: Record<string, string>): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  const code = await run(args, {
    env,
    signal: new AbortController().signal,
    result: (text) => {
      stdout += `${text}\n`;
    },
    tell: (text) => {
      stderr += `${text}\n`;
    },
    progress: () => undefined,
  });
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
}
