import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveThrough, STEPS } from '../support/push-model-life.ts';
import { prepareFolder } from '../support/push-model-world.ts';
import { testSeed } from '../support/random.ts';

/** Lives. A failing one is lived again with MUTABAKAT_SEED=its seed and MUTABAKAT_MODEL_RUNS=1. */
const RUNS = Number(process.env.MUTABAKAT_MODEL_RUNS ?? 300);
const seed = testSeed();
/** What three hundred lives are full of: a life without it would prove nothing about it. */
const EVENTS = [
  /^approve .*: null/,
  /^approve .*: OWN_BATCH/,
  /^submit .*: USER_NEEDED/,
  /^withdraw .*: CORRECTION_STATE/,
  /^push .*, crashed$/,
  /^push .*"conflict":[1-9]/,
  /^push .*"rejected":[1-9]/,
  /^push .*"lost after".*"applied":[1-9]/,
  /^push .*which is for_approval/,
  /^resolve .*mine/,
  /^reverse .* by /,
];
let prepared = { folder: '', remove: (): void => undefined };

beforeAll(() => {
  prepared = prepareFolder();
});
afterAll(() => prepared.remove());

test(`${RUNS} lives of ${STEPS} random steps of two people end as the model says, with a whole audit trail, seed ${seed}`, {
  timeout: 60_000 + RUNS * 2_000,
}, async () => {
  const done: string[] = [];
  for (let run = 0; run < RUNS; run += 1) done.push(...(await liveThrough(seed + run, prepared.folder)));
  if (RUNS < 300) return;
  for (const event of EVENTS)
    expect(
      done.some((line) => event.test(line)),
      `${event}`,
    ).toBe(true);
});
