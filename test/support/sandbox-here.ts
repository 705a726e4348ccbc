import type { FetchInit, FetchLike } from '../../src/main/omnitron/http-port.ts';
import { orderRoutes } from '../../src/main/sandbox/api.ts';
import { cancelRoutes } from '../../src/main/sandbox/cancel-order.ts';
import { createControl, type SandboxControl } from '../../src/main/sandbox/control.ts';
import { Door } from '../../src/main/sandbox/door.ts';
import type { FaultAction } from '../../src/main/sandbox/fault-types.ts';
import { damageRow } from '../../src/main/sandbox/malformed-rows.ts';
import { planRoutes } from '../../src/main/sandbox/plans.ts';
import type { Reply } from '../../src/main/sandbox/reply.ts';
import { answerFrom } from '../../src/main/sandbox/routes.ts';
import { readSamples } from '../../src/main/sandbox/samples.ts';
import { answerInstead } from '../../src/main/sandbox/send.ts';
import type { SandboxOptions } from '../../src/main/sandbox/server.ts';
import { Service } from '../../src/main/sandbox/service.ts';
import { Store } from '../../src/main/sandbox/store.ts';
import { SAMPLES_DIR } from './sandbox.ts';

/** A sandbox that is asked without a network between, for tests that ask very often. */
export interface SandboxHere extends SandboxControl {
  readonly baseUrl: string;
  readonly token: string;
  /** Stands in for the network: answers, faults and lost connections included, delays excluded. */
  readonly fetch: FetchLike;
  /** Requests so far. */
  requests(): number;
}

type Options = Pick<SandboxOptions, 'orders' | 'seed' | 'maxLimit' | 'honours' | 'listOrder'> & { now: () => number };

/** The sandbox's own store, routes and fault script behind a `fetch` of its own; its `Date` is the given clock's. */
export function sandboxHere({ orders, seed, maxLimit = 100, honours = [], listOrder, now }: Options): SandboxHere {
  const token = `demo-token-${seed}`;
  const samples = readSamples(SAMPLES_DIR);
  const store = new Store({ orders, seed, samples, stateFile: undefined, maxLimit, linesTouchOrder: true, now });
  const door = new Door({ seed, token, users: [], totp: false });
  const lists = { honours: new Set(honours), listOrder: listOrder ?? 'ascending' };
  const routes = [
    ...orderRoutes({ store, samples, prefixes: ['i1'], lists, onWrite: (kind, pk) => service.countWrite(kind, pk) }),
    ...planRoutes(store),
    ...cancelRoutes(store, (id) => service.countWrite('cancellation', id)),
  ];
  const service = new Service({
    answer: (request) => answerFrom(routes, 'required', request),
    admits: (authorization) => door.admits(authorization),
    faults: [],
  });
  let requests = 0;

  function answer(url: URL, init: FetchInit): Response {
    const page = Number(url.searchParams.get('page') ?? 1);
    const { action } = service.faults.decide({ method: init.method, path: url.pathname, page });
    if (action?.kind === 'dropBefore') throw lost();
    const instead = action === null ? null : answerInstead(action);
    if (instead !== null) return sent(instead.reply, instead.text ?? JSON.stringify(instead.reply.body));
    if (!door.admits(init.headers.Authorization)) return sent({ status: 401, body: null, headers: {} }, '{}');
    const request = { method: init.method, path: url.pathname, query: url.searchParams, body: init.body ?? '' };
    return damaged(answerFrom(routes, 'required', request).run(), action);
  }

  function damaged(reply: Reply, action: FaultAction | null): Response {
    if (action?.kind === 'dropAfter') throw lost();
    if (action?.kind === 'malformedRow')
      return sent(reply, JSON.stringify(damageRow(reply.body, action.index, action.row)));
    const text = JSON.stringify(reply.body);
    if (action?.kind !== 'truncate') return sent(reply, text);
    const part = text.slice(0, action.bytes ?? Math.floor(text.length * (action.fraction ?? 0)));
    const length = Buffer.byteLength(action.mode === 'length' ? text : part);
    return sent({ ...reply, headers: { ...reply.headers, 'Content-Length': `${length}` } }, part);
  }

  function sent({ status, headers }: Reply, text: string): Response {
    return new Response(text, { status, headers: { Date: new Date(now()).toUTCString(), ...headers } });
  }

  return {
    ...createControl(store, door, service, null),
    baseUrl: 'http://127.0.0.1:9',
    token,
    requests: () => requests,
    async fetch(url, init) {
      init.signal.throwIfAborted();
      requests += 1;
      return answer(new URL(url), init);
    },
  };
}

/** What Node's fetch says of a connection that broke. */
function lost(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) });
}
