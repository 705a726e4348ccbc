import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import { PAGES_A_ROUND } from '../../src/main/database/wal-copying.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { parseAmount } from '../../src/shared/money.ts';
import { bundled } from '../support/bundled.ts';
import { closeAfterTest, tempFolder } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';
import { read, startSmallSandbox } from '../support/sandbox.ts';

const ORDERS = 900;
const KILLS = Number(process.env.MUTABAKAT_KILLS ?? 200);
const COPIED_KILLS = Math.max(2, Math.round(KILLS / 20));
/** Of a file whose pages all stand in its WAL. */
const EMPTY_BYTES = 4_096;
/** So many pages of ten orders, and more, are in the WAL before the writer would copy it by itself. */
const PAGES_UNCOPIED = 85;

/** When to kill: at once on the nth printed line, or so many milliseconds after it. */
interface Moment {
  lines: number;
  delayMs: number;
}

/** A sync in a process of its own; answers the whole lines it printed until it ended or was killed. */
async function syncInChild(
  folder: string,
  sandbox: Sandbox,
  moment: Moment | null,
  ...more: string[]
): Promise<string[]> {
  const script = bundled('test/support/sync-child.ts');
  const child = spawn(process.execPath, [script, folder, sandbox.baseUrl, sandbox.token, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  let armed = moment !== null;
  const kill = (): unknown => child.kill('SIGKILL');
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (!armed || moment === null || printed.split('\n').length - 1 < moment.lines) return;
    armed = false;
    if (moment.delayMs === 0) kill();
    else setTimeout(kill, moment.delayMs);
  });
  await once(child, 'close');
  return printed.split('\n').slice(0, -1);
}

/** What the newest pass over everything and its run say of themselves, and whether the file is sound and holds that much. */
function progressIn(
  folder: string,
): Record<'met' | 'metInRun' | 'marked' | 'held' | 'created', number> & { check: unknown } {
  const file = openSqlite(join(folder, 'cache.db'), { readonly: true });
  const value = (sql: string): unknown => file.prepare(sql).pluck().get();
  const newest = `SELECT max(id) FROM passes WHERE scope = 'all'`;
  try {
    return {
      met: Number(value(`SELECT seen FROM passes WHERE id = (${newest})`)),
      marked: Number(value(`SELECT count(*) FROM orders WHERE seen_pass = (${newest})`)),
      // Orders that go while they are read make a run walk the list again, in a pass of its own.
      metInRun: Number(value(`SELECT max(seen) FROM passes WHERE run_id = (SELECT max(run_id) FROM passes)`)),
      held: Number(value('SELECT count(*) FROM orders')),
      created: Number(value('SELECT total(created) FROM runs')),
      check: file.pragma('quick_check', { simple: true }),
    };
  } finally {
    file.close();
  }
}

function heldAmounts(folder: string): [number, string][] {
  const file = openSqlite(join(folder, 'cache.db'), { readonly: true });
  try {
    return file
      .prepare<[], [number, string]>(
        'SELECT id, CAST(amount AS TEXT) FROM orders WHERE vanished_ms IS NULL ORDER BY id',
      )
      .raw()
      .all();
  } finally {
    file.close();
  }
}

async function servedAmounts(sandbox: Sandbox): Promise<[number, string][]> {
  const amounts: [number, string][] = [];
  for (let page = 1; ; page += 1) {
    const answer = await read(sandbox, `/api/i1/orders/?limit=100&page=${page}`);
    for (const { id, amount } of answer.results as { id: number; amount: string }[])
      amounts.push([id, `${parseAmount(amount)}`]);
    if (answer.next === null) return amounts;
  }
}

/** What happens at the server between two kills. */
function changeStore(sandbox: Sandbox, between: (least: number, most: number) => number): void {
  const ids = sandbox.ids();
  const anyId = (): number => ids[between(0, ids.length - 1)] ?? 0;
  sandbox.edit(anyId(), { fields: { amount: `${between(1, 9_999)}.50` } });
  // As many come as go, so that the count alone would tell nothing.
  if (between(1, 3) === 1) sandbox.insert();
  if (between(1, 3) === 1) sandbox.remove(anyId());
}

