import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { runCliHere } from '../support/run-cli-here.ts';
import { startSmallSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mutabakat-oms-'));
  sandbox = await startSmallSandbox({ oms: { token: 'oms-token-77ab' } });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const omsUrl = () => sandbox.oms?.baseUrl ?? '';
const BOTH = () => ({ OMNITRON_TOKEN: sandbox.token, OMNITRON_OMS_TOKEN: 'oms-token-77ab' });
const cli = (env: Record<string, string>, ...args: string[]) => runCliHere([...args, '--data-dir', folder], env);
const connect = (env: Record<string, string>, ...args: string[]) =>
  cli(env, 'connect', '--base-url', sandbox.baseUrl, ...args);
const profile = () =>
  JSON.parse(readFileSync(join(folder, 'connections', 'default', 'connection.json'), 'utf8')) as object;

test('connects with OMS, syncs both and shows an order beside OMS; its token is in no file', async () => {
  const made = await connect(BOTH(), '--oms-url', `${omsUrl()}/api/`, '--json');
  expect([made.code, made.json()]).toEqual([0, expect.objectContaining({ oms: { url: omsUrl(), remoteCount: 64 } })]);
  const synced = await cli(BOTH(), 'sync', '--json');
  expect([synced.code, synced.json().oms]).toEqual([0, expect.objectContaining({ complete: true, remoteCount: 64 })]);
  const [planted] = sandbox.omsPlanted().filter(({ difference }) => difference !== 'missing');
  const [plain = 0] = sandbox.ids().filter((id) => sandbox.omsPlanted().every(({ orderId }) => orderId !== id));
  const numberOf = (id: number): string => sandbox.order(id)?.number ?? '';

  const agreeing = await cli({}, 'oms', '--order', numberOf(plain), '--json');
  expect([agreeing.code, agreeing.json()]).toEqual([
    0,
    expect.objectContaining({
      order: { id: plain, number: numberOf(plain), status: sandbox.order(plain)?.status },
      oms: expect.objectContaining({ omnitronId: plain, state: sandbox.order(plain)?.status }),
      beside: expect.objectContaining({ differences: 0 }),
    }),
  ]);
  const words = await cli({}, 'oms', '--order', numberOf(plain));
  expect(words.stdout).toMatch(/they agree\. Read from OMS/);
  if (planted !== undefined) {
    const differing = await cli({}, 'oms', '--order-id', `${planted.orderId}`);
    expect(differing.stdout).toMatch(/1 difference\./);
  }
  const missing = sandbox.omsPlanted().find(({ difference }) => difference === 'missing')?.orderId ?? 0;
  expect((await cli({}, 'oms', '--order-id', `${missing}`)).stdout).toMatch(/OMS has no order/);

  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'latin1');
    expect(text.includes('oms-token-77ab') || text.includes('CANARY'), entry.name).toBe(false);
  }
});

