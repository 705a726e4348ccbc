import { expect } from 'vitest';
import type { OmnitronClient } from '../../src/main/omnitron/client.ts';
import { createOmnitronClient } from '../../src/main/omnitron/create-client.ts';
import { type FaultScript, MALFORMED_ROW_KINDS } from '../../src/main/sandbox/fault-types.ts';
import { probeIfDue } from '../../src/main/sync/probe.ts';
import { runSync } from '../../src/main/sync/run-sync.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { SyncPlan, SyncRequest, SyncSummary } from '../../src/shared/sync.ts';
import { countedWriter } from './counted-writer.ts';
import { between, createWorld, FOREVER_MS, heldTexts, pick, type Tenants, type World } from './sync-world.ts';

/** What came of one run, and what was done to the store meanwhile. */
interface Ran {
  request: SyncRequest;
  plan: SyncPlan | null;
  summary: SyncSummary | null;
  problem: AppError | null;
  faulty: boolean;
  cancelled: boolean;
  /** Changes of the store after the run began; `moved` = orders came or went among them. */
  changed: boolean;
  moved: boolean;
  startTick: number;
  idsBefore: Set<number>;
  /** Held orders before the run that were open, unsent or had a cancellation under way. */
  unsettledBefore: Set<number>;
  heldBefore: Set<number>;
}

/** What the model remembers between runs. */
interface Memory {
  /** Latest state, by its place in the order's history, that each order was held in. */
  latest: Map<number, number>;
  /** The tick at which the pass began that waits to go on; null = none does. */
  openSince: number | null;
}

const UNSETTLED = `SELECT id FROM orders o WHERE vanished_ms IS NULL AND (status NOT IN ('100', '550', '600') OR sent = 0
  OR EXISTS (SELECT 1 FROM lines l WHERE l.order_id = o.id AND l.cancel_status NOT IN ('', 'completed', 'rejected')))`;

const idsOf = ({ cache }: World, sql: string): Set<number> => new Set(cache.prepare<[], number>(sql).pluck().all());
const oneValue = ({ cache }: World, sql: string): unknown => cache.prepare(sql).pluck().get();

/** Lives of each kind of tenant. A failing one is lived again with MUTABAKAT_SEED=its seed and MUTABAKAT_MODEL_RUNS=1. */
export const RUNS = Number(process.env.MUTABAKAT_MODEL_RUNS ?? 150);
/** Steps of one life. */
export const STEPS = 50;

/**
 * One life of a store and a folder: random steps, every run checked, and equality at the end. The error of a failure
 * names seed and steps.
 */
export async function liveThrough(seed: number, tenants: Tenants): Promise<void> {
  const world = createWorld(seed, tenants);
  const memory: Memory = { latest: new Map(), openSince: null };
  const trace: string[] = [];
  try {
    for (let step = 1; step <= STEPS; step += 1) await takeStep(world, memory, trace);
    // A run that goes on with an interrupted pass may hold what it read before; the one after it does not.
    for (const last of [1, 2]) {
      trace.push(`last full ${last}`);
      check(world, memory, await sync(world, { request: { mode: 'full' }, faults: [], disturb: false, trace }));
    }
    expect(oneValue(world, 'PRAGMA quick_check')).toBe('ok');
    expect(oneValue(world, 'SELECT count(*) FROM pragma_foreign_key_check')).toBe(0);
  } catch (thrown) {
    const steps = `seed ${seed}, ${world.honours.join('+') || 'nothing'} honoured, ${world.listOrder}\n${trace.join('\n')}`;
    throw new Error(`${steps}\n${thrown instanceof Error ? thrown.stack : String(thrown)}`, { cause: thrown });
  } finally {
    world.close();
  }
}

async function takeStep(world: World, memory: Memory, trace: string[]): Promise<void> {
  const { random } = world;
  const chance = random();
  if (chance < 0.62) trace.push(world.change().name);
  else if (chance < 0.71) trace.push(world.passTime());
  else if (chance < 0.75) {
    world.restart();
    trace.push('restart');
  } else {
    const request = randomRequest(random);
    const faults = random() < 0.2 ? randomFaults(random) : [];
    trace.push(`sync ${JSON.stringify(request)} ${JSON.stringify(faults)}`);
    check(world, memory, await sync(world, { request, faults, disturb: random() < 0.5, trace }));
  }
}

function randomRequest(random: () => number): SyncRequest {
  const chance = random();
  if (chance < 0.7) return { mode: 'auto' };
  if (chance < 0.8) return { mode: 'full' };
  const [from, to] = [between(random, 1, 12), between(random, 1, 12)].sort((a, b) => a - b);
  const month = (number: number | undefined): string => `2026-${String(number).padStart(2, '0')}`;
  return { mode: 'verify', period: { from: pick(random, [null, `${month(from)}-01`]), to: `${month(to)}-28` } };
}

