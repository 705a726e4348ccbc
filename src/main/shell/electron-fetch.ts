import { net, type Session, session } from 'electron';
import type { FetchInit, FetchResponse } from '../omnitron/http-port.ts';

/** Sessions that nothing is sent over: closing the connections of one that is in use would cut that call off. */
const free: Session[] = [];
let made = 0;

/**
 * Electron's fetch, with a POST over a connection that nothing was sent over before. On one that is used again Chromium
 * by itself repeats a request, POST too, when the connection breaks before the answer: a call that moves money would go
 * out twice.
 */
export async function fetchOnce(url: string, init: FetchInit): Promise<FetchResponse> {
  if (init.method !== 'POST') return net.fetch(url, init);
  const own = free.pop() ?? newSession();
  const release = (): void => void free.push(own);
  await own.closeAllConnections();
  const { status, headers, body } = await own.fetch(url, init);
  if (body === null) release();
  // A session whose answer breaks off is left to itself: its connection may still be under way.
  const read = new TransformStream<Uint8Array, Uint8Array>({ flush: release });
  return { status, headers, body: body?.pipeThrough(read) ?? null };
}

function newSession(): Session {
  made += 1;
  return session.fromPartition(`post-${made}`);
}
