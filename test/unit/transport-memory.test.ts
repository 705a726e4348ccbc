import { expect, it } from 'vitest';
import type { FetchLike } from '../../src/main/omnitron/http-port.ts';
import { createFetchTransport, DEFAULT_LIMITS } from '../../src/main/omnitron/transport.ts';
import { manualClock } from '../support/clocks.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function answering(chunks: readonly Uint8Array<ArrayBuffer>[]): FetchLike {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return async () => ({ status: 200, headers: new Headers(), body });
}

it('chunks are freed as soon as they are in the body, but for those that are part of a larger buffer', async () => {
  const own = bytes('{"count":');
  const shared = bytes('...12}...');
  const part = shared.subarray(3, 6);
  const port = createFetchTransport({
    fetch: answering([own, part]),
    baseUrl: 'https://shop.example',
    token: null,
    clock: manualClock(0),
    limits: DEFAULT_LIMITS,
  });
  const { body } = await port.request({ method: 'GET', path: '/', signal: new AbortController().signal });
  expect(new TextDecoder().decode(body)).toBe('{"count":12}');
  expect(own.buffer.detached).toBe(true);
  expect(new TextDecoder().decode(shared)).toBe('...12}...');
});
