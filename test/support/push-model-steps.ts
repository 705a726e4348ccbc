import { expect } from 'vitest';
import type { NewCorrection } from '../../src/shared/corrections.ts';
import { AppError } from '../../src/shared/errors.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { ISTANBUL, NOW_MS } from './engine.ts';
import {
  adopt,
  inBatch,
  isFixed,
  isPending,
  isPushable,
  type Model,
  type ModelChange,
  type ModelCorrection,
  partakers,
  reversalOf,
} from './push-model.ts';
import { batchesIn, type Life } from './push-model-base.ts';
import { lineOf, MODEL_FIELDS, type ModelField, type Values } from './push-model-shop.ts';
import { ORDERS, PEOPLE, PIN } from './push-model-world.ts';
import { pick } from './sync-world.ts';

/** Why everything is done that needs a reason. */
export const REASON = 'month end';
const moment = { timeZone: ISTANBUL, nowMs: NOW_MS };

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

/** Proposes new values of an order or its line. @returns what came of it */
export function propose({ world, model, random, fresh }: Life): string {
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

/** Takes a correction that waits back. @returns what came of it */
export function withdraw({ world, model, random }: Life): string {
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

/** Submits a draft. @returns what came of it */
export function submit({ world, model, random }: Life): string {
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

/** Approves a batch, or tries to. @returns what came of it */
export function approve({ world, model, random }: Life): string {
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

/** Sends a submitted batch back. @returns what came of it */
export function sendBack({ world, model, random }: Life): string {
  const submitted = batchesIn(model, 'for_approval', 'approved');
  if (submitted.length === 0) return 'nothing to send back';
  const batch = pick(random, submitted);
  const code = codeOf(() => world.writer().sendBackBatch({ id: batch.id, reason: REASON, nowMs: NOW_MS }));
  expect(code).toBe(model.makerChecker && model.signedIn === null ? 'USER_NEEDED' : null);
  if (code === null) Object.assign(batch, { state: 'draft', submitter: null });
  return `send back ${batch.id}: ${code}`;
}

/** Decides a conflict or a refusal; `chosen` for one's own values. @returns what came of it */
export function resolve({ world, model, random }: Life, chosen?: ModelCorrection): string {
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

/** Generates the batch that takes a finished one back. @returns what came of it */
export function reverse({ world, model, random }: Life): string {
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

/** One of the two people signs in. @returns what came of it */
export function signIn({ world, model, random }: Life): string {
  const name = pick(random, PEOPLE);
  world.writer().signIn({ name, pin: PIN, nowMs: NOW_MS });
  model.signedIn = name;
  return `sign in ${name}`;
}

/** Whoever is signed in signs out. @returns what came of it */
export function signOut({ world, model }: Life): string {
  world.writer().signOut();
  model.signedIn = null;
  return 'sign out';
}

/** Switches the approval of a second person on or off. @returns what came of it */
export function switchControl({ world, model }: Life): string {
  const rules = { ...DEFAULT_CONTROL, makerChecker: !model.makerChecker };
  const code = codeOf(() => world.writer().setControl({ rules, reason: REASON, nowMs: NOW_MS }));
  const waits = batchesIn(model, 'for_approval', 'approved').length > 0;
  expect(code).toBe(model.makerChecker && model.signedIn === null ? 'USER_NEEDED' : waits ? 'BATCH_STATE' : null);
  if (code === null) model.makerChecker = rules.makerChecker;
  return `maker-checker ${rules.makerChecker}: ${code}`;
}

/** Another user of Omnitron changes a field. @returns what came of it */
export function editElsewhere({ world, model, random, fresh }: Life): string {
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

/** The program dies while nothing is pushed, and is started again. @returns what came of it */
export function crash({ world, model }: Life): string {
  world.crash();
  model.signedIn = null;
  return 'crash';
}
