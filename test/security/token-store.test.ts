import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTokenStore, type KeyStore } from '../../src/main/shell/token-store.ts';

const safeStorage = vi.hoisted(() => ({
  backend: 'gnome_libsecret',
  getSelectedStorageBackend: () => safeStorage.backend,
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
}));
vi.mock('electron', () => ({ safeStorage }));
const { osKeyStore } = await import('../../src/main/shell/os-key-store.ts');

const TOKEN = 'c3d1f0-a-token-that-must-not-be-found';
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-tokens-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** A key store of one user on one machine: what another wrote cannot be read. */
function keyStoreOf(user: string, real = true): KeyStore {
  const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xa5);
  return {
    isReal: () => Promise.resolve(real),
    encrypt: (text) => Promise.resolve(turn(Buffer.from(`${user}:${text}`))),
    decrypt: (bytes) => {
      const text = Buffer.from(turn(bytes)).toString();
      return text.startsWith(`${user}:`)
        ? Promise.resolve(text.slice(user.length + 1))
        : Promise.reject(new Error('not mine'));
    },
  };
}

function everythingOnDisk(): string {
  return readdirSync(dataDir)
    .map((name) => readFileSync(join(dataDir, name), 'latin1'))
    .join('\n');
}

test('a token outlives the program, encrypted and readable for its user only', async () => {
  await createTokenStore(dataDir, keyStoreOf('ayse')).set('shop', TOKEN);
  expect(everythingOnDisk()).not.toContain(TOKEN);
  expect(everythingOnDisk()).not.toContain(Buffer.from(TOKEN).toString('base64').slice(4, 20));
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
  expect(await createTokenStore(dataDir, keyStoreOf('ayse')).get('shop')).toBe(TOKEN);
  expect(await createTokenStore(dataDir, keyStoreOf('mehmet')).get('shop')).toBeNull();
});

test('without a real key store the token stays in memory', async () => {
  const store = createTokenStore(dataDir, keyStoreOf('ayse', false));
  await store.set('shop', TOKEN);
  expect(await store.get('shop')).toBe(TOKEN);
  expect(await store.persists()).toBe(false);
  expect(readdirSync(dataDir)).toEqual([]);
  expect(await createTokenStore(dataDir, keyStoreOf('ayse', false)).get('shop')).toBeNull();
});

test('tokens set at the same time are all kept', async () => {
  const store = createTokenStore(dataDir, keyStoreOf('ayse'));
  const names = Array.from({ length: 20 }, (_, i) => `shop-${i}`);
  await Promise.all(names.map((name) => store.set(name, `token of ${name}`)));
  const again = createTokenStore(dataDir, keyStoreOf('ayse'));
  for (const name of names) expect(await again.get(name)).toBe(`token of ${name}`);
});

test.each([
  '',
  '{',
  '[]',
  '{"version":2,"tokens":{}}',
  '{"version":1,"tokens":{"shop":5}}',
  '{"version":1,"tokens":{"shop":"%%%"}}',
])('a damaged file %j holds no token and can be replaced', async (content) => {
  writeFileSync(join(dataDir, 'secrets.json'), content);
  const store = createTokenStore(dataDir, keyStoreOf('ayse'));
  expect(await store.get('shop')).toBeNull();
  await store.set('shop', TOKEN);
  expect(await createTokenStore(dataDir, keyStoreOf('ayse')).get('shop')).toBe(TOKEN);
});

test('a folder that cannot be written is a typed error, and the token works for the session', async () => {
  const store = createTokenStore(join(dataDir, 'missing'), keyStoreOf('ayse'));
  await expect(store.set('shop', TOKEN)).rejects.toMatchObject({ code: 'DATA_NOT_WRITABLE' });
  expect(await store.get('shop')).toBe(TOKEN);
});

describe("the operating system's key store", () => {
  test.each([
    ['linux', 'basic_text', false],
    ['linux', 'unknown', false],
    ['linux', 'gnome_libsecret', true],
    ['linux', 'kwallet6', true],
    ['win32', 'basic_text', true],
    ['darwin', 'basic_text', true],
  ] as const)('on %s with %s: real is %s', async (platform, backend, real) => {
    safeStorage.backend = backend;
    expect(await osKeyStore(platform).isReal()).toBe(real);
  });
});
