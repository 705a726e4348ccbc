import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the server behind has answered, for a fault that damages it. */
export interface Forwarded {
  status: number;
  body: string;
}

/** What happens to a request instead of being passed on; `forward` passes it on all the same and answers what came. */
export type Fault = (response: ServerResponse, forward: () => Promise<Forwarded>) => unknown;

export interface Trouble {
  /** Which requests meet the fault. */
  hits(request: { method: string; url: string }): boolean;
  fault: Fault;
  /** How often it acts. */
  times: number;
}

/** A server on loopback that passes every request on to another one, but for those that meet a fault. */
export interface FaultyFront {
  readonly baseUrl: string;
  /** Requests so far. */
  requests: number;
  /** How often the fault has acted. */
  acted: number;
  /** Every `Authorization` that requests carried; an empty text stands for none. */
  authorizations: Set<string>;
  trouble: Trouble | null;
  /** The time that answers state, epoch milliseconds; null = the real one. */
  nowMs: number | null;
  close(): Promise<void>;
}

export async function faultyFront(behind: string): Promise<FaultyFront> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => serve(request, response, Buffer.concat(chunks)));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });

  async function serve(request: IncomingMessage, response: ServerResponse, body: Buffer<ArrayBuffer>): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    front.requests += 1;
    front.authorizations.add(request.headers.authorization ?? '');
    async function forward(): Promise<Forwarded> {
      const headers: Record<string, string> = { authorization: request.headers.authorization ?? '' };
      if (body.length > 0) headers['content-type'] = 'application/json';
      const init: RequestInit = { method, headers, redirect: 'manual', ...(body.length > 0 ? { body } : {}) };
      const answer = await fetch(`${behind}${url}`, init);
      return { status: answer.status, body: await answer.text() };
    }
    const { trouble, nowMs } = front;
    if (nowMs !== null) response.setHeader('date', new Date(nowMs).toUTCString());
    if (trouble !== null && trouble.times > 0 && trouble.hits({ method, url })) {
      trouble.times -= 1;
      front.acted += 1;
      await trouble.fault(response, forward);
      return;
    }
    const answer = await forward();
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: FaultyFront = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: 0,
    acted: 0,
    authorizations: new Set(),
    trouble: null,
    nowMs: null,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return front;
}
