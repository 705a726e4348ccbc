import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { envAuditKeys } from '../../src/main/cli/audit-key.ts';
import { createAuditKeys } from '../../src/main/shell/audit-keys.ts';
import { createTokenStore, type KeyStore } from '../../src/main/shell/token-store.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-keys-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function keyStore({ real = true, refuses = false } = {}): KeyStore {
  const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xa5);
  return {
    isReal: async () => real,
    encrypt: async (text) => {
      if (refuses) throw new Error('locked');
      return turn(Buffer.from(text));
    },
    decrypt: async (bytes) => Buffer.from(turn(bytes)).toString(),
  };
}

const keysIn = (store: KeyStore) => createAuditKeys(createTokenStore(dataDir, store));

test('each connection has a key of its own, which outlives the program and is in no file as it is', async () => {
  const shop = await keysIn(keyStore()).ofConnection('shop');
  const demo = await keysIn(keyStore()).ofConnection('demo');
  expect(shop).toHaveLength(32);
  expect(demo).not.toEqual(shop);
  expect(await keysIn(keyStore()).ofConnection('shop')).toEqual(shop);
  const secrets = readFileSync(join(dataDir, 'secrets.json'), 'utf8');
  expect(Object.keys(JSON.parse(secrets).tokens)).toEqual(['shop:audit', 'demo:audit']);
  expect(secrets).not.toContain(Buffer.from(shop ?? []).toString('hex'));
});

test('without a real key store there is no key, in a file or in memory', async () => {
  const keys = keysIn(keyStore({ real: false }));
  expect(await keys.ofConnection('shop')).toBeNull();
  expect(await keys.ofConnection('shop')).toBeNull();
  expect(readdirSync(dataDir)).toEqual([]);
});

test('a key store that keeps nothing keeps nobody from working, and no entry gets a key that will be lost', async () => {
  const keys = keysIn(keyStore({ refuses: true }));
  expect(await keys.ofConnection('shop')).toBeNull();
  expect(await keys.ofConnection('shop')).toBeNull();
});

test('the command line takes the key from the environment and never repeats what is wrong with it', async () => {
  const hex = '0123456789abcdef'.repeat(4);
  expect(await envAuditKeys({ MUTABAKAT_AUDIT_KEY: ` ${hex}\n` }).ofConnection('shop')).toEqual(
    Uint8Array.from(Buffer.from(hex, 'hex')),
  );
  expect(await envAuditKeys({}).ofConnection('shop')).toBeNull();
  expect(await envAuditKeys({ MUTABAKAT_AUDIT_KEY: '' }).ofConnection('shop')).toBeNull();
  const wrong = await envAuditKeys({ MUTABAKAT_AUDIT_KEY: 'geheim' })
    .ofConnection('shop')
    .catch((thrown: unknown) => thrown);
  expect(wrong).toMatchObject({ code: 'VALUE_INVALID', message: expect.not.stringContaining('geheim') });
});