test('without the token of OMS, or with Omnitron’s, it ends with 3 and names the variable; nothing is left', async () => {
  for (const token of ['', sandbox.token]) {
    const env = { OMNITRON_TOKEN: sandbox.token, OMNITRON_OMS_TOKEN: token };
    const { code, stdout } = await connect(env, '--oms-url', omsUrl(), '--json');
    expect([code, stdout]).toEqual([3, expect.stringMatching(/OMS[^"]* OMNITRON_OMS_TOKEN/)]);
    expect(readdirSync(join(folder, 'connections'))).toEqual([]);
  }
  expect(sandbox.omsCounts().requests).toEqual({ 'GET /api/v1/oms/orders/': 1 });
});

test('a sync whose OMS cannot be read ends with 1 and says why; Omnitron’s part is done', async () => {
  await connect(BOTH(), '--oms-url', omsUrl());
  const { code, stdout } = await cli({ OMNITRON_TOKEN: sandbox.token }, 'sync');
  const says =
    /OMS was not read completely\. No token for OMS is given\. .* environment variable OMNITRON_OMS_TOKEN\.\n/;
  expect([code, stdout]).toEqual([1, expect.stringMatching(says)]);
  const json = await cli({ ...BOTH(), OMNITRON_OMS_TOKEN: 'wrong' }, 'sync', '--json');
  expect([json.code, json.json()]).toEqual([
    1,
    expect.objectContaining({
      complete: true,
      oms: expect.objectContaining({ complete: false, problem: expect.objectContaining({ code: 'SIGN_IN_REFUSED' }) }),
    }),
  ]);
  expect(json.stdout).toContain(
    'OMS refused the token. Put a valid one into the environment variable OMNITRON_OMS_TOKEN.',
  );
  const runs = (await cli({}, 'runs', '--json')).json().runs as { state: string; oms: object | null }[];
  expect(runs.map(({ state, oms }) => [state, oms])).toMatchObject([
    ['complete', { state: 'failed', problem: { code: 'SIGN_IN_REFUSED' } }],
    ['complete', { state: 'failed', requests: 0, problem: { code: 'TOKEN_MISSING' } }],
  ]);
  const unread =
    /^This run reads .*, OMS: about \d+ requests?, and those to OMS, whose first pages tell how many; then/;
  expect((await cli(BOTH(), 'sync')).stderr).toMatch(unread);
  const [newest] = (await cli({}, 'runs', '--json')).json().runs as { oms: object | null }[];
  expect(newest?.oms).toMatchObject({ state: 'complete', created: 64, remoteCount: 64, problem: null });
  expect((await cli(BOTH(), 'sync')).stderr).toMatch(/^This run reads .*, OMS: about \d+ requests?; then payments /);
});

test('a sync that put an invoice of OMS aside ends with 1 and counts it', async () => {
  await connect(BOTH(), '--oms-url', omsUrl());
  sandbox.setOmsFaults([
    { match: { path: 'invoices' }, action: { kind: 'malformedRow', index: 0, row: 'not-an-object' } },
  ]);
  const { code, json } = await cli(BOTH(), 'sync', '--json');
  expect([code, json()]).toEqual([
    1,
    expect.objectContaining({ quarantined: 0, oms: expect.objectContaining({ complete: true, quarantined: 1 }) }),
  ]);
  const listed = await cli({}, 'quarantine', 'list', '--json');
  expect(listed.json().quarantined).toMatchObject([{ source: 'oms', list: 'invoices', omsId: null, page: 1 }]);
  expect((await cli({}, 'quarantine', 'list')).stdout).toMatch(/\noms +invoices +- +1 +- +\w+/);
  const retried = await cli(BOTH(), 'quarantine', 'retry');
  expect([retried.code, retried.stdout]).toEqual([
    0,
    '0 orders let out of quarantine, 0 rows left in it.\n1 row of OMS stays put aside until OMS is read again: sync\n',
  ]);
  expect((await cli({}, 'runs')).stdout).toMatch(
    / Set aside +Not met +OMS +OMS set aside +Problem\n.* 0 +0 +complete +1 +-\n/,
  );
  sandbox.setOmsFaults([]);
  expect((await cli(BOTH(), 'sync')).code).toBe(0);
  expect((await cli({}, 'quarantine', 'list')).stdout).toBe('0 rows in quarantine.\n');
});

test('keeps its OMS when connected anew, gives it up for none; older profiles have none', async () => {
  await connect(BOTH(), '--oms-url', omsUrl());
  expect((await connect(BOTH())).code).toBe(0);
  expect(profile()).toMatchObject({ omsUrl: omsUrl() });
  expect((await connect(BOTH(), '--oms-url', 'none')).code).toBe(0);
  expect(profile()).toMatchObject({ omsUrl: null });
  const { omsUrl: _none, ...older } = profile() as { omsUrl: null };
  writeFileSync(join(folder, 'connections', 'default', 'connection.json'), JSON.stringify(older));
  expect((await cli(BOTH(), 'sync', '--json')).json()).not.toHaveProperty('oms');
  const refused = await cli({}, 'oms', '--order', '1', '--json');
  expect([refused.code, refused.stdout]).toEqual([2, expect.stringContaining('has no OMS')]);
  expect((await cli({}, 'oms', '--json')).code).toBe(2);
});
