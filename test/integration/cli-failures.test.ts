import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeWriterLock } from '../../src/main/database/lock.ts';
import { cliStore, syncedStore } from '../support/cli-store.ts';
import { type CliRun, runCli, startCli } from '../support/run-cli.ts';

function errorOf(run: CliRun): { code: string; message: string; retryable: boolean } {
  const { error } = run.json() as { error: { code: string; message: string; retryable: boolean } };
  expect(Object.keys(error).sort()).toEqual(['code', 'message', 'retryable']);
  expect(error.message).toMatch(/\.$/);
  return error;
}

describe.concurrent('usage', () => {
  it.each([[['bogus']], [['sync', '--bogus']], [['report']], [[]]])(
    '%j ends with 2, a sentence and one line about help',
    async (args) => {
      const run = await runCli(args);
      expect([run.code, run.stdout]).toEqual([2, '']);
      expect(run.stderr).toMatch(/^[A-Z][^\n]*\.\n(Every command|Its options): npm run -s cli -- help[a-z ]*\n$/);
      const json = await runCli([...args, '--json']);
      expect([json.code, errorOf(json).code]).toEqual([2, 'USAGE']);
    },
  );

  it('help is no error', async () => {
    const run = await runCli(['--help']);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('corrections push');
    expect((await runCli(['sync', '--help', '--json'])).json()).toEqual({ usage: expect.stringContaining('--wait') });
  });

  it('an address that is none, a day that is none, an instant that is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    const env = { OMNITRON_TOKEN: 'key' };
    const run = async (...args: string[]) => errorOf(await runCli([...args, '--data-dir', folder, '--json'], env)).code;
    expect(await run('connect', '--base-url', 'http://example.com')).toBe('URL_INVALID');
    expect(await run('findings', '--from', '2024-02-30')).toBe('VALUE_INVALID');
    expect(await run('findings', '--now', 'tomorrow')).toBe('USAGE');
    await rm(folder, { recursive: true });
  });
});

describe.concurrent('sign-in', () => {
  it('no token and a wrong token end with 3 and one sentence, and leave no connection behind', async () => {
    await using store = await cliStore({ orders: 1 });
    const args = ['connect', '--base-url', store.sandbox.baseUrl, '--data-dir', join(store.folder, 'data')];
    const missing = await runCli(args);
    expect([missing.code, missing.stdout]).toEqual([3, '']);
    expect(missing.stderr).toBe(
      "No token is given. Put Omnitron's token into the environment variable OMNITRON_TOKEN, or user and password into OMNITRON_USERNAME and OMNITRON_PASSWORD.\n",
    );
    const wrong = await runCli([...args, '--json'], { OMNITRON_TOKEN: 'wrong-token' });
    expect([wrong.code, errorOf(wrong).code]).toEqual([3, 'SIGN_IN_REFUSED']);
    expect(wrong.stdout + wrong.stderr).not.toContain('wrong-token');
    expect((await store.run('sync')).code).toBe(5);
  });

  it('a token that is refused later changes nothing that is held', async () => {
    await using store = await syncedStore({ orders: 3 });
    const data = ['--data-dir', join(store.folder, 'data'), '--json'];
    const run = await runCli(['sync', ...data], { OMNITRON_TOKEN: 'wrong-token' });
    expect([run.code, errorOf(run).code]).toEqual([3, 'SIGN_IN_REFUSED']);
    expect((await runCli(['reconcile', ...data])).json()).toMatchObject({ orders: 6 });
  });
});

describe.concurrent('the server', () => {
  it('that is gone ends with 4; what is held can still be read', async () => {
    await using store = await syncedStore({ orders: 3 });
    await store.sandbox.close();
    const run = await store.run('sync', '--json');
    expect([run.code, errorOf(run)]).toEqual([4, expect.objectContaining({ code: 'NOT_REACHABLE', retryable: true })]);
    expect((await store.run('findings', '--json')).code).toBe(0);
  });

  it('that points elsewhere, or answers a page of HTML, ends with 4', async () => {
    await using store = await syncedStore({ orders: 3 });
    store.sandbox.setFaults([{ match: {}, action: { kind: 'redirect', location: 'https://example.com/' } }]);
    expect(errorOf(await store.run('sync', '--json')).code).toBe('REDIRECT_REFUSED');
    store.sandbox.setFaults([{ match: {}, action: { kind: 'html', status: 200 } }]);
    const html = await store.run('sync', '--json');
    expect([html.code, errorOf(html).code]).toEqual([4, 'RESPONSE_INVALID']);
    expect((await store.run('reconcile', '--json')).json()).toMatchObject({ orders: 6 });
  });

  it('that breaks off in the middle leaves an incomplete run: 1', async () => {
    await using store = await cliStore({ orders: 250 });
    await store.run('connect', '--base-url', store.sandbox.baseUrl);
    store.sandbox.setFaults([{ match: { page: 2 }, action: { kind: 'body', text: '{"count": 253}' } }]);
    const run = await store.run('sync', '--json');
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({
      complete: false,
      // Without the middle one of three pages.
      orders: 153,
      notSeen: 0,
      problem: { code: 'RESPONSE_INVALID' },
    });
    store.sandbox.setFaults([]);
    expect((await store.run('sync', '--json')).json()).toMatchObject({ complete: true, orders: 253 });
  });

  it('a row that is not an order is set aside, the others are stored: 1', async () => {
    await using store = await cliStore({ orders: 20 });
    await store.run('connect', '--base-url', store.sandbox.baseUrl);
    store.sandbox.setFaults([
      { match: { page: 1 }, action: { kind: 'malformedRow', index: 5, row: 'amount-exponent' } },
    ]);
    const run = await store.run('sync', '--json');
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({ orders: 22, quarantined: 1, remoteCount: 23 });
  });
});

