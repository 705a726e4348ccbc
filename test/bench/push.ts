import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../src/main/database/open.ts';
import { type SandboxThread, startSandboxThread } from '../../src/main/sandbox/start-in-thread.ts';
import type { PushSummary } from '../../src/shared/corrections.ts';
import { runCli } from './cli-process.ts';
import type { Row } from './table.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What the process that came to the end of a push says of it. */
interface Pushed extends PushSummary {
  tookMs: number;
  windows: number;
  windowP99Ms: number;
  /** The same windows while nothing is pushed. */
  quietP99Ms: number;
  delayP99Ms: number;
  earlyMb: number;
  lateMb: number;
}

/** A push of one large batch that was killed in its middle and went on. */
export interface KilledPush {
  /** Corrections that the first process had reported before it was killed. */
  doneBefore: number;
  pushed: Pushed;
  /** How often the sandbox was written to, by `line ID`. */
  writes: Record<string, number>;
  /** Lines that do not hold what was wanted. */
  wrong: number[];
}

/** Where the programs lie that are started: the sources, or their bundle. */
export interface Programs {
  child: string;
  engineWorker: string;
  sandboxWorker: string;
}

const SOURCES: Programs = {
  child: join(import.meta.dirname, 'push-child.ts'),
  engineWorker: join(ROOT, 'src/main/engine/worker.ts'),
  sandboxWorker: join(ROOT, 'src/main/sandbox/worker.ts'),
};

/** One batch of so many corrections, which a crash interrupts, with a window beside it. */
export async function measurePush({ corrections, folder }: { corrections: number; folder: string }): Promise<Row[]> {
  const { doneBefore, pushed, writes, wrong } = await pushThroughCrash({ corrections, folder, programs: SOURCES });
  const twice = Object.values(writes).filter((times) => times !== 1).length;
  const left = corrections - doneBefore;
  return [
    {
      what: `push of ${corrections} corrections, killed after ${doneBefore}: written more than once`,
      value: `${twice} of ${Object.keys(writes).length}`,
      target: 'none, and all written',
      met: twice === 0 && wrong.length === 0 && Object.keys(writes).length === corrections,
    },
    {
      what: 'the rest of it, read, written and read back',
      value: `${Math.round(left / (pushed.tookMs / 1_000))} corrections/s`,
    },
    {
      what: `windows meanwhile (${pushed.windows}) : without a push`,
      value: `${pushed.windowP99Ms.toFixed(1)} ms : ${pushed.quietP99Ms.toFixed(1)} ms (p99)`,
      target: '<= 20 ms',
      met: pushed.windowP99Ms <= 20,
    },
    {
      what: "delay of main's event loop meanwhile",
      value: `${pushed.delayP99Ms.toFixed(1)} ms (p99)`,
      target: '<= 20 ms',
      met: pushed.delayP99Ms <= 20,
    },
    {
      what: 'peak memory of its last quarter : of the one before',
      value: `${pushed.lateMb.toFixed(0)} MB : ${pushed.earlyMb.toFixed(0)} MB = ${(pushed.lateMb / pushed.earlyMb).toFixed(2)} x`,
      target: '<= 1.15 x',
      met: pushed.lateMb <= 1.15 * pushed.earlyMb,
    },
  ];
}

/** Queues and pushes one batch in a process that is killed half-way, in the middle of a write, then in another to its end. */
export async function pushThroughCrash({
  corrections,
  folder,
  programs,
}: {
  corrections: number;
  folder: string;
  programs: Programs;
}): Promise<KilledPush> {
  const dataDir = join(folder, 'push');
  const samplesDir = join(ROOT, 'resources', 'samples');
  const sandbox = await startSandboxThread({
    port: 0,
    orders: corrections + 50,
    seed: 42,
    samplesDir,
    workerUrl: programs.sandboxWorker,
  });
  try {
    await runCli(['connect', '--base-url', sandbox.baseUrl, '--data-dir', dataDir, '--json'], sandbox.token);
    await runCli(['sync', '--data-dir', dataDir, '--json'], sandbox.token);
    const lines = linesToCorrect(join(dataDir, 'connections', 'default', 'cache.db'), corrections);
    const file = join(folder, 'lines.json');
    writeFileSync(file, JSON.stringify(lines.map(([line]) => line)));
    const killed = await pushInChild(programs, { dataDir, file, sandbox, dieAfter: Math.floor(corrections / 2) });
    const doneBefore = Number(killed.findLast((line) => line.startsWith('done '))?.slice('done '.length) ?? 0);
    const ended = await pushInChild(programs, { dataDir, file, sandbox, dieAfter: null });
    const pushed = JSON.parse(ended.at(-1) ?? '{}') as Pushed;
    const { writes } = await sandbox.control.counts();
    const wrong: number[] = [];
    for (const [line, order] of lines) {
      const there = (await sandbox.control.order(order))?.orderitem_set.find(({ id }) => id === line);
      if (there?.tracking_number !== `TRK-${line}`) wrong.push(line);
    }
    return { doneBefore, pushed, writes, wrong };
  } finally {
    await sandbox.close();
  }
}

/** The first line of so many orders, with its order. */
function linesToCorrect(cache: string, count: number): [number, number][] {
  const file = openSqlite(cache, { readonly: true });
  try {
    const lines = file
      .prepare<[number], [number, number]>(
        'SELECT min(id), order_id FROM lines WHERE order_id > 1000 GROUP BY order_id ORDER BY order_id LIMIT ?',
      )
      .raw()
      .all(count);
    if (lines.length < count) throw new Error(`There are only ${lines.length} orders to correct.`);
    return lines;
  } finally {
    file.close();
  }
}

interface Life {
  dataDir: string;
  file: string;
  sandbox: SandboxThread;
  /** After how many writes it dies; null = it does not. */
  dieAfter: number | null;
}

/** @returns the whole lines that it printed */
async function pushInChild(programs: Programs, { dataDir, file, sandbox, dieAfter }: Life): Promise<string[]> {
  const { child: program, engineWorker, sandboxWorker } = programs;
  const args = [
    program,
    dataDir,
    sandbox.token,
    file,
    engineWorker,
    sandboxWorker,
    join(ROOT, 'resources'),
    `${dieAfter ?? ''}`,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const [code, signal] = await once(child, 'close');
  if ((dieAfter === null ? code : signal) !== (dieAfter === null ? 0 : 'SIGKILL'))
    throw new Error(`The push ended with ${code ?? signal}.`);
  return printed.split('\n').slice(0, -1);
}
