/**
 * `npm test`: types, lint, build and every suite, end-to-end included. `npm test -- unit` runs the named vitest folders
 * or files only. The last line is `N passed, N failed, N skipped` over everything that ran.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from './lib/build.mjs';
import { electronBinary, hasDisplay } from './lib/electron-binary.mjs';
import { problemLines } from './lib/failure-text.mjs';
import { tempFilesInMemory } from './lib/memory-folder.mjs';
import { ensureNode } from './lib/node-version.mjs';
import { isStopped, runPart, stopWithParent } from './lib/run-part.mjs';
import { readPlaywrightOutcomes, readVitestOutcomes, tally } from './lib/test-outcomes.mjs';

await ensureNode();
stopWithParent();

const removeMemoryFolder = tempFilesInMemory();
const filters = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'mutabakat-test-'));
const outcomes = [];
const times = [];

/** Runs one part, notes how long it took and what came of it. Once `npm test` was told to stop, no further part runs. */
async function part(name, work) {
  if (isStopped()) return;
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  const began = performance.now();
  const results = await work();
  times.push({ name, seconds: (performance.now() - began) / 1000, ...tally(results) });
  outcomes.push(...results);
}

function single(name, status) {
  return [{ suite: name, name, state: status === 0 ? 'passed' : 'failed' }];
}

function node(script, args = [], env = {}) {
  return runPart(fileURLToPath(new URL(script, import.meta.url)), args, env);
}

async function vitest(names) {
  const file = join(scratch, 'vitest.json');
  const status = await node('./lib/run-vitest.mjs', [file, ...names]);
  return readVitestOutcomes(file, status);
}

async function endToEnd() {
  const file = join(scratch, 'playwright.json');
  const status = await node('../node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return readPlaywrightOutcomes(file, status);
}

if (filters.length === 0) {
  await part('types', async () => single('types', await node('../node_modules/typescript/bin/tsc', ['--noEmit'])));
  await part('lint', async () =>
    single('lint', await node('../node_modules/@biomejs/biome/bin/biome', ['check', '.'])),
  );
  await part('build', () => single('build', build()));
}
await part('vitest', () => vitest(filters));
if (filters.length === 0) {
  const runtime =
    electronBinary() !== null && hasDisplay() ? 'Electron' : 'the stand-in, for there is no Electron to run';
  await part(`end-to-end on ${runtime}`, endToEnd);
}

if (isStopped()) outcomes.push({ suite: 'npm test', name: '(told to stop before its end)', state: 'failed' });
const total = tally(outcomes);
console.log(`\n${'─'.repeat(74)}`);
for (const { name, seconds, passed, failed, skipped } of times) {
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds.toFixed(1)} s`);
}
for (const { suite, name, state, reason } of outcomes) {
  if (state === 'skipped') console.log(`skipped: ${suite}: ${name} (${reason || 'no reason'})`);
}
for (const line of problemLines(total.problems)) console.log(line);
rmSync(scratch, { recursive: true, force: true });
removeMemoryFolder();
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
