import { existsSync, readFileSync } from 'node:fs';
import { whyOf } from './failure-text.mjs';

/**
 * The only reasons for which a test may be skipped. A test gives its reason as vitest's `context.skip(REASON)` or
 * Playwright's `test.skip(condition, REASON)`; any other skip counts as a failure.
 */
export const ALLOWED_SKIPS = ['no Electron binary', 'no LibreOffice'];

/** Reads what run-vitest.mjs wrote; a suite that died before it could write counts as one failure. */
export function readVitestOutcomes(file, status) {
  return existsSync(file) ? withStatus(JSON.parse(readFileSync(file, 'utf8')), 'vitest', status) : [died('vitest')];
}

/** Reads Playwright's JSON report. A test that failed and then passed on a retry is a failure: it is not reliable. */
export function readPlaywrightOutcomes(file, status) {
  if (!existsSync(file)) return [died('end-to-end')];
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const found = (report.suites ?? []).flatMap((suite) => specsOf(suite, ''));
  const errors = (report.errors ?? []).map((error) => ({
    suite: 'end-to-end',
    name: '(an error outside any test)',
    state: 'failed',
    why: whyOf([error]),
  }));
  return withStatus([...found, ...errors], 'end-to-end', status);
}

function specsOf(suite, path) {
  const here = path === '' ? suite.title : `${path} › ${suite.title}`;
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map((test) => {
      const outcome = { suite: 'end-to-end', name: `${here} › ${spec.title}`, state: STATES[test.status] ?? 'failed' };
      if (outcome.state === 'failed') return { ...outcome, why: whyOf(errorsOf(test)) };
      if (outcome.state !== 'skipped') return outcome;
      return { ...outcome, reason: test.annotations.find(({ type }) => type === 'skip')?.description ?? '' };
    }),
  );
  return [...own, ...(suite.suites ?? []).flatMap((child) => specsOf(child, here))];
}

/** Of a test that was tried again, those of the first try that failed. */
function errorsOf({ results = [] }) {
  return results.map(({ errors }) => errors ?? []).find((errors) => errors.length > 0) ?? [];
}

const STATES = { expected: 'passed', skipped: 'skipped' };

function died(suite) {
  return { suite, name: '(ended without a result)', state: 'failed' };
}

/** A run that ends with an error although no test failed did not do what it should. */
function withStatus(outcomes, suite, status) {
  const failed = outcomes.some(({ state }) => state === 'failed');
  return status === 0 || failed ? outcomes : [...outcomes, died(suite)];
}

/** Counts outcomes; a skip without an allowed reason is a failure. `problems` are the failures, with what each says. */
export function tally(outcomes) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const problems = [];
  for (const { suite, name, state, reason, why = [] } of outcomes) {
    if (state === 'skipped' && !ALLOWED_SKIPS.includes(reason)) {
      count.failed += 1;
      const title = `${suite}: ${name}: skipped for no allowed reason (${reason || 'none given'})`;
      problems.push({ title, why });
    } else {
      count[state] += 1;
      if (state === 'failed') problems.push({ title: `${suite}: ${name}`, why });
    }
  }
  return { ...count, problems };
}
