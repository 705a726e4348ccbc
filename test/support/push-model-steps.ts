import { expect } from 'vitest';
import type { NewCorrection } from '../../src/shared/corrections.ts';
import { AppError } from '../../src/shared/errors.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { ISTANBUL, NOW_MS } from './engine.ts';
import {
  adopt,
  carryOut,
  emptyModel,
  expectSame,
  finishedState,
  inBatch,
  isFixed,
  isPending,
  isPushable,
  type Model,
  type ModelBatch,
  type ModelChange,
  type ModelCorrection,
  partakers,
  reversalOf,
} from './push-model.ts';
import { lineOf, MODEL_FIELDS, type ModelFault, type ModelField, type Values } from './push-model-shop.ts';
import { ORDERS, openWorld, PEOPLE, PIN, type PushWorld } from './push-model-world.ts';
import { seededRandom } from './random.ts';
import { between, pick } from './sync-world.ts';

export const STEPS = 50;
const REASON = 'month end';
const moment = { timeZone: ISTANBUL, nowMs: NOW_MS };

interface Life {
  world: PushWorld;
  model: Model;
  random: () => number;
  /** So that no two proposals want the same. */
  fresh(): number;
  trace: string[];
}

/** The code that a call is refused with; null = it was carried out. */
function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code !== 'INTERNAL') return thrown.code;
    throw thrown;
  }
}

const batchesIn = ({ batches }: Model, ...states: ModelBatch['state'][]): ModelBatch[] =>
  [...batches.values()].filter(({ state }) => states.includes(state));

function propose({ world, model, random, fresh }: Life): string {
  const order = pick(random, ORDERS);
  const kind = pick(random, ['order', 'line', 'line'] as const);
  const held = model.cache.get(order);
  if (held === undefined) throw new Error('an order is missing');
  const fields: ModelField[] =
    kind === 'order'
      ? ['is_send']
      : pick(random, [['tracking_number'], ['e_archive_url'], ['tracking_number', 'e_archive_url']]);
  if (kind === 'order' && held.is_send === true) return 'sent already';
  const number = fresh();
  const wanted: Values = {
    is_send: true,
    tracking_number: `T${number}`,
    e_archive_url: `https://e.example.com/${number}`,
  };
  const changes = fields.map((field): ModelChange => ({ field, base: held[field], target: wanted[field] }));
  const pending = [...model.corrections.values()].filter(
    (each) => each.order === order && each.kind === kind && isPending(each),
  );
  const isTaken = pending.some(
    (each) =>
      (isFixed(model, each) || model.batches.get(each.batch)?.kind === 'reversal' || each.state === 'unknown') &&
      each.changes.some(({ field }) => fields.includes(field)),
  );
  // A newer proposal beside an older one is left to the tests of proposing.
  if (pending.length > 0 && !isTaken) return 'pending already';
  const set: NewCorrection['set'] = Object.fromEntries(changes.map(({ field, target }) => [field, target]));
  const target: NewCorrection['target'] = kind === 'order' ? { kind, orderId: order } : { kind, lineId: lineOf(order) };
  const code = codeOf(() =>
    adopt(model, world.writer().addCorrection({ correction: { target, set }, ...moment }), changes),
  );
  expect(code).toBe(isTaken ? 'CORRECTION_STATE' : null);
  return `propose ${kind} ${order} ${fields}: ${code}`;
}

function withdraw({ world, model, random }: Life): string {
  const queued = [...model.corrections.values()].filter(({ state }) => state === 'queued' || state === 'waiting');
  if (queued.length === 0) return 'nothing to withdraw';
  const correction = pick(random, queued);
  const code = codeOf(() => world.writer().withdrawCorrections({ ids: [correction.id], nowMs: NOW_MS }));
  // Once a push has begun, what it has not come to yet can be taken back.
  const waits = batchesIn(model, 'for_approval', 'approved').some(({ id }) => id === correction.batch);
  expect(code).toBe(waits ? 'CORRECTION_STATE' : null);
  if (code === null) correction.state = 'withdrawn';
  return `withdraw ${correction.id}: ${code}`;
}

