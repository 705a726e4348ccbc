import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { envTokenStore } from '../../src/main/cli/env-token.ts';
import { omsTokenKey } from '../../src/main/oms/token-key.ts';
import { createTokenStore } from '../../src/main/shell/token-store.ts';

const TOKENS = { shop: 'token-of-omnitron-1f2e', 'shop:oms': 'token-of-oms-9d8c' };

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutabakat-oms-token-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xa5);
const keyStore = (real: boolean) => ({
  isReal: () => Promise.resolve(real),
  encrypt: (text: string) => Promise.resolve(turn(Buffer.from(text))),
  decrypt: (bytes: Uint8Array) => Promise.resolve(Buffer.from(turn(bytes)).toString()),
});

test.each([true, false])('the window keeps both tokens of a connection apart (key store: %s)', async (real) => {
  const store = createTokenStore(dataDir, keyStore(real));
  for (const [key, token] of Object.entries(TOKENS)) await store.set(key, token);
  expect(await store.get('shop')).toBe(TOKENS.shop);
  expect(await store.get(omsTokenKey('shop'))).toBe(TOKENS['shop:oms']);
  expect(await store.get(omsTokenKey('other'))).toBeNull();
  const later = createTokenStore(dataDir, keyStore(real));
  expect([await later.get('shop'), await later.get(omsTokenKey('shop'))]).toEqual(
    real ? Object.values(TOKENS) : [null, null],
  );
  const kept = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), 'latin1'));
  for (const token of Object.values(TOKENS)) expect(kept.join()).not.toContain(token);
});

test.each([
  [{ OMNITRON_TOKEN: 'a' }, 'a', null],
  [{ OMNITRON_OMS_TOKEN: ' b ' }, null, 'b'],
  [{ OMNITRON_TOKEN: 'a', OMNITRON_OMS_TOKEN: '' }, 'a', null],
  [{ OMNITRON_TOKEN: 'a', OMNITRON_OMS_TOKEN: 'b' }, 'a', 'b'],
])('on the command line neither token stands in for the other: %j', async (env, own, oms) => {
  const store = envTokenStore(env);
  expect([await store.get('shop'), await store.get(omsTokenKey('shop'))]).toEqual([own, oms]);
});
