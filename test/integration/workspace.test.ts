import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/main/connections/clock.ts';
import type { TokenStore } from '../../src/main/connections/connection.ts';
import { createWorkspace } from '../../src/main/connections/workspace.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, orderFilter, tempFolder } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NEVER = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

/** A workspace with real threads, over a token store in memory. */
function workspaceIn(dataDir: string) {
  const known = new Map<string, string>();
  const tokens: TokenStore = {
    get: async (name) => known.get(name) ?? null,
    set: async (name, token) => void known.set(name, token),
  };
  const workspace = createWorkspace({
    dataDir,
    resourcesDir: join(ROOT, 'resources'),
    tokens,
    auditKeys: { ofConnection: async () => null },
    settings: () => DEFAULT_SETTINGS,
    clock: systemClock(NOW_MS),
    random: Math.random,
    fetch: nodeFetch,
    engineWorker: new URL('../../src/main/engine/worker.ts', import.meta.url),
    sandboxWorker: new URL('../../src/main/sandbox/worker.ts', import.meta.url),
    programVersion: 'test',
  });
  return closeAfterTest(workspace);
}

const sandbox = async (orders = 20) => closeAfterTest(await startSmallSandbox({ orders }));

test('a connection is made only after the host has answered; a failure leaves nothing behind', async () => {
  const dataDir = tempFolder();
  const workspace = workspaceIn(dataDir);
  const store = await sandbox();
  await expect(workspace.connect({ name: 'shop', baseUrl: store.baseUrl, token: 'wrong' })).rejects.toMatchObject({
    code: 'SIGN_IN_REFUSED',
  });
  expect(readdirSync(join(dataDir, 'connections'))).toEqual([]);
  const made = await workspace.connect({
    name: 'shop',
    baseUrl: `${store.baseUrl}/api/i1/orders/`,
    token: store.token,
  });
  expect(made).toEqual({ connection: 'shop', baseUrl: store.baseUrl, remoteCount: 23 });
  expect(await workspace.list()).toEqual([{ name: 'shop', kind: 'omnitron', baseUrl: store.baseUrl }]);
});

test('a name may be pointed elsewhere until it holds orders, then never: tenants do not mix', async () => {
  const workspace = workspaceIn(tempFolder());
  const [first, second] = [await sandbox(), await sandbox(30)];
  await workspace.connect({ name: 'shop', baseUrl: first.baseUrl, token: first.token });
  await workspace.connect({ name: 'shop', baseUrl: second.baseUrl, token: second.token });
  const connection = await workspace.open('shop');
  expect(await connection.sync(NEVER())).toMatchObject({ complete: true, orders: 33 });
  await expect(workspace.connect({ name: 'shop', baseUrl: first.baseUrl, token: first.token })).rejects.toMatchObject({
    code: 'CONNECTION_EXISTS',
  });
  await workspace.connect({ name: 'shop', baseUrl: second.baseUrl, token: second.token });
  expect((await (await workspace.open('shop')).state()).orders).toBe(33);
});

