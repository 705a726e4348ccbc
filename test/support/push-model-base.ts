import { NOW_MS } from './engine.ts';
import type { Model, ModelBatch } from './push-model.ts';
import type { Values } from './push-model-shop.ts';
import { ORDERS, type PushWorld } from './push-model-world.ts';

/** One life of the program: what is, what the model says, and what has been done so far. */
export interface Life {
  world: PushWorld;
  model: Model;
  random: () => number;
  /** So that no two proposals want the same. */
  fresh(): number;
  trace: string[];
}

/** The batches that are in one of these states. */
export const batchesIn = ({ batches }: Model, ...states: ModelBatch['state'][]): ModelBatch[] =>
  [...batches.values()].filter(({ state }) => states.includes(state));

/** What the server holds now. */
export const serverNow = ({ shop }: PushWorld): Map<number, Values> =>
  new Map(ORDERS.map((order) => [order, { ...shop.values(order) }]));

/** Everything is read from the server. */
export function sync({ world, model }: Pick<Life, 'world' | 'model'>): string {
  const writer = world.writer();
  const plan = { kind: 'full' as const, resumes: false, steps: [], requests: 0 };
  const { runId, firstReading } = writer.beginRun({ kind: 'full', cause: 'manual', plan, nowMs: NOW_MS });
  const { passId } = writer.beginPass({ runId, limit: 100, direction: 'down', nowMs: NOW_MS });
  const body = world.shop.page();
  writer.applyPage({ passId, page: 1, nextPage: 0, pageSize: 100, reading: firstReading, nowMs: NOW_MS, body });
  model.cache = serverNow(world);
  return 'sync';
}
