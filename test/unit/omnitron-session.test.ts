import { describe, expect, it } from 'vitest';
import { fromSecret, toSecret } from '../../src/main/connections/credentials.ts';
import type { FetchInit, FetchResponse } from '../../src/main/omnitron/http-port.ts';
import { createSignIns } from '../../src/main/omnitron/session.ts';
import { AppError, type ErrorShape, toErrorShape } from '../../src/shared/errors.ts';
import { manualClock } from '../support/clocks.ts';

const HOST = 'https://example.com';
const USER = { username: 'ayse.yilmaz', password: 'p4ss word;"\\ğ' };
const signal = new AbortController().signal;
const START = Date.parse('2026-03-02T12:00:00Z');
const MINUTE = 60_000;

type Answer = () => Response | Promise<FetchResponse>;
const json = (status: number, body: unknown): Answer => {
  return () => new Response(JSON.stringify(body), { status });
};

/** Sessions over a fetch that plays `answers`; the last one answers every further request. */
function setUp(...answers: Answer[]) {
  const clock = manualClock(START);
  const sent: { url: string; init: FetchInit }[] = [];
  const signIns = createSignIns({
    clock,
    fetch: async (url, init) => {
      sent.push({ url, init });
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (answer === undefined) throw new Error('nothing to answer');
      return answer();
    },
  });
  return { clock, sent, signIns, session: signIns.session(HOST, USER) };
}

async function failure(work: Promise<unknown>): Promise<ErrorShape> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  const shape = toErrorShape(thrown);
  expect(JSON.stringify(shape)).not.toContain('p4ss');
  expect(JSON.stringify(shape)).not.toContain(USER.username);
  return shape;
}

describe('signing in', () => {
  it('sends user and password once, without a token, and keeps the key', async () => {
    const { session, sent } = setUp(json(200, { key: 'key-1' }));
    expect(await Promise.all([session.key(signal), session.key(signal)])).toEqual(['key-1', 'key-1']);
    expect(await session.key(signal)).toBe('key-1');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toBe(`${HOST}/api/v1/auth/login/`);
    expect(sent[0]?.init).toMatchObject({ method: 'POST', redirect: 'manual', credentials: 'omit' });
    expect(sent[0]?.init.headers).toEqual({ Accept: 'application/json', 'Content-Type': 'application/json' });
    expect(JSON.parse(sent[0]?.init.body ?? '')).toEqual(USER);
  });

  it('asks under i1 where v1 does not know it', async () => {
    const { session, sent } = setUp(json(404, {}), json(200, { key: 'key-1' }));
    expect(await session.key(signal)).toBe('key-1');
    expect(sent.map(({ url }) => url)).toEqual([`${HOST}/api/v1/auth/login/`, `${HOST}/api/i1/auth/login/`]);
  });

  const echo = { non_field_errors: [`No user ${USER.username} with the password ${USER.password}`] };
  it.each<[string, Answer, string]>([
    ['wrong credentials', json(400, echo), 'SIGN_IN_REFUSED'],
    ['a 401', json(401, echo), 'SIGN_IN_REFUSED'],
    ['a demand for a code', json(400, { code: 'totp_required' }), 'SIGN_IN_CODE_NEEDED'],
    ['a demand in words', json(400, { detail: 'Please enter your one-time password.' }), 'SIGN_IN_CODE_NEEDED'],
    ['a demand in Turkish', json(400, { detail: 'Doğrulama kodu gerekli.' }), 'SIGN_IN_CODE_NEEDED'],
    ['a demand instead of a key', json(200, { detail: 'OTP sent' }), 'SIGN_IN_CODE_NEEDED'],
    ['no permission', json(403, echo), 'FORBIDDEN'],
    ['no such address', json(404, echo), 'NOT_FOUND'],
    ['another refusal', json(422, echo), 'REQUEST_REJECTED'],
    ['too many requests', json(429, echo), 'RATE_LIMITED'],
    ['a fault', json(500, echo), 'SERVER_ERROR'],
    ['HTML', () => new Response('<html>Sign in</html>'), 'RESPONSE_INVALID'],
    ['no key', json(200, { token: 'key-1' }), 'RESPONSE_INVALID'],
    ['a key that no header can carry', json(200, { key: 'two\r\nlines' }), 'RESPONSE_INVALID'],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/x' } }), 'REDIRECT_REFUSED'],
  ])('%s is %s in words of our own, and nothing is tried again', async (_name, answer, code) => {
    const { session, sent } = setUp(answer);
    const shape = await failure(session.key(signal));
    expect(shape.code).toBe(code);
    expect(shape.message).toMatch(/\.$/);
    expect(sent).toHaveLength(code === 'NOT_FOUND' ? 2 : 1);
  });

  it('words that look like a password are none that look like a demand for a code', async () => {
    const { session } = setUp(json(400, { non_field_errors: ['Unable to log in with provided credentials.'] }));
    expect((await failure(session.key(signal))).code).toBe('SIGN_IN_REFUSED');
  });
});

