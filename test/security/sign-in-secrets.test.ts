import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { createTokenStore } from '../../src/main/shell/token-store.ts';
import { CONTRACT } from '../../src/shared/ipc/contract.ts';
import { runCliHere } from '../support/run-cli-here.ts';
import { startSmallSandbox } from '../support/sandbox.ts';

const USER = { username: 'canary.user.7c1f', password: 'canary "pass\\word" 93ab ş' };
const WRONG = 'canary-wrong-5d20';

let dataDir: string;
let sandbox: Sandbox;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-secrets-'));
  sandbox = await startSmallSandbox({ users: [USER] });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Each secret as it is, as JSON writes it and as base64 does, from every offset. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const encoded = [0, 1, 2].map((skip) => bytes.subarray(skip).toString('base64').slice(0, -4));
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...encoded];
}

/** Every file below the folder with what is in it. */
function filesBelow(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path).toString('utf8')];
    });
}

test('user, password and key are in no file and in no output, whatever happens', async () => {
  const env = { OMNITRON_USERNAME: USER.username, OMNITRON_PASSWORD: USER.password };
  const wrong = { ...env, OMNITRON_PASSWORD: WRONG };
  const output: string[] = [];
  const keys = new Set<string>();
  const run = async (given: Record<string, string>, ...args: string[]): Promise<number | null> => {
    const { code, stdout, stderr } = await runCliHere([...args, '--data-dir', dataDir], given);
    output.push(stdout, stderr);
    const answer = await fetch(`${sandbox.baseUrl}/api/v1/auth/login/`, { method: 'POST', body: JSON.stringify(USER) });
    keys.add(((await answer.json()) as { key: string }).key);
    return code;
  };

  const connect = ['connect', '--base-url', sandbox.baseUrl];
  expect(await run(wrong, ...connect)).toBe(3);
  expect(await run(env, ...connect)).toBe(0);
  expect(await run(env, 'sync')).toBe(0);
  expect(await run(wrong, 'sync', '--json')).toBe(3);
  const unsent = sandbox.ids().find((id) => sandbox.order(id)?.is_send === false) ?? 0;
  const number = String(sandbox.order(unsent)?.number);
  expect(await run(env, 'corrections', 'add', '--order', number, '--set', 'is_send=true')).toBe(0);
  sandbox.expireTokens();
  expect(await run(env, 'corrections', 'push')).toBe(0);
  const echo = JSON.stringify({ non_field_errors: [`${USER.username} ${USER.password}`], password: [WRONG] });
  for (const action of [
    { kind: 'status', code: 500 },
    { kind: 'status', code: 401 },
    { kind: 'body', text: echo },
    { kind: 'dropBefore' },
    { kind: 'redirect', location: `https://example.com/?p=${WRONG}` },
  ] as const) {
    sandbox.setFaults([{ match: { method: 'POST', times: 1 }, action }]);
    expect(await run(env, 'sync', '--json')).toBeGreaterThan(2);
    sandbox.setFaults([]);
  }

  expect(keys.size).toBeGreaterThan(1);
  const secrets = [USER.username, USER.password, WRONG, ...keys].flatMap(spellings);
  const files = filesBelow(dataDir);
  // The search finds what is there.
  expect(files.some(([, text]) => text.includes(sandbox.baseUrl))).toBe(true);
  expect(files.some(([path, text]) => path.endsWith('.db') && text.includes(number))).toBe(true);
  for (const [path, text] of [...files, ['output', output.join('\n')] as const]) {
    expect(
      secrets.filter((secret) => text.includes(secret)),
      path,
    ).toEqual([]);
  }
});

test.each(['connections.connect', 'connections.setToken'] as const)(
  '%s takes a token, or user and password, and nothing between',
  (call) => {
    const place = call === 'connections.connect' ? { name: 'shop', baseUrl: 'https://shop.example' } : {};
    const takes = (given: object): boolean => CONTRACT[call].request.safeParse({ ...place, ...given }).success;
    expect([takes({ token: 't' }), takes(USER)]).toEqual([true, true]);
    for (const bad of [
      {},
      { username: 'a' },
      { password: 'a' },
      { token: 't', ...USER },
      { ...USER, extra: 1 },
      { username: '', password: 'a' },
      { username: 'a', password: '' },
      { username: 'a', password: 'p'.repeat(501) },
    ]) {
      expect(takes(bad), JSON.stringify(bad)).toBe(false);
    }
  },
);

test('the window keeps user and password where it keeps tokens: encrypted, or in memory', async () => {
  const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xa5);
  const secret = JSON.stringify(USER);
  for (const real of [true, false]) {
    const keyStore = {
      isReal: () => Promise.resolve(real),
      encrypt: (text: string) => Promise.resolve(turn(Buffer.from(text))),
      decrypt: (bytes: Uint8Array) => Promise.resolve(Buffer.from(turn(bytes)).toString()),
    };
    await createTokenStore(dataDir, keyStore).set('store', secret);
    const kept = filesBelow(dataDir);
    expect(kept).toHaveLength(1);
    for (const [path, text] of kept) {
      expect(
        [USER.username, USER.password].flatMap(spellings).filter((one) => text.includes(one)),
        path,
      ).toEqual([]);
    }
    expect(await createTokenStore(dataDir, keyStore).get('store')).toBe(real ? secret : null);
  }
});
