import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runDryRun } from '../../src/main/corrections/dry-run.ts';
import { runPush } from '../../src/main/corrections/push.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import type { WriterService } from '../../src/main/engine/services.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { nodeFetch } from '../../src/main/omnitron/node-fetch.ts';
import { type Sandbox, startSandbox } from '../../src/main/sandbox/server.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import type { CorrectionRow } from '../../src/shared/corrections.ts';
import { DEADLINE_MS, deadlineClock } from '../support/deadline-clock.ts';
import { addCorrection, ISTANBUL, NOW_MS } from '../support/engine.ts';
import { codeOf } from '../support/fault-bench.ts';
import { type FaultyFront, faultyFront } from '../support/faulty-front.ts';
import { type NetworkFault, networkFaults } from '../support/network-faults.ts';
import { asRemote } from '../support/remote.ts';
import { SAMPLES_DIR } from '../support/sandbox.ts';

/*
 * Every network fault at every step of a push and of a dry run, before the server's commit and after it. One store and
 * one engine serve all of them: each case corrects the same line of sample order 27 to a value of its own.
 */

const LINE = 113;
const ORDER = 27;
const LIMITS = { headMs: DEADLINE_MS, wholeMs: DEADLINE_MS + 1, maxBytes: 2_000_000 };
const MOST_REQUESTS = 60;
const LONGEST_WAIT_MS = 10 * 60_000;

let clock = deadlineClock();
let asked = 0;
const stranger = createServer((_request, response) => {
  asked += 1;
  response.end('{}');
});
let folder: string;
let sandbox: Sandbox;
let front: FaultyFront;
let writer: WriterService;
let reader: ReturnType<typeof createReader>;
let value = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
  sandbox = await startSandbox({ orders: 3, seed: 7, samplesDir: SAMPLES_DIR });
  front = await faultyFront(sandbox.baseUrl);
  writer = createWriter(folder);
  reader = createReader(
    folder,
    () => performance.now(),
    () => NOW_MS,
  );
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  await runSync({ client: client(), writer: asRemote(writer), clock }, options);
});