describe('a key that is refused', () => {
  it('is replaced once, however many requests it was refused for', async () => {
    const { session, sent } = setUp(json(200, { key: 'old' }), json(200, { key: 'new' }));
    const key = await session.key(signal);
    expect(await Promise.all([session.renew(key, signal), session.renew(key, signal)])).toEqual(['new', 'new']);
    expect(await session.renew('old', signal)).toBe('new');
    expect(sent).toHaveLength(2);
  });

  it('is not replaced where only a token is known', async () => {
    const { signIns, sent } = setUp();
    const session = signIns.session(HOST, { token: ' abc ' });
    expect(await session.key(signal)).toBe('abc');
    expect(await session.renew('abc', signal)).toBeNull();
    expect(sent).toEqual([]);
  });
});

describe('three sign-ins within six minutes', () => {
  it('are the most; then a sentence says until when, and time alone helps', async () => {
    const { session, sent, clock } = setUp(json(200, { key: 'same' }));
    for (let time = 1; time <= 3; time += 1) {
      await session.renew('same', signal);
      clock.advance(MINUTE);
    }
    const shape = await failure(session.renew('same', signal));
    expect(shape).toMatchObject({
      code: 'SIGN_IN_PAUSED',
      retryable: true,
      details: { until: '2026-03-02T12:06:00.000Z', retryAfterMs: 3 * MINUTE },
    });
    expect(shape.message).toContain('until 2026-03-02 at 12:06:00 UTC');
    clock.advance(3 * MINUTE - 1);
    expect((await failure(session.key(signal))).code).toBe('SIGN_IN_PAUSED');
    expect(sent).toHaveLength(3);
    clock.advance(1);
    expect(await session.key(signal)).toBe('same');
    expect(sent).toHaveLength(4);
  });

  it('count for a host, whoever signs in there, and whether it is granted', async () => {
    const { signIns, sent } = setUp(json(400, {}));
    for (const username of ['a', 'b', 'c']) {
      expect((await failure(signIns.session(HOST, { username, password: 'x' }).key(signal))).code).toBe(
        'SIGN_IN_REFUSED',
      );
    }
    const fourth = signIns.session(HOST, { username: 'd', password: 'x' });
    expect((await failure(fourth.key(signal))).code).toBe('SIGN_IN_PAUSED');
    expect(sent).toHaveLength(3);
    const elsewhere = signIns.session('https://other.example', { username: 'd', password: 'x' });
    expect((await failure(elsewhere.key(signal))).code).toBe('SIGN_IN_REFUSED');
  });

  it('do not count where the host was never reached', async () => {
    const refused: Answer = () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));
    const cut: Answer = () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
    const down = setUp(refused);
    for (let time = 0; time < 10; time += 1) {
      expect((await failure(down.session.key(signal))).code).toBe('NOT_REACHABLE');
    }
    const broken = setUp(cut);
    for (const code of ['NOT_REACHABLE', 'NOT_REACHABLE', 'NOT_REACHABLE', 'SIGN_IN_PAUSED']) {
      expect((await failure(broken.session.key(signal))).code).toBe(code);
    }
  });

  it('a clock that was set back does not make the pause longer', async () => {
    const { session, clock } = setUp(json(200, { key: 'same' }));
    for (let time = 0; time < 3; time += 1) await session.renew('same', signal);
    clock.advance(-60 * MINUTE);
    expect(await session.renew('same', signal)).toBe('same');
  });
});

describe('sessions', () => {
  it('are the same, with their key, as long as the credentials are', async () => {
    const { signIns, session, sent } = setUp(json(200, { key: 'key-1' }));
    await session.key(signal);
    expect(signIns.session(HOST, { ...USER })).toBe(session);
    const other = signIns.session(HOST, { ...USER, password: 'new' });
    expect(other).not.toBe(session);
    await other.key(signal);
    expect(sent).toHaveLength(2);
  });
});

describe('what the token store keeps', () => {
  it.each([
    { token: 'f532e4a17c9b4d0e8a6b201c55d9332d' },
    { token: '{"username":1}' },
    { token: '12345' },
    USER,
    { username: '{"token":"x"}', password: ' ' },
  ])('%j comes back as it was', (credentials) => {
    expect(fromSecret(toSecret(credentials))).toEqual(credentials);
  });
});