describe.concurrent('the data folder', () => {
  it('that cannot be one ends with 5', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    await writeFile(join(folder, 'file'), '');
    const args = ['connect', '--base-url', 'http://127.0.0.1:9', '--data-dir', join(folder, 'file', 'data'), '--json'];
    const run = await runCli(args, { OMNITRON_TOKEN: 'key' });
    expect([run.code, errorOf(run).code]).toEqual([5, 'DATA_NOT_WRITABLE']);
    await rm(folder, { recursive: true });
  });

  // Making a folder there is answered with "no such file", over which Node's own recursive mkdir never ends.
  if (process.platform === 'linux') {
    it('below /proc ends with 5', async () => {
      const args = ['connect', '--base-url', 'http://127.0.0.1:9', '--data-dir', '/proc/none/data', '--json'];
      const run = await runCli(args, { OMNITRON_TOKEN: 'key' });
      expect([run.code, errorOf(run).code]).toEqual([5, 'DATA_NOT_WRITABLE']);
    });
  }

  it('in use: reading works, writing ends with 5 or waits', async () => {
    await using store = await syncedStore({ orders: 3 });
    const lock = takeWriterLock(join(store.folder, 'data', 'connections', 'default'));
    const refused = await store.run('sync', '--json');
    expect([refused.code, errorOf(refused)]).toEqual([
      5,
      expect.objectContaining({ code: 'DATA_LOCKED', retryable: true }),
    ]);
    expect((await store.run('corrections', 'add', '--order-id', '1', '--set', 'is_send=true')).code).toBe(5);
    const out = join(store.folder, 'report.csv');
    const reading = [['findings'], ['reconcile'], ['corrections', 'list']];
    reading.push(['report', '--kind', 'reconciliation', '--format', 'csv', '--out', out]);
    for (const args of reading) expect([args, (await store.run(...args)).code]).toEqual([args, 0]);
    const waiting = store.start('sync', '--wait', '--json');
    await store.run('findings');
    lock.release();
    const run = await waiting.ended;
    expect([run.code, run.json().complete]).toEqual([0, true]);
  });

  it('a wait ends when the command is stopped', async () => {
    await using store = await syncedStore({ orders: 3 });
    const lock = takeWriterLock(join(store.folder, 'data', 'connections', 'default'));
    const waiting = store.start('sync', '--wait', '--json');
    await store.run('findings');
    waiting.kill('SIGTERM');
    const run = await waiting.ended;
    expect([run.code, errorOf(run).code]).toEqual([1, 'CANCELLED']);
    lock.release();
  });
});

describe.concurrent('stopping', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends a sync; what was read is kept and the next one goes on',
    async (signal) => {
      await using store = await cliStore({ orders: 300 });
      await store.run('connect', '--base-url', store.sandbox.baseUrl);
      store.sandbox.setFaults([{ match: { page: 3 }, action: { kind: 'delay', ms: 60_000 } }]);
      const lists = 'GET /api/i1/orders/';
      const before = store.sandbox.counters.requests[lists] ?? 0;
      const running = store.start('sync', '--json');
      // The first page, the last, and the third that does not come.
      await requests(store.sandbox.counters.requests, lists, before + 3);
      running.kill(signal);
      const run = await running.ended;
      expect([run.code, errorOf(run).code]).toEqual([1, 'CANCELLED']);
      expect((await store.run('reconcile', '--json')).json().orders).toBeGreaterThanOrEqual(100);
      store.sandbox.setFaults([]);
      expect((await store.run('sync', '--json')).json()).toMatchObject({ complete: true, orders: 303 });
    },
  );

  /** Resolves once the sandbox has been asked so often. */
  async function requests(counter: Record<string, number>, name: string, count: number): Promise<void> {
    while ((counter[name] ?? 0) < count) await new Promise(setImmediate);
  }
});

describe.concurrent('sandbox', () => {
  it('says where it listens and serves until it is stopped', async () => {
    const running = startCli(['sandbox', '--port', '0', '--orders', '7', '--seed', '3', '--json']);
    const { baseUrl, token } = JSON.parse(await running.firstLine) as { baseUrl: string; token: string };
    const answer = await fetch(`${baseUrl}/api/i1/orders/`, { headers: { Authorization: `Token ${token}` } });
    expect(((await answer.json()) as { count: number }).count).toBe(10);
    const { port } = new URL(baseUrl);
    const taken = await runCli(['sandbox', '--port', port, '--json']);
    expect([taken.code, errorOf(taken).message]).toEqual([2, expect.stringContaining(`Port ${port} is in use`)]);
    running.kill('SIGTERM');
    const run = await running.ended;
    expect([run.code, run.json()]).toEqual([0, { baseUrl, token, username: 'demo', password: 'demo-password-3' }]);
  });

  it('plays a script of faults, and says what is wrong with one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    const script = join(folder, 'faults.json');
    await writeFile(script, '[{"match": {}, "action": {"kind": "explode"}}]');
    expect((await runCli(['sandbox', '--faults', script])).code).toBe(2);
    expect((await runCli(['sandbox', '--faults', join(folder, 'none.json')])).code).toBe(2);
    await writeFile(script, '[{"match": {}, "action": {"kind": "status", "code": 503}}]');
    const running = startCli(['sandbox', '--orders', '1', '--faults', script]);
    const { baseUrl } = JSON.parse(await running.firstLine) as { baseUrl: string };
    expect((await fetch(`${baseUrl}/api/i1/orders/`)).status).toBe(503);
    running.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
    await rm(folder, { recursive: true });
  });
});
