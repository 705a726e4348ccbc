import { describe, expect, it } from 'vitest';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import type { FetchInit } from '../../src/main/omnitron/http-port.ts';
import { AppError } from '../../src/shared/errors.ts';
import { steppingClock } from '../support/clocks.ts';

const signal = new AbortController().signal;

/** A client over a fetch that records what is sent and answers `{}`. */
function recording(token = 'key-1'): { client: OmnitronClient; sent: { url: string; init: FetchInit }[] } {
  const sent: { url: string; init: FetchInit }[] = [];
  const client = createOmnitronClient({
    baseUrl: 'https://example.com',
    token,
    fetch: async (url, init) => {
      sent.push({ url, init });
      return new Response('{}');
    },
    clock: steppingClock(0, 1),
    random: () => 0,
  });
  return { client, sent };
}

describe('createOmnitronClient', () => {
  it('asks the documented paths', async () => {
    const { client, sent } = recording();
    await client.listOrders(3, 100, signal);
    await client.orderByNumber('bf7b/66 14?ö', signal);
    await client.orderDetailed(27, signal);
    await client.line(113, signal);
    expect(await client.patchOrder(27, { is_send: true }, signal)).toBe(200);
    expect(await client.patchLine(113, { invoice_number: 'A1' }, signal)).toBe(200);
    expect(sent.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
      'GET https://example.com/api/i1/orders/?limit=100&page=3',
      'GET https://example.com/api/i1/orders/bf7b%2F66%2014%3F%C3%B6/',
      'GET https://example.com/api/v1/orders_integration/27/detailed_integration/',
      'GET https://example.com/api/v1/order_items/113/',
      'PATCH https://example.com/api/v1/orders/27/',
      'PATCH https://example.com/api/v1/order_items/113/',
    ]);
    expect(sent.map(({ init }) => init.body)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      '{"is_send":true}',
      '{"invoice_number":"A1"}',
    ]);
    expect(client.counters).toEqual({ requests: 6, retries: 0 });
  });

  it('sends the token in one header and follows no redirect', async () => {
    const { client, sent } = recording(' key-1\n');
    await client.patchOrder(27, { is_send: true }, signal);
    expect(sent[0]?.init).toMatchObject({ redirect: 'manual', credentials: 'omit', cache: 'no-store' });
    expect(sent[0]?.init.headers).toEqual({
      Authorization: 'Token key-1',
      Accept: 'application/json',
      'Content-Type': 'application/json',
    });
  });

  it.each(['', '.', '..', 'a\ud800'])('does not ask for the number %j, which no path can hold', async (number) => {
    const { client, sent } = recording();
    await expect(client.orderByNumber(number, signal)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    expect(sent).toEqual([]);
  });

  it.each([
    ['', 'TOKEN_MISSING'],
    ['  \n', 'TOKEN_MISSING'],
    ['two words', 'SIGN_IN_REFUSED'],
    ['line\r\nbreak', 'SIGN_IN_REFUSED'],
    ['ğüş', 'SIGN_IN_REFUSED'],
  ])('refuses the token %j without quoting it', (token, code) => {
    expect.assertions(2);
    try {
      recording(token);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError);
      expect(thrown).toMatchObject({ code, message: expect.not.stringContaining('break') });
    }
  });

  it('answers a body that may be transferred to another thread', async () => {
    const { client } = recording();
    const body = await client.listOrders(1, 1, signal);
    expect(body.byteOffset).toBe(0);
    expect(body.buffer.byteLength).toBe(body.byteLength);
    const moved = structuredClone(body, { transfer: [body.buffer] });
    expect(new TextDecoder().decode(moved)).toBe('{}');
    expect(body.byteLength).toBe(0);
  });
});

describe('cancelOrder', () => {
  const body = { order: 27, is_all: true, reasons: { 113: 4 } };

  it('posts to the documented path', async () => {
    const { client, sent } = recording();
    expect(await client.cancelOrder(27, body, signal)).toBe(200);
    expect(sent.map(({ url, init }) => `${init.method} ${url} ${init.body}`)).toEqual([
      'POST https://example.com/api/i1/orders/27/cancel/ {"order":27,"is_all":true,"reasons":{"113":4}}',
    ]);
  });

  it.each([
    ['401, with a session that could sign in anew', () => new Response('{}', { status: 401 }), 'SIGN_IN_REFUSED'],
    ['429', () => new Response('{}', { status: 429, headers: { 'retry-after': '1' } }), 'RATE_LIMITED'],
    ['503', () => new Response('{}', { status: 503, headers: { 'retry-after': '1' } }), 'SERVER_ERROR'],
    ['a redirect', () => new Response(null, { status: 307, headers: { location: '/x' } }), 'REDIRECT_REFUSED'],
    ['a reset', () => Promise.reject(Object.assign(new TypeError('x'), { code: 'ECONNRESET' })), 'NOT_REACHABLE'],
    [
      'a refused connection',
      () => Promise.reject(Object.assign(new TypeError('x'), { code: 'ECONNREFUSED' })),
      'NOT_REACHABLE',
    ],
  ])('is one request also after %s', async (_name, answer, code) => {
    let sent = 0;
    const client = createOmnitronClient({
      baseUrl: 'https://example.com',
      token: { key: async () => 'key-1', renew: async () => 'key-2' },
      fetch: async () => {
        sent += 1;
        return answer();
      },
      clock: steppingClock(0, 30_000),
      random: () => 0,
    });
    await expect(client.cancelOrder(27, body, signal)).rejects.toMatchObject({ code });
    expect(sent).toBe(1);
  });

  it('ends as a time-out where no answer comes, and sends nothing more', async () => {
    let sent = 0;
    const client = createOmnitronClient({
      baseUrl: 'https://example.com',
      token: 'key-1',
      fetch: () => {
        sent += 1;
        return new Promise(() => undefined);
      },
      clock: steppingClock(0),
      random: () => 0,
    });
    await expect(client.cancelOrder(27, body, signal)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(sent).toBe(1);
  });
});
