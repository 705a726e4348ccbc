import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FetchInit, FetchLike } from '../../src/main/omnitron/http-port.ts';
import type { JsonObject } from '../../src/main/sandbox/wire-types.ts';
import type { SandboxHere } from './sandbox-here.ts';

/** A request that writes: a PATCH of an order or a line, or a call that starts a cancellation. */
export interface SentWrite {
  /** `order 12`, `line 113` or `cancellation 12`. */
  subject: string;
  body: JsonObject;
  /** What the sender was shown last of the subject since it started and since its last write; null = nothing. */
  shown: JsonObject | null;
}

/** Everything that was written to a sandbox, and what each sender had been shown before. */
export interface WatchedShop {
  readonly writes: readonly SentWrite[];
  /** The network of one process: what an earlier one has read, this one has not. */
  session(): FetchLike;
}

const ORDER = /\/orders\/(\d+)\/$/;
const LINE = /\/order_items\/(\d+)\/$/;
const CANCEL = /\/orders\/(\d+)\/cancel\/$/;

/** Watches a sandbox from its door. `arrived` is called for each write before the sandbox carries it out. */
export function watchShop(shop: SandboxHere, arrived: (write: SentWrite) => void): WatchedShop {
  const writes: SentWrite[] = [];

  function session(): FetchLike {
    const shown = new Map<string, JsonObject>();
    return async (url, init) => {
      const { pathname } = new URL(url);
      if (init.method !== 'GET') {
        const subject = subjectOf(pathname);
        const body = JSON.parse(init.body ?? '{}') as JsonObject;
        const write: SentWrite = { subject, body, shown: shown.get(subject) ?? null };
        shown.delete(subject);
        writes.push(write);
        arrived(write);
        return shop.fetch(url, init);
      }
      const { status, headers, body } = await shop.fetch(url, init);
      const text = await new Response(body).text();
      if (status === 200) note(shown, text);
      return { status, headers, body: new Response(text).body };
    };
  }
  return { writes, session };
}

function subjectOf(path: string): string {
  const cancelled = CANCEL.exec(path)?.[1];
  if (cancelled !== undefined) return `cancellation ${cancelled}`;
  const line = LINE.exec(path)?.[1];
  return line === undefined ? `order ${ORDER.exec(path)?.[1]}` : `line ${line}`;
}

/** An answer with an order shows its lines too. */
function note(shown: Map<string, JsonObject>, text: string): void {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return;
  }
  if (typeof answer !== 'object' || answer === null) return;
  const whole = answer as JsonObject;
  const { orderitem_set: lines = [] } = answer as { orderitem_set?: (JsonObject & { id: number })[] };
  shown.set(`${'order' in whole ? 'line' : 'order'} ${whole.id ?? whole.pk}`, whole);
  for (const line of lines) shown.set(`line ${line.id ?? line.pk}`, line);
}

const METHODS = ['GET', 'PATCH', 'POST'] as const;

/** A server on loopback in front of a network of this process. */
export interface ServedSession {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Serves a session to another process. `moment` is called before and after each request is carried out. */
export async function serveSession(
  fetch: FetchLike,
  moment: (when: 'before' | 'after') => void,
): Promise<ServedSession> {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url = '/', headers } = request;
    const init: FetchInit = {
      method: METHODS.find((method) => method === request.method) ?? 'GET',
      headers: { Authorization: headers.authorization ?? '' },
      signal: new AbortController().signal,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks).toString() } : {}),
    };
    moment('before');
    const answer = await fetch(`http://127.0.0.1${url}`, init);
    moment('after');
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await new Response(answer.body).text());
  }
  // Whoever was killed in the middle of a request gets no answer.
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
