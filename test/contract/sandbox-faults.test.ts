import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultAction, type FaultMatch, MALFORMED_ROW_KINDS } from '../../src/main/sandbox/fault-types.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import type { JsonObject } from '../../src/main/sandbox/wire-types.ts';
import { ask, patch, read, startSmallSandbox } from '../support/sandbox.ts';

const LIST = '/api/i1/orders/?limit=5';
const WRITE = '/api/v1/orders/27/';
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSmallSandbox();
});
afterEach(() => sandbox.close());

function script(action: FaultAction, match: FaultMatch = {}): void {
  sandbox.setFaults([{ match, action }]);
}

describe('faults by script', () => {
  it.each([
    [429, '2', 'throttled'],
    [503, 'Wed, 21 Oct 2026 07:28:00 GMT', 'error'],
    [500, undefined, 'error'],
    [403, undefined, 'permission_denied'],
    [401, undefined, 'authentication_failed'],
  ])('answers %i with Retry-After %s, once', async (code, retryAfter, name) => {
    script({ kind: 'status', code, ...(retryAfter === undefined ? {} : { retryAfter }) }, { times: 1 });
    const response = await ask(sandbox, LIST);
    expect(response.status).toBe(code);
    expect(response.headers.get('Retry-After')).toBe(retryAfter ?? null);
    expect(await response.json()).toEqual({ detail: expect.any(String), code: name });
    expect((await ask(sandbox, LIST)).status).toBe(200);
  });

  it('delays, then serves', async () => {
    script({ kind: 'delay', ms: 1 });
    expect((await ask(sandbox, LIST)).status).toBe(200);
  });

  it('serves others and closes at once while an answer is delayed', async () => {
    script({ kind: 'delay', ms: 600_000 }, { nth: 1 });
    const waiting = ask(sandbox, LIST).catch((error: unknown) => error);
    while (sandbox.counters.requests['GET /api/i1/orders/'] === undefined) await new Promise(setImmediate);
    expect((await ask(sandbox, LIST)).status).toBe(200);
    await sandbox.close();
    expect(await waiting).toBeInstanceOf(Error);
  });

  it('declares the full length and hangs up', async () => {
    script({ kind: 'truncate', mode: 'length', fraction: 0.5 });
    const response = await ask(sandbox, LIST);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('sends a part as if it were all', async () => {
    script({ kind: 'truncate', mode: 'silent', bytes: 100 });
    const text = await (await ask(sandbox, LIST)).text();
    expect(Buffer.byteLength(text)).toBe(100);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('answers a page of HTML', async () => {
    script({ kind: 'html', status: 502 });
    const response = await ask(sandbox, LIST);
    expect(response.status).toBe(502);
    expect(response.headers.get('Content-Type')).toBe('text/html');
    expect(await response.text()).toMatch(/^<!DOCTYPE html>/);
  });

  it('hangs up before a write', async () => {
    script({ kind: 'dropBefore' }, { method: 'PATCH' });
    await expect(patch(sandbox, WRITE, { is_send: false })).rejects.toThrow();
    expect(sandbox.order(27)?.is_send).toBe(true);
    expect(sandbox.counters.writes).toEqual({});
    expect(sandbox.counters.requests).toEqual({ 'PATCH /api/v1/orders/{pk}/': 1 });
  });

  it('writes, then hangs up', async () => {
    script({ kind: 'dropAfter' }, { method: 'PATCH' });
    await expect(patch(sandbox, WRITE, { is_send: false })).rejects.toThrow();
    expect(sandbox.order(27)?.is_send).toBe(false);
    expect(sandbox.counters.writes).toEqual({ 'order 27': 1 });
  });

  it('does not write where it answers an error instead', async () => {
    script({ kind: 'status', code: 503 }, { method: 'PATCH' });
    expect((await patch(sandbox, WRITE, { is_send: false })).status).toBe(503);
    expect(sandbox.order(27)?.is_send).toBe(true);
  });

  it.each(MALFORMED_ROW_KINDS)('damages one row of one page: %s', async (row) => {
    const good = (await read(sandbox, LIST)).results as JsonObject[];
    script({ kind: 'malformedRow', index: 3, row }, { page: 1 });
    const bad = (await read(sandbox, LIST)).results as JsonObject[];
    expect(bad[3]).not.toEqual(good[3]);
    expect(bad.toSpliced(3, 1)).toEqual(good.toSpliced(3, 1));
    script({ kind: 'malformedRow', index: 3, row }, { page: 2 });
    expect((await read(sandbox, LIST)).results).toEqual(good);
  });

  it('redirects', async () => {
    script({ kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' });
    const response = await ask(sandbox, LIST);
    expect(response.status).toBe(302);
    expect(response.headers.get('Location')).toBe('http://127.0.0.1:1/elsewhere');
  });

  it('answers any text', async () => {
    script({ kind: 'body', text: '{"count": 1e400}' });
    expect(await (await ask(sandbox, LIST)).text()).toBe('{"count": 1e400}');
  });

  it('acts on the n-th request that fits', async () => {
    script({ kind: 'status', code: 503 }, { path: '/orders/$', nth: 2 });
    const statuses: number[] = [];
    for (let request = 0; request < 4; request++) statuses.push((await ask(sandbox, LIST)).status);
    expect(statuses).toEqual([200, 503, 200, 200]);
  });

  it('can be given at the start', async () => {
    const own = await startSmallSandbox({ faults: [{ match: {}, action: { kind: 'html', status: 500 } }] });
    expect((await ask(own, LIST)).status).toBe(500);
    own.setFaults([]);
    expect((await ask(own, LIST)).status).toBe(200);
    await own.close();
  });
});
