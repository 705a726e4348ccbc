/**
 * `npm run soak`: the proofs with chance in them, at ten times the size that `npm test` gives them; `npm run soak -- 50`
 * at fifty times. Every seed is printed; `MUTABAKAT_SEED=N npm run soak` runs the same again.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { problemLines } from './lib/failure-text.mjs';
import { ensureNode } from './lib/node-version.mjs';
import { isStopped, runPart, stopWithParent } from './lib/run-part.mjs';
import { readVitestOutcomes, tally } from './lib/test-outcomes.mjs';

/** Each suite, the variable that gives its size, and its size in `npm test`. */
const SUITES = [
  { file: 'test/crash/kill-during-sync', variable: 'MUTABAKAT_KILLS', size: 200, of: 'kills during a pull' },
  { file: 'test/crash/damaged-wal', variable: 'MUTABAKAT_WAL_IMAGES', size: 600, of: 'damaged WALs' },
  { file: 'test/property/malformed-stored', variable: 'MUTABAKAT_BODIES', size: 10_000, of: 'malformed bodies' },
  { file: 'test/property/sync-model', variable: 'MUTABAKAT_MODEL_RUNS', size: 150, of: 'lives of each kind of tenant' },
  { file: 'test/property/money', variable: 'MUTABAKAT_MONEY_TIMES', size: 1, of: 'times the cases of money' },
  { file: 'test/crash/kill-during-push', variable: 'MUTABAKAT_PUSH_KILLS', size: 200, of: 'kills during a push' },
  { file: 'test/property/push-model', variable: 'MUTABAKAT_MODEL_RUNS', size: 300, of: 'lives of two people' },
  { file: 'test/migration/killed', variable: 'MUTABAKAT_MIGRATION_KILLS', size: 50, of: 'kills during a migration' },
];

await ensureNode();
stopWithParent();

const times = Number(process.argv[2] ?? 10);
if (!Number.isInteger(times) || times < 1) {
  console.error('Say how many times the usual size, like: npm run soak -- 10');
  process.exit(2);
}
const seed = process.env.MUTABAKAT_SEED ?? `${randomInt(2 ** 31)}`;
const scratch = mkdtempSync(join(tmpdir(), 'mutabakat-soak-'));
const outcomes = [];
console.log(`Seed ${seed}, ${times} times the size of npm test`);
for (const { file, variable, size, of } of SUITES) {
  if (isStopped()) break;
  console.log(`\n── ${size * times} ${of}: ${file}`);
  const began = performance.now();
  const results = join(scratch, 'vitest.json');
  rmSync(results, { force: true });
  const script = fileURLToPath(new URL('./lib/run-vitest.mjs', import.meta.url));
  const env = { MUTABAKAT_SEED: seed, [variable]: `${size * times}` };
  const status = await runPart(script, [results, file], env);
  outcomes.push(...readVitestOutcomes(results, status));
  console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`);
}
rmSync(scratch, { recursive: true, force: true });
if (isStopped()) outcomes.push({ suite: 'npm run soak', name: '(told to stop before its end)', state: 'failed' });
const { passed, failed, skipped, problems } = tally(outcomes);
for (const line of problemLines(problems)) console.log(line);
console.log(`Seed ${seed}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
