import { describe, expect, it } from 'vitest';
import { checkInfos } from '../../src/main/reconcile/checks/catalogue.ts';
import { checkTitle, setChecks } from '../../src/renderer/i18n/check-texts.ts';
import { errorText, statusText } from '../../src/renderer/i18n/codes.ts';
import { en } from '../../src/renderer/i18n/en.ts';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { tr } from '../../src/renderer/i18n/tr.ts';
import { correctionState, LINE_FIELDS, ORDER_FIELDS } from '../../src/shared/corrections.ts';
import { ERROR_CODES } from '../../src/shared/errors.ts';
import { severity } from '../../src/shared/findings.ts';
import { STATUS_NAMES } from '../../src/shared/statuses.ts';

function flatten(texts: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(name, value);
    else for (const [inner, text] of flatten(value, name)) found.set(inner, text);
  }
  return found;
}

const english = flatten(en);
const turkish = flatten(tr);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

describe('texts of the window', () => {
  it('have the same keys in both languages', () => {
    expect([...turkish.keys()]).toEqual([...english.keys()]);
    expect(english.size).toBeGreaterThan(300);
  });

  it('are never empty', () => {
    for (const texts of [english, turkish]) {
      expect([...texts].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    }
  });

  it('name the same values in both languages', () => {
    const differing = [...english].filter(([key, text]) => {
      return placeholders(text).join() !== placeholders(turkish.get(key) ?? '').join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('cover every code that main may send', () => {
    for (const texts of [english, turkish]) {
      for (const code of ERROR_CODES) {
        expect(texts.has(`errors.${code}.what`) && texts.has(`errors.${code}.todo`), code).toBe(true);
      }
      for (const code of Object.keys(STATUS_NAMES)) expect(texts.has(`status.${code}`), code).toBe(true);
      for (const code of correctionState.options) expect(texts.has(`state.${code}`), code).toBe(true);
      for (const code of [...ORDER_FIELDS, ...LINE_FIELDS]) expect(texts.has(`field.${code}`), code).toBe(true);
      for (const code of severity.options) expect(texts.has(`severity.${code}`), code).toBe(true);
    }
  });

  it('say in each language what every error means and what to do', () => {
    const sentence = /^\p{Lu}.*[.]$/u;
    for (const code of ERROR_CODES) {
      for (const part of ['what', 'todo']) {
        const key = `errors.${code}.${part}`;
        expect(turkish.get(key), key).toMatch(sentence);
        expect(english.get(key), key).toMatch(sentence);
        expect(turkish.get(key), key).not.toBe(english.get(key));
      }
      expect(errorText(i18n.getFixedT('tr'), code)).toBe(
        `${turkish.get(`errors.${code}.what`)} ${turkish.get(`errors.${code}.todo`)}`,
      );
    }
  });

  it('change with the language, plurals included', async () => {
    setChecks(checkInfos());
    await i18n.changeLanguage('en');
    expect(i18n.t('orders.rows', { count: 1, formatted: '1' })).toBe('1 order');
    expect(i18n.t('orders.rows', { count: 1200, formatted: '1,200' })).toBe('1,200 orders');
    expect(checkTitle('invoice.line-mismatch')).toBe('Line invoice differs');
    await i18n.changeLanguage('tr');
    expect(i18n.t('orders.rows', { count: 1200, formatted: '1.200' })).toBe('1.200 sipariş');
    expect(checkTitle('invoice.line-mismatch')).toBe('Satır faturası farklı');
    expect(checkTitle('unknown.check')).toBe('unknown.check');
    expect(statusText(i18n.t, '550')).toBe('Teslim edildi');
  });

  it('show a status that the program does not know as it came', () => {
    expect(statusText(i18n.t, '777')).toBe('777');
    expect(statusText(i18n.t, 'constructor')).toBe('constructor');
  });
});
