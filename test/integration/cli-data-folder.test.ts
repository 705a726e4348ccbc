import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliStore, cliStore } from '../support/cli-store.ts';
import type { CliRun } from '../support/run-cli.ts';
import { runCliHere } from '../support/run-cli-here.ts';

const REPORT = ['report', '--kind', 'reconciliation', '--format', 'csv', '--out'];
const READING = [['reconcile'], ['findings'], ['corrections', 'list'], [...REPORT, '/nowhere/report.csv']];
const WRITING = [['sync'], ['corrections', 'push'], ['corrections', 'add', '--order-id', '1', '--set', 'is_send=true']];
const CONNECT = ['connect', '--base-url', 'http://127.0.0.1:9'];

const fileOf = (store: CliStore, name: string): string => join(store.folder, 'data', 'connections', 'default', name);

/** Runs a command on the store's data folder. */
function here({ folder, sandbox }: CliStore, ...args: string[]): Promise<CliRun> {
  return runCliHere([...args, '--data-dir', join(folder, 'data')], { OMNITRON_TOKEN: sandbox.token });
}

/** A store whose orders have been pulled. */
async function synced(options: { orders: number }): Promise<CliStore> {
  const store = await cliStore(options);
  expect((await here(store, 'connect', '--base-url', store.sandbox.baseUrl)).code).toBe(0);
  expect((await here(store, 'sync')).code).toBe(0);
  return store;
}

/** Exit code, error code and sentence of a command that must have failed with one JSON object. */
function failure(run: CliRun): [number | null, string, string] {
  const { code, message } = run.json().error as { code: string; message: string };
  return [run.code, code, message];
}

/** Fills a file from `offset` to its end with bytes that are no database. */
async function spoil(path: string, offset: number): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(Math.max(size - offset, 512), 'x'), 0, undefined, offset);
  await file.close();
}

describe.concurrent('a file where a folder is needed', () => {
  it.each(['the data folder', 'the folder of connections', 'the folder of the connection'])('%s', async (place) => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    const paths = {
      'the data folder': join(folder, 'data'),
      'the folder of connections': join(folder, 'data', 'connections'),
      'the folder of the connection': join(folder, 'data', 'connections', 'default'),
    };
    const path = paths[place as keyof typeof paths];
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, 'a file');
    for (const args of [...READING, ...WRITING, CONNECT]) {
      const run = await runCliHere([...args, '--data-dir', join(folder, 'data'), '--json'], { OMNITRON_TOKEN: 'key' });
      expect([args, ...failure(run)]).toEqual([
        args,
        5,
        'DATA_NOT_WRITABLE',
        expect.stringContaining(`${path} is a file`),
      ]);
    }
    expect(readFileSync(path, 'utf8')).toBe('a file');
    await rm(folder, { recursive: true });
  });
});

describe.concurrent('a missing file', () => {
  it('cache.db: reading says what to do and makes nothing, sync makes it anew and keeps the corrections', async () => {
    await using store = await synced({ orders: 3 });
    const line = store.sandbox.order(1)?.orderitem_set[0]?.id ?? 0;
    const set = ['--set', 'invoice_number=ABC2026000000001', '--set', 'invoice_date=2026-01-31'];
    const added = await here(store, 'corrections', 'add', '--line', `${line}`, ...set);
    expect([added.code, added.stderr]).toEqual([0, '']);
    await rename(fileOf(store, 'cache.db'), join(store.folder, 'moved.db'));
    for (const args of READING) {
      const run = await here(store, ...args, '--json');
      expect([args, ...failure(run)]).toEqual([
        args,
        5,
        'DATA_DAMAGED',
        expect.stringMatching(/no cache\.db .*Run sync/),
      ]);
    }
    expect(existsSync(fileOf(store, 'cache.db'))).toBe(false);
    expect((await here(store, 'sync', '--json')).json()).toMatchObject({ complete: true, orders: 6, created: 6 });
    expect((await here(store, 'reconcile', '--json')).json()).toMatchObject({ orders: 6 });
    expect((await here(store, 'corrections', 'list', '--json')).json().corrections).toHaveLength(1);
  });

  it('local.db: reading speaks of the backup', async () => {
    await using store = await synced({ orders: 3 });
    await rename(fileOf(store, 'local.db'), join(store.folder, 'moved.db'));
    const run = await here(store, 'findings', '--json');
    expect(failure(run)).toEqual([5, 'DATA_DAMAGED', expect.stringMatching(/no local\.db .*backup/)]);
  });
});