test('a name that is no folder name, and a connection that is not there', async () => {
  const workspace = workspaceIn(tempFolder());
  for (const name of ['../evil', 'a/b', '', 'Ü', 'x'.repeat(41)]) {
    await expect(workspace.open(name)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  }
  await expect(workspace.open('nothing')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
});

test('one writer at a time; reading works beside it; waiting ends when the other lets go', async () => {
  const dataDir = tempFolder();
  const [holder, other] = [workspaceIn(dataDir), workspaceIn(dataDir)];
  await holder.openDemo({ orders: 10 });
  await expect(other.open('demo')).rejects.toMatchObject({ code: 'DATA_LOCKED' });
  const reading = await other.open('demo', { readOnly: true });
  expect((await reading.reader.overview()).orders).toBe(0);
  expect(() => reading.writer).toThrow(expect.objectContaining({ code: 'DATA_LOCKED' }));
  await other.close();
  const waiting = other.open('demo', { waitMs: 60_000 });
  await holder.close();
  expect((await waiting).name).toBe('demo');
});

test('one sync at a time, and lists are told of every change', async () => {
  const workspace = workspaceIn(tempFolder());
  const connection = await workspace.openDemo({ orders: 40 });
  let told = 0;
  connection.onChange(() => {
    told += 1;
  });
  const running = connection.sync(NEVER());
  await expect(connection.push(NEVER())).rejects.toMatchObject({ code: 'BUSY' });
  await running;
  const before = told;
  expect(before).toBeGreaterThanOrEqual(2);
  await connection.writer.markSent({
    filter: orderFilter(),
    selection: { mode: 'all', except: [] },
    timeZone: ISTANBUL,
    nowMs: NOW_MS,
  });
  expect(told).toBe(before + 1);
  expect(await connection.push(NEVER())).toMatchObject({ conflict: 0, rejected: 0, waiting: 0 });
});

test('the demo store keeps its corrections over a restart', async () => {
  const dataDir = tempFolder();
  const first = workspaceIn(dataDir);
  const connection = await first.openDemo({ orders: 40 });
  await connection.sync(NEVER());
  await connection.writer.markSent({
    filter: orderFilter(),
    selection: { mode: 'all', except: [] },
    timeZone: ISTANBUL,
    nowMs: NOW_MS,
  });
  const { applied } = await connection.push(NEVER());
  expect(applied).toBeGreaterThan(0);
  await first.close();
  const again = await workspaceIn(dataDir).openDemo({ orders: 999 });
  expect(await again.sync(NEVER())).toMatchObject({ complete: true, orders: 43, updated: 0, unchanged: 43 });
});

test('a damaged connection file is a typed error, is listed, and takes no data with it', async () => {
  const dataDir = tempFolder();
  const workspace = workspaceIn(dataDir);
  const store = await sandbox();
  await workspace.connect({ name: 'shop', baseUrl: store.baseUrl, token: store.token });
  await (await workspace.open('shop')).sync(NEVER());
  await workspace.close();
  const file = join(dataDir, 'connections', 'shop', 'connection.json');
  writeFileSync(file, '{"kind": "omnitron"');
  await expect(workspace.open('shop')).rejects.toMatchObject({ code: 'DATA_DAMAGED' });
  expect(await workspace.list()).toEqual([{ name: 'shop', kind: 'omnitron', baseUrl: '' }]);
  expect(existsSync(join(dataDir, 'connections', 'shop', 'cache.db'))).toBe(true);
});

test('a stray file among the connections is none and hides none; one that cannot be read is listed', async () => {
  const dataDir = tempFolder();
  const workspace = workspaceIn(dataDir);
  await workspace.openDemo({ orders: 0 });
  writeFileSync(join(dataDir, 'connections', 'stray'), '');
  mkdirSync(join(dataDir, 'connections', 'unreadable', 'connection.json'), { recursive: true });
  expect(await workspace.list()).toEqual([
    { name: 'demo', kind: 'demo', baseUrl: '' },
    { name: 'unreadable', kind: 'omnitron', baseUrl: '' },
  ]);
  await expect(workspace.open('unreadable')).rejects.toMatchObject({ code: 'DATA_NOT_WRITABLE' });
  await expect(workspace.open('stray')).rejects.toMatchObject({ code: 'DATA_NOT_WRITABLE' });
  const occupied = tempFolder();
  writeFileSync(join(occupied, 'connections'), '');
  await expect(workspaceIn(occupied).list()).rejects.toMatchObject({ code: 'DATA_NOT_WRITABLE' });
});

test('a damaged copy of the orders is put aside and spoken of until everything has been read again', async () => {
  const dataDir = tempFolder();
  const workspace = workspaceIn(dataDir);
  const store = await sandbox();
  await workspace.connect({ name: 'shop', baseUrl: store.baseUrl, token: store.token });
  await (await workspace.open('shop')).sync(NEVER());
  expect(await workspace.current()?.state()).not.toHaveProperty('damagedCopy');
  await workspace.close();
  const folder = join(dataDir, 'connections', 'shop');
  const garbage = 'garbage'.repeat(5_000);
  writeFileSync(join(folder, 'cache.db'), garbage);
  const connection = await workspace.open('shop');
  const { damagedCopy = '', orders } = await connection.state();
  expect(orders).toBe(0);
  expect(readFileSync(join(folder, damagedCopy), 'utf8')).toBe(garbage);
  expect(await connection.sync(NEVER())).toMatchObject({ complete: true, created: 23 });
  expect(await connection.state()).not.toHaveProperty('damagedCopy');
  expect(existsSync(join(folder, damagedCopy))).toBe(true);
});
