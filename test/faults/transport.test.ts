import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/main/connections/ports.ts';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { DEFAULT_LIMITS } from '../../src/main/omnitron/transport.ts';
import { AppError, type ErrorCode } from '../../src/shared/errors.ts';
import { manualClock, steppingClock } from '../support/clocks.ts';
import { answer, cut, drop, hang, hangInBody, type Step, scriptedServer } from '../support/scripted-server.ts';

const TOKEN = 'f532e4a17c9b4d0e8a6b201c55d9332d';
const PAGE = '{"count":0,"next":null,"previous":null,"results":[]}';
/** Pauses of retries are skipped, deadlines never come. */
const pauses = (): ReturnType<typeof steppingClock> => steppingClock(Date.UTC(2026, 0, 1), 59_999);

function clientFor(baseUrl: string, clock: Clock, maxBytes = DEFAULT_LIMITS.maxBytes): OmnitronClient {
  const limits = { ...DEFAULT_LIMITS, maxBytes };
  return createOmnitronClient({ baseUrl, token: TOKEN, fetch: nodeFetch, clock, random: () => 0.5, limits });
}

type Call = (client: OmnitronClient, signal: AbortSignal) => Promise<unknown>;
const read: Call = (client, signal) => client.listOrders(1, 100, signal);
const write: Call = (client, signal) => client.patchOrder(27, { is_send: true }, signal);

async function failure(call: Promise<unknown>): Promise<AppError> {
  const thrown = await call.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
}

interface Case {
  name: string;
  step: Step;
  code: ErrorCode;
  retried: boolean;
  maxBytes?: number;
}

const CASES: Case[] = [
  { name: 'connection dropped before the head', step: drop, code: 'NOT_REACHABLE', retried: true },
  { name: 'body cut off', step: cut('{"count": 1', 400), code: 'NOT_REACHABLE', retried: true },
  { name: '401', step: answer(401, '{"detail":"Invalid token."}'), code: 'SIGN_IN_REFUSED', retried: false },
  { name: '403', step: answer(403), code: 'FORBIDDEN', retried: false },
  { name: '404', step: answer(404, '{"detail":"Not found."}'), code: 'NOT_FOUND', retried: false },
  { name: '400', step: answer(400, '{"detail":"No."}'), code: 'REQUEST_REJECTED', retried: false },
  { name: '406', step: answer(406, '{"code":"batch_request_status_100_1"}'), code: 'REQUEST_REJECTED', retried: false },
  { name: '429', step: answer(429), code: 'RATE_LIMITED', retried: true },
  { name: '500 in HTML', step: answer(500, '<html>500</html>'), code: 'SERVER_ERROR', retried: true },
  { name: '503', step: answer(503), code: 'SERVER_ERROR', retried: true },
  {
    name: 'redirect',
    step: answer(302, '', { location: '/elsewhere/' }),
    code: 'REDIRECT_REFUSED',
    retried: false,
  },
  {
    name: 'too large',
    step: answer(200, 'x'.repeat(5000)),
    code: 'RESPONSE_TOO_LARGE',
    retried: false,
    maxBytes: 4000,
  },
  {
    name: 'small on the wire, too large unpacked',
    step: answer(200, gzipSync('0'.repeat(8_000_000)), { 'content-encoding': 'gzip' }),
    code: 'RESPONSE_TOO_LARGE',
    retried: false,
    maxBytes: 1_000_000,
  },
];