function submit({ world, model, random }: Life): string {
  const drafts = batchesIn(model, 'draft');
  if (drafts.length === 0) return 'no draft';
  const batch = pick(random, drafts);
  const isEmpty = !inBatch(model, batch.id).some(isPushable);
  const code = codeOf(() => world.writer().submitBatch({ id: batch.id, reason: REASON, nowMs: NOW_MS }));
  expect(code).toBe(model.makerChecker && model.signedIn === null ? 'USER_NEEDED' : isEmpty ? 'VALUE_INVALID' : null);
  if (code === null) {
    batch.state = model.makerChecker ? 'for_approval' : 'approved';
    batch.submitter = model.signedIn;
  }
  return `submit ${batch.id}: ${code}`;
}

function approve({ world, model, random }: Life): string {
  const submitted = batchesIn(model, 'for_approval');
  const waiting = submitted.length > 0 && random() < 0.9 ? submitted : [...model.batches.values()];
  if (waiting.length === 0) return 'nothing to approve';
  const batch = pick(random, waiting);
  const code = codeOf(() => world.writer().approveBatches({ ids: [batch.id], nowMs: NOW_MS }));
  const own = model.signedIn !== null && partakers(model, batch).has(model.signedIn);
  expect(code).toBe(
    batch.state !== 'for_approval' ? 'BATCH_STATE' : model.signedIn === null ? 'USER_NEEDED' : own ? 'OWN_BATCH' : null,
  );
  if (code === null) batch.state = 'approved';
  return `approve ${batch.id} as ${model.signedIn}: ${code}`;
}

function sendBack({ world, model, random }: Life): string {
  const submitted = batchesIn(model, 'for_approval', 'approved');
  if (submitted.length === 0) return 'nothing to send back';
  const batch = pick(random, submitted);
  const code = codeOf(() => world.writer().sendBackBatch({ id: batch.id, reason: REASON, nowMs: NOW_MS }));
  expect(code).toBe(model.makerChecker && model.signedIn === null ? 'USER_NEEDED' : null);
  if (code === null) Object.assign(batch, { state: 'draft', submitter: null });
  return `send back ${batch.id}: ${code}`;
}

function randomFault({ random, fresh }: Life): ModelFault {
  const kinds = ['lost before', 'lost after', 'crash before', 'crash after', 'status', 'edit', 'edit'] as const;
  const number = fresh();
  const set = pick<Partial<Values>>(random, [
    { tracking_number: `E${number}` },
    { e_archive_url: `https://e.example.com/edit/${number}` },
    { is_send: random() < 0.5 },
  ]);
  const status = pick(random, [401, 403, 403, 429, 500, 503]);
  return { at: between(random, 1, 7), kind: pick(random, kinds), status, set };
}

const serverNow = ({ shop }: PushWorld): Map<number, Values> =>
  new Map(ORDERS.map((order) => [order, { ...shop.values(order) }]));

async function push(life: Life, chosen?: ModelBatch): Promise<string> {
  const { world, model, random } = life;
  const ready = batchesIn(model, 'approved', 'pushing');
  const choices = ready.length > 0 && random() < 0.9 ? ready : [...model.batches.values()];
  if (choices.length === 0) return 'nothing to push';
  const batch = chosen ?? pick(random, choices);
  const [row] = world.batches().filter(({ id }) => id === batch.id);
  if (row === undefined) throw new Error(`there is no batch ${batch.id}`);
  if (batch.state !== 'approved' && batch.state !== 'pushing') {
    expect(await world.push(row, null)).toMatchObject({ code: 'BATCH_STATE' });
    expect(world.shop.requests()).toBe(0);
    return `push ${batch.id}, which is ${batch.state}`;
  }
  const fault = chosen === undefined && random() < 0.45 ? randomFault(life) : null;
  const [wrote, read] = [world.shop.arrived.length, world.shop.readings.length];
  const server = serverNow(world);
  const pushable = inBatch(model, batch.id).filter(isPushable);
  const { summary, code, crashed } = await world.push(row, fault);
  checkWrites(life, pushable, wrote);
  if (crashed) model.signedIn = null;
  if (fault === null) {
    const counts = carryOut(model, batch, server);
    expect(summary).toMatchObject({ ...counts, rejected: 0, unknown: 0, waiting: 0 });
    expect(serverNow(world)).toEqual(server);
  } else {
    takeOver(life, batch, { fault, wrote, read });
  }
  return `push ${batch.id} ${JSON.stringify(fault)}: ${code ?? JSON.stringify(summary)}${crashed ? ', crashed' : ''}`;
}

