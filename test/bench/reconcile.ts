import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { CHECK_CODES } from '../../src/main/reconcile/checks/catalogue.ts';
import { statementText } from '../../src/main/sandbox/statements.ts';
import { DIFFERENCES, type Explained, explainRows } from './explain.ts';
import { duckDb, libreOffice, type OtherJoin, pandas } from './others.ts';
import type { Exact, Exactness } from './reconcile-exact.ts';
import type { OtherKinds } from './reconcile-others.ts';
import type { Row } from './table.ts';

const SEED = 42;
const MEMORY = '/dev/shm';
const here = (name: string): string => join(import.meta.dirname, name);

interface Measured {
  rows: number;
  importMs: number;
  matchMs: number;
  firstChecksMs: number;
  checksMs: number;
  joinMs: number;
  recheckP95Ms: number;
  peakMb: number;
  exact: Exact;
  others: OtherKinds;
}

/** Payments and OMS of more orders would take longer than everything that is measured. */
const MOST_WITH_ALL_SOURCES = 100_000;
/** In fewer orders not every check has something to find. */
const FEWEST_FOR_EVERY_CHECK = 1_000;

/** A store against an ERP export of the same size, and the bare join of the same by what else a user might take. */
export async function measureReconcile({ orders, folder }: { orders: number; folder: string }): Promise<Row[]> {
  const [store, erpFile, ordersFile] = [join(folder, 'store'), join(folder, 'erp.csv'), join(folder, 'orders.csv')];
  await filled(orders, (quick) => cpSync(quick, store, { recursive: true }));
  const request = { kind: 'erp' as const, seed: SEED, orders };
  await pipeline(Readable.from(statementText(request)), createWriteStream(erpFile));
  const measured = JSON.parse(
    await run(here('reconcile-child.ts'), [store, erpFile, String(SEED), String(orders)]),
  ) as Measured;
  await pipeline(Readable.from(numbersOf(store)), createWriteStream(ordersFile));
  const whole = await measureWhole(Math.min(orders, MOST_WITH_ALL_SOURCES));
  const explained = await measureExplanations(join(folder, 'explained'));
  const others = [await duckDb(erpFile, ordersFile), pandas(erpFile, ordersFile, ';'), libreOffice(erpFile, folder)];
  return [
    ...rowsOf(measured),
    ...explainRows(explained),
    ...exactRows('ERP', measured.exact),
    ...measured.others.flatMap(({ kinds, exact }) => exactRows(kinds, exact)),
    exactRow(`payments and OMS, ${whole.orders} orders: planted discrepancies found`, whole.exact.findings),
    coverageRow(orders, [measured.exact, ...measured.others.map(({ exact }) => exact), whole.exact]),
    ...others.flatMap((other) => otherRows(other, measured.joinMs)),
  ];
}

async function measureExplanations(store: string): Promise<Explained> {
  const { upTo200, of2000 } = DIFFERENCES;
  return JSON.parse(await run(here('explain-child.ts'), [store, ...[SEED, upTo200, of2000].map(String)])) as Explained;
}

/** What the checks find that need an order's payments or OMS, beside all others: in a store of its own. */
async function measureWhole(orders: number): Promise<{ orders: number; exact: Exact }> {
  const args = [SEED, orders].map(String);
  const printed = await filled(orders, (store) => run(here('reconcile-whole.ts'), [store, ...args]));
  return { orders, ...(JSON.parse(printed) as { exact: Exact }) };
}

/** Every check has had something to find, or what is said of exactness does not hold for all. */
function coverageRow(orders: number, measured: readonly Exact[]): Row {
  const checks = new Set(measured.flatMap(({ checks }) => checks));
  const missing = CHECK_CODES.filter((code) => !checks.has(code));
  if (missing.length > 0 && orders >= FEWEST_FOR_EVERY_CHECK) {
    throw new Error(`Nothing was planted for ${missing.join(', ')}.`);
  }
  const value = `${CHECK_CODES.length - missing.length} of ${CHECK_CODES.length}`;
  return {
    what: 'checks of the catalogue for which something was planted',
    value,
    target: 'all',
    met: missing.length === 0,
  };
}

/**
 * Works on a filled store, which is gone afterwards. Filling is not measured: where the system has a folder in memory it
 * happens there.
 */
async function filled<T>(orders: number, work: (store: string) => T | Promise<T>): Promise<T> {
  const quick = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'mutabakat-fill-'));
  try {
    const store = join(quick, 'store');
    await run(here('reconcile-fill.ts'), [store, String(orders), String(SEED)]);
    return await work(store);
  } finally {
    rmSync(quick, { recursive: true, force: true });
  }
}

function rowsOf({ rows, importMs, matchMs, checksMs, firstChecksMs, recheckP95Ms, peakMb }: Measured): Row[] {
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  const within = (what: string, ms: number, most: number): Row => ({
    what,
    value: seconds(ms),
    target: `<= ${most} s`,
    met: ms <= most * 1_000,
  });
  return [
    within(`import of an ERP file of ${rows} rows`, importMs, 12),
    within('matching, results stored', matchMs, 5),
    within('every check, findings stored', checksMs, 12),
    { what: 'the first time, before the file', value: seconds(firstChecksMs) },
    {
      what: 'again after one changed order (25 times)',
      value: `${recheckP95Ms.toFixed(1)} ms (p95)`,
      target: '<= 20 ms',
      met: recheckP95Ms <= 20,
    },
    { what: 'peak memory of all that', value: `${peakMb} MB`, target: '<= 700 MB', met: peakMb <= 700 },
  ];
}

function exactRows(kinds: string, { findings, rows }: Exact): Row[] {
  return [
    exactRow(`${kinds}: planted discrepancies found`, findings),
    exactRow(`${kinds}: rows with the outcome they were made for`, rows),
  ];
}

function exactRow(what: string, { planted, missed, others }: Exactness): Row {
  const value = `${planted - missed} of ${planted}, ${others} others`;
  return { what, value, target: 'all, no other', met: missed === 0 && others === 0 };
}

function otherRows({ name, ms, joinMs }: OtherJoin, ours: number): Row[] {
  if (ms === null) return [{ what: `${name}: the same two files`, value: 'not installed' }];
  const bare: Row[] = [{ what: `${name}: the same two files`, value: `${(ms / 1_000).toFixed(2)} s` }];
  if (joinMs !== null && name === 'DuckDB') {
    bare.push(
      { what: `${name}: the full outer join alone`, value: `${Math.round(joinMs)} ms` },
      { what: 'our full outer join by key alone', value: `${Math.round(ours)} ms` },
      {
        what: `our join : ${name}'s read and join`,
        value: `${(ours / ms).toFixed(2)} x`,
        target: '<= 4 x',
        met: ours / ms <= 4,
      },
    );
  }
  return bare;
}

function* numbersOf(store: string): Generator<string> {
  const file = openReaderFile(store);
  yield 'number,amount\n';
  let chunk = '';
  for (const [number, amount] of file
    .prepare<[], [string, string]>('SELECT number, CAST(amount AS TEXT) FROM orders')
    .raw()
    .iterate()) {
    chunk += `${number},${amount}\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
  file.close();
}

async function run(script: string, args: string[]): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} ended with ${code}.`);
  return out;
}