function randomFaults(random: () => number): FaultScript {
  const nth = between(random, 1, 25);
  return pick<() => FaultScript>(random, [
    () => [{ match: { nth, times: between(random, 1, 8) }, action: { kind: 'dropBefore' } }],
    () => [{ match: { nth, times: between(random, 1, 8) }, action: { kind: 'status', code: 503 } }],
    () => [{ match: { nth, times: 2 }, action: { kind: 'status', code: 429, retryAfter: '3' } }],
    () => [
      { match: { nth, times: between(random, 1, 4) }, action: { kind: 'truncate', mode: 'silent', fraction: 0.6 } },
    ],
    () => [{ match: { nth, times: 3 }, action: { kind: 'truncate', mode: 'length', fraction: 0.6 } }],
    () => [{ match: { nth, times: between(random, 1, 4) }, action: { kind: 'html', status: 200 } }],
    () => [
      {
        match: { path: '/api/i1/orders/$', page: between(random, 1, 6) },
        action: { kind: 'malformedRow', index: between(random, 0, 2), row: pick(random, MALFORMED_ROW_KINDS) },
      },
    ],
  ])();
}

interface SyncArgs {
  request: SyncRequest;
  faults: FaultScript;
  /** Changes of the store, or a cancel, between the answers. */
  disturb: boolean;
  trace: string[];
}

/** After which answers the store is changed: here and there, or after each of a number in a row. */
function disturbances(random: () => number): number[] {
  if (random() < 0.7) return Array.from({ length: between(random, 0, 4) }, () => between(random, 1, 30));
  const first = between(random, 1, 25);
  return Array.from({ length: between(random, 3, 8) }, (_, place) => first + place);
}

/** One run as the program makes it, the probe before it included. */
async function sync(world: World, { request, faults, disturb, trace }: SyncArgs): Promise<Ran> {
  const { sandbox, random, clock } = world;
  const abort = new AbortController();
  const cancelAt = disturb && random() < 0.2 ? between(random, 1, 30) : 0;
  const changesAt = disturb ? disturbances(random) : [];
  const ran: Ran = {
    request,
    plan: null,
    summary: null,
    problem: null,
    faulty: faults.length > 0,
    cancelled: false,
    changed: false,
    moved: false,
    startTick: world.tick(),
    idsBefore: new Set(sandbox.ids()),
    unsettledBefore: idsOf(world, UNSETTLED),
    heldBefore: idsOf(world, 'SELECT id FROM orders WHERE vanished_ms IS NULL'),
  };
  let arrived = 0;
  async function watched<T>(answer: Promise<T>): Promise<T> {
    const body = await answer;
    arrived += 1;
    if (arrived === cancelAt) {
      trace.push(`  ${arrived}: cancel`);
      ran.cancelled = true;
      abort.abort();
    }
    for (const at of changesAt) {
      if (at !== arrived) continue;
      if (random() < 0.2) {
        trace.push(`  ${arrived}: ${world.passTime('short')}`);
        continue;
      }
      const { name, moves } = world.change();
      trace.push(`  ${arrived}: ${name}`);
      ran.changed = true;
      ran.moved ||= moves;
    }
    return body;
  }
  const client = createOmnitronClient({
    baseUrl: sandbox.baseUrl,
    token: sandbox.token,
    fetch: sandbox.fetch,
    clock,
    random: () => 0.5,
    limits: { headMs: FOREVER_MS, wholeMs: FOREVER_MS, maxBytes: 1e8 },
  });
  const disturbed: OmnitronClient = {
    ...client,
    counters: client.counters,
    listOrders: (...args) => watched(client.listOrders(...args)),
    orderByNumber: (...args) => watched(client.orderByNumber(...args)),
  };
  const parts = { client: disturbed, writer: countedWriter(world.writer(), world.cache), clock };
  sandbox.setFaults(faults);
  try {
    await probeIfDue(parts, abort.signal);
    ran.summary = await runSync(parts, {
      signal: abort.signal,
      onProgress: () => undefined,
      onPlan: (plan) => {
        ran.plan = plan;
      },
      request,
      timeZone: 'Europe/Istanbul',
    });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === 'INTERNAL') throw thrown;
    ran.problem = thrown;
  }
  sandbox.setFaults([]);
  trace.push(
    `  ${ran.plan?.kind ?? 'no plan'}${ran.plan?.resumes ? ' resumed' : ''}: ${ran.problem?.code ?? `complete ${ran.summary?.complete}`}`,
  );
  return ran;
}

function check(world: World, memory: Memory, ran: Ran): void {
  const { there, vanished } = heldTexts(world.cache);
  checkHistory(world, memory, there);
  if (ran.problem !== null) checkProblem(ran, ran.problem);
  const since = ran.plan?.resumes === true ? (memory.openSince ?? ran.startTick) : ran.startTick;
  if (ran.summary?.complete === true) checkComplete(world, ran, { there, vanished, since });
  else if (ran.summary !== null)
    expect(ran.faulty || ran.changed || ran.plan?.resumes, 'a quiet run is complete').toBe(true);
  const open = oneValue(world, `SELECT EXISTS (SELECT 1 FROM passes WHERE scope = 'all' AND state = 'running')`) === 1;
  memory.openSince = open ? (memory.openSince ?? ran.startTick) : null;
}

