/** Runs the vitest suites and writes every test's outcome, with the reason of each skip and what each failure says, to a file. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';
import { startVitest } from 'vitest/node';
import { whyOf } from './failure-text.mjs';
import { PROJECT_ROOT } from './node-version.mjs';

const [outcomeFile, ...filters] = process.argv.slice(2);

/** vitest's own JSON reporter leaves out why a test was skipped, and what differs in one that failed. */
const outcomes = {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => {
      const file = relative(PROJECT_ROOT, module.moduleId);
      const cases = [...module.children.allTests()].map((test) => outcomeOf(file, test));
      const errors = module.errors();
      return errors.length > 0 ? [...cases, failed(file, '(the file itself)', errors)] : cases;
    });
    const stray = unhandled.map((error) => failed('vitest', '(an error outside any test)', [error]));
    writeFileSync(outcomeFile, JSON.stringify([...tests, ...stray]));
  },
};

function failed(suite, name, errors) {
  return { suite, name, state: 'failed', why: whyOf(errors) };
}

function outcomeOf(suite, test) {
  const { state, note, errors } = test.result();
  if (state === 'failed' || state === 'pending') return failed(suite, test.fullName, errors);
  const outcome = { suite, name: test.fullName, state };
  return state === 'skipped' ? { ...outcome, reason: note ?? '' } : outcome;
}

const vitest = await startVitest('test', filters, { watch: false, reporters: ['default', outcomes] });
await vitest.close();