/** Nothing is written over a value that had been read and that the correction was not made over, nor unread. */
function checkWrites({ world }: Life, pushed: readonly ModelCorrection[], from: number): void {
  for (const { order, body, shown } of world.shop.arrived.slice(from)) {
    const fits = pushed.some(
      (each) =>
        each.order === order &&
        MODEL_FIELDS.every((field) => {
          if (body[field] === undefined) return true;
          const change = each.changes.find((one) => one.field === field);
          return change !== undefined && change.target === body[field] && shown?.[field] === change.base;
        }),
    );
    expect(fits, `order ${order}: ${JSON.stringify(body)} was sent over ${JSON.stringify(shown)}`).toBe(true);
  }
}

/** A push that met a fault may have ended in several ways; each must be one that the readings and writes bear out. */
function takeOver(
  { world, model }: Life,
  batch: ModelBatch,
  { fault, wrote, read }: { fault: ModelFault; wrote: number; read: number },
): void {
  for (const row of world.rows(batch.id)) {
    const correction = model.corrections.get(row.id);
    if (correction === undefined || !isPushable(correction)) continue;
    const { order, changes } = correction;
    const its = `correction ${row.id} is ${row.state}`;
    const sent = sentOf(world, correction, wrote);
    const readings = world.shop.readings.slice(read).filter((each) => each.order === order);
    const shows = (is: (change: ModelChange, value: string | boolean) => boolean, all: boolean): boolean =>
      readings.some(({ values }) =>
        all
          ? changes.every((each) => is(each, values[each.field]))
          : changes.some((each) => is(each, values[each.field])),
      );
    if (row.state === 'applied') {
      expect(
        shows(({ target }, value) => value === target, true),
        its,
      ).toBe(true);
    } else if (row.state === 'conflict') {
      expect(
        shows(({ base, target }, value) => value !== target && (sent || value !== base), false),
        its,
      ).toBe(true);
    } else if (row.state === 'rejected') {
      expect(fault, its).toMatchObject({ kind: 'status', status: 403 });
    } else if (row.state === 'waiting' || row.state === 'queued' || row.state === 'checking') {
      // Nothing of it was written, now or earlier: otherwise its state would say so.
      if (correction.state === 'unknown' || correction.state === 'sending' || correction.state === 'verifying')
        expect(row.state, its).toBe(correction.state);
      else expect(sent, its).toBe(false);
    } else {
      expect(['sending', 'verifying', 'unknown'], its).toContain(row.state);
    }
    correction.state = row.state;
    correction.wrote = null;
  }
  batch.state = finishedState(model, batch);
  sync({ world, model });
}

function sentOf({ shop }: PushWorld, { order, changes }: ModelCorrection, from: number): boolean {
  return shop.arrived
    .slice(from)
    .some((each) => each.order === order && changes.some(({ field, target }) => each.body[field] === target));
}

