import { expect, test, vi } from 'vitest';
import { fetchOnce } from '../../src/main/shell/electron-fetch.ts';

/** Sessions by name, with the calls that are under way over each and those that were cut off. */
const shell = vi.hoisted(() => {
  const sessions = new Map<string, { open: Set<string>; cut: string[] }>();
  const answers = new Map<string, (body: ReadableStream<Uint8Array> | null) => void>();
  const fromPartition = (name: string) => {
    const known = sessions.get(name) ?? { open: new Set<string>(), cut: [] };
    sessions.set(name, known);
    return {
      closeAllConnections: async () => {
        known.cut.push(...known.open);
        known.open.clear();
      },
      fetch: (url: string) => {
        known.open.add(url);
        const { promise, resolve } = Promise.withResolvers<object>();
        answers.set(url, (body) => {
          if (body === null) known.open.delete(url);
          resolve({ status: 200, headers: new Headers(), body });
        });
        return promise;
      },
    };
  };
  return { sessions, answers, fromPartition, fetch: vi.fn(async () => ({ status: 200 })) };
});
vi.mock('electron', () => ({ net: { fetch: shell.fetch }, session: { fromPartition: shell.fromPartition } }));

const post = (url: string) =>
  fetchOnce(url, {
    method: 'POST',
    headers: {},
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(60_000),
  });
const asked = (url: string) => vi.waitUntil(() => shell.answers.get(url), { interval: 1 });
const cut = () => [...shell.sessions.values()].flatMap((each) => each.cut);

test('a POST never cuts off another that is under way, and sessions are used again', async () => {
  const cancelling = post('/cancel/');
  const answerCancel = await asked('/cancel/');
  const signingIn = post('/login/');
  (await asked('/login/'))(null);
  await signingIn;
  const body = new Blob(['{}']).stream();
  answerCancel(body);
  const { body: rest } = await cancelling;
  // The head is here, the body is not read yet: it still is under way.
  const again = post('/again/');
  (await asked('/again/'))(null);
  await again;
  expect(cut()).toEqual([]);
  expect(await new Response(rest).text()).toBe('{}');
  expect(shell.sessions.size).toBe(2);
  for (const { open } of shell.sessions.values()) open.clear();
  for (const url of ['/third/', '/fourth/']) {
    const third = post(url);
    (await asked(url))(null);
    await third;
  }
  expect(shell.sessions.size).toBe(2);
  expect(shell.fetch).not.toHaveBeenCalled();
});
