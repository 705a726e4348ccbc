import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type FaultDecision, FaultRunner } from './fault-runner.ts';
import type { FaultScript } from './fault-types.ts';
import { readPage } from './list-page.ts';
import { detailError, type Reply } from './reply.ts';
import type { Answer, ApiRequest } from './routes.ts';
import { answerInstead, sendDamaged, sendText } from './send.ts';

const LARGEST_BODY = 1_000_000;

/** What the sandbox has been asked so far. */
export interface SandboxCounters {
  /** Requests by method and address, for example `GET /api/i1/orders/`, refused and failed ones included. */
  requests: Record<string, number>;
  /** Changes by what they changed, for example `order 1001`, `line 10011` or `cancellation 1001`. */
  writes: Record<string, number>;
}

interface ServiceOptions {
  answer: (request: ApiRequest) => Answer;
  /** Whether an `Authorization` header lets in. */
  admits: (authorization: string | undefined) => boolean;
  faults: FaultScript;
}

/** One request after the other: counted, delayed or failed by script, let in by its token, answered. */
export class Service {
  readonly counters: SandboxCounters = { requests: {}, writes: {} };
  faults: FaultRunner;
  readonly #options: ServiceOptions;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.faults = new FaultRunner(options.faults);
  }

  /** Takes one request; the answer may follow later. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST_BODY) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => this.#serve(request, response, Buffer.concat(chunks).toString('utf8')));
    // A client that hangs up early is nothing to report.
    request.on('error', () => response.destroy());
  }

  /** Stops listening, forgets what was delayed and hangs up on everybody. */
  async close(server: Server): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  #serve(request: IncomingMessage, response: ServerResponse, body: string): void {
    // Not `new URL`: a path that starts with two slashes would be taken for a host.
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const api: ApiRequest = { method: request.method ?? 'GET', path, query: new URLSearchParams(query), body };
    const { name, open, run } = this.#options.answer(api);
    this.#count(this.counters.requests, `${api.method} ${name}`);
    const { delayMs, action } = this.faults.decide({
      method: api.method,
      path,
      page: readPage(api.query.get('page')) ?? 1,
    });
    const serve = () => (open ? null : this.#refuseStranger(request)) ?? attempt(run);
    this.#after(delayMs, () => respond(response, action, serve));
  }

  #after(delayMs: number, work: () => void): void {
    if (delayMs === 0) {
      work();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, delayMs);
    this.#timers.add(timer);
  }

  #refuseStranger(request: IncomingMessage): Reply | null {
    const { authorization } = request.headers;
    if (this.#options.admits(authorization)) return null;
    const refusal =
      authorization === undefined
        ? detailError(401, 'Authentication credentials were not provided.', 'not_authenticated')
        : detailError(401, 'Invalid token.', 'authentication_failed');
    return { ...refusal, headers: { 'WWW-Authenticate': 'Token' } };
  }

  /** Counts a change that a request made. */
  countWrite(kind: 'order' | 'line' | 'cancellation', pk: number): void {
    this.#count(this.counters.writes, `${kind} ${pk}`);
  }

  #count(counters: Record<string, number>, key: string): void {
    counters[key] = (counters[key] ?? 0) + 1;
  }
}

/** Serves the request, or does to it what the fault script wants; some faults never let it be served. */
function respond(response: ServerResponse, action: FaultDecision['action'], serve: () => Reply): void {
  const instead = action === null ? null : answerInstead(action);
  if (action?.kind === 'dropBefore') response.destroy();
  else if (instead === null) sendDamaged(response, serve(), action);
  else sendText(response, instead.reply, instead.text ?? JSON.stringify(instead.reply.body), instead.type);
}

/** What goes wrong inside, such as a state file that cannot be written, is told as a server tells it. */
function attempt(run: () => Reply): Reply {
  try {
    return run();
  } catch (error) {
    return detailError(500, error instanceof Error ? error.message : String(error), 'error');
  }
}
