import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/main/database/open.ts';
import type { Decision } from '../../src/shared/decisions.ts';
import { AppError } from '../../src/shared/errors.ts';
import { FINDING_STATUSES, REASON_CODES } from '../../src/shared/queue.ts';
import { closeAfterTest, NOW_MS } from '../support/engine.ts';
import { startQueue, total, wrongOrder } from '../support/queue-store.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const ORDERS = 12;
const STEPS = 80;
const seed = testSeed();

/** Every stored decision and every note in force, as text. */
function imageOf(folder: string): string {
  const file = closeAfterTest(openSqlite(join(folder, 'local.db'), { readonly: true }));
  const decisions = file.prepare('SELECT * FROM finding_decisions ORDER BY check_code, subject').all();
  const notes = file
    .prepare('SELECT check_code, subject, text FROM finding_notes WHERE removed_ms IS NULL ORDER BY id')
    .all();
  file.close();
  return JSON.stringify([decisions, notes]);
}

test(`any undo that is allowed restores the exact former decisions (seed ${seed})`, () => {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const queue = startQueue(Array.from({ length: ORDERS }, (_, index) => wrongOrder(index + 1)));
  /** Entries in force with the orders they are about, the newest last, and what was stored before them. */
  const inForce: { entry: number; orders: number[]; before: string }[] = [];
  const undone: number[] = [];

  const someOrders = (): number[] => {
    const chosen = Array.from({ length: ORDERS }, (_, index) => index + 1).filter(() => random() < 0.25);
    return chosen.length > 0 ? chosen : [1 + Math.floor(random() * ORDERS)];
  };
  const decideAtRandom = (step: number): void => {
    const status = pick(FINDING_STATUSES.filter((each) => each !== 'corrected'));
    const settles = status !== 'open' && status !== 'in_progress';
    const decision: Partial<Decision> = {
      status,
      reason: settles && (status === 'explained' || random() < 0.5) ? pick(REASON_CODES) : null,
      owner: random() < 0.5 ? pick(['Ayşe', 'Can']) : null,
      note: random() < 0.3 ? `note ${step}` : null,
    };
    const orders = someOrders();
    const before = imageOf(queue.folder);
    const { entry } = queue.decide(orders.map(total), decision, NOW_MS + step);
    inForce.push({ entry, orders, before });
  };
  const undoAtRandom = (step: number): void => {
    const wanted = pick(inForce);
    const later = inForce.filter(
      ({ entry, orders }) => entry > wanted.entry && orders.some((id) => wanted.orders.includes(id)),
    );
    const now = imageOf(queue.folder);
    const undo = () => queue.writer.undoDecision({ entry: wanted.entry, nowMs: NOW_MS + step });
    if (later.length > 0) {
      expect(undo, `seed ${seed}, step ${step}`).toThrow(AppError);
      expect(imageOf(queue.folder)).toBe(now);
      return;
    }
    expect(undo().findings).toBe(wanted.orders.length);
    expect(about(imageOf(queue.folder), wanted.orders), `seed ${seed}, step ${step}`).toBe(
      about(wanted.before, wanted.orders),
    );
    const others = Array.from({ length: ORDERS }, (_, index) => index + 1).filter((id) => !wanted.orders.includes(id));
    expect(about(imageOf(queue.folder), others), `seed ${seed}, step ${step}`).toBe(about(now, others));
    inForce.splice(inForce.indexOf(wanted), 1);
    undone.push(wanted.entry);
  };

  const untouched = imageOf(queue.folder);
  for (let step = 1; step <= STEPS; step += 1) {
    if (inForce.length === 0 || random() < 0.6) decideAtRandom(step);
    else undoAtRandom(step);
  }
  for (const entry of undone) {
    expect(() => queue.writer.undoDecision({ entry, nowMs: NOW_MS })).toThrow(
      expect.objectContaining({ code: 'UNDO_REFUSED' }),
    );
  }
  // All of it, backwards, ends where it began.
  for (const { entry, orders, before } of inForce.reverse()) {
    queue.writer.undoDecision({ entry, nowMs: NOW_MS + STEPS + 1 });
    expect(about(imageOf(queue.folder), orders), `seed ${seed}, entry ${entry}`).toBe(about(before, orders));
  }
  expect(imageOf(queue.folder), `seed ${seed}`).toBe(untouched);
});

/** The part of an image that is about some orders. */
function about(image: string, orders: readonly number[]): string {
  const parts = JSON.parse(image) as { subject: number }[][];
  return JSON.stringify(parts.map((rows) => rows.filter(({ subject }) => orders.includes(subject))));
}