describe.each(CASES)('$name', ({ step, code, retried, maxBytes }) => {
  it(`a read ends with ${code} after ${retried ? 5 : 1} request(s)`, async () => {
    await using server = await scriptedServer([step]);
    const client = clientFor(server.baseUrl, pauses(), maxBytes);
    expect((await failure(read(client, new AbortController().signal))).code).toBe(code);
    expect(server.seen).toHaveLength(retried ? 5 : 1);
    expect(client.counters).toEqual({ requests: retried ? 5 : 1, retries: retried ? 4 : 0 });
  });

  it(`a write ends with ${code} after one request`, async () => {
    await using server = await scriptedServer([step]);
    const client = clientFor(server.baseUrl, pauses(), maxBytes);
    const error = await failure(write(client, new AbortController().signal));
    expect(error.code).toBe(code);
    expect(server.seen).toHaveLength(1);
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain(TOKEN);
  });
});

describe.each(CASES.filter((one) => one.retried))('$name', ({ step }) => {
  it('a read that succeeds at the second try answers the body', async () => {
    await using server = await scriptedServer([step, answer(200, PAGE)]);
    const client = clientFor(server.baseUrl, pauses());
    const body = await client.listOrders(1, 100, new AbortController().signal);
    expect(new TextDecoder().decode(body)).toBe(PAGE);
    expect(client.counters).toEqual({ requests: 2, retries: 1 });
  });
});

describe('time', () => {
  it('a server that never answers is given up after 60 seconds', async () => {
    await using server = await scriptedServer([hang]);
    const clock = manualClock(0);
    const outcome = failure(write(clientFor(server.baseUrl, clock), new AbortController().signal));
    await server.arrived(1);
    clock.advance(60_000);
    expect(await outcome).toMatchObject({ code: 'TIMEOUT', retryable: true });
    expect(clock.pending).toBe(0);
  });

  it('a body that trickles is given up after 120 seconds', async () => {
    let send: (() => void) | undefined;
    const trickle: Step = (_request, response) => {
      response.writeHead(200);
      response.write('{');
      send = () => void response.write(' ');
    };
    await using server = await scriptedServer([trickle]);
    const clock = manualClock(0);
    const { promise: headRead, resolve } = Promise.withResolvers<void>();
    const client = createOmnitronClient({
      baseUrl: server.baseUrl,
      token: TOKEN,
      fetch: async (url, init) => {
        const response = await nodeFetch(url, init);
        setImmediate(resolve);
        return response;
      },
      clock,
      random: () => 0,
    });
    const outcome = failure(write(client, new AbortController().signal));
    await headRead;
    clock.advance(60_000);
    send?.();
    clock.advance(59_999);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(await outcome).toMatchObject({ code: 'TIMEOUT' });
  });

  it.each([
    ['before the answer', hang],
    ['inside the body', hangInBody],
  ])('a cancel is heard at once %s, and nothing is tried again', async (_where, step) => {
    await using server = await scriptedServer([step]);
    const cancel = new AbortController();
    const outcome = failure(read(clientFor(server.baseUrl, manualClock(0)), cancel.signal));
    await server.arrived(1);
    cancel.abort();
    expect(await outcome).toMatchObject({ code: 'CANCELLED' });
    expect(server.seen).toHaveLength(1);
  });

  it('a cancel is heard while waiting to try again', async () => {
    await using server = await scriptedServer([answer(503)]);
    const cancel = new AbortController();
    const clock = manualClock(0);
    const outcome = failure(read(clientFor(server.baseUrl, clock), cancel.signal));
    await server.arrived(1);
    while (clock.pending !== 1) await new Promise(setImmediate);
    cancel.abort();
    expect(await outcome).toMatchObject({ code: 'CANCELLED' });
    expect(server.seen).toHaveLength(1);
  });

  it('a request whose signal is already aborted is cancelled', async () => {
    await using server = await scriptedServer([hang]);
    const error = await failure(read(clientFor(server.baseUrl, manualClock(0)), AbortSignal.abort()));
    expect(error.code).toBe('CANCELLED');
  });
});

