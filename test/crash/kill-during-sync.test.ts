import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { closeAfterTest, startEngine, tempFolder } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';

const CHILD = join(import.meta.dirname, '..', 'support', 'sync-child.ts');
const ORDERS = 1_500;

/** A sync in a process of its own; answers what it printed until it ended or was killed after some pages. */
async function syncInChild(folder: string, sandbox: Sandbox, killAfterPages: number | null): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, folder, sandbox.baseUrl, sandbox.token], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''));
    const pages = lines.filter((line) => line.startsWith('page ')).length;
    if (killAfterPages !== null && pages >= killAfterPages) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return lines;
}

/** The page up to which the newest pass says it is stored, and whether the file is sound. */
function progressIn(folder: string): { stored: number; check: unknown; orders: number } {
  const file = openSqlite(join(folder, 'cache.db'), { readonly: true });
  try {
    return {
      stored: Number(file.prepare('SELECT next_page - 1 FROM passes ORDER BY id DESC LIMIT 1').pluck().get()),
      check: file.pragma('quick_check', { simple: true }),
      orders: Number(file.prepare('SELECT count(*) FROM orders').pluck().get()),
    };
  } finally {
    file.close();
  }
}

test('a sync that is killed again and again loses no acknowledged page and ends equal to the server', async () => {
  const sandbox = closeAfterTest(await startSmallSandbox({ orders: ORDERS }));
  const folder = tempFolder();
  for (const pages of [1, 3, 2, 4]) {
    const printed = await syncInChild(folder, sandbox, pages);
    const acknowledged = Number(
      printed
        .filter((line) => line.startsWith('page '))
        .at(-1)
        ?.slice(5),
    );
    const held = progressIn(folder);
    expect(held.check).toBe('ok');
    expect(held.stored).toBeGreaterThanOrEqual(acknowledged);
    expect(held.orders).toBe(Math.min(held.stored * 100, ORDERS + 3));
  }
  const last = await syncInChild(folder, sandbox, null);
  expect(JSON.parse(last.at(-1) ?? '{}')).toMatchObject({
    complete: true,
    orders: ORDERS + 3,
    remoteCount: ORDERS + 3,
  });
  expect(startEngine(folder).reader().overview().orders).toBe(ORDERS + 3);
});
