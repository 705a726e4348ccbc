import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type PushOptions, runPush } from '../../src/main/corrections/push.ts';
import type { Remote, WriterService } from '../../src/main/engine/services.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import type { CorrectionRow, NewCorrection, PushSummary } from '../../src/shared/corrections.ts';
import { steppingClock } from './clocks.ts';
import { addCorrection, ISTANBUL, NOW_MS, orderFilter, startEngine, tempFolder } from './engine.ts';
import { asRemote } from './remote.ts';
import { type SandboxHere, sandboxHere } from './sandbox-here.ts';

/** The store at Omnitron and the engine of the running test. */
export let sandbox: SandboxHere;
export let engine: ReturnType<typeof startEngine>;

/** A client of the store. */
export const clientOf = (clock: ReturnType<typeof steppingClock>) =>
  createOmnitronClient({
    baseUrl: sandbox.baseUrl,
    token: sandbox.token,
    fetch: sandbox.fetch,
    clock,
    random: () => 0.5,
  });

/** A folder that holds what the store shows at first; every test works on a copy of it. */
let filled: string;

beforeAll(async () => {
  filled = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
  sandbox = openShop();
  const writer = createWriter(filled);
  await pull(asRemote(writer));
  writer.close();
});

afterAll(() => rmSync(filled, { recursive: true, force: true }));

beforeEach(() => {
  sandbox = openShop();
  const folder = tempFolder();
  cpSync(filled, folder, { recursive: true });
  engine = startEngine(folder);
});

const openShop = () => sandboxHere({ orders: 60, seed: 7, now: () => NOW_MS });

/** Pulls everything. */
export const sync = (): Promise<void> => pull(engine.remoteWriter);

async function pull(writer: Remote<WriterService>): Promise<void> {
  const clock = steppingClock(NOW_MS, 30_000);
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  await runSync({ client: clientOf(clock), writer, clock }, options);
}

/** Closes the engine and opens its folder again, as after a crash. */
export function reopenEngine(): void {
  engine.writer.close();
  engine = startEngine(engine.folder);
}

/** Submits, approves and pushes everything that is queued, as where no second person approves. */
export function push(signal = new AbortController().signal, given: Partial<PushOptions> = {}): Promise<PushSummary> {
  engine.writer.submitEverything({ reason: 'Test', timeZone: ISTANBUL, nowMs: NOW_MS });
  const clock = steppingClock(NOW_MS, 30_000);
  return runPush(
    { client: clientOf(clock), writer: engine.remoteWriter, clock, random: () => 0.5 },
    engine.writer.batchesToPush(),
    { signal, onProgress: () => undefined, ...given },
  );
}

/** How a push ended, without the number of its batch. */
export async function pushed(signal?: AbortSignal): Promise<Omit<PushSummary, 'batch'>> {
  const { batch: _, ...counts } = await push(signal);
  return counts;
}

/** What a push that did nothing counts. */
export const NOTHING = { applied: 0, conflict: 0, rejected: 0, unknown: 0, waiting: 0 };

export const add = (correction: NewCorrection): CorrectionRow => addCorrection(engine.writer, correction);
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
    .correctionsList({ states: [], batch: null, offset: 0, limit: 100 })
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
