import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import { runCliHere } from '../support/run-cli-here.ts';
import { startSmallSandbox } from '../support/sandbox.ts';

const USER = { username: 'ada', password: ' right horse ' };
const ENV = { OMNITRON_USERNAME: USER.username, OMNITRON_PASSWORD: USER.password };

let sandbox: Sandbox;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
});
afterEach(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<SandboxOptions> = {}): Promise<void> {
  sandbox = await startSmallSandbox({ orders: 5, users: [USER], ...options });
}

const cli = (env: Record<string, string>, ...args: string[]) =>
  runCliHere([...args, '--data-dir', join(folder, 'data')], env);
const connect = (env: Record<string, string>, ...args: string[]) =>
  cli(env, 'connect', '--base-url', sandbox.baseUrl, ...args);

it('connects and syncs with user and password of the environment, one sign-in a command', async () => {
  await start();
  expect((await connect(ENV)).code).toBe(0);
  const synced = await cli(ENV, 'sync', '--json');
  expect([synced.code, synced.json()]).toEqual([0, expect.objectContaining({ complete: true, orders: 8 })]);
  expect(sandbox.signIns()).toEqual({ asked: 2, granted: 2 });
});

it('a token counts where both are given', async () => {
  await start();
  expect((await connect({ ...ENV, OMNITRON_TOKEN: sandbox.token })).code).toBe(0);
  expect(sandbox.signIns().asked).toBe(0);
});

it.each([
  {},
  { OMNITRON_USERNAME: 'ada' },
  { OMNITRON_PASSWORD: 'x' },
  { OMNITRON_TOKEN: ' ', OMNITRON_USERNAME: ' ', OMNITRON_PASSWORD: 'x' },
] as Record<string, string>[])('%j is no sign-in: 3, and a sentence that names the variables', async (env) => {
  await start();
  const run = await connect(env);
  expect([run.code, run.stdout]).toEqual([3, '']);
  expect(run.stderr).toMatch(/OMNITRON_TOKEN, or user and password into OMNITRON_USERNAME and OMNITRON_PASSWORD\.\n$/);
  expect(sandbox.counters.requests).toEqual({});
});

it('a wrong password ends with 3 and one sentence that repeats nothing', async () => {
  await start();
  const run = await connect({ ...ENV, OMNITRON_PASSWORD: 'wrong-pony' });
  expect([run.code, run.stdout]).toEqual([3, '']);
  expect(run.stderr).toBe(
    'Omnitron refused the user name or the password. Put valid ones into the environment variables OMNITRON_USERNAME and OMNITRON_PASSWORD.\n',
  );
  const json = await connect({ ...ENV, OMNITRON_PASSWORD: 'wrong-pony' }, '--json');
  expect(json.json()).toEqual({
    error: { code: 'SIGN_IN_REFUSED', message: run.stderr.trim(), retryable: false },
  });
  expect(json.stdout + json.stderr).not.toContain('wrong-pony');
  expect((await cli(ENV, 'sync')).code).toBe(5);
});

it('a demand for a one-time code ends with 3 and says what to do', async () => {
  await start({ totp: true });
  const run = await connect(ENV, '--json');
  expect([run.code, run.json()]).toEqual([
    3,
    {
      error: {
        code: 'SIGN_IN_CODE_NEEDED',
        message:
          'This account demands a one-time code to sign in, which this program cannot give. Use a token instead. Put it into the environment variable OMNITRON_TOKEN.',
        retryable: false,
      },
    },
  ]);
});

it('more than three sign-ins of one command end with 3 and the time at which it may go on', async () => {
  await start({ orders: 597 });
  expect((await connect(ENV)).code).toBe(0);
  // Every key is refused now and then, so that a long run would have to sign in again and again.
  sandbox.setFaults(
    [1, 2, 3].map((nth) => ({
      match: { path: '/api/i1/orders/', nth: nth * 2 },
      action: { kind: 'status', code: 401 },
    })),
  );
  const run = await cli(ENV, 'sync', '--full', '--json', '--now', '2026-03-02T12:00:00Z');
  expect([run.code, run.json()]).toEqual([
    3,
    {
      error: {
        code: 'SIGN_IN_PAUSED',
        message: expect.stringContaining('until 2026-03-02 at 12:06:00 UTC'),
        retryable: true,
      },
    },
  ]);
  expect(sandbox.signIns().asked).toBe(4);
});
