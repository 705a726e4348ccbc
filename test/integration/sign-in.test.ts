import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/main/connections/clock.ts';
import type { Connection, TokenStore } from '../../src/main/connections/connection.ts';
import type { Credentials } from '../../src/main/connections/ports.ts';
import { createWorkspace } from '../../src/main/connections/workspace.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { createSignIns } from '../../src/main/omnitron/session.ts';
import type { Sandbox, SandboxOptions } from '../../src/main/sandbox/server.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { bundled } from '../support/bundled.ts';
import { manualClock, steppingClock } from '../support/clocks.ts';
import { closeAfterTest, NOW_MS, tempFolder } from '../support/engine.ts';
import { startSmallSandbox } from '../support/sandbox.ts';
import { answer, scriptedServer } from '../support/scripted-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const USER = { username: 'ada', password: 'right horse' };
const PAGE = '{"count":0,"next":null,"previous":null,"results":[]}';
const signal = new AbortController().signal;

const sandboxWith = async (options: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  closeAfterTest(await startSmallSandbox({ users: [USER], ...options }));

/** A workspace with real threads. Its clock stands still, so three sign-ins stay three. */
function workspaceIn(dataDir = tempFolder()) {
  const known = new Map<string, string>();
  const tokens: TokenStore = {
    get: async (name) => known.get(name) ?? null,
    set: async (name, secret) => void known.set(name, secret),
  };
  const workspace = createWorkspace({
    dataDir,
    resourcesDir: join(ROOT, 'resources'),
    tokens,
    auditKeys: { ofConnection: async () => null },
    settings: () => DEFAULT_SETTINGS,
    clock: systemClock(NOW_MS),
    random: Math.random,
    fetch: nodeFetch,
    engineWorker: bundled('src/main/engine/worker.ts'),
    sandboxWorker: bundled('src/main/sandbox/worker.ts'),
    programVersion: 'test',
  });
  return { workspace: closeAfterTest(workspace), tokens };
}

async function connected(sandbox: Sandbox, credentials: Credentials = USER) {
  const { workspace, tokens } = workspaceIn();
  await workspace.connect({ name: 'store', baseUrl: sandbox.baseUrl, ...credentials });
  return { connection: await workspace.open('store'), tokens };
}

const pull = (connection: Connection, onProgress: () => void = () => undefined) =>
  connection.sync({ signal, onProgress });

describe('a connection with user and password', () => {
  it('is made, opened and synced with one sign-in', async () => {
    const sandbox = await sandboxWith();
    const { connection } = await connected(sandbox);
    expect(await pull(connection)).toMatchObject({ complete: true, orders: sandbox.size });
    expect(await pull(connection)).toMatchObject({ complete: true });
    expect((await connection.state()).hasToken).toBe(true);
    expect(sandbox.signIns()).toEqual({ asked: 1, granted: 1 });
  });

  it('goes on where the key expires in the middle of a pass, with one more sign-in', async () => {
    const sandbox = await sandboxWith({ orders: 800 });
    const { connection } = await connected(sandbox);
    let steps = 0;
    const summary = await pull(connection, () => {
      steps += 1;
      if (steps === 3 || steps === 6) sandbox.expireTokens();
    });
    expect(steps).toBeGreaterThan(6);
    expect(summary).toMatchObject({ complete: true, orders: sandbox.size, quarantined: 0 });
    expect(sandbox.signIns()).toEqual({ asked: 3, granted: 3 });
  });

  it('sends a correction that was answered 401 once more, and once only', async () => {
    const sandbox = await sandboxWith({ orders: 20 });
    const { connection } = await connected(sandbox);
    await pull(connection);
    const id = sandbox.ids().find((one) => sandbox.order(one)?.is_send === false) ?? 0;
    await connection.writer.addCorrection({
      correction: { target: { kind: 'order', orderId: id }, set: { is_send: true } },
      timeZone: 'Europe/Istanbul',
      nowMs: NOW_MS,
    });
    sandbox.setFaults([
      { match: { method: 'PATCH', nth: 1, times: 1 }, action: { kind: 'status', code: 401 } },
      { match: { method: 'GET', nth: 2, times: 1 }, action: { kind: 'status', code: 401 } },
    ]);
    const pushed = await connection.push({ signal, onProgress: () => undefined });
    expect(pushed).toEqual({ batch: '2026-0001', applied: 1, conflict: 0, rejected: 0, unknown: 0, waiting: 0 });
    expect(sandbox.order(id)?.is_send).toBe(true);
    expect(Object.values(sandbox.counters.writes)).toEqual([1]);
    expect(sandbox.signIns().asked).toBe(3);
  });

  it('is paused after the third sign-in; the run says until when and stays where it is', async () => {
    const sandbox = await sandboxWith();
    const { connection } = await connected(sandbox);
    await pull(connection);
    for (let time = 1; time <= 2; time += 1) {
      sandbox.expireTokens();
      await pull(connection);
    }
    sandbox.expireTokens();
    await expect(pull(connection)).rejects.toMatchObject({
      code: 'SIGN_IN_PAUSED',
      message: expect.stringContaining('until 2026-11-01 at 09:06:00 UTC'),
    });
    expect(sandbox.signIns()).toEqual({ asked: 3, granted: 3 });
    expect(await connection.state()).toMatchObject({
      orders: sandbox.size,
      lastSync: { complete: true },
      trouble: { code: 'SIGN_IN_PAUSED', since: new Date(NOW_MS).toISOString() },
    });
  });

  it('is not made with wrong credentials, nor where a one-time code is demanded', async () => {
    const { workspace, tokens } = workspaceIn();
    const connect = (sandbox: Sandbox, password: string) =>
      workspace.connect({ name: 'store', baseUrl: sandbox.baseUrl, username: USER.username, password });
    await expect(connect(await sandboxWith(), 'wrong')).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
    const strict = await sandboxWith({ totp: true });
    await expect(connect(strict, USER.password)).rejects.toMatchObject({ code: 'SIGN_IN_CODE_NEEDED' });
    expect(strict.signIns()).toEqual({ asked: 1, granted: 0 });
    expect(await workspace.list()).toEqual([]);
    expect(await tokens.get('store')).toBeNull();
  });

  it('says that the password is not right any more, and goes on with another one', async () => {
    const sandbox = await sandboxWith();
    const { connection, tokens } = await connected(sandbox);
    await pull(connection);
    await tokens.set('store', JSON.stringify({ ...USER, password: 'old' }));
    sandbox.expireTokens();
    await expect(pull(connection)).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
    expect((await connection.state()).trouble?.code).toBe('SIGN_IN_REFUSED');
    await tokens.set('store', JSON.stringify(USER));
    expect((await connection.state()).trouble).toBeUndefined();
    expect(await pull(connection)).toMatchObject({ complete: true });
  });
});

describe('a connection with a token', () => {
  it('never signs in', async () => {
    const sandbox = await sandboxWith();
    const { connection } = await connected(sandbox, { token: sandbox.token });
    await pull(connection);
    sandbox.expireTokens();
    await expect(pull(connection)).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
    expect(sandbox.signIns()).toEqual({ asked: 0, granted: 0 });
  });
});

describe('a server out of reach', () => {
  it('is a state with its beginning, beside the last good run; it ends with the next one', async () => {
    const sandbox = await sandboxWith();
    const { connection } = await connected(sandbox);
    await pull(connection);
    const good = (await connection.state()).lastSync;
    sandbox.setFaults([{ match: {}, action: { kind: 'status', code: 404 } }]);
    await expect(pull(connection)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await connection.state()).toMatchObject({
      lastSync: good,
      trouble: { code: 'NOT_FOUND', since: new Date(NOW_MS).toISOString() },
    });
    sandbox.setFaults([]);
    await pull(connection);
    expect(await connection.state()).not.toHaveProperty('trouble');
  });

  it('a run that a person stops is no trouble', async () => {
    const sandbox = await sandboxWith();
    const { connection } = await connected(sandbox);
    const stopped = connection.sync({ signal: AbortSignal.abort(), onProgress: () => undefined });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await connection.state()).not.toHaveProperty('trouble');
  });
});

