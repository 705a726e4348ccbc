import { expect } from 'vitest';
import {
  carryOut,
  finishedState,
  inBatch,
  isPushable,
  type ModelBatch,
  type ModelChange,
  type ModelCorrection,
} from './push-model.ts';
import { batchesIn, type Life, serverNow, sync } from './push-model-base.ts';
import { MODEL_FIELDS, type ModelFault, type Values } from './push-model-shop.ts';
import type { PushWorld } from './push-model-world.ts';
import { between, pick } from './sync-world.ts';

function randomFault({ random, fresh }: Life): ModelFault {
  const kinds = [
    'lost before',
    'lost after',
    'crash before',
    'crash after',
    'status',
    'refuse',
    'edit',
    'edit',
  ] as const;
  const number = fresh();
  const set = pick<Partial<Values>>(random, [
    { tracking_number: `E${number}` },
    { e_archive_url: `https://e.example.com/edit/${number}` },
    { is_send: random() < 0.5 },
  ]);
  const kind = pick(random, kinds);
  const status = kind === 'refuse' ? 403 : pick(random, [401, 403, 429, 500, 503]);
  return { at: between(random, 1, 7), kind, status, set };
}

/** Pushes a batch, `chosen` without a fault; one that may not be pushed must be refused. @returns what came of it */
export async function push(life: Life, chosen?: ModelBatch): Promise<string> {
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
      expect(fault, its).toMatchObject({ status: 403 });
      expect(['status', 'refuse'], its).toContain(fault.kind);
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
