/** Runs the vitest suites and writes every test's outcome, with the reason of each skip, to a file. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';
import { startVitest } from 'vitest/node';
import { PROJECT_ROOT } from './node-version.mjs';

const [outcomeFile, ...filters] = process.argv.slice(2);

/** vitest's own JSON reporter leaves out why a test was skipped. */
const outcomes = {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => {
      const file = relative(PROJECT_ROOT, module.moduleId);
      const cases = [...module.children.allTests()].map((test) => outcomeOf(file, test));
      const broken = module.errors().length > 0 ? [{ suite: file, name: '(the file itself)', state: 'failed' }] : [];
      return [...cases, ...broken];
    });
    const stray = unhandled.map(() => ({ suite: 'vitest', name: '(an error outside any test)', state: 'failed' }));
    writeFileSync(outcomeFile, JSON.stringify([...tests, ...stray]));
  },
};

function outcomeOf(suite, test) {
  const { state, note } = test.result();
  const outcome = { suite, name: test.fullName, state: state === 'pending' ? 'failed' : state };
  return state === 'skipped' ? { ...outcome, reason: note ?? '' } : outcome;
}

const vitest = await startVitest('test', filters, { watch: false, reporters: ['default', outcomes] });
await vitest.close();