describe('the client', () => {
  const clientFor = (baseUrl: string, clock = steppingClock(NOW_MS, 59_999)) =>
    createOmnitronClient({
      baseUrl,
      token: createSignIns({ fetch: nodeFetch, clock }).session(baseUrl, USER),
      fetch: nodeFetch,
      clock,
      random: () => 0.5,
    });

  it('signs in under i1 where v1 answers 404, and reads with that key', async () => {
    await using server = await scriptedServer([answer(404), answer(200, '{"key":"k1"}'), answer(200, PAGE)]);
    await clientFor(server.baseUrl).listOrders(1, 1, signal);
    expect(server.seen.map(({ method, url, authorization }) => [method, url.split('?')[0], authorization])).toEqual([
      ['POST', '/api/v1/auth/login/', undefined],
      ['POST', '/api/i1/auth/login/', undefined],
      ['GET', '/api/i1/orders/', 'Token k1'],
    ]);
  });

  it('gives up where the key that was just handed out is refused too', async () => {
    const key = answer(200, '{"key":"k1"}');
    await using server = await scriptedServer([key, answer(401), key, answer(401)]);
    await expect(clientFor(server.baseUrl).listOrders(1, 1, signal)).rejects.toMatchObject({
      code: 'SIGN_IN_REFUSED',
      message: expect.stringContaining('the key that it has just handed out'),
    });
    expect(server.seen).toHaveLength(4);
  });

  it.each([301, 302, 303, 307, 308])('sends the password nowhere else: a %i is refused', async (status) => {
    await using elsewhere = await scriptedServer([answer(200, '{"key":"k1"}')]);
    await using server = await scriptedServer([
      answer(status, '', { location: `${elsewhere.baseUrl}/api/v1/auth/login/` }),
    ]);
    await expect(clientFor(server.baseUrl).listOrders(1, 1, signal)).rejects.toMatchObject({
      code: 'REDIRECT_REFUSED',
    });
    expect(elsewhere.seen).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  it('gives a sign-in that is not answered up after a minute, and does not repeat it', async () => {
    await using server = await scriptedServer([() => undefined]);
    const clock = manualClock(NOW_MS);
    const reading = createOmnitronClient({
      baseUrl: server.baseUrl,
      token: createSignIns({ fetch: nodeFetch, clock }).session(server.baseUrl, USER),
      fetch: nodeFetch,
      clock,
      random: () => 0.5,
    }).listOrders(1, 1, signal);
    const outcome = expect(reading).rejects.toMatchObject({ code: 'TIMEOUT' });
    await server.arrived(1);
    clock.advance(60_000);
    await outcome;
    expect(server.seen).toHaveLength(1);
  });

  it('a run that is stopped while it signs in ends at once', async () => {
    await using server = await scriptedServer([() => undefined]);
    const stop = new AbortController();
    const reading = clientFor(server.baseUrl).listOrders(1, 1, stop.signal);
    const outcome = expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    await server.arrived(1);
    stop.abort();
    await outcome;
  });
});
