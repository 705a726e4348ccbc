import { expect } from 'vitest';
import { NOW_MS } from './engine.ts';
import { emptyModel, expectSame, inBatch, isPending, isPushable } from './push-model.ts';
import { batchesIn, type Life, sync } from './push-model-base.ts';
import { push } from './push-model-push.ts';
import {
  approve,
  crash,
  editElsewhere,
  propose,
  REASON,
  resolve,
  reverse,
  sendBack,
  signIn,
  signOut,
  submit,
  switchControl,
  withdraw,
} from './push-model-steps.ts';
import { openWorld } from './push-model-world.ts';
import { seededRandom } from './random.ts';

/** Steps of one life. */
export const STEPS = 50;

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
