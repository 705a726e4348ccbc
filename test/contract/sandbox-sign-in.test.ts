import { afterEach, expect, it } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import { ask, startSmallSandbox } from '../support/sandbox.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

async function start(options: Partial<SandboxOptions> = {}): Promise<void> {
  sandbox = await startSmallSandbox(options);
}

async function signIn(body: unknown, prefix = 'v1'): Promise<{ status: number; body: { key?: string } }> {
  const response = await fetch(`${sandbox.baseUrl}/api/${prefix}/auth/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { key?: string } };
}

const reading = (key: string | undefined) =>
  fetch(`${sandbox.baseUrl}/api/i1/orders/`, { headers: { Authorization: `Token ${key}` } });

it.each(['i1', 'v1'])('hands out a key under %s that lets in', async (prefix) => {
  await start();
  const { status, body } = await signIn(sandbox.users[0], prefix);
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['key']);
  expect(body.key).toMatch(/^[0-9a-f]{40}$/);
  expect(body.key).not.toBe(sandbox.token);
  expect((await reading(body.key)).status).toBe(200);
  expect((await signIn(sandbox.users[0], prefix)).body.key).toBe(body.key);
  expect(sandbox.signIns()).toEqual({ asked: 2, granted: 2 });
  expect(sandbox.counters.requests[`POST /api/${prefix}/auth/login/`]).toBe(2);
});

it('answers 400, not 401, for anything else', async () => {
  await start({ users: [{ username: 'ada', password: 'right' }] });
  expect(await signIn({ username: 'ada', password: 'wrong' })).toEqual({
    status: 400,
    body: { non_field_errors: ['Unable to log in with provided credentials.'], code: 'invalid' },
  });
  expect(await signIn({ username: 'ada' })).toEqual({
    status: 400,
    body: { password: ['This field is required.'], code: 'invalid' },
  });
  expect((await signIn('{')).status).toBe(400);
  expect((await ask(sandbox, '/api/v1/auth/login/')).status).toBe(405);
  expect(sandbox.signIns()).toEqual({ asked: 3, granted: 0 });
});

it('refuses every earlier key once they are expired, and hands out another', async () => {
  await start();
  const first = (await signIn(sandbox.users[0])).body.key;
  sandbox.expireTokens();
  expect((await reading(first)).status).toBe(401);
  expect((await ask(sandbox, '/api/i1/orders/')).status).toBe(401);
  const second = (await signIn(sandbox.users[0])).body.key;
  expect(second).not.toBe(first);
  expect((await reading(second)).status).toBe(200);
  expect((await reading(first)).status).toBe(401);
});

it('demands a one-time code where it is told to', async () => {
  await start({ totp: true });
  expect(await signIn(sandbox.users[0])).toEqual({
    status: 400,
    body: { non_field_errors: ['A one-time code (TOTP) is required.'], code: 'totp_required' },
  });
  expect((await signIn({ username: 'demo', password: 'wrong' })).body).not.toHaveProperty('code', 'totp_required');
  expect(sandbox.signIns()).toEqual({ asked: 2, granted: 0 });
});
