import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a scripted server does with one request. The last step answers every further one. */
export type Step = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface SeenRequest {
  method: string;
  url: string;
  authorization: string | undefined;
  body: string;
}

export interface ScriptedServer extends AsyncDisposable {
  readonly baseUrl: string;
  /** Every request in the order of arrival. */
  readonly seen: SeenRequest[];
  /** Resolves once this many requests have arrived. */
  arrived(count: number): Promise<void>;
}

/** A plain HTTP server on loopback that plays `steps` one request after the other. */
export async function scriptedServer(steps: Step[]): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, authorization: headers.authorization, body });
      for (const waiter of waiters) if (seen.length >= waiter.count) waiter.resolve();
      steps[Math.min(seen.length, steps.length) - 1]?.(request, response, body);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    seen,
    arrived(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (seen.length >= count) resolve();
      waiters.push({ count, resolve });
      return promise;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers with a status, headers and a body. */
export function answer(status: number, body: string | Uint8Array = '', headers: Record<string, string> = {}): Step {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
}

/** Closes the connection without a word. */
export const drop: Step = (_request, response) => {
  response.socket?.destroy();
};

/** Announces `length` bytes, sends `body`, closes the connection. */
export function cut(body: string, length: number): Step {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': `${length}` });
    response.write(body, () => response.socket?.destroy());
  };
}

/** Never answers. */
export const hang: Step = () => undefined;

/** Sends the head and the beginning of a body, then nothing. */
export const hangInBody: Step = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"count": ');
};