describe.concurrent('a damaged file is named', () => {
  // From the first byte on it is no database; behind the first page it is one whose content contradicts itself.
  it.each([
    ['cache.db', 0, [REPORT], /cache\.db.*Run sync/],
    ['cache.db', 4096, [REPORT], /cache\.db.*Run sync/],
    ['local.db', 0, [REPORT, ['sync']], /local\.db.*restore it from a backup/],
    ['local.db', 4096, [['corrections', 'push']], /local\.db.*restore it from a backup/],
  ])('%s from byte %i', async (name, offset, commands, sentence) => {
    await using store = await synced({ orders: 30 });
    const path = fileOf(store, name);
    await spoil(path, offset);
    const spoilt = readFileSync(path);
    const out = join(store.folder, 'report.csv');
    for (const words of [['corrections', 'list'], ...commands]) {
      const args = words === REPORT ? [...REPORT, out] : words;
      const run = await here(store, ...args, '--json');
      expect([args, ...failure(run)]).toEqual([args, 5, 'DATA_DAMAGED', expect.stringMatching(sentence)]);
    }
    expect(existsSync(out)).toBe(false);
    expect(readFileSync(path)).toEqual(spoilt);
    if (name !== 'cache.db') return;
    // Sync puts the file aside, says so, and fetches everything anew; the next command has nothing to say any more.
    const kept = /^cache\.db\.damaged-\d{8}T\d{6}Z$/;
    const run = await here(store, 'sync', '--json');
    expect([run.code, run.json()]).toEqual([0, expect.objectContaining({ complete: true, orders: 33, created: 33 })]);
    expect(run.stderr).toMatch(
      /^Warning: the copy of the orders was damaged\. It is kept as cache\.db\.damaged-\d{8}T\d{6}Z; sync [^\n]*\n$/,
    );
    const [copy = ''] = readdirSync(join(path, '..')).filter((each) => kept.test(each));
    expect(readFileSync(join(path, '..', copy))).toEqual(spoilt);
    expect((await here(store, 'findings')).stderr).toBe('');
  });

  it('connection.json and writer.lock', async () => {
    await using store = await synced({ orders: 3 });
    await writeFile(fileOf(store, 'writer.lock'), 'x'.repeat(8192));
    expect(failure(await here(store, 'sync', '--json'))).toEqual([
      5,
      'DATA_DAMAGED',
      expect.stringMatching(/writer\.lock.*remove it/),
    ]);
    await writeFile(fileOf(store, 'connection.json'), 'x'.repeat(100));
    for (const args of [...READING, ...WRITING]) {
      const run = await here(store, ...args, '--json');
      expect([args, ...failure(run)]).toEqual([args, 5, 'DATA_DAMAGED', expect.stringContaining('connection.json')]);
    }
  });

  it('settings.json: the defaults are used, and said so', async () => {
    await using store = await synced({ orders: 3 });
    const path = join(store.folder, 'data', 'settings.json');
    await writeFile(path, '{"timeZone": "UTC"}');
    expect((await here(store, 'findings', '--json')).stderr).toBe('');
    await appendFile(path, 'garbage');
    const run = await here(store, 'findings', '--json');
    expect([run.code, run.json()]).toEqual([0, { findings: expect.any(Array) }]);
    expect(run.stderr).toBe(
      `Warning: the settings file ${path} is damaged, so the default settings are used. Repair or remove it.\n`,
    );
  });
});

describe.concurrent('reading commands warn in one line when orders may be missing', () => {
  async function warnings(store: CliStore): Promise<string[]> {
    const found = new Set<string>();
    for (const args of [
      ['reconcile'],
      ['findings'],
      ['corrections', 'list'],
      [...REPORT, join(store.folder, 'r.csv')],
    ]) {
      const run = await here(store, ...args, '--json');
      expect([args, run.code, Object.keys(run.json()).includes('error')]).toEqual([args, 0, false]);
      expect(run.stderr).toMatch(/^(Warning: [^\n]+\n)?$/);
      found.add(run.stderr.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'));
    }
    return [...found];
  }

  it('before any sync, after an incomplete one, and not after a complete one', async () => {
    await using store = await cliStore({ orders: 250 });
    await here(store, 'connect', '--base-url', store.sandbox.baseUrl);
    expect(await warnings(store)).toEqual(['Warning: orders may be missing: no sync has ended yet. Run sync.\n']);
    store.sandbox.setFaults([{ match: { page: 2 }, action: { kind: 'body', text: '{"count": 253}' } }]);
    expect((await here(store, 'sync')).code).toBe(1);
    expect(await warnings(store)).toEqual([
      'Warning: orders may be missing: the last sync (TIME) was incomplete, and none was complete before. Run sync.\n',
    ]);
    store.sandbox.setFaults([]);
    expect((await here(store, 'sync')).code).toBe(0);
    expect(await warnings(store)).toEqual(['']);
  });

  it('of a pass that was begun and has not ended', async () => {
    await using store = await synced({ orders: 250 });
    store.sandbox.setFaults([{ match: { page: 2 }, action: { kind: 'delay', ms: 60_000 } }]);
    const asked = store.sandbox.counters.requests['GET /api/i1/orders/'] ?? 0;
    const running = store.start('sync');
    while ((store.sandbox.counters.requests['GET /api/i1/orders/'] ?? 0) < asked + 2) {
      await new Promise(setImmediate);
    }
    running.kill('SIGTERM');
    await running.ended;
    expect(await warnings(store)).toEqual([
      'Warning: orders may be missing: a sync that began at TIME has not ended. Run sync.\n',
    ]);
  });

  it('of orders that Omnitron no longer has, and not of a sync that could not begin', async () => {
    await using store = await synced({ orders: 20 });
    for (const id of [1001, 1002]) store.sandbox.remove(id);
    expect((await here(store, 'sync', '--full')).code).toBe(0);
    store.sandbox.setFaults([{ match: {}, action: { kind: 'status', code: 401 } }]);
    expect((await here(store, 'sync')).code).toBe(3);
    expect(await warnings(store)).toEqual(['Warning: Orders that no longer occur at Omnitron are included: 2.\n']);
  });

  it('of orders in quarantine', async () => {
    await using store = await cliStore({ orders: 20 });
    await here(store, 'connect', '--base-url', store.sandbox.baseUrl);
    store.sandbox.setFaults([
      { match: { page: 1 }, action: { kind: 'malformedRow', index: 5, row: 'amount-exponent' } },
    ]);
    await here(store, 'sync');
    const [line = '', ...others] = await warnings(store);
    expect(others).toEqual([]);
    expect(line).toBe(
      'Warning: orders may be missing: 1 order could not be read. See what could not be read: quarantine list.\n',
    );
  });
});
