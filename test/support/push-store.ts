import { beforeEach } from 'vitest';
import { runPush } from '../../src/main/corrections/push.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import type { CorrectionRow, NewCorrection } from '../../src/shared/corrections.ts';
import { steppingClock } from './clocks.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, orderFilter, startEngine } from './engine.ts';
import { startSmallSandbox } from './sandbox.ts';

/** The store at Omnitron and the engine of the running test. */
export let sandbox: Sandbox;
export let engine: ReturnType<typeof startEngine>;

const clientOf = (clock: ReturnType<typeof steppingClock>) =>
  createOmnitronClient({ baseUrl: sandbox.baseUrl, token: sandbox.token, fetch: nodeFetch, clock, random: () => 0.5 });

beforeEach(async () => {
  sandbox = closeAfterTest(await startSmallSandbox({ orders: 60 }));
  engine = startEngine();
  await sync();
});

/** Pulls everything. */
export async function sync(): Promise<void> {
  const clock = steppingClock(NOW_MS, 30_000);
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  await runSync({ client: clientOf(clock), writer: engine.remoteWriter, clock }, options);
}

/** Closes the engine and opens its folder again, as after a crash. */
export function reopenEngine(): void {
  engine.writer.close();
  engine = startEngine(engine.folder);
}

export function push(signal = new AbortController().signal) {
  const clock = steppingClock(NOW_MS, 30_000);
  return runPush(
    { client: clientOf(clock), writer: engine.remoteWriter, clock },
    { signal, onProgress: () => undefined },
  );
}

export const add = (correction: NewCorrection): CorrectionRow =>
  engine.writer.addCorrection({ correction, nowMs: NOW_MS });
export const sent = (orderId: number): NewCorrection => ({
  target: { kind: 'order', orderId },
  set: { is_send: true },
});
export const invoice = (lineId: number, number = 'PSH2026000000001'): NewCorrection => ({
  target: { kind: 'line', lineId },
  set: { invoice_number: number, invoice_date: '2026-01-05', e_archive_url: 'https://earsiv.example.com/i/1' },
});
export const correction = (id: number): CorrectionRow | undefined =>
  engine
    .reader()
    .correctionsList({ states: [], offset: 0, limit: 100 })
    .rows.find((row) => row.id === id);

/** The first orders that are not sent yet, by id. */
export function unsentIds(): number[] {
  const window = engine.reader().ordersWindow({
    filter: orderFilter({ sent: false }),
    sort: { column: 'number', direction: 'asc' },
    timeZone: ISTANBUL,
    offset: 0,
    limit: 100,
  });
  return window.rows.map(({ id }) => id).sort((a, b) => a - b);
}

export function firstUnsent(): number {
  const [id] = unsentIds();
  if (id === undefined) throw new Error('the sandbox has no unsent order');
  return id;
}
