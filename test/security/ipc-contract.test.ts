import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type CallHandlers, dispatchCall } from '../../src/main/shell/ipc-dispatch.ts';
import { isWithinBounds } from '../../src/main/shell/payload-bounds.ts';
import { MOST_PASTED_TEXT } from '../../src/shared/ipc/batch-calls.ts';
import { CONTRACT } from '../../src/shared/ipc/contract.ts';
import { CALL_NAMES, type CallName } from '../../src/shared/ipc/names.ts';
import { VALID_REQUESTS } from './valid-requests.ts';

const entered = vi.fn();
const handlers = Object.fromEntries(
  CALL_NAMES.map((name) => [name, (request: unknown) => entered(name, request)]),
) as unknown as CallHandlers;

beforeEach(() => entered.mockReset());

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = { value };
  return value;
}

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

/** Values that no call takes in any place, or that only few take and are told apart below. */
const JUNK: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  1.5,
  1e308,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_SAFE_INTEGER + 1,
  Number.MIN_VALUE,
  2 ** 31,
  -(2 ** 31),
  10n,
  Symbol('s'),
  () => 1,
  '',
  ' ',
  '0',
  'x',
  'null',
  'undefined',
  '../../etc/passwd',
  '/etc/passwd',
  'C:\\Windows',
  '\u0000',
  '\uD800',
  '😀',
  'İıŞş',
  "'; drop table orders; --",
  '<script>alert(1)</script>',
  '%s%s%n',
  '{{7*7}}',
  'a'.repeat(10_000),
  'a'.repeat(2_000_000),
  [],
  [[]],
  [null],
  [undefined],
  [1, 2, 3],
  ['x'],
  [{}],
  new Array(1_000).fill(0),
  new Array(300_000).fill(0),
  { a: 1 },
  { id: null },
  { id: '1' },
  { id: -1 },
  { id: 0 },
  { id: 1.5 },
  { ids: 'x' },
  { ids: [] },
  { name: 1 },
  { name: '' },
  { name: '../up' },
  { name: 'A' },
  { name: 'a/b' },
  { name: 'a'.repeat(100) },
  { token: 1 },
  { token: '' },
  { path: 1 },
  { path: ['x'] },
  { orders: -1 },
  { orders: '5' },
  { orders: 1e9 },
  { filter: null },
  { filter: {} },
  { filter: { period: {} } },
  { sort: 'x' },
  { offset: -1 },
  { limit: 0 },
  { limit: 1e9 },
  { states: 'all' },
  { target: {} },
  { set: { amount: '1' } },
  { language: 'de' },
  { erpHours: -1 },
  { theme: 1 },
  { timeZone: 'Mars/Olympus' },
  { kind: 'x' },
  { format: 'exe' },
  { length: 1 },
  { toString: 1 },
  { valueOf: 'x' },
  JSON.parse('{"__proto__": {"admin": true}}'),
  JSON.parse('{"constructor": {"prototype": {}}}'),
  { prototype: {} },
  nested(10),
  nested(100),
  nested(10_000),
  cyclic,
  new Date(0),
  new Map(),
  new Set([1]),
  /x/,
  new Uint8Array(8),
  new ArrayBuffer(8),
  new Error('x'),
  Promise.resolve(1),
  Object.create({ inherited: 1 }),
  new (class Foo {
    id = 1;
  })(),
  new URL('https://example.com'),
]; // prettier-ignore

const WRONG_VALUES: readonly unknown[] = [
  undefined,
  {},
  [],
  [[]],
  'x'.repeat(5000),
  -1,
  1.5,
  Number.NaN,
  true,
  { a: 1 },
  Symbol('s'),
  '\u0000',
];

/** A valid request with one thing wrong: an unknown key, or a field of another kind. */
function spoiled(valid: object): unknown[] {
  const extra = ['extra', 'token', 'path', 'sql', 'constructor', '__proto__x'].map((key) => ({ ...valid, [key]: 'x' }));
  const wrong = Object.keys(valid).flatMap((key) => WRONG_VALUES.map((value) => ({ ...valid, [key]: value })));
  return [...extra, ...wrong, [valid], JSON.stringify(valid)];
}

function invalidPayloads(name: CallName): unknown[] {
  const valid = VALID_REQUESTS[name];
  const extra = typeof valid === 'object' ? spoiled(valid) : [];
  // What the agreement itself allows is no invalid payload: `{}` changes no setting, an empty list is a list.
  return [...JUNK, ...extra].filter(
    (payload) => !isWithinBounds(payload) || !CONTRACT[name].request.safeParse(payload).success,
  );
}

describe.each(CALL_NAMES)('%s', (name) => {
  test('enters its handler with a valid request', async () => {
    await dispatchCall(name, true, [VALID_REQUESTS[name]], handlers);
    expect(entered).toHaveBeenCalledExactlyOnceWith(name, VALID_REQUESTS[name]);
  });

  test('refuses at least 100 invalid payloads without entering its handler', async () => {
    const payloads = invalidPayloads(name);
    expect(payloads.length).toBeGreaterThanOrEqual(100);
    for (const payload of payloads) {
      const answer = await dispatchCall(name, true, [payload], handlers);
      expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_REFUSED', retryable: false } });
    }
    expect(entered).not.toHaveBeenCalled();
  });

  test('refuses unknown keys and a second argument', async () => {
    const valid = VALID_REQUESTS[name];
    const withExtra = { ...(valid ?? {}), unknown: 1 };
    for (const args of [[withExtra], [valid, 1]]) {
      expect(await dispatchCall(name, true, args, handlers)).toMatchObject({
        ok: false,
        error: { code: 'IPC_REFUSED' },
      });
    }
    expect(entered).not.toHaveBeenCalled();
  });

  test('refuses an untrusted sender before looking at the request', async () => {
    const answer = await dispatchCall(name, false, [VALID_REQUESTS[name]], handlers);
    expect(answer).toMatchObject({ ok: false, error: { code: 'IPC_REFUSED' } });
    expect(entered).not.toHaveBeenCalled();
  });
});

test('a failing handler becomes a typed error without its stack', async () => {
  const failing = { ...handlers, 'app.info': () => Promise.reject(new Error('boom')) } as CallHandlers;
  const answer = await dispatchCall('app.info', true, [], failing);
  expect(answer).toEqual({
    ok: false,
    error: { code: 'INTERNAL', message: 'Unexpected error: boom', retryable: false },
  });
});

test('a paste may be as long as its schema says, and everything else stays short', async () => {
  const text = 'x'.repeat(MOST_PASTED_TEXT);
  for (const name of ['corrections.previewPaste', 'corrections.addPaste'] as const) {
    await dispatchCall(name, true, [{ text }], handlers);
    expect(entered).toHaveBeenLastCalledWith(name, { text });
    expect(await dispatchCall(name, true, [{ text: `${text}x` }], handlers)).toMatchObject({ ok: false });
  }
  expect(entered).toHaveBeenCalledTimes(2);
  expect(isWithinBounds({ text })).toBe(false);
});

test('a refusal does not repeat what was sent', async () => {
  const answer = await dispatchCall(
    'connections.setToken',
    true,
    [{ token: 'secret-token-value', extra: 'secret-extra' }],
    handlers,
  );
  expect(JSON.stringify(answer)).not.toMatch(/secret/);
});
