import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECK_CODES, CHECKS, checkInfos } from '../../src/main/reconcile/checks/catalogue.ts';
import { findingColumns } from '../../src/main/reports/columns.ts';
import { labelsFor, statusText as reportStatus } from '../../src/main/reports/labels.ts';
import { checkHelp, checkTitle, setChecks } from '../../src/renderer/i18n/check-texts.ts';
import { statusText as windowStatus } from '../../src/renderer/i18n/codes.ts';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { severity } from '../../src/shared/findings.ts';
import { CODE_LABELS_EN } from '../../src/shared/labels/en.ts';
import { CODE_LABELS_TR } from '../../src/shared/labels/tr.ts';
import { STATUS_NAMES } from '../../src/shared/statuses.ts';
import { reportFinding } from '../support/report-source.ts';

const LANGUAGES = [
  ['en', CODE_LABELS_EN],
  ['tr', CODE_LABELS_TR],
] as const;
const statusCodes = Object.keys(STATUS_NAMES);

describe.each(LANGUAGES)('words for codes (%s)', (language, labels) => {
  it('exist for every check, severity and documented status, and for nothing else', () => {
    expect(Object.keys(labels.severities)).toEqual([...severity.options]);
    expect(Object.keys(labels.statuses)).toEqual(statusCodes);
    const texts = [
      ...CHECKS.flatMap(({ title, help }) => [title[language], help[language]]),
      ...Object.values(labels.severities),
      ...Object.values(labels.statuses),
    ];
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
  });

  it('name no two checks and no two statuses alike', () => {
    expect(new Set(CHECKS.map(({ title }) => title[language])).size).toBe(CHECK_CODES.length);
    expect(new Set(Object.values(labels.statuses)).size).toBe(statusCodes.length);
  });

  it('are the same in report and window', async () => {
    await i18n.changeLanguage(language);
    setChecks(checkInfos());
    const t = i18n.getFixedT(language);
    const words = labelsFor(language);
    const columns = findingColumns(language);
    const cell = (id: string, finding: ReturnType<typeof reportFinding>) =>
      columns.find((column) => column.id === id)?.value(finding, words);
    for (const { code: check, title, help } of CHECKS) {
      expect(checkTitle(check)).toBe(title[language]);
      expect(checkHelp(check)).toBe(help[language]);
      expect(cell('check', reportFinding(1, { check }))).toBe(title[language]);
    }
    for (const level of severity.options) {
      expect(cell('severity', reportFinding(1, { severity: level }))).toBe(t(`severity.${level}`));
    }
    for (const code of statusCodes) expect(reportStatus(code, words)).toBe(`${windowStatus(t, code)} (${code})`);
  });
});

describe('words for codes', () => {
  it('differ between the languages', () => {
    for (const { title, help } of CHECKS) {
      expect(title.tr).not.toBe(title.en);
      expect(help.tr).not.toBe(help.en);
    }
    expect(Object.values(CODE_LABELS_TR.statuses)).not.toEqual(
      expect.arrayContaining([expect.toBeOneOf(Object.values(CODE_LABELS_EN.statuses))]),
    );
  });
});

describe('the description of the checks', () => {
  const sections = readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8')
    .split(/^## /m)
    .slice(1);

  it('has a section for every check, in catalogue order, with its severity', () => {
    const headings = CHECKS.map(({ code, severity: level }) => `${code} — ${level}`);
    expect(sections.map((section) => section.split('\n')[0])).toEqual(headings);
  });

  it.each(CHECKS)('says title, meaning, formula, example and remedy of $code', ({ code: check, title }) => {
    const section = sections.find((each) => each.startsWith(`${check} `)) ?? '';
    expect(section).toContain(`**Title.** ${title.en} (Turkish: ${title.tr}).`);
    for (const part of ['Meaning', 'Formula', 'Example', 'Remedy']) {
      expect(section, part).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\* \\S`, 'm'));
    }
  });
});
