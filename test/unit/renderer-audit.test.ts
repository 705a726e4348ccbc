import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, test } from 'vitest';
import { AuditPanel } from '../../src/renderer/features/audit/audit-panel.tsx';
import { AuditScreen } from '../../src/renderer/features/audit/audit-screen.tsx';
import { actionText, setOut, subjectText } from '../../src/renderer/features/audit/audit-words.ts';
import { VerdictNotice } from '../../src/renderer/features/audit/verdict-notice.tsx';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { AUDIT_ACTIONS, AUDIT_GROUPS, type AuditEntry, type AuditVerdict } from '../../src/shared/audit.ts';

const VERDICT: AuditVerdict = {
  ok: true,
  entries: 1200,
  keyed: 1000,
  uncheckedKeyed: 0,
  plain: 200,
  head: 'abc123',
  outside: true,
  bad: null,
};
const ENTRY: AuditEntry = {
  id: 7,
  at: '2026-03-05T09:30:00.000Z',
  who: 'ayse',
  host: 'desk-1',
  profile: 'Ali',
  action: 'rules.choose',
  subject: 'rules 2',
  before: null,
  after: '{"version":2}',
  reason: 'month end',
  undoes: 3,
  keyed: true,
};

function htmlOf(node: ReactNode): string {
  return renderToStaticMarkup(createElement(I18nextProvider, { i18n }, node)).replaceAll('&quot;', '"');
}

const verdictHtml = (given: Partial<AuditVerdict>): string =>
  htmlOf(createElement(VerdictNotice, { verdict: { ...VERDICT, ...given }, onDismiss: () => undefined }));

test.each(['en', 'tr'] as const)('every action and group has words of its own (%s)', (language) => {
  const t = i18n.getFixedT(language);
  const actions = AUDIT_ACTIONS.map((code) => actionText(t, code));
  const words = [...actions, ...AUDIT_GROUPS.map((group) => t(`audit.groups.${group}`))];
  expect(words.filter((text) => text.includes('audit.'))).toEqual([]);
  expect(new Set(actions).size).toBe(AUDIT_ACTIONS.length);
});

test.each([
  ['batch 2026-0001', 'Batch 2026-0001', 'Fiş 2026-0001'],
  ['batch file 2026-0001', 'Batch file 2026-0001', 'Fiş dosyası 2026-0001'],
  ['3 corrections', '3 corrections', '3 düzeltme'],
  ['rejected rows of statement 4', 'Rejected rows of statement 4', 'Ekstre 4, reddedilen satırlar'],
  ['12 rows from row 7', '12 rows', '12 satır'],
  ['match rules 2', 'Rules of matching, version 2', 'Eşleştirme kuralları, sürüm 2'],
  ['user Ayşe', 'Ayşe', 'Ayşe'],
  ['settings erpHours', 'Settings: erpHours', 'Ayarlar: erpHours'],
  ['profile <b> & co', 'Source profile <b> & co', 'Kaynak profili <b> & co'],
  ['something of another version', 'something of another version', 'something of another version'],
])('what an entry is about is said in words: %s', (subject, english, turkish) => {
  expect(subjectText(i18n.getFixedT('en'), subject)).toBe(english);
  expect(subjectText(i18n.getFixedT('tr'), subject)).toBe(turkish);
});

test('without a period the list says all dates', async () => {
  await i18n.changeLanguage('en');
  expect(htmlOf(createElement(AuditScreen))).toContain('Recorded: All dates');
});

test('what another version recorded is shown as it came', () => {
  expect(actionText(i18n.getFixedT('en'), 'period.close')).toBe('period.close');
  expect(setOut('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(setOut('{"a":[1 …')).toBe('{"a":[1 …');
});

test('an intact chain is said with its end, and what no key protects', async () => {
  await i18n.changeLanguage('en');
  const html = verdictHtml({});
  expect(html).toContain('The audit trail is intact: 1,200 entries were recomputed.');
  expect(html).toContain('200 are chained without a key');
  expect(html).toContain('1200 abc123');
  expect(html).toContain('role="status"');
  expect(html).not.toContain('audit-head.json');
  expect(verdictHtml({ outside: false })).toContain('audit-head.json');
});

test('a broken chain names its first bad entry, in both languages', async () => {
  const bad = { entry: 1234, kind: 'changed', message: 'Entry 1234 does not give its digest.' } as const;
  await i18n.changeLanguage('tr');
  const turkish = verdictHtml({ ok: false, bad });
  expect(turkish).toContain('Denetim izi sağlam değil.');
  expect(turkish).toMatch(/Özeti tutmayan ilk kayıt 1[.,]234/);
  await i18n.changeLanguage('en');
  const english = verdictHtml({ ok: false, bad });
  expect(english).toContain('role="alert"');
  expect(english).not.toContain('is intact');
});

test('an entry shows who, why, and what was before and after', () => {
  const html = htmlOf(createElement(AuditPanel, { entry: ENTRY, onClose: () => undefined }));
  for (const text of [
    'Entry 7',
    'Rules put in force',
    'ayse',
    'Ali',
    'desk-1',
    'month end',
    '"version": 2',
    'nothing',
  ]) {
    expect(html).toContain(text);
  }
  expect(html).toContain('Takes back entry 3');
});

test('the screen offers words, what it is about, and verifying', () => {
  const html = htmlOf(createElement(AuditScreen));
  expect(html).toContain('Search in the audit trail');
  expect(html).toContain('Rules of control');
  expect(html).toContain('Verify the chain');
});