function resolve({ world, model, random }: Life, chosen?: ModelCorrection): string {
  const open = [...model.corrections.values()].filter(({ state }) => state === 'conflict' || state === 'rejected');
  if (open.length === 0) return 'nothing to resolve';
  const correction = chosen ?? pick(random, open);
  const before = world.row(correction.id);
  const keep = correction.changes.map(({ field }) => ({
    field,
    keep: chosen === undefined && random() < 0.5 ? ('theirs' as const) : ('mine' as const),
  }));
  const changes = correction.changes.flatMap(({ field, target, base }): ModelChange[] => {
    const seen = before.fields.find((each) => each.field === field)?.server ?? base;
    const isMine = keep.some((each) => each.field === field && each.keep === 'mine');
    return isMine && seen !== target && !(typeof seen === 'object') ? [{ field, base: seen, target }] : [];
  });
  const answer = world.writer().resolveConflicts({ choices: [{ id: correction.id, fields: keep }], ...moment });
  const isKept = changes.length > 0;
  expect(answer).toEqual({ queued: isKept ? 1 : 0, withdrawn: isKept ? 0 : 1 });
  correction.state = 'withdrawn';
  const after = world.row(correction.id);
  expect(after.state).toBe('withdrawn');
  if (after.successor === null) expect(isKept).toBe(false);
  else adopt(model, world.row(after.successor), changes);
  return `resolve ${correction.id} ${JSON.stringify(keep)}`;
}

function reverse({ world, model, random }: Life): string {
  const finished = batchesIn(model, 'done', 'done_with_exceptions');
  if (finished.length === 0) return 'nothing to reverse';
  const batch = pick(random, finished);
  const earlier = [...model.batches.values()].find(
    ({ id, reverses }) => reverses === batch.id && inBatch(model, id).some(({ state }) => state !== 'withdrawn'),
  );
  const wanted = reversalOf(model, batch);
  const known = new Set(model.batches.keys());
  const code = codeOf(() => world.writer().reverseBatch({ id: batch.id, reason: REASON, ...moment }));
  if (earlier !== undefined || wanted?.length === 0) expect(code).toBe('BATCH_STATE');
  else if (wanted !== null) expect(code).toBeNull();
  if (code !== null) return `reverse ${batch.id}: ${code}`;
  const [draft] = world.batches().filter(({ id }) => !known.has(id));
  const rows = world.rows(draft?.id ?? 0);
  if (wanted !== null) expect(rows.map(({ reverses }) => reverses)).toEqual(wanted.map(({ of }) => of.id));
  for (const row of rows) {
    const { changes = [] } = wanted?.find(({ of }) => of.id === row.reverses) ?? {
      changes: swapped(
        model,
        row.reverses,
        row.fields.map(({ field }) => field),
      ),
    };
    adopt(model, row, changes, 'reversal');
  }
  const made = model.batches.get(draft?.id ?? 0);
  if (made !== undefined) made.reverses = batch.id;
  return `reverse ${batch.id} by ${draft?.id}`;
}

/** Some fields of a correction with base and target swapped. */
function swapped({ corrections }: Model, id: number | null, fields: readonly string[]): ModelChange[] {
  const { changes } = corrections.get(id ?? 0) ?? { changes: [] };
  return changes
    .filter(({ field }) => fields.includes(field))
    .map(({ field, base, target }) => ({ field, base: target, target: base }));
}

function signIn({ world, model, random }: Life): string {
  const name = pick(random, PEOPLE);
  world.writer().signIn({ name, pin: PIN, nowMs: NOW_MS });
  model.signedIn = name;
  return `sign in ${name}`;
}

function signOut({ world, model }: Life): string {
  world.writer().signOut();
  model.signedIn = null;
  return 'sign out';
}

function switchControl({ world, model }: Life): string {
  const rules = { ...DEFAULT_CONTROL, makerChecker: !model.makerChecker };
  const code = codeOf(() => world.writer().setControl({ rules, reason: REASON, nowMs: NOW_MS }));
  const waits = batchesIn(model, 'for_approval', 'approved').length > 0;
  expect(code).toBe(model.makerChecker && model.signedIn === null ? 'USER_NEEDED' : waits ? 'BATCH_STATE' : null);
  if (code === null) model.makerChecker = rules.makerChecker;
  return `maker-checker ${rules.makerChecker}: ${code}`;
}

function editElsewhere({ world, model, random, fresh }: Life): string {
  const order = pick(random, ORDERS);
  const field = pick(random, MODEL_FIELDS);
  const wanted = [...model.corrections.values()]
    .filter((each) => each.order === order && isPending(each))
    .flatMap(({ changes }) => changes.filter((change) => change.field === field));
  const number = fresh();
  const theirs =
    field === 'is_send'
      ? random() < 0.5
      : `${field === 'e_archive_url' ? 'https://e.example.com/theirs/' : 'R'}${number}`;
  const value = random() < 0.2 && wanted.length > 0 ? pick(random, wanted).target : theirs;
  world.shop.change(order, { [field]: value });
  return `elsewhere order ${order} ${field} = ${value}`;
}