describe('Retry-After', () => {
  const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
  it.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['an HTTP date, held against the server clock', { date, 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    ['nonsense, which is ignored', { 'retry-after': 'soon' }, 375],
    ['zero, which still pauses', { 'retry-after': '0' }, 375],
    ['a date in the past', { date, 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 375],
  ])('honours %s', async (_form, headers, pause) => {
    await using server = await scriptedServer([answer(429, '', headers), answer(200, PAGE)]);
    const clock = pauses();
    await read(clientFor(server.baseUrl, clock), new AbortController().signal);
    expect(clock.sleeps).toEqual([pause]);
  });

  it('a wait beyond two minutes is reported instead', async () => {
    await using server = await scriptedServer([answer(429, '', { 'retry-after': '3600' })]);
    const error = await failure(read(clientFor(server.baseUrl, pauses()), new AbortController().signal));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(error.message).toContain('3600 seconds');
    expect(server.seen).toHaveLength(1);
  });

  it('pauses double, with jitter below', async () => {
    await using server = await scriptedServer([answer(503)]);
    const clock = pauses();
    await failure(read(clientFor(server.baseUrl, clock), new AbortController().signal));
    expect(clock.sleeps).toEqual([375, 750, 1500, 3000]);
  });
});

describe('the token', () => {
  it('never reaches another host: a redirect is refused and not followed', async () => {
    await using other = await scriptedServer([answer(200, PAGE)]);
    for (const status of [301, 302, 303, 307, 308]) {
      const step = answer(status, '', { location: `${other.baseUrl}/api/i1/orders/` });
      await using server = await scriptedServer([step]);
      for (const call of [read, write]) {
        expect(await failure(call(clientFor(server.baseUrl, pauses()), new AbortController().signal))).toMatchObject({
          code: 'REDIRECT_REFUSED',
        });
      }
      expect(server.seen.map((request) => request.authorization)).toEqual([`Token ${TOKEN}`, `Token ${TOKEN}`]);
    }
    expect(other.seen).toEqual([]);
  });

  it('a fetch that rejects redirects by itself ends the same way', async () => {
    const client = createOmnitronClient({
      baseUrl: 'https://example.com',
      token: TOKEN,
      fetch: () => Promise.reject(new Error('Redirect was cancelled')),
      clock: pauses(),
      random: () => 0,
    });
    expect((await failure(read(client, new AbortController().signal))).code).toBe('REDIRECT_REFUSED');
    expect(client.counters.requests).toBe(1);
  });

  it('is not in any message, even where the server echoes it', async () => {
    const body = JSON.stringify({ detail: `Token ${TOKEN} may not do this`, code: 'permission_denied' });
    await using server = await scriptedServer([answer(403, body)]);
    const error = await failure(write(clientFor(server.baseUrl, pauses()), new AbortController().signal));
    expect(error.message).toContain('Token *** may not do this; code: permission_denied');
  });
});

describe('a host that cannot be reached', () => {
  it('is named with the reason', async () => {
    const gone = await scriptedServer([hang]);
    const { baseUrl } = gone;
    await gone[Symbol.asyncDispose]();
    const error = await failure(read(clientFor(baseUrl, pauses()), new AbortController().signal));
    expect(error).toMatchObject({ code: 'NOT_REACHABLE', retryable: true });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it.each([
    [
      "Node's words",
      Object.assign(new Error('x'), { cause: Object.assign(new Error('y'), { code: 'CERT_HAS_EXPIRED' }) }),
    ],
    ["Chromium's words", new Error('net::ERR_CERT_AUTHORITY_INVALID')],
  ])('an untrusted certificate is not tried again (%s)', async (_whose, thrown) => {
    const client = createOmnitronClient({
      baseUrl: 'https://example.com',
      token: TOKEN,
      fetch: () => Promise.reject(thrown),
      clock: pauses(),
      random: () => 0,
    });
    const error = await failure(read(client, new AbortController().signal));
    expect(error).toMatchObject({ code: 'NOT_REACHABLE', retryable: false });
    expect(error.message).toContain('certificate');
    expect(client.counters.requests).toBe(1);
  });
});