/** One folder whose pull is killed so often, while orders come, change and go at the server. */
async function killAgainAndAgain(folder: string, kills: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: ORDERS }));
  let killed = 0;
  for (let run = 1; killed < kills; run += 1) {
    const at = `seed ${seed}, run ${run}`;
    const moment = { lines: between(1, 6), delayMs: between(0, 3) * between(0, 4) };
    const printed = await syncInChild(folder, sandbox, moment);
    const last = printed.at(-1) ?? '';
    const held = progressIn(folder);
    expect(held.check, at).toBe('ok');
    // Rows and progress moved together, and nothing that was reported as stored is missing.
    expect(held.marked, at).toBe(held.met);
    // Every order is new in one run, be it one that was killed.
    expect(held.created, at).toBe(held.held);
    if (last.startsWith('met ')) {
      killed += 1;
      expect(held.metInRun, at).toBeGreaterThanOrEqual(Number(last.slice(4)));
    } else {
      expect(JSON.parse(last), at).toMatchObject({ complete: true, remoteCount: sandbox.size });
      expect(
        heldAmounts(folder).map(([id]) => id),
        at,
      ).toEqual(sandbox.ids());
    }
    changeStore(sandbox, between);
  }
  const summary = JSON.parse((await syncInChild(folder, sandbox, null)).at(-1) ?? '{}');
  expect(summary, `seed ${seed}`).toMatchObject({ complete: true, remoteCount: sandbox.size });
  // The resumed pass may have met an order before its last change; one from the beginning has not.
  await syncInChild(folder, sandbox, null);
  expect(heldAmounts(folder), `seed ${seed}`).toEqual(await servedAmounts(sandbox));
  expect(progressIn(folder).check, `seed ${seed}`).toBe('ok');
}

test(`a pull that is killed ${KILLS} times loses no acknowledged page and ends equal to the server`, {
  timeout: Math.max(600_000, KILLS * 3_000),
}, async () => {
  const seed = testSeed();
  // Two folders at a time, so that both cores are used.
  await Promise.all([1, 2].map((place) => killAgainAndAgain(tempFolder(), KILLS / 2, seed + place)));
});

test(`so it does where another thread copies its WAL: ${COPIED_KILLS} first pulls`, {
  timeout: Math.max(600_000, COPIED_KILLS * 20_000),
}, async () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  // Pages of ten, so that a small store has enough of them for a round.
  const orders = 20 * PAGES_A_ROUND;
  const sandbox = closeAfterTest(await startSmallSandbox({ orders, maxLimit: 10 }));
  const served = await servedAmounts(sandbox);
  const thread = bundled('src/main/engine/worker.ts');
  let copied = 0;
  for (let kill = 1; kill <= COPIED_KILLS; kill += 1) {
    const folder = tempFolder();
    const at = `seed ${seed}, pull ${kill}`;
    const moment = { lines: between(PAGES_A_ROUND, PAGES_UNCOPIED), delayMs: between(0, 3) * between(0, 4) };
    const last = (await syncInChild(folder, sandbox, moment, thread)).at(-1) ?? '';
    // One that was quicker than its kill has ended, and whoever closes a file copies its WAL.
    const killed = last.startsWith('met ');
    if (killed && statSync(join(folder, 'cache.db')).size > EMPTY_BYTES) copied += 1;
    const held = progressIn(folder);
    expect([held.check, held.marked, held.created], at).toEqual(['ok', held.met, held.held]);
    if (killed) expect(held.met, at).toBeGreaterThanOrEqual(Number(last.slice(4)));
    const rest = (await syncInChild(folder, sandbox, null, thread)).at(-1) ?? '{}';
    expect(JSON.parse(rest), at).toMatchObject({ complete: true, remoteCount: sandbox.size });
    expect([heldAmounts(folder), progressIn(folder).check], at).toEqual([served, 'ok']);
  }
  // Nobody else has copied so early.
  expect(copied, `seed ${seed}`).toBeGreaterThan(0);
});