/** Nothing is held that the server never had, and no order goes back to a state before the one it was held in. */
function checkHistory({ history }: World, { latest }: Memory, there: Map<number, string>): void {
  for (const [id, text] of there) {
    const place = (history.get(id) ?? []).findLastIndex((state) => state.text === text);
    expect(place, `order ${id} is held as ${text}, before as ${latest.get(id)}`).toBeGreaterThanOrEqual(
      latest.get(id) ?? 0,
    );
    latest.set(id, place);
  }
}

function checkProblem(ran: Ran, problem: AppError): void {
  if (problem.code === 'CANCELLED') expect(ran.cancelled).toBe(true);
  else expect(ran.faulty, `${problem.code}: ${problem.message}`).toBe(true);
}

interface Held {
  there: Map<number, string>;
  vanished: Set<number>;
  /** No order may be held in a state that ended before this tick, as far as the run had to read it. */
  since: number;
}

function checkComplete(world: World, ran: Ran, held: Held): void {
  const { sandbox } = world;
  const aside = idsOf(world, 'SELECT order_id FROM quarantine WHERE order_id IS NOT NULL');
  const nameless = Number(oneValue(world, 'SELECT count(*) FROM quarantine WHERE order_id IS NULL'));
  const there = new Set([...held.there.keys()].filter((id) => !held.vanished.has(id)));
  const present = new Set(sandbox.ids());

  // Where nothing tells what came, a list in no order proves itself only while nothing comes or goes; a row without an id
  // may be any order.
  const tells = world.honours.some((each) => each === 'sort' || each === 'modified_date__gte');
  const provesIds = world.listOrder === 'ascending' || tells || !ran.moved;
  const missing = [...ran.idsBefore].filter((id) => present.has(id) && !there.has(id) && !aside.has(id));
  if (provesIds) expect(missing.length, `missing: ${missing}`).toBeLessThanOrEqual(nameless);
  const lost = missing.filter((id) => held.vanished.has(id));
  if (provesIds) expect(lost, 'marked as vanished, but there').toEqual([]);
  if (provesIds && !ran.changed && nameless === 0) {
    const gone = [...there].filter((id) => !present.has(id));
    expect(gone, 'held, but gone').toEqual([]);
  }

  const wasFull = ran.plan?.kind === 'full';
  for (const id of present) {
    if (aside.has(id) || !there.has(id) || nameless > 0) continue;
    const states = world.history.get(id) ?? [];
    const place = states.findLastIndex(({ text }) => text === held.there.get(id));
    const ended = states[place + 1]?.tick ?? Number.POSITIVE_INFINITY;
    if (ended > held.since) continue;
    const mustBeFresh = wasFull || ran.plan?.kind === 'changes' || isToBeRead(world, ran, id);
    expect(mustBeFresh, `order ${id}: ${held.there.get(id)}, not ${states.at(-1)?.text}`).toBe(false);
  }
  checkCounts(world, ran);
}

/** Whether a refresh or a verification must have read the order. */
function isToBeRead({ sandbox }: World, ran: Ran, id: number): boolean {
  const order = sandbox.order(id);
  if (order === null) return false;
  return ran.plan?.kind === 'verify' ? isInPeriod(ran.request, order.date_placed) : isRefreshed(ran, id, order);
}

/** New orders, those held in a state that is not final, and those that the server's filters name. */
function isRefreshed(
  ran: Ran,
  id: number,
  order: { is_send: boolean; orderitem_set: { cancel_status: string | null }[] },
) {
  if (!ran.heldBefore.has(id) || ran.unsettledBefore.has(id)) return true;
  // What is changed while the run goes on may be seen by the next one.
  return (
    !ran.changed && (!order.is_send || order.orderitem_set.some(({ cancel_status }) => cancel_status === 'waiting'))
  );
}

function isInPeriod(request: SyncRequest, placed: string): boolean {
  if (request.mode !== 'verify') return false;
  const { from, to } = request.period;
  // A day's margin on both sides instead of the time zone.
  const [first, last] = [Date.parse(from ?? '1970-01-01') + 86_400_000, Date.parse(to ?? '2999-01-01') - 86_400_000];
  const ms = Date.parse(placed);
  return ms >= first && ms <= last;
}

/** One order is one count of the run: as many as the run's passes have met. */
function checkCounts(world: World, ran: Ran): void {
  const { summary } = ran;
  if (summary === null || ran.changed || ran.faulty || ran.plan?.resumes === true) return;
  const began = `(SELECT min(id) FROM passes WHERE run_id = ${summary.run})`;
  const met = `SELECT count(*) FROM orders WHERE seen_pass >= ${began}`;
  const bad = `SELECT count(*) FROM quarantine q WHERE pass_id >= ${began} AND EXISTS (SELECT 1 FROM orders WHERE id = order_id)`;
  const { created, updated, unchanged } = summary;
  expect(created + updated + unchanged, 'counts').toBe(Number(oneValue(world, met)) - Number(oneValue(world, bad)));
}
