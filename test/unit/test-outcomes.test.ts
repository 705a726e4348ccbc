import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { problemLines, whyOf } from '../../scripts/lib/failure-text.mjs';
import { readPlaywrightOutcomes, readVitestOutcomes, tally } from '../../scripts/lib/test-outcomes.mjs';

const [RED, PLAIN] = ['\u001b[31m', '\u001b[39m'];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mutabakat-outcomes-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: unknown): void {
  writeFileSync(join(root, path), JSON.stringify(content));
}

describe('the tally of npm test', () => {
  const passed = { suite: 's', name: 'a', state: 'passed' };

  test('adds up what happened', () => {
    expect(
      tally([
        passed,
        passed,
        { suite: 's', name: 'b', state: 'failed' },
        { suite: 's', name: 'c', state: 'skipped', reason: 'no LibreOffice' },
      ]),
    ).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      problems: [{ title: 's: b', why: [] }],
    });
  });

  test.each(['', undefined, 'flaky', 'no libreoffice'])('a skip for the reason %j is a failure', (reason) => {
    expect(tally([passed, { suite: 's', name: 'c', state: 'skipped', reason }])).toMatchObject({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  test('reads what Playwright reports', () => {
    const spec = (title: string, status: string, annotations: object[] = [], results: object[] = []) => ({
      title,
      tests: [{ status, annotations, results }],
    });
    const timedOut = {
      errors: [{ message: `${RED}Test timeout of 30000ms exceeded.${PLAIN}` }, { message: 'Waiting' }],
    };
    write('report.json', {
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('one', 'expected')],
          suites: [
            {
              title: 'inner',
              specs: [
                spec('two', 'unexpected', [], [timedOut, { errors: [{ message: 'another time' }] }]),
                spec('three', 'flaky', [], [{ errors: [] }, {}]),
                spec('four', 'skipped', [{ type: 'skip', description: 'no Electron binary' }]),
              ],
            },
          ],
        },
      ],
      errors: [{ message: 'no browser' }],
    });
    const outcomes = readPlaywrightOutcomes(join(root, 'report.json'), 1);
    expect(tally(outcomes)).toEqual({
      passed: 1,
      failed: 3,
      skipped: 1,
      problems: [
        {
          title: 'end-to-end: a.spec.ts › inner › two',
          why: ['Test timeout of 30000ms exceeded.', 'Waiting'],
        },
        { title: 'end-to-end: a.spec.ts › inner › three', why: [] },
        { title: 'end-to-end: (an error outside any test)', why: ['no browser'] },
      ],
    });
    expect(tally(readPlaywrightOutcomes(join(root, 'missing.json'), 0))).toMatchObject({ passed: 0, failed: 1 });
  });

  test('a run that ends badly without a failed test is a failure', () => {
    write('report.json', { suites: [], errors: [] });
    expect(tally(readPlaywrightOutcomes(join(root, 'report.json'), 1))).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('the end of npm test', () => {
  const seed = 'MUTABAKAT_SEED=17, run 3: edit; match: expected { …(6) } to deeply equal { …(6) }';

  test('tells the message and what differs, without colours', () => {
    const diff = [
      `${RED}- Expected${PLAIN}`,
      '+ Received',
      '',
      '  {',
      '    "counted": 7,',
      `${RED}-     "findings": 90,${PLAIN}`,
      '+     "findings": 89,',
      '-   },',
      '  }',
    ].join('\n');
    expect(whyOf([{ message: `${RED}${seed}${PLAIN}`, diff }])).toEqual([
      seed,
      '- "findings": 90,',
      '+ "findings": 89,',
    ]);
    expect(whyOf([{ message: 'one\n\ntwo' }, { value: 'three' }])).toEqual(['one', 'two', 'three']);
    expect(whyOf(undefined)).toEqual([]);
  });

  test('keeps to six lines and 600 characters, and leaves the difference some of them', () => {
    const long = 'x'.repeat(1_000);
    const rows = Array.from({ length: 20 }, (_, place) => `- row ${place} ${long}`).join('\n');
    const why = whyOf([{ message: `${seed}\n${'more\n'.repeat(20)}`, diff: rows }]);
    expect(why.slice(0, 4)).toEqual([seed, 'more', 'more', expect.stringMatching(/^- row 0 x+…$/)]);
    expect(why.join('').length).toBe(600);
    expect(whyOf([{ message: 'line\n'.repeat(20) }])).toHaveLength(6);
  });

  test('gives every failure its name, and the first ten what they say', () => {
    const outcomes = Array.from({ length: 12 }, (_, place) => ({
      suite: 's',
      name: `${place}`,
      state: 'failed',
      why: [seed, '- 1'],
    }));
    write('vitest.json', outcomes);
    const lines = problemLines(tally(readVitestOutcomes(join(root, 'vitest.json'), 1)).problems);
    expect(lines.slice(0, 4)).toEqual(['failed: s: 0', `    ${seed}`, '    - 1', 'failed: s: 1']);
    expect(lines.slice(-3)).toEqual(['    - 1', 'failed: s: 10', 'failed: s: 11']);
    expect(lines).toHaveLength(12 + 20);
  });
});
