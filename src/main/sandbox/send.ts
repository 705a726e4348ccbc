import type { ServerResponse } from 'node:http';
import type { FaultAction } from './fault-types.ts';
import { damageRow } from './malformed-rows.ts';
import { detailError, type Reply, reply } from './reply.ts';

const HTML = '<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

/** The answer that a fault gives without the request being served; null where the request has to be served first. */
export function answerInstead(action: FaultAction): { reply: Reply; text?: string; type?: string } | null {
  switch (action.kind) {
    case 'status':
      return { reply: faultReply(action.code, action.retryAfter) };
    case 'html':
      return { reply: reply(action.status, null), text: HTML, type: 'text/html' };
    case 'redirect':
      return { reply: reply(302, null, { Location: action.location }), text: '', type: 'text/html' };
    case 'body':
      return { reply: reply(200, null), text: action.text };
    default:
      return null;
  }
}

function faultReply(code: number, retryAfter: string | undefined): Reply {
  const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
  return { ...faultBody(code), headers };
}

function faultBody(code: number): Reply {
  if (code === 401) return detailError(401, 'Invalid token.', 'authentication_failed');
  if (code === 403) return detailError(403, 'You do not have permission to perform this action.', 'permission_denied');
  if (code === 429) return detailError(429, 'Request was throttled.', 'throttled');
  return detailError(code, 'A server error occurred.', 'error');
}

/** Sends a text with its length, as JSON unless told otherwise. */
export function sendText(response: ServerResponse, answer: Reply, text: string, type = 'application/json'): void {
  const body = Buffer.from(text);
  response.writeHead(answer.status, { 'Content-Type': type, 'Content-Length': body.length, ...answer.headers });
  response.end(body);
}

/** Sends what serving the request gave, damaged as the fault wants it. */
export function sendDamaged(response: ServerResponse, answer: Reply, action: FaultAction | null): void {
  if (action?.kind === 'dropAfter') {
    response.destroy();
  } else if (action?.kind === 'malformedRow') {
    sendText(response, answer, JSON.stringify(damageRow(answer.body, action.index, action.row)));
  } else if (action?.kind === 'truncate') {
    sendPart(response, answer, action);
  } else {
    sendText(response, answer, JSON.stringify(answer.body));
  }
}

function sendPart(response: ServerResponse, answer: Reply, action: FaultAction & { kind: 'truncate' }): void {
  const whole = Buffer.from(JSON.stringify(answer.body));
  const part = whole.subarray(0, action.bytes ?? Math.floor(whole.length * (action.fraction ?? 0)));
  const declared = action.mode === 'length' ? whole.length : part.length;
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    'Content-Length': declared,
    ...answer.headers,
  });
  if (declared === part.length) response.end(part);
  else response.write(part, () => response.destroy());
}
