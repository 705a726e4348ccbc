import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../src/main/reconcile/checks/catalogue.ts';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';
import { ISTANBUL } from '../support/engine.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/checks.md'), 'utf8');
const sections = text.split(/^## /m).slice(1);
const headings = sections.map((section) => section.slice(0, section.indexOf('\n')));
/** What a section must say, each as a bold lead-in. */
const PARTS = ['Meaning', 'Formula', 'Example', 'Remedy'] as const;

test('docs/checks.md has one section for every check, and none for a check that there is not', () => {
  expect(headings.toSorted()).toEqual(CHECKS.map(({ code, severity }) => `${code} — ${severity}`).toSorted());
});

describe.each(CHECKS.map((check) => [check.code, check] as const))('the section of %s', (code, check) => {
  const section = sections.find((each) => each.startsWith(`${code} `)) ?? '';

  test('has its title in both languages', () => {
    expect(section).toContain(`**Title.** ${check.title.en} (Turkish: ${check.title.tr}).`);
  });
  test.each(PARTS)('says something under %s', (part) => {
    expect(section).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\* \\S`, 'm'));
  });
  test('says where it is not evaluated, if anywhere', () => {
    const lacks = check.lacking(DEFAULT_RULES, ISTANBUL);
    if (lacks !== null) expect(section).toMatch(/\*\*Not evaluated\*\*/);
  });
});

test.each(CHECKS.map((check) => [check.code, check] as const))(
  '%s explains itself in both languages',
  (_code, check) => {
    for (const words of [check.title, check.help]) {
      expect(words.en.trim()).not.toBe('');
      expect(words.tr.trim()).not.toBe('');
    }
    expect(check.formula.trim()).not.toBe('');
    expect(check.example.trim()).not.toBe('');
  },
);
