import { gzipSync } from 'node:zlib';
import type { MalformedRowKind } from '../../src/main/sandbox/fault-types.ts';
import { damageRow } from '../../src/main/sandbox/malformed-rows.ts';
import type { ErrorCode } from '../../src/shared/errors.ts';
import type { Fault } from './faulty-front.ts';

/** One kind of trouble on the network or at the server. */
export interface NetworkFault {
  name: string;
  fault: Fault;
  /** What a read ends with when it always happens; null = it does no harm. */
  code: ErrorCode | null;
  /** Whether a read that met it once is expected to get over it. */
  overcome: boolean;
  /** Whether the request was carried out although its answer tells nothing, as far as writes go. */
  carriedOut: boolean;
}

export interface FaultParts {
  /** An address on another host, which nobody may ever ask. */
  elsewhere(): string;
  /** Lets every deadline pass that is running now. */
  expire(): void;
  /** What is wrong with the first row of a damaged list. */
  badRow?: MalformedRowKind;
  /** The server's clock, where answers do not state the real time. */
  now?(): number;
}

/**
 * What a read ends with that met a fault once or always; null = it was completed.
 * @param rereads whether a body that is not the contract's is asked for again
 */
export function endOfRead(
  { code, overcome }: NetworkFault,
  { always, rereads }: { always: boolean; rereads: boolean },
): ErrorCode | null {
  if (always || !overcome) return code;
  return code === 'RESPONSE_INVALID' && !rereads ? code : null;
}

const json = { 'content-type': 'application/json' };
/** Larger than the tests' limit when unpacked, small on the wire. */
const BOMB = gzipSync('0'.repeat(4_000_000));

/** Every kind of fault; `elsewhere` is where redirects point to. */
export function networkFaults({
  elsewhere,
  expire,
  badRow = 'amount-not-a-number',
  now = Date.now,
}: FaultParts): NetworkFault[] {
  const faults: NetworkFault[] = [];
  function add(name: string, code: ErrorCode | null, overcome: boolean, fault: Fault, carriedOut = false): void {
    faults.push({ name, code, overcome, fault, carriedOut });
  }
  const status =
    (code: number, headers: Record<string, string> = {}, text = '{"detail":"No."}'): Fault =>
    (response) => {
      response.writeHead(code, { ...json, ...headers });
      response.end(text);
    };
  const date = (offsetMs: number): string => new Date(now() + offsetMs).toUTCString();

  add('no answer until the deadline', 'TIMEOUT', true, () => expire());
  add('a body that never ends until the deadline', 'TIMEOUT', true, async (response) => {
    response.writeHead(200, json);
    response.write('{"count": ', () => setImmediate(expire));
  });
  for (const [code, name] of [
    [429, 'RATE_LIMITED'],
    [503, 'SERVER_ERROR'],
  ] as const) {
    add(`${code}`, name, true, status(code));
    add(`${code}, Retry-After in seconds`, name, true, status(code, { 'retry-after': '7' }));
    add(`${code}, Retry-After at an instant`, name, true, (response, forward) =>
      status(code, { 'retry-after': date(9_000) })(response, forward),
    );
    add(`${code}, Retry-After in the past`, name, true, (response, forward) =>
      status(code, { 'retry-after': date(-9_000_000) })(response, forward),
    );
    add(`${code}, negative Retry-After`, name, true, status(code, { 'retry-after': '-5' }));
    add(`${code}, Retry-After of years`, name, false, status(code, { 'retry-after': '999999999' }));
    add(`${code}, Retry-After that says nothing`, name, true, status(code, { 'retry-after': 'soon, 1e9' }));
  }
  add('500 in HTML', 'SERVER_ERROR', true, status(500, { 'content-type': 'text/html' }, '<h1>500</h1>'));
  add('504', 'SERVER_ERROR', true, status(504, {}, ''));
  add('401', 'SIGN_IN_REFUSED', false, status(401));
  add('403', 'FORBIDDEN', false, status(403));
  add('400', 'REQUEST_REJECTED', false, status(400));
  for (const code of [301, 302, 307, 308]) {
    add(`${code} to another host`, 'REDIRECT_REFUSED', false, (response, forward) =>
      status(code, { location: `${elsewhere()}/api/i1/orders/` })(response, forward),
    );
  }
  add('a page of HTML', 'RESPONSE_INVALID', true, status(200, { 'content-type': 'text/html' }, '<!DOCTYPE html>'));
  add('an empty body', 'RESPONSE_INVALID', true, status(200, {}, ''));
  add('JSON of something else', 'RESPONSE_INVALID', true, status(200, {}, '{"count":"many","results":{"a":[]}}'));
  add(
    'a lie about the length',
    'NOT_REACHABLE',
    true,
    async (response, forward) => {
      const { body } = await forward();
      response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body) + 500}\r\n\r\n${body}`);
    },
    true,
  );
  add(
    'a body cut off',
    'NOT_REACHABLE',
    true,
    async (response, forward) => {
      const { body } = await forward();
      response.writeHead(200, { ...json, 'content-length': Buffer.byteLength(body) });
      response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
    },
    true,
  );
  add(
    'a body cut off in silence',
    'RESPONSE_INVALID',
    true,
    async (response, forward) => {
      const { body } = await forward();
      response.writeHead(200, json);
      response.end(body.slice(0, body.length / 2));
    },
    true,
  );
  add('the connection dropped before the request was read', 'NOT_REACHABLE', true, (response) =>
    response.socket?.destroy(),
  );
  add(
    'the connection dropped before the answer',
    'NOT_REACHABLE',
    true,
    async (response, forward) => {
      await forward();
      response.socket?.destroy();
    },
    true,
  );
  add('a small body that unpacks to a huge one', 'RESPONSE_TOO_LARGE', false, (response) => {
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' });
    response.end(BOMB);
  });
  add(
    'a row that is no order',
    null,
    true,
    async (response, forward) => {
      const answer = await forward();
      response.writeHead(answer.status, json);
      response.end(JSON.stringify(damageRow(JSON.parse(answer.body), 0, badRow)));
    },
    true,
  );
  return faults;
}