afterAll(async () => {
  reader.close();
  writer.close();
  await front.close();
  await sandbox.close();
  stranger.close();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(() => {
  front.trouble = null;
});

function client() {
  const { token } = sandbox;
  const options = { baseUrl: front.baseUrl, token, fetch: nodeFetch, clock, random: () => 0.5, limits: LIMITS };
  return createOmnitronClient(options);
}

const parts = () => ({ client: client(), writer: asRemote(writer), clock, random: () => 0.5 });

async function push(): Promise<string | null> {
  writer.submitEverything({ reason: 'Test', timeZone: ISTANBUL, nowMs: NOW_MS });
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  return codeOf(runPush(parts(), writer.batchesToPush(), options));
}

/** How a step reads and writes: as part of its order, or where only the line's own answer has the field. */
type Shape = 'order' | 'line';

function propose(shape: Shape): { id: number; wanted: string } {
  value += 1;
  const wanted = `PSH2026${`${value}`.padStart(9, '0')}`;
  // Of extra_field nothing is held: what was there is always none.
  if (shape === 'line') sandbox.edit(ORDER, { lines: { [LINE]: { extra_field: {} } } });
  const set = shape === 'order' ? { invoice_number: wanted } : { 'extra_field.erp': wanted };
  const correction = { target: { kind: 'line', lineId: LINE } as const, set };
  return { id: addCorrection(writer, correction).id, wanted };
}

function atServer(shape: Shape): unknown {
  const line = sandbox.order(ORDER)?.orderitem_set.find(({ id }) => id === LINE);
  return shape === 'order' ? line?.invoice_number : line?.extra_field?.erp;
}

function row(id: number): CorrectionRow {
  const found = reader
    .correctionsList({ states: [], batch: null, offset: 0, limit: 10 })
    .rows.find((each) => each.id === id);
  if (found === undefined) throw new Error(`correction ${id} is gone`);
  return found;
}

const writes = (): number => sandbox.counters.writes[`line ${LINE}`] ?? 0;

interface Step {
  name: string;
  shape: Shape;
  at: 'read' | 'write' | 'read-back';
  /** Whether the server has carried the request out when the fault comes. */
  committed: boolean;
  times: readonly number[];
}

const BOTH = [1, Number.POSITIVE_INFINITY];
const STEPS: Step[] = [
  { name: 'reading the order before the write', shape: 'order', at: 'read', committed: false, times: BOTH },
  { name: 'the write, before it is carried out', shape: 'order', at: 'write', committed: false, times: BOTH },
  { name: 'the write, after it was carried out', shape: 'order', at: 'write', committed: true, times: BOTH },
  { name: 'reading the order back', shape: 'order', at: 'read-back', committed: false, times: BOTH },
  { name: 'reading the line before the write', shape: 'line', at: 'read', committed: false, times: [1] },
  { name: 'reading the line back', shape: 'line', at: 'read-back', committed: false, times: BOTH },
];

/** What a correction that met a fault may have as its problem; null = it is applied. */
function expected(step: Step, { code, overcome, carriedOut }: NetworkFault, always: boolean): (string | null)[] {
  if (code === null) return [null];
  const { at, shape, committed } = step;
  if (at === 'write') {
    const isRefusal = ['SIGN_IN_REFUSED', 'FORBIDDEN', 'REQUEST_REJECTED'].includes(code);
    // A server that says no although it did it is believed; the next push finds out.
    if (isRefusal) return [code];
    // A server that asks to wait for years is not asked again.
    if (!overcome && (code === 'RATE_LIMITED' || code === 'SERVER_ERROR')) return [code];
    if (code === 'RATE_LIMITED') return [always && !committed ? code : null];
    if (committed || carriedOut) return [null];
    // An answer that says yes is checked by reading, whatever its body says.
    if (code === 'RESPONSE_INVALID') return ['CHANGE_IGNORED'];
    return [always ? code : null];
  }
  // What cannot be read by number is read by id.
  if (shape === 'order' && !always && (code === 'REQUEST_REJECTED' || code === 'RESPONSE_INVALID')) return [null];
  if (always || !overcome) return [code];
  return [code === 'RESPONSE_INVALID' ? code : null];
}

/** Requests of a step, told apart by whether a write has gone out since the step began. */
function hitsOf({ at }: Step): (request: { method: string }) => boolean {
  let hasWritten = false;
  return ({ method }) => {
    if (method === 'PATCH') {
      hasWritten = true;
      return at === 'write';
    }
    return at === (hasWritten ? 'read-back' : 'read');
  };
}

const FAULTS = networkFaults({
  elsewhere: () => `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`,
  expire: () => clock.expire(),
});

describe.each(STEPS)('$name', (step) => {
  test.each(FAULTS)('$name', async (fault) => {
    for (const times of step.times) {
      const at = times === 1 ? 'once' : 'always';
      clock = deadlineClock();
      front.requests = 0;
      front.acted = 0;
      const writesBefore = writes();
      const { id, wanted } = propose(step.shape);
      const held = atServer(step.shape);
      front.trouble = {
        hits: hitsOf(step),
        fault: async (response, forward) => {
          if (!step.committed) return fault.fault(response, forward);
          const done = await forward();
          return fault.fault(response, () => Promise.resolve(done));
        },
        times,
      };
      await push();
      front.trouble = null;

      const after = row(id);
      expect(front.acted, at).toBeGreaterThan(0);
      expect(front.requests, at).toBeLessThan(MOST_REQUESTS);
      expect(clock.pausedMs, at).toBeLessThan(LONGEST_WAIT_MS);
      expect(expected(step, fault, times !== 1), at).toContain(after.problem?.code ?? null);
      const isApplied = atServer(step.shape) === wanted;
      // What the state says is true at the server.
      if (after.problem === null) expect([at, after.state, isApplied]).toEqual([at, 'applied', true]);
      if (after.state === 'unknown') expect(writes() - writesBefore, at).toBeLessThanOrEqual(1);
      // 401 and 429 say that nothing was carried out. A server that lies about it is found out by the next reading.
      const isLie = step.committed && (fault.code === 'SIGN_IN_REFUSED' || fault.code === 'RATE_LIMITED');
      if (after.state === 'waiting' && !isLie) expect(atServer(step.shape), at).toEqual(held);
      await settle(step, id, wanted);
      // However often it was tried: the server carried out one write.
      expect(writes() - writesBefore, at).toBe(1);
      expect(asked, 'requests to another host').toBe(0);
    }
  });
});

/** Once the fault is over, everything is made up for, by the next push or by a person's word. */
async function settle({ shape }: Step, id: number, wanted: string): Promise<void> {
  const { state } = row(id);
  if (state === 'conflict' || state === 'rejected') {
    writer.requeueCorrections({ ids: [id], timeZone: ISTANBUL, nowMs: NOW_MS });
  }
  if (state !== 'applied') expect(await push()).toBeNull();
  expect(row(row(id).successor ?? id).state).toBe('applied');
  expect(atServer(shape)).toBe(wanted);
}

describe('reading for a dry run', () => {
  test.each(FAULTS)('$name', async (fault) => {
    for (const times of BOTH) {
      const at = times === 1 ? 'once' : 'always';
      clock = deadlineClock();
      front.acted = 0;
      const writesBefore = writes();
      const { id } = propose('order');
      const batch = row(id).batch;
      if (batch === null) throw new Error('a proposal is in a batch');
      front.trouble = { hits: ({ method }) => method === 'GET', fault: fault.fault, times };
      const options = { signal: new AbortController().signal, onProgress: () => undefined };
      const result = await runDryRun(parts(), batch, options).catch((thrown: unknown) => thrown);
      front.trouble = null;
      expect(front.acted, at).toBeGreaterThan(0);
      const read: Step = { name: '', shape: 'order', at: 'read', committed: false, times: BOTH };
      const [problem = null] = expected(read, fault, times !== 1);
      if (problem === 'SIGN_IN_REFUSED') expect(result, at).toMatchObject({ code: problem });
      else {
        const outcome = problem === null ? 'send' : 'unread';
        const line = { correction: id, outcome, problem: problem === null ? null : { code: problem } };
        expect(result, at).toMatchObject({ lines: [line], counts: { [outcome]: 1 } });
      }
      expect(row(id), at).toMatchObject({ state: 'queued', problem: null });
      expect(writes(), at).toBe(writesBefore);
      writer.withdrawCorrections({ ids: [id], nowMs: NOW_MS });
    }
  });
});
