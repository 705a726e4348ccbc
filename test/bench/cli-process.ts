import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'index.ts');
/** Prints the process's peak memory, in KiB, as the last line of standard error. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS+'\\n'))`;

function start(args: readonly string[], token: string | null): ChildProcess {
  const env = token === null ? process.env : { ...process.env, OMNITRON_TOKEN: token };
  return spawn(process.execPath, ['--import', PEAK, CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs a command of the program's own command line to its end. Throws with what it printed when it fails. */
export async function runCli<T>(
  args: readonly string[],
  token: string,
): Promise<{ value: T; peakMb: number; wallMs: number }> {
  const startedMs = performance.now();
  const child = start(args, token);
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${out}${err}`);
  const peakMb = Math.round(Number(/peak (\d+)/.exec(err)?.[1]) / 1_024);
  return { value: JSON.parse(out) as T, peakMb, wallMs: performance.now() - startedMs };
}

/** A command that serves until it is stopped. */
export function cliProcess(args: readonly string[]): { firstLine<T>(): Promise<T>; stop(): void } {
  const child = start([...args, '--json'], null);
  return {
    async firstLine<T>() {
      let out = '';
      for await (const text of child.stdout?.setEncoding('utf8') ?? []) {
        out += text;
        if (out.includes('\n')) return JSON.parse(out) as T;
      }
      throw new Error(`${args.join(' ')} ended without a word`);
    },
    stop: () => child.kill(),
  };
}
