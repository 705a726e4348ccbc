import { run } from '../../src/main/cli/main.ts';
import type { CliRun } from './run-cli.ts';

/** Runs the command line to its end inside this process: much sooner than as a process of its own. */
export async function runCliHere(args: string[], env: Record<string, string> = {}): Promise<CliRun> {
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