function sync({ world, model }: Pick<Life, 'world' | 'model'>): string {
  const writer = world.writer();
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
  const { runId, firstReading } = writer.beginRun({ kind: 'full', cause: 'manual', plan, nowMs: NOW_MS });
  const { passId } = writer.beginPass({ runId, limit: 100, direction: 'down', nowMs: NOW_MS });
  const body = world.shop.page();
  writer.applyPage({ passId, page: 1, nextPage: 0, pageSize: 100, reading: firstReading, nowMs: NOW_MS, body });
  model.cache = serverNow(world);
  return 'sync';
}

function crash({ world, model }: Life): string {
  world.crash();
  model.signedIn = null;
  return 'crash';
}

const CHANCES: readonly [number, (life: Life) => string | Promise<string>][] = [
  [34, propose],
  [4, withdraw],
  [12, submit],
  [10, approve],
  [3, sendBack],
  [16, (life) => push(life)],
  [6, (life) => resolve(life)],
  [5, reverse],
  [9, signIn],
  [2, signOut],
  [2, switchControl],
  [9, editElsewhere],
  [3, sync],
  [2, crash],
];
const ALL = CHANCES.reduce((sum, [chance]) => sum + chance, 0);

function randomStep(random: () => number): (life: Life) => string | Promise<string> {
  let left = random() * ALL;
  for (const [chance, step] of CHANCES) {
    left -= chance;
    if (left < 0) return step;
  }
  return propose;
}

/** One life of two people and a server. The error of a failure names seed and steps. @returns what was done */
export async function liveThrough(seed: number, prepared: string): Promise<readonly string[]> {
  const world = openWorld(prepared);
  let last = 0;
  const life: Life = { world, model: emptyModel(world), random: seededRandom(seed), fresh: () => ++last, trace: [] };
  try {
    // A second person approves in every other life from its beginning.
    if (seed % 2 === 0) life.trace.push(switchControl(life));
    for (let step = 1; step <= STEPS; step += 1) {
      life.trace.push(await randomStep(life.random)(life));
      // Whatever happened, what the model knows is what the program holds.
      if (step % 10 === 0) expectSame(life.model, world);
    }
    await finish(life);
    expectSame(life.model, world);
    expect(world.audit()).toMatchObject({ ok: true });
    return life.trace;
  } catch (thrown) {
    const steps = `seed ${seed}\n${life.trace.map((line, at) => `${at + 1} ${line}`).join('\n')}`;
    throw new Error(`${steps}\n${thrown instanceof Error ? thrown.stack : String(thrown)}`, { cause: thrown });
  } finally {
    world.close();
  }
}

/** Everything is pushed without a fault, what is in conflict is kept, and pushed again: nothing is left then. */
async function finish(life: Life): Promise<void> {
  const { world, model } = life;
  signIn(life);
  for (const batch of batchesIn(model, 'for_approval')) {
    world.writer().sendBackBatch({ id: batch.id, reason: REASON, nowMs: NOW_MS });
    batch.state = 'draft';
  }
  for (const batch of batchesIn(model, 'approved', 'pushing')) life.trace.push(await push(life, batch));
  if (model.makerChecker) switchControl(life);
  for (let round = 0; round < 12; round += 1) {
    for (const batch of batchesIn(model, 'draft').filter(({ id }) => inBatch(model, id).some(isPushable))) {
      world.writer().submitBatch({ id: batch.id, reason: REASON, nowMs: NOW_MS });
      batch.state = 'approved';
      life.trace.push(await push(life, batch));
    }
    const open = [...model.corrections.values()].filter(({ state }) => state === 'conflict' || state === 'rejected');
    for (const each of open) life.trace.push(resolve(life, each));
  }
  expect([...model.corrections.values()].filter(isPending)).toEqual([]);
}
