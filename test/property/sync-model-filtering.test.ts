import { test } from 'vitest';
import { testSeed } from '../support/random.ts';
import { liveThrough, RUNS, STEPS } from '../support/sync-model.ts';

const seed = testSeed();

test(`tenants that honour "changed since": ${RUNS} lives of ${STEPS} random steps end equal to the server, seed ${seed}`, {
  timeout: 60_000 + RUNS * 2_000,
}, async () => {
  for (let run = 0; run < RUNS; run += 1) await liveThrough(seed + run, 'filtering');
});
