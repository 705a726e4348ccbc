import { pathToFileURL } from 'node:url';
import type { run as runCommand } from '../../src/main/cli/main.ts';
import type { Terminal } from '../../src/main/cli/terminal.ts';
import { bundled } from './bundled.ts';
import type { CliRun } from './run-cli.ts';

/** What a person does while a command runs: stops it, watches its progress. */
type Watched = Partial<Pick<Terminal, 'signal' | 'progress'>>;

/** Runs the command line to its end inside this process: much sooner than as a process of its own. */
export async function runCliHere(
  args: string[],
  env: Record<string, string> = {},
  watched: Watched = {},
): Promise<CliRun> {
  const { run }: { run: typeof runCommand } = await import(pathToFileURL(bundled('src/main/cli/main.ts')).href);
  return runHere(run, args, env, watched);
}

/** The same with another `run`: a test that replaces modules brings the one that sees the replaced ones. */
export async function runHere(
  run: typeof runCommand,
  args: string[],
  env: Record<string, string>,
  { signal = new AbortController().signal, progress = () => undefined }: Watched = {},
): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  const code = await run(args, {
    env,
    signal,
    result: (text) => {
      stdout += `${text}\n`;
    },
    tell: (text) => {
      stderr += `${text}\n`;
    },
    progress,
  });
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
}
