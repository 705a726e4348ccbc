import { expect } from 'vitest';
import type { BatchState } from '../../src/shared/batches.ts';
import {
  type CorrectionRow,
  type CorrectionState,
  PENDING_STATES,
  PUSHABLE_STATES,
} from '../../src/shared/corrections.ts';
import { lineOf, type ModelField, type Values } from './push-model-shop.ts';
import { ORDERS, type Person, type PushWorld } from './push-model-world.ts';

/** One field of a correction, as the model has it. */
export interface ModelChange {
  field: ModelField;
  base: string | boolean;
  target: string | boolean;
}

export interface ModelCorrection {
  id: number;
  order: number;
  kind: 'order' | 'line';
  changes: ModelChange[];
  state: CorrectionState;
  batch: number;
  profile: Person | null;
  /** The fields that pushes wrote; null = a push that met a fault may have written, so the model does not know. */
  wrote: ModelField[] | null;
}

export interface ModelBatch {
  id: number;
  kind: 'corrections' | 'reversal';
  state: BatchState;
  maker: Person | null;
  submitter: Person | null;
  reverses: number | null;
}

/** What the program is to hold, kept by rules of its own. */
export interface Model {
  corrections: Map<number, ModelCorrection>;
  batches: Map<number, ModelBatch>;
  /** What the program last read of each order. */
  cache: Map<number, Values>;
  signedIn: Person | null;
  makerChecker: boolean;
}

export function emptyModel({ shop }: PushWorld): Model {
  const cache = new Map(ORDERS.map((order) => [order, { ...shop.values(order) }]));
  return { corrections: new Map(), batches: new Map(), cache, signedIn: null, makerChecker: false };
}

export const isPending = ({ state }: ModelCorrection): boolean => PENDING_STATES.includes(state);
export const isPushable = ({ state }: ModelCorrection): boolean => PUSHABLE_STATES.includes(state);
const FIXED: readonly BatchState[] = ['for_approval', 'approved', 'pushing'];

/** Whether nobody may change a correction any more: its batch was submitted. */
export function isFixed(model: Model, { batch }: ModelCorrection): boolean {
  const found = model.batches.get(batch);
  return found !== undefined && FIXED.includes(found.state);
}

export function inBatch({ corrections }: Model, batch: number): ModelCorrection[] {
  return [...corrections.values()].filter((each) => each.batch === batch).sort((a, b) => a.id - b.id);
}

/** Takes a new correction of the program into the model: it must be what was asked for, in a draft of its author. */
export function adopt(
  model: Model,
  row: CorrectionRow,
  changes: readonly ModelChange[],
  kind: ModelBatch['kind'] = 'corrections',
): void {
  const plain = (list: readonly { field: string; base: unknown; target: unknown }[]) =>
    list.map(({ field, base, target }) => ({ field, base, target })).sort((a, b) => (a.field < b.field ? -1 : 1));
  expect(plain(row.fields)).toEqual(plain(changes));
  expect(row.state).toBe('queued');
  const batch = row.batch?.id ?? 0;
  const known = model.batches.get(batch);
  if (known === undefined) {
    model.batches.set(batch, {
      id: batch,
      kind,
      state: 'draft',
      maker: model.signedIn,
      submitter: null,
      reverses: null,
    });
  } else {
    expect(known).toMatchObject({ kind, state: 'draft', maker: model.signedIn });
  }
  model.corrections.set(row.id, {
    id: row.id,
    order: row.order.id,
    kind: row.lineId === null ? 'order' : 'line',
    changes: [...changes],
    state: 'queued',
    batch,
    profile: model.signedIn,
    wrote: [],
  });
  expect(row.lineId).toBe(row.lineId === null ? null : lineOf(row.order.id));
}

/** Everybody who had a part in a batch. */
export function partakers(model: Model, batch: ModelBatch): Set<Person | null> {
  const proposers = inBatch(model, batch.id)
    .filter(isPushable)
    .map(({ profile }) => profile);
  return new Set([batch.maker, batch.submitter, ...proposers]);
}

/**
 * Carries a batch out as a push that meets no fault must: in order, each over what the server holds then.
 * @returns how many corrections ended in which way
 */
export function carryOut(
  model: Model,
  batch: ModelBatch,
  shop: ReadonlyMap<number, Values>,
): Record<'applied' | 'conflict', number> {
  const counts = { applied: 0, conflict: 0 };
  for (const correction of inBatch(model, batch.id).filter(isPushable)) {
    const server = shop.get(correction.order);
    if (server === undefined) throw new Error('an order is missing');
    const differs = correction.changes.filter(({ field, target }) => server[field] !== target);
    const isChanged = differs.some(({ field, base }) => server[field] !== base);
    if (!isChanged) {
      for (const { field, target } of differs) Object.assign(server, { [field]: target });
      correction.wrote?.push(...differs.map(({ field }) => field));
    }
    correction.state = isChanged ? 'conflict' : 'applied';
    counts[correction.state === 'conflict' ? 'conflict' : 'applied'] += 1;
    model.cache.set(correction.order, { ...server });
  }
  batch.state = finishedState(model, batch);
  return counts;
}

/** How a batch stands after a push of it. */
export function finishedState(model: Model, batch: ModelBatch): BatchState {
  const states = inBatch(model, batch.id).map(({ state }) => state);
  if (states.some((state) => PUSHABLE_STATES.includes(state))) return 'pushing';
  return states.some((state) => state === 'conflict' || state === 'rejected') ? 'done_with_exceptions' : 'done';
}

/** What taking a batch back comes to, by correction; null = the model does not know, for a push of it met a fault. */
export function reversalOf(model: Model, batch: ModelBatch): { of: ModelCorrection; changes: ModelChange[] }[] | null {
  const applied = inBatch(model, batch.id).filter(({ state }) => state === 'applied');
  if (applied.some(({ wrote }) => wrote === null)) return null;
  return applied.flatMap((of) => {
    const changes = of.changes
      .filter(({ field }) => field !== 'is_send' && of.wrote?.includes(field))
      .map(({ field, base, target }) => ({ field, base: target, target: base }));
    return changes.length === 0 ? [] : [{ of, changes }];
  });
}

/** The program holds what the model does. */
export function expectSame(model: Model, world: PushWorld): void {
  const rows = world.rows().map(({ id, state, batch }) => ({ id, state, batch: batch?.id }));
  const wanted = [...model.corrections.values()].map(({ id, state, batch }) => ({ id, state, batch }));
  expect(rows).toEqual(wanted.sort((a, b) => a.id - b.id));
  const batches = world.batches().map(({ id, kind, state }) => ({ id, kind, state }));
  expect(batches).toEqual(
    [...model.batches.values()].map(({ id, kind, state }) => ({ id, kind, state })).sort((a, b) => a.id - b.id),
  );
}
